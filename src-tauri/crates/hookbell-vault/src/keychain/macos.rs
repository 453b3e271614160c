//! macOS: the user's login keychain.
//!
//! A locked keychain shows its own unlock dialog when a secret is read. It reports a missing item without one, because
//! names aren't encrypted.

use std::sync::Arc;

use apple_native_keyring_store::keychain::Store;
use keyring_core::CredentialStore;
use security_framework::os::macos::keychain::SecKeychain;

use crate::{
    error::VaultError,
    key::Key,
    keychain::{
        codes,
        platform::{Cause, Platform},
    },
};

pub(super) struct MacOs;

impl Platform for MacOs {
    fn open() -> keyring_core::Result<Arc<CredentialStore>> {
        Ok(Store::new()?)
    }

    /// The store wraps [`security_framework::base::Error`].
    fn explain(cause: &Cause) -> Option<VaultError> {
        let error = cause.downcast_ref::<security_framework::base::Error>()?;
        codes::of_security(error.code(), error.to_string())
    }

    /// While dialogs are disabled, the system returns an error instead.
    fn quietly<T>(_key: &Key, work: impl FnOnce() -> Result<T, VaultError>) -> Result<T, VaultError> {
        let _silence = SecKeychain::disable_user_interaction().map_err(|error| {
            let detail = error.to_string();
            codes::of_security(error.code(), detail.clone()).unwrap_or(VaultError::Failed { detail })
        })?;
        work()
    }
}
