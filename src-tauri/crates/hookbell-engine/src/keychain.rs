//! The engine's keychain: asks the person to unlock it once, and after that only when they request it.
//!
//! Background tasks need a key every few seconds. If each of these reads could show the keychain's dialog, a person
//! who dismisses it would get the next one at once.

use std::sync::{Arc, Mutex, PoisonError};

use hookbell_core::Secret;
use hookbell_vault::{Key, Vault, VaultError};

/// The secrets of one data directory. Clones are handles to the same keychain.
#[derive(Debug, Clone)]
pub(crate) struct Keychain {
    vault: Vault,
    /// Whether this process has already asked to unlock it.
    asked: Arc<tokio::sync::Mutex<bool>>,
    /// The key that was last needed and couldn't be read, and why.
    wanted: Arc<Mutex<Option<(Key, VaultError)>>>,
}

impl Keychain {
    pub(crate) fn new(vault: Vault) -> Self {
        Self { vault, asked: Arc::default(), wanted: Arc::default() }
    }

    /// Reads a secret. If the keychain is locked, the first call in this process asks the person to unlock it;
    /// concurrent calls wait for the answer.
    pub(crate) async fn get(&self, key: &Key) -> Result<Option<Secret>, VaultError> {
        let read = match self.vault.get_quietly(key).await {
            Err(VaultError::Locked { .. }) => self.get_after_asking(key).await,
            read => read,
        };
        self.note(key, &read);
        read
    }

    async fn get_after_asking(&self, key: &Key) -> Result<Option<Secret>, VaultError> {
        let mut asked = self.asked.lock().await;
        if *asked {
            return self.vault.get_quietly(key).await;
        }
        *asked = true;
        self.vault.get(key).await
    }

    /// Asks the person to unlock the keychain for this key, unless this process already did. Returns whether it
    /// asked.
    pub(crate) async fn ask_once(&self, key: &Key) -> bool {
        let mut asked = self.asked.lock().await;
        let asks = !std::mem::replace(&mut *asked, true);
        if asks {
            let _ = self.vault.get(key).await;
        }
        asks
    }

    /// Reads a secret at the person's request, and asks them to unlock the keychain if necessary.
    pub(crate) async fn get_asking(&self, key: &Key) -> Result<Option<Secret>, VaultError> {
        *self.asked.lock().await = true;
        let read = self.vault.get(key).await;
        self.note(key, &read);
        read
    }

    /// Reads a secret without a dialog.
    pub(crate) async fn get_quietly(&self, key: &Key) -> Result<Option<Secret>, VaultError> {
        self.vault.get_quietly(key).await
    }

    /// Stores a secret that the person gave; may ask them to unlock the keychain.
    pub(crate) async fn set(&self, key: &Key, secret: Secret) -> Result<(), VaultError> {
        self.vault.set(key, secret).await
    }

    /// Removes a secret at the person's request; may ask them to unlock the keychain.
    pub(crate) async fn remove(&self, key: &Key) -> Result<(), VaultError> {
        self.vault.remove(key).await
    }

    /// Removes a secret without a dialog.
    pub(crate) async fn remove_quietly(&self, key: &Key) -> Result<(), VaultError> {
        self.vault.remove_quietly(key).await
    }

    /// Removes a secret that is no longer needed, without a dialog. If the keychain refuses, the secret stays.
    pub(crate) async fn forget(&self, key: &Key) {
        if let Err(error) = self.remove_quietly(key).await {
            tracing::warn!(%error, entry = key.label(), "an entry that is not needed any more stays in the keychain");
        }
    }

    /// Checks whether the keychain can be used now, without a dialog.
    pub(crate) async fn check(&self) -> Result<(), VaultError> {
        self.vault.check().await
    }

    /// The key that was last needed and couldn't be read, and why.
    pub(crate) fn wanted(&self) -> Option<(Key, VaultError)> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Tries that key again, without a dialog: the person may have unlocked the keychain elsewhere.
    pub(crate) async fn look_again(&self) {
        if let Some((key, _)) = self.wanted() {
            let read = self.vault.get_quietly(&key).await;
            self.note(&key, &read);
        }
    }

    /// Remembers a key that couldn't be read until it, or another key, can be.
    fn note(&self, key: &Key, read: &Result<Option<Secret>, VaultError>) {
        let error = read.as_ref().err().cloned();
        *self.wanted.lock().unwrap_or_else(PoisonError::into_inner) = error.map(|error| (key.clone(), error));
    }
}
