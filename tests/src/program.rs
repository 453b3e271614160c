//! The programs the harness starts, and the Debian packages that bring them.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::Error;

/// A program that must be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Program {
    /// The file name, looked up on the `PATH`.
    pub name: &'static str,
    /// The Debian package that brings it.
    pub package: &'static str,
}

/// The display server without a screen.
pub const XVFB: Program = Program { name: "Xvfb", package: "xvfb" };
/// The session bus.
pub const DBUS_DAEMON: Program = Program { name: "dbus-daemon", package: "dbus" };
/// The window manager.
pub const OPENBOX: Program = Program { name: "openbox", package: "openbox" };
/// The Secret Service.
pub const GNOME_KEYRING: Program = Program { name: "gnome-keyring-daemon", package: "gnome-keyring" };
/// A client of the Secret Service.
pub const SECRET_TOOL: Program = Program { name: "secret-tool", package: "libsecret-tools" };
/// Finds, activates and types into windows.
pub const XDOTOOL: Program = Program { name: "xdotool", package: "xdotool" };
/// Takes pictures of the display.
pub const IMPORT: Program = Program { name: "import", package: "imagemagick" };
/// Drives the webview.
pub const WEBKIT_DRIVER: Program = Program { name: "WebKitWebDriver", package: "webkit2gtk-driver" };

impl Program {
    /// Where it is installed.
    ///
    /// # Errors
    /// [`Error::MissingProgram`] if it is nowhere on the `PATH`.
    pub fn find(self) -> Result<PathBuf, Error> {
        let path = env::var_os("PATH").unwrap_or_default();
        env::split_paths(&path)
            .map(|dir| dir.join(self.name))
            .find(|file| Path::is_file(file))
            .ok_or(Error::MissingProgram { program: self.name, package: self.package })
    }
}
