//! A keychain as the vault sees it, and its two implementations: the system's and an in-memory one.
//!
//! Everything here blocks and runs on the vault's thread. Differences between systems are in a
//! [`Platform`](platform::Platform), one file per system.

#[cfg(any(test, target_os = "macos", windows))]
mod codes;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
mod memory;
mod platform;
mod system;
#[cfg(windows)]
mod windows;

use hookbell_core::Secret;

pub use self::{memory::Memory, system::System};
use crate::{error::VaultError, key::Key};

/// A place that keeps secrets. Calls may block; they are made one at a time, from one thread.
pub trait Keychain: Send + 'static {
    /// Reads a secret; `None` only if the entry definitely doesn't exist.
    ///
    /// # Errors
    /// The [`VaultError`] that prevents it.
    fn get(&mut self, key: &Key) -> Result<Option<Secret>, VaultError>;

    /// Stores a secret, replacing an earlier one.
    ///
    /// # Errors
    /// The [`VaultError`] that prevents it.
    fn set(&mut self, key: &Key, secret: &Secret) -> Result<(), VaultError>;

    /// Removes a secret; a missing one is fine.
    ///
    /// # Errors
    /// The [`VaultError`] that prevents it.
    fn remove(&mut self, key: &Key) -> Result<(), VaultError>;

    /// Reads a secret as [`Keychain::get`] does, without showing a dialog.
    ///
    /// # Errors
    /// [`VaultError::Locked`] if that requires a dialog, or the [`VaultError`] that prevents it.
    fn get_quietly(&mut self, key: &Key) -> Result<Option<Secret>, VaultError> {
        self.check()?;
        self.get(key)
    }

    /// Removes a secret as [`Keychain::remove`] does, without showing a dialog.
    ///
    /// # Errors
    /// As [`Keychain::get_quietly`].
    fn remove_quietly(&mut self, key: &Key) -> Result<(), VaultError> {
        self.check()?;
        self.remove(key)
    }

    /// Checks whether the keychain is currently usable, without showing a dialog.
    ///
    /// # Errors
    /// The [`VaultError`] that prevents it.
    fn check(&mut self) -> Result<(), VaultError>;

    /// Called after another function panicked: discards whatever may be half done. Stored secrets stay stored.
    fn start_afresh(&mut self);
}
