//! The vault: the rest of the product's access to secrets.

use std::time::Duration;

use hookbell_core::Secret;

use crate::{
    error::VaultError,
    key::{Key, Scope},
    keychain::{Keychain, Memory, System},
    queue::{Call, Queue},
};

/// How long a caller waits for the keychain.
pub const DEFAULT_DEADLINE: Duration = Duration::from_secs(5);

/// The maximum size of a secret in UTF-8 bytes. It is the limit of the Windows credential store
/// (`CRED_MAX_CREDENTIAL_BLOB_SIZE`), applied on every system so that all behave alike.
pub const MAX_SECRET_BYTES: usize = 2560;

/// Access to the secrets in a keychain. Cheap to clone; clones share one keychain.
///
/// Calls run one after the other on the vault's thread, so they may be made from any executor, any kind of tokio
/// runtime, or none. Each is answered within the deadline:
///
/// - A call whose caller has given up, by the deadline or by dropping the future, is withdrawn if it has not begun,
///   and then never runs.
/// - A call that has begun can't be withdrawn. No system can cancel a call that shows a dialog, so the thread waits
///   until the user answers, and the requested change may still happen then. Calls queued behind it get
///   [`VaultError::TimedOut`] until the dialog is answered; after that everything works again.
///
/// The thread ends when the last clone is dropped.
#[derive(Clone)]
pub struct Vault {
    queue: Queue,
    scope: Option<Scope>,
}

impl Vault {
    /// The operating system's keychain. It is opened by the first call, not here.
    #[must_use]
    pub fn system() -> Self {
        Self::with(System::new())
    }

    /// A vault for tests and demonstrations that forgets everything when its last clone is dropped.
    #[must_use]
    pub fn memory() -> Self {
        Self::with(Memory::default())
    }

    /// A vault over any keychain, with the usual [`DEFAULT_DEADLINE`].
    #[must_use]
    pub fn with(keychain: impl Keychain) -> Self {
        Self::with_deadline(keychain, DEFAULT_DEADLINE)
    }

    /// A vault over any keychain whose callers wait for `deadline`.
    #[must_use]
    pub fn with_deadline(keychain: impl Keychain, deadline: Duration) -> Self {
        Self { queue: Queue::start(keychain, deadline), scope: None }
    }

    /// The same keychain as seen from one data directory: its secrets are separate from those of every other scope and
    /// from unscoped ones.
    #[must_use]
    pub fn scoped(&self, scope: Scope) -> Self {
        Self { queue: self.queue.clone(), scope: Some(scope) }
    }

    /// Reads a secret; `None` if there is no such entry. May show the keychain's unlock dialog.
    ///
    /// # Errors
    /// Any [`VaultError`] except [`VaultError::TooLarge`].
    pub async fn get(&self, key: &Key) -> Result<Option<Secret>, VaultError> {
        self.queue.ask(Call::Get(self.here(key))).await
    }

    /// Reads a secret without ever showing a dialog.
    ///
    /// # Errors
    /// As [`Vault::get`]; [`VaultError::Locked`] if reading would show the dialog.
    pub async fn get_quietly(&self, key: &Key) -> Result<Option<Secret>, VaultError> {
        self.queue.ask(Call::GetQuietly(self.here(key))).await
    }

    /// Stores a secret, replacing an earlier one. May show the keychain's unlock dialog.
    ///
    /// # Errors
    /// [`VaultError::TooLarge`] beyond [`MAX_SECRET_BYTES`], before the keychain is accessed; any other [`VaultError`]
    /// except [`VaultError::Unreadable`] and [`VaultError::Ambiguous`].
    pub async fn set(&self, key: &Key, secret: Secret) -> Result<(), VaultError> {
        let bytes = secret.expose().len();
        if bytes > MAX_SECRET_BYTES {
            return Err(VaultError::TooLarge { bytes, limit: MAX_SECRET_BYTES });
        }
        self.queue.ask(Call::Set(self.here(key), secret)).await.map(drop)
    }

    /// Removes a secret. A missing one is fine. May show the keychain's unlock dialog.
    ///
    /// # Errors
    /// As [`Vault::set`], without [`VaultError::TooLarge`].
    pub async fn remove(&self, key: &Key) -> Result<(), VaultError> {
        self.queue.ask(Call::Remove(self.here(key))).await.map(drop)
    }

    /// Removes a secret without ever showing a dialog. A missing one is fine.
    ///
    /// # Errors
    /// As [`Vault::remove`]; [`VaultError::Locked`] if removing would show the dialog.
    pub async fn remove_quietly(&self, key: &Key) -> Result<(), VaultError> {
        self.queue.ask(Call::RemoveQuietly(self.here(key))).await.map(drop)
    }

    /// Checks whether the keychain is currently usable, without ever showing a dialog.
    ///
    /// On Linux this detects a locked keyring. Other systems can't be asked, so there a locked keychain is only noticed
    /// at the first read.
    ///
    /// # Errors
    /// The [`VaultError`] that prevents it. [`Vault::get`] may resolve [`VaultError::Locked`], as it asks the user to
    /// unlock.
    pub async fn check(&self) -> Result<(), VaultError> {
        self.queue.ask(Call::Check).await.map(drop)
    }

    fn here(&self, key: &Key) -> Key {
        match &self.scope {
            Some(scope) => key.within(scope),
            None => key.clone(),
        }
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("scope", &self.scope).finish_non_exhaustive()
    }
}
