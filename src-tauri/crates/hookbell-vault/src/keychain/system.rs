//! The keychain of the operating system, through the store that `keyring-core` has for it.
//!
//! Secrets are handed over as bytes of UTF-8, not as "passwords": the Windows store would write those
//! in UTF-16, which halves the room. A store is opened when first needed and dropped after any trouble,
//! so a keychain that comes later, or comes again, is found.

use std::{collections::HashMap, sync::Arc};

use hookbell_core::Secret;
use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

use crate::{
    error::VaultError,
    key::{Key, SERVICE},
    keychain::{Keychain, platform},
};

/// The keychain of the operating system.
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

    /// Does some work with the store. If the store turns out to be left over from a keychain that was
    /// restarted, the work is done again with a fresh one; all work here may be done twice.
    fn with_store<T>(&mut self, work: impl Fn(&CredentialStore) -> keyring_core::Result<T>) -> Result<T, VaultError> {
        let reused = self.store.is_some();
        let first = match self.attempt(&work) {
            Err(error) if reused && platform_cause(&error).is_some_and(platform::is_stale) => {
                tracing::debug!("the keychain was restarted; opening it again");
                self.attempt(&work)
            }
            other => other,
        };
        first.map_err(|error| explain(&error))
    }

    fn attempt<T>(&mut self, work: impl Fn(&CredentialStore) -> keyring_core::Result<T>) -> keyring_core::Result<T> {
        let store = match self.store.take() {
            Some(store) => store,
            None => platform::open()?,
        };
        let done = work(&*store)?;
        self.store = Some(store);
        Ok(done)
    }

    /// Reads without taking a lock for an absence: what was found, which may be nothing.
    fn read(&mut self, key: &Key) -> Result<Vec<Zeroizing<Vec<u8>>>, VaultError> {
        self.with_store(|store| match entry(store, key)?.get_secret() {
            Ok(bytes) => Ok(vec![Zeroizing::new(bytes)]),
            Err(Error::NoEntry) => Ok(Vec::new()),
            Err(Error::Ambiguous(twins)) => twins.iter().map(|twin| twin.get_secret().map(Zeroizing::new)).collect(),
            Err(error) => Err(error),
        })
    }

    /// Deletes; says whether anything was there.
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
        if found.is_empty() && platform::unlock()? {
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
        if !self.delete(key)? && platform::unlock()? {
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
        platform::quietly(key, || self.find(key))
    }

    fn set(&mut self, key: &Key, secret: &Secret) -> Result<(), VaultError> {
        after_dialog(self.write(key, secret))
    }

    fn remove(&mut self, key: &Key) -> Result<(), VaultError> {
        after_dialog(self.erase(key))
    }

    fn remove_quietly(&mut self, key: &Key) -> Result<(), VaultError> {
        platform::quietly(key, || self.erase(key))
    }

    fn check(&mut self) -> Result<(), VaultError> {
        platform::check()
    }

    fn start_afresh(&mut self) {
        self.store = None;
    }
}

/// A dismissed dialog is a refusal, unless the keychain is locked after it: then nobody may have seen a dialog at all.
fn after_dialog<T>(outcome: Result<T, VaultError>) -> Result<T, VaultError> {
    match outcome {
        Err(VaultError::Refused { detail }) if matches!(platform::check(), Err(VaultError::Locked { .. })) => {
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
    store.build(SERVICE, key.account(), Some(&HashMap::from(platform::modifiers(key))))
}

/// What the platform itself said, where the error comes from there.
fn platform_cause(error: &Error) -> Option<&platform::Cause> {
    match error {
        Error::PlatformFailure(cause) | Error::NoStorageAccess(cause) => Some(cause.as_ref()),
        _ => None,
    }
}

/// A store's error in our words. Variants that carry what was read give nothing of it away.
pub(super) fn explain(error: &Error) -> VaultError {
    if let Some(known) = platform_cause(error).and_then(platform::explain) {
        return known;
    }
    match error {
        Error::NoStorageAccess(cause) => VaultError::Refused { detail: cause.to_string() },
        Error::PlatformFailure(cause) => VaultError::Failed { detail: cause.to_string() },
        Error::BadEncoding(_) | Error::BadDataFormat(..) => {
            VaultError::Failed { detail: "an entry does not hold what was written to it".to_owned() }
        }
        Error::Ambiguous(_) => VaultError::Failed { detail: "several entries have the same name".to_owned() },
        other => VaultError::Failed { detail: other.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn an_error_with_bytes_that_were_read_tells_nothing_of_them() {
        let read = b"hunter2-hunter2".to_vec();
        for error in [
            Error::BadEncoding(read.clone()),
            Error::BadDataFormat(read, Box::new(io::Error::other("could not decrypt"))),
        ] {
            let ours = explain(&error);
            assert!(matches!(ours, VaultError::Failed { .. }), "{ours:?}");
            let told = format!("{ours} {ours:?} {}", ours.advice());
            assert!(!told.contains("hunter2") && !told.contains("104, 117"), "{told}");
        }
    }

    #[test]
    fn a_cause_nobody_knows_keeps_its_words() {
        let cause = || Box::new(io::Error::other("the moon is in the wrong house"));
        let detail = "the moon is in the wrong house".to_owned();
        assert_eq!(explain(&Error::PlatformFailure(cause())), VaultError::Failed { detail: detail.clone() });
        assert_eq!(explain(&Error::NoStorageAccess(cause())), VaultError::Refused { detail });
    }

    #[test]
    fn a_name_too_long_for_the_platform_is_said_with_the_limit() {
        assert_eq!(
            explain(&Error::TooLong("user".to_owned(), 513)),
            VaultError::Failed { detail: "Value of 'user' is longer than the platform limit of 513 chars".to_owned() }
        );
    }
}
