//! macOS: the user's login keychain.
//!
//! A locked keychain shows its own unlock dialog when a secret is read; an item that isn't there is
//! told without one, because names are not encrypted.

use std::{error::Error, sync::Arc};

use apple_native_keyring_store::keychain::Store;
use keyring_core::CredentialStore;
use security_framework::os::macos::keychain::SecKeychain;

use crate::{
    error::VaultError,
    key::{Key, SERVICE},
    keychain::{Advice, codes, system},
};

/// What the store wraps in its errors: [`security_framework::base::Error`].
pub(super) type Cause = dyn Error + Send + Sync + 'static;

pub(crate) const ADVICE: Advice = Advice {
    locked: "Unlock the login keychain in Keychain Access, or log in at the screen: over SSH no dialog can be shown. \
             In a terminal, `security unlock-keychain` does it.",
    no_session: "Log in at the screen and start Hookbell from there.",
    no_keychain: "Log out and in again. If it stays, restart the Mac.",
    no_default: "Open Keychain Access, choose File > Make Keychain “login” Default. If there is no login keychain, \
                 Settings > Reset Default Keychains makes a new one.",
    refused: "Try again and choose “Always Allow” in the dialog. If none comes, open Keychain Access, find the \
              Hookbell entry and allow this app under Access Control.",
    clean_up: "Open Keychain Access, search for Hookbell and delete the entry, then enter the secret again.",
    failed: "Try again. If it stays, log out and in again.",
};

pub(super) fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(Store::new()?)
}

/// The keychain shows the service as the entry's name; there is nothing to add.
pub(super) fn modifiers(_key: &Key) -> [(&str, &str); 0] {
    []
}

/// Finding no item means there is none, also in a locked keychain.
pub(super) fn unlock() -> Result<bool, VaultError> {
    Ok(false)
}

/// Looks for an item that is never there.
pub(super) fn check() -> Result<(), VaultError> {
    let looked = open().and_then(|store| store.build(SERVICE, "check", None)?.get_secret());
    match looked {
        Ok(_) | Err(keyring_core::Error::NoEntry) => Ok(()),
        Err(error) => Err(system::explain(&error)),
    }
}

/// Does some work with an entry while the system may show no dialog: it answers with an error instead.
pub(super) fn quietly<T>(_key: &Key, work: impl FnOnce() -> Result<T, VaultError>) -> Result<T, VaultError> {
    let _silence = SecKeychain::disable_user_interaction().map_err(|error| {
        let detail = error.to_string();
        codes::of_security(error.code(), detail.clone()).unwrap_or(VaultError::Failed { detail })
    })?;
    work()
}

/// The store holds no connection that could grow old.
pub(super) fn is_stale(_cause: &Cause) -> bool {
    false
}

pub(super) fn explain(cause: &Cause) -> Option<VaultError> {
    let error = cause.downcast_ref::<security_framework::base::Error>()?;
    codes::of_security(error.code(), error.to_string())
}
