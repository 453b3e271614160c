//! What differs between the systems' keychains, and what most of them share.

use std::{collections::HashMap, sync::Arc};

use keyring_core::{CredentialStore, Error};

use crate::{
    error::VaultError,
    key::{Key, SERVICE},
};

/// The platform error that a store wraps in its errors.
pub(super) type Cause = dyn std::error::Error + Send + Sync + 'static;

/// One system's keychain. The defaults fit a keychain that is unlocked while its user is logged in, and whose store
/// holds no connection that could go stale.
pub(super) trait Platform {
    /// Opens the store that holds the entries.
    fn open() -> keyring_core::Result<Arc<CredentialStore>>;

    /// The meaning of the platform's error, if known.
    fn explain(cause: &Cause) -> Option<VaultError>;

    /// Attributes of an entry in addition to service and account.
    fn modifiers(_key: &Key) -> HashMap<&str, &str> {
        HashMap::new()
    }

    /// Asks the user to unlock the keychain if it is locked, and returns whether it was. Only needed if a locked
    /// keychain reports entries as missing.
    fn unlock() -> Result<bool, VaultError> {
        Ok(false)
    }

    /// Checks whether the keychain is usable, without a dialog: looks for an entry that never exists.
    fn check() -> Result<(), VaultError> {
        match Self::open().and_then(|store| store.build(SERVICE, "check", None)?.get_secret()) {
            Ok(_) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(explain::<Self>(&error)),
        }
    }

    /// Does some work with an entry, unless that would show a dialog.
    fn quietly<T>(_key: &Key, work: impl FnOnce() -> Result<T, VaultError>) -> Result<T, VaultError> {
        work()
    }

    /// Whether a fresh store may succeed after this error.
    fn is_stale(_cause: &Cause) -> bool {
        false
    }
}

/// The platform's own error, if it caused this one.
pub(super) fn platform_cause(error: &Error) -> Option<&Cause> {
    match error {
        Error::PlatformFailure(cause) | Error::NoStorageAccess(cause) => Some(cause.as_ref()),
        _ => None,
    }
}

/// Converts a store's error. Variants that contain what was read reveal nothing of it.
pub(super) fn explain<P: Platform + ?Sized>(error: &Error) -> VaultError {
    if let Some(known) = platform_cause(error).and_then(P::explain) {
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

    /// A platform that explains no errors.
    struct Unknown;

    impl Platform for Unknown {
        fn open() -> keyring_core::Result<Arc<CredentialStore>> {
            Err(Error::NoDefaultStore)
        }

        fn explain(_cause: &Cause) -> Option<VaultError> {
            None
        }
    }

    #[test]
    fn an_error_with_bytes_that_were_read_tells_nothing_of_them() {
        let read = b"hunter2-hunter2".to_vec();
        for error in [
            Error::BadEncoding(read.clone()),
            Error::BadDataFormat(read, Box::new(io::Error::other("could not decrypt"))),
        ] {
            let ours = explain::<Unknown>(&error);
            assert!(matches!(ours, VaultError::Failed { .. }), "{ours:?}");
            let told = format!("{ours} {ours:?} {}", ours.hint());
            assert!(!told.contains("hunter2") && !told.contains("104, 117"), "{told}");
        }
    }

    #[test]
    fn a_cause_nobody_knows_keeps_its_words() {
        let cause = || Box::new(io::Error::other("the moon is in the wrong house"));
        let detail = "the moon is in the wrong house".to_owned();
        assert_eq!(explain::<Unknown>(&Error::PlatformFailure(cause())), VaultError::Failed { detail: detail.clone() });
        assert_eq!(explain::<Unknown>(&Error::NoStorageAccess(cause())), VaultError::Refused { detail });
    }

    #[test]
    fn a_name_too_long_for_the_platform_is_said_with_the_limit() {
        assert_eq!(
            explain::<Unknown>(&Error::TooLong("user".to_owned(), 513)),
            VaultError::Failed { detail: "Value of 'user' is longer than the platform limit of 513 chars".to_owned() }
        );
    }
}
