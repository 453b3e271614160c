//! Windows: the user's Credential Manager.
//!
//! It is unlocked while the user is logged on and shows no dialogs.

use std::{collections::HashMap, sync::Arc};

use keyring_core::CredentialStore;
use windows_native_keyring_store::Store;

use crate::{
    error::VaultError,
    key::Key,
    keychain::{
        codes,
        platform::{Cause, Platform},
    },
};

pub(super) struct Windows;

impl Platform for Windows {
    fn open() -> keyring_core::Result<Arc<CredentialStore>> {
        Ok(Store::new()?)
    }

    /// Secrets stay on this computer; the store's default would let them roam with the user's profile.
    fn modifiers(_key: &Key) -> HashMap<&str, &str> {
        HashMap::from([("persistence", "Local")])
    }

    /// The store keeps the type of its errors private.
    fn explain(cause: &Cause) -> Option<VaultError> {
        codes::of_windows(cause.to_string())
    }
}
