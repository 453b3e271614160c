//! The programs that the harness starts, and the Debian packages that contain them.

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
    /// The Debian package that contains it.
    pub package: &'static str,
}

/// A display server without a screen.
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
/// A tunnel's client and server. Debian has no package for it.
pub const BORE: Program = Program { name: "bore", package: "none; .dev/setup test builds it" };
/// The ssh client.
pub const SSH: Program = Program { name: "ssh", package: "openssh-client" };
/// Makes ssh keys.
pub const SSH_KEYGEN: Program = Program { name: "ssh-keygen", package: "openssh-client" };
/// The ssh server.
pub const SSHD: Program = Program { name: "sshd", package: "openssh-server" };

/// Generates HTTP load.
pub const WRK: Program = Program { name: "wrk", package: "wrk" };

/// Installs and removes Debian packages.
pub const DPKG: Program = Program { name: "dpkg", package: "dpkg" };
/// Checks desktop entries.
pub const DESKTOP_FILE_VALIDATE: Program = Program { name: "desktop-file-validate", package: "desktop-file-utils" };
/// Shows pages of the manual.
pub const MAN: Program = Program { name: "man", package: "man-db" };
/// Opens a link with the desktop's handler.
pub const XDG_OPEN: Program = Program { name: "xdg-open", package: "xdg-utils" };

impl Program {
    /// Its path: on the `PATH`, where servers are installed, or where the set-up builds programs without a package.
    ///
    /// # Errors
    /// [`Error::MissingProgram`] if it is in none of these.
    pub fn find(self) -> Result<PathBuf, Error> {
        let path = env::var_os("PATH").unwrap_or_default();
        let home = env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
        let cache = env::var_os("XDG_CACHE_HOME").map_or_else(|| home.join(".cache"), PathBuf::from);
        env::split_paths(&path)
            .chain([PathBuf::from("/usr/sbin"), cache.join("hookbell/tools/bin")])
            .map(|dir| dir.join(self.name))
            .find(|file| Path::is_file(file))
            .ok_or(Error::MissingProgram { program: self.name, package: self.package })
    }
}
