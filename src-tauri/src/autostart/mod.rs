//! Starting at login, as the system itself keeps it: the switch of the window shows what is really so.
//!
//! One small file for each way a system does it. What is written names the program by its path, which a package does
//! not change when it is updated, and starts it hidden.

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

/// How it is started at login.
const HIDDEN: &str = "--hidden";

/// Whether the system starts it.
pub(crate) fn is_on() -> Result<bool, DesktopError> {
    system::is_on()
}

/// Has the system start it, or not any more, and looks whether it is so.
pub(crate) fn turn(on: bool) -> Result<(), DesktopError> {
    system::turn(on)?;
    match system::is_on()? == on {
        true => Ok(()),
        false => Err(DesktopError::Refused("the system did not keep it".to_owned())),
    }
}

/// The program to start. An AppImage runs from a place that is gone afterwards, and says where it is itself.
fn program() -> io::Result<PathBuf> {
    match env::var_os("APPIMAGE").filter(|path| !path.is_empty()) {
        Some(image) => Ok(image.into()),
        None => env::current_exe(),
    }
}

fn refused(error: impl std::fmt::Display) -> DesktopError {
    DesktopError::Refused(error.to_string())
}
