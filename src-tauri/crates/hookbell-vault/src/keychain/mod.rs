//! A keychain as the vault sees it, and the two there are: the system's and one in memory.
//!
//! Everything here blocks and runs on the vault's own thread. What differs between the systems is a
//! [`Platform`](platform::Platform), and each system has one in a file of its own.

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

/// A place that keeps secrets. Calls may block; they come one at a time, from one thread.
pub trait Keychain: Send + 'static {
    /// Reads a secret; `None` only if there surely is no such entry.
    ///
    /// # Errors
    /// The [`VaultError`] that stands in the way.
    fn get(&mut self, key: &Key) -> Result<Option<Secret>, VaultError>;

    /// Keeps a secret, in place of an earlier one.
    ///
    /// # Errors
    /// The [`VaultError`] that stands in the way.
    fn set(&mut self, key: &Key, secret: &Secret) -> Result<(), VaultError>;

    /// Removes a secret; one that isn't there is fine.
    ///
    /// # Errors
    /// The [`VaultError`] that stands in the way.
    fn remove(&mut self, key: &Key) -> Result<(), VaultError>;

    /// Reads a secret as [`Keychain::get`] does, without showing a dialog.
    ///
    /// # Errors
    /// [`VaultError::Locked`] if that takes a dialog, or the [`VaultError`] that stands in the way.
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

    /// Says whether the keychain can be used now, without showing a dialog.
    ///
    /// # Errors
    /// The [`VaultError`] that stands in the way.
    fn check(&mut self) -> Result<(), VaultError>;

    /// Called after one of the other functions panicked: lets go of whatever that may have left
    /// half done. Secrets that were kept stay kept.
    fn start_afresh(&mut self);
}
