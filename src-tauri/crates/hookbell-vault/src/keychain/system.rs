//! The operating system's keychain, through its `keyring-core` store.
//!
//! Secrets are passed as UTF-8 bytes, not as "passwords": the Windows store would encode those in UTF-16, which halves
//! the capacity. A store is opened when first needed and dropped after any error, so a keychain that appears or
//! restarts later is found.

use std::sync::Arc;

use hookbell_core::Secret;
use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

#[cfg(target_os = "linux")]
use crate::keychain::linux::Linux as Os;
#[cfg(target_os = "macos")]
use crate::keychain::macos::MacOs as Os;
#[cfg(windows)]
use crate::keychain::windows::Windows as Os;
use crate::{
    error::VaultError,
    key::{Key, SERVICE},
    keychain::{
        Keychain,
        platform::{Platform, explain, platform_cause},
    },
};

/// The operating system's keychain.
#[derive(Default)]
pub struct System {
    store: Option<Arc<CredentialStore>>,
}

impl System {
    /// A keychain that is opened by its first call.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Does some work with the store. If the store turns out to be stale because the keychain restarted, the work is
    /// repeated with a fresh one; all work here tolerates running twice.
    fn with_store<T>(&mut self, work: impl Fn(&CredentialStore) -> keyring_core::Result<T>) -> Result<T, VaultError> {
        let reused = self.store.is_some();
        let first = match self.attempt(&work) {
            Err(error) if reused && platform_cause(&error).is_some_and(Os::is_stale) => {
                tracing::debug!("the keychain was restarted; opening it again");
                self.attempt(&work)
            }
            other => other,
        };
        first.map_err(|error| explain::<Os>(&error))
    }

    fn attempt<T>(&mut self, work: impl Fn(&CredentialStore) -> keyring_core::Result<T>) -> keyring_core::Result<T> {
        let store = match self.store.take() {
            Some(store) => store,
            None => Os::open()?,
        };
        let done = work(&*store)?;
        self.store = Some(store);
        Ok(done)
    }

    /// Reads without mistaking a lock for a missing entry. Returns what was found, possibly nothing.
    fn read(&mut self, key: &Key) -> Result<Vec<Zeroizing<Vec<u8>>>, VaultError> {
        self.with_store(|store| match entry(store, key)?.get_secret() {
            Ok(bytes) => Ok(vec![Zeroizing::new(bytes)]),
            Err(Error::NoEntry) => Ok(Vec::new()),
            Err(Error::Ambiguous(twins)) => twins.iter().map(|twin| twin.get_secret().map(Zeroizing::new)).collect(),
            Err(error) => Err(error),
        })
    }

    /// Deletes an entry; returns whether it existed.
    fn delete(&mut self, key: &Key) -> Result<bool, VaultError> {
        self.with_store(|store| match entry(store, key)?.delete_credential() {
            Ok(()) => Ok(true),
            Err(Error::NoEntry) => Ok(false),
            Err(Error::Ambiguous(twins)) => twins.iter().try_for_each(Entry::delete_credential).map(|()| true),
            Err(error) => Err(error),
        })
    }
}

impl System {
    fn find(&mut self, key: &Key) -> Result<Option<Secret>, VaultError> {
        let mut found = self.read(key)?;
        if found.is_empty() && Os::unlock()? {
            found = self.read(key)?;
        }
        let Some((first, twins)) = found.split_first() else { return Ok(None) };
        if twins.iter().any(|twin| **twin != **first) {
            return Err(VaultError::Ambiguous { account: key.account().to_owned() });
        }
        let unreadable = || VaultError::Unreadable { account: key.account().to_owned() };
        let text = std::str::from_utf8(first).map_err(|_| unreadable())?;
        Secret::new(text).map(Some).map_err(|_| unreadable())
    }

    fn write(&mut self, key: &Key, secret: &Secret) -> Result<(), VaultError> {
        let bytes = secret.expose().as_bytes();
        self.with_store(|store| match entry(store, key)?.set_secret(bytes) {
            Err(Error::Ambiguous(twins)) => twins.iter().try_for_each(|twin| twin.set_secret(bytes)),
            other => other,
        })
    }

    fn erase(&mut self, key: &Key) -> Result<(), VaultError> {
        if !self.delete(key)? && Os::unlock()? {
            self.delete(key)?;
        }
        Ok(())
    }
}

impl Keychain for System {
    fn get(&mut self, key: &Key) -> Result<Option<Secret>, VaultError> {
        after_dialog(self.find(key))
    }

    fn get_quietly(&mut self, key: &Key) -> Result<Option<Secret>, VaultError> {
        Os::quietly(key, || self.find(key))
    }

    fn set(&mut self, key: &Key, secret: &Secret) -> Result<(), VaultError> {
        after_dialog(self.write(key, secret))
    }

    fn remove(&mut self, key: &Key) -> Result<(), VaultError> {
        after_dialog(self.erase(key))
    }

    fn remove_quietly(&mut self, key: &Key) -> Result<(), VaultError> {
        Os::quietly(key, || self.erase(key))
    }

    fn check(&mut self) -> Result<(), VaultError> {
        Os::check()
    }

    fn start_afresh(&mut self) {
        self.store = None;
    }
}

/// A dismissed dialog counts as a refusal, unless the keychain is still locked: then perhaps nobody saw a dialog.
fn after_dialog<T>(outcome: Result<T, VaultError>) -> Result<T, VaultError> {
    match outcome {
        Err(VaultError::Refused { detail }) if matches!(Os::check(), Err(VaultError::Locked { .. })) => {
            Err(VaultError::Locked { detail })
        }
        other => other,
    }
}

impl std::fmt::Debug for System {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("System").field("open", &self.store.is_some()).finish()
    }
}

fn entry(store: &CredentialStore, key: &Key) -> keyring_core::Result<Entry> {
    store.build(SERVICE, key.account(), Some(&Os::modifiers(key)))
}
