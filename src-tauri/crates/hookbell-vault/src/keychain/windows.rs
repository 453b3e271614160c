//! Windows: the Credential Manager of the user.
//!
//! It is unlocked while the user is logged on and shows no dialogs.

use std::{error::Error, sync::Arc};

use keyring_core::CredentialStore;
use windows_native_keyring_store::Store;

use crate::{
    error::VaultError,
    key::{Key, SERVICE},
    keychain::{Advice, codes, system},
};

/// What the store wraps in its errors: a type of its own that it keeps private.
pub(super) type Cause = dyn Error + Send + Sync + 'static;

pub(crate) const ADVICE: Advice = Advice {
    locked: "Log on to Windows, then try again.",
    no_session: "Start Hookbell from the desktop of a logged-on user: a service or an SSH login with a key has no \
                 access to the Credential Manager.",
    no_keychain: "Start the service “Credential Manager” (services.msc), then try again.",
    no_default: "Start the service “Credential Manager” (services.msc), then try again.",
    refused: "Ask whoever manages this computer: a policy keeps programs from storing credentials.",
    clean_up: "Open Credential Manager > Windows Credentials, delete the Hookbell entry, then enter the secret again.",
    failed: "Try again. If it stays, log off and on again.",
};

pub(super) fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(Store::new()?)
}

/// Secrets stay on this computer; the store's default would let them roam with the user's profile.
pub(super) fn modifiers(_key: &Key) -> [(&str, &str); 1] {
    [("persistence", "Local")]
}

/// There is no lock.
pub(super) fn unlock() -> Result<bool, VaultError> {
    Ok(false)
}

/// Looks for a credential that is never there.
pub(super) fn check() -> Result<(), VaultError> {
    let looked = open().and_then(|store| store.build(SERVICE, "check", None)?.get_secret());
    match looked {
        Ok(_) | Err(keyring_core::Error::NoEntry) => Ok(()),
        Err(error) => Err(system::explain(&error)),
    }
}

/// There are no dialogs.
pub(super) fn quietly<T>(_key: &Key, work: impl FnOnce() -> Result<T, VaultError>) -> Result<T, VaultError> {
    work()
}

/// The store holds no connection that could grow old.
pub(super) fn is_stale(_cause: &Cause) -> bool {
    false
}

pub(super) fn explain(cause: &Cause) -> Option<VaultError> {
    codes::of_windows(cause.to_string())
}
