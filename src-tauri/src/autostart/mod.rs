//! Starting at login, with the system as the only source of truth: the window's switch shows the actual state.
//!
//! One small file per mechanism. Entries contain the program's path, which doesn't change when a package is updated,
//! and start it hidden.

#[cfg(not(target_os = "linux"))]
mod login_item;
#[cfg(target_os = "linux")]
mod xdg;

use std::{env, io, path::PathBuf};

use hookbell_engine::DesktopError;

#[cfg(not(target_os = "linux"))]
use self::login_item as system;
#[cfg(target_os = "linux")]
use self::xdg as system;

/// The argument for starting at login.
const HIDDEN: &str = "--hidden";

/// Whether the system starts the app at login.
pub(crate) fn is_on() -> Result<bool, DesktopError> {
    system::is_on()
}

/// Turns starting at login on or off, and verifies the result.
pub(crate) fn turn(on: bool) -> Result<(), DesktopError> {
    system::turn(on)?;
    match system::is_on()? == on {
        true => Ok(()),
        false => Err(DesktopError::Refused("the system didn’t save it".to_owned())),
    }
}

/// The program to start. An AppImage runs from a temporary mount, but says where its file is.
fn program() -> io::Result<PathBuf> {
    match env::var_os("APPIMAGE").filter(|path| !path.is_empty()) {
        Some(image) => Ok(image.into()),
        None => env::current_exe(),
    }
}

fn refused(error: impl std::fmt::Display) -> DesktopError {
    DesktopError::Refused(error.to_string())
}
