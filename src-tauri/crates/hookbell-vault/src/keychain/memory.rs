//! A keychain in memory, for tests and demonstrations. It never reaches a disk.

use std::collections::HashMap;

use hookbell_core::Secret;

use crate::{error::VaultError, key::Key, keychain::Keychain};

/// Keeps secrets until it is dropped.
#[derive(Debug, Default)]
pub struct Memory {
    secrets: HashMap<String, Secret>,
}

impl Keychain for Memory {
    fn get(&mut self, key: &Key) -> Result<Option<Secret>, VaultError> {
        Ok(self.secrets.get(key.account()).cloned())
    }

    fn set(&mut self, key: &Key, secret: &Secret) -> Result<(), VaultError> {
        self.secrets.insert(key.account().to_owned(), secret.clone());
        Ok(())
    }

    fn remove(&mut self, key: &Key) -> Result<(), VaultError> {
        self.secrets.remove(key.account());
        Ok(())
    }

    fn check(&mut self) -> Result<(), VaultError> {
        Ok(())
    }

    fn start_afresh(&mut self) {}
}
