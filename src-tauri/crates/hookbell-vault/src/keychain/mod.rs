//! A keychain as the vault sees it, and the two there are: the system's and one in memory.
//!
//! Everything here blocks and runs on the vault's own thread. What differs between the systems stands
//! in one file for each, all with the same few functions.

#[cfg(any(test, target_os = "macos", windows))]
mod codes;
mod memory;
mod system;

#[cfg_attr(target_os = "linux", path = "linux.rs")]
#[cfg_attr(target_os = "macos", path = "macos.rs")]
#[cfg_attr(windows, path = "windows.rs")]
mod platform;

use hookbell_core::Secret;

pub(crate) use self::platform::ADVICE;
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

/// How a user mends each trouble on one platform.
pub(crate) struct Advice {
    pub(crate) locked: &'static str,
    pub(crate) no_session: &'static str,
    pub(crate) no_keychain: &'static str,
    pub(crate) no_default: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) clean_up: &'static str,
    pub(crate) failed: &'static str,
}
