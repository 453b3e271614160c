//! What the engine needs from a desktop, and nothing more.

use std::path::{Path, PathBuf};

use crate::api::{Importance, Push};

/// A notification to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// What happened, at most 40 characters.
    pub title: String,
    /// The most useful detail for deciding, at most 120 characters.
    pub body: String,
    /// Where a click leads: a place in the window such as `#/inbox/42`, or an https URL for the browser.
    pub route: String,
    /// What it means.
    pub importance: Importance,
    /// Whether it makes a sound.
    pub sound: Sound,
    /// A small picture to show with it, where the desktop can.
    pub image: Option<PathBuf>,
    /// Names what it is about. A notification with the same tag replaces the one still on the screen; `None` never
    /// replaces another.
    pub tag: Option<String>,
}

/// Whether a notification makes a sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    /// The system's usual sound.
    Usual,
    /// None.
    Silent,
}

/// Why a notification couldn't be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotifyError {
    /// Nothing on this desktop shows notifications.
    #[error("no notification service is running")]
    NoService,
    /// The system has asked the person to allow notifications, and has no answer yet.
    #[error("macOS hasn’t been asked to allow Hookbell’s notifications")]
    NotAllowedYet,
    /// The person has turned Hookbell's notifications off.
    #[error("notifications are turned off for Hookbell")]
    TurnedOff,
    /// macOS identifies apps by their bundle, and this program runs outside of one.
    #[error("only installed apps can show notifications on macOS")]
    NotInstalled,
    /// The service refused.
    #[error("the notification service failed: {0}")]
    Refused(String),
}

impl NotifyError {
    /// What the person can do about it, as a sentence without its full stop. Pending notifications are shown
    /// afterwards.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoService => "start a notification service, and waiting notifications appear",
            Self::NotAllowedYet => "allow notifications, and waiting ones appear",
            Self::TurnedOff => {
                "turn them on in the system settings under Notifications → Hookbell, and waiting ones appear"
            }
            Self::NotInstalled => "open Hookbell.app instead of the program inside it",
            Self::Refused(_) => "check the notification service; Hookbell keeps trying",
        }
    }
}

/// Why copying failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClipboardError {
    /// There is no clipboard here.
    #[error("there is no clipboard here")]
    Absent,
    /// It refused.
    #[error("the clipboard failed: {0}")]
    Refused(String),
}

/// Something for the desktop to open in its program for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page on the web.
    Page(String),
    /// A file, in the program for its type.
    File(PathBuf),
    /// The folder a file is in, with the file selected where that is possible.
    Place(PathBuf),
    /// A folder.
    Folder(PathBuf),
    /// Files in the system's quick preview, starting with the first. Only macOS has one.
    Preview(Vec<PathBuf>),
}

/// What to ask the person for with the desktop's dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// A file to write, with a suggested name.
    SaveAs(String),
    /// A folder to write into.
    Folder,
    /// A file to read.
    Open {
        /// A name for this kind of file, for the dialog's list.
        what: &'static str,
        /// Its extension, without the dot.
        extension: &'static str,
    },
}

/// A decoded image: 8 bits each of red, green, blue and alpha, row by row from the top.
#[derive(Clone, PartialEq, Eq)]
pub struct Pixels {
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// Four bytes per pixel.
    pub rgba: Vec<u8>,
}

impl std::fmt::Debug for Pixels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pixels({} x {})", self.width, self.height)
    }
}

/// Why the desktop couldn't open or ask.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DesktopError {
    /// There is no desktop here.
    #[error("there is no desktop here")]
    Absent,
    /// It refused.
    #[error("the desktop failed: {0}")]
    Refused(String),
}

/// An available newer version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its version.
    pub version: String,
    /// Its release notes.
    pub notes: Option<String>,
}

/// Why updating failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UpdateError {
    /// This build does not update itself.
    #[error("this build does not update itself")]
    Absent,
    /// No answer arrived.
    #[error("couldn’t check for updates: {0}")]
    Unreachable(String),
    /// The update doesn't come from its publisher.
    #[error("the update’s signature isn’t valid: {0}")]
    Untrue(String),
    /// It could not be installed.
    #[error("couldn’t install the update: {0}")]
    Refused(String),
}

/// A desktop, or the lack of one. Its calls may block; the engine makes them off its async threads.
pub trait Host: Send + Sync + 'static {
    /// Shows a notification; a click opens its route.
    ///
    /// # Errors
    /// [`NotifyError`] if it can't be shown.
    fn notify(&self, notification: &Notification) -> Result<(), NotifyError>;

    /// Whether a notification could be shown, as far as the system reveals without showing one.
    ///
    /// # Errors
    /// [`NotifyError`] that [`Host::notify`] would return.
    fn may_notify(&self) -> Result<(), NotifyError> {
        Ok(())
    }

    /// Has the system ask the person to allow notifications, if it asks at all. Blocks until they have answered.
    ///
    /// # Errors
    /// [`NotifyError`] if they didn't allow them, or couldn't be asked.
    fn ask_to_notify(&self) -> Result<(), NotifyError> {
        Ok(())
    }

    /// Copies a text; a secret one is kept out of clipboard histories where possible.
    ///
    /// # Errors
    /// [`ClipboardError`] if copying failed.
    fn copy(&self, text: &str, secret: bool) -> Result<(), ClipboardError>;

    /// Clears a text from the clipboard, if it is still there.
    ///
    /// # Errors
    /// [`ClipboardError`] if the clipboard can't be used.
    fn clear_clipboard(&self, text: &str) -> Result<(), ClipboardError>;

    /// Copies an image. A host without a clipboard for images need not implement this.
    ///
    /// # Errors
    /// [`ClipboardError`] if copying failed.
    fn copy_image(&self, _image: &Pixels) -> Result<(), ClipboardError> {
        Err(ClipboardError::Absent)
    }

    /// Opens something in the desktop's program for it.
    ///
    /// # Errors
    /// [`DesktopError`] if it was not opened.
    fn open(&self, _target: &Target) -> Result<(), DesktopError> {
        Err(DesktopError::Absent)
    }

    /// Starts dragging files out of the window, while the mouse button is down. `image` follows the pointer.
    ///
    /// # Errors
    /// [`DesktopError`] if nothing is dragged.
    fn drag(&self, _files: &[PathBuf], _image: &Path) -> Result<(), DesktopError> {
        Err(DesktopError::Absent)
    }

    /// Asks the person for a file or a folder, and waits for the answer; `None` if the dialog was closed.
    ///
    /// # Errors
    /// [`DesktopError`] if the person couldn't be asked.
    fn choose(&self, _choice: &Choice) -> Result<Option<PathBuf>, DesktopError> {
        Err(DesktopError::Absent)
    }

    /// Whether the system starts the app at login. Queried each time, because the system's own settings can change
    /// it.
    ///
    /// # Errors
    /// [`DesktopError::Absent`] if there is nothing to start, [`DesktopError::Refused`] if the system doesn't say.
    fn starts_at_login(&self) -> Result<bool, DesktopError> {
        Err(DesktopError::Absent)
    }

    /// Has the system start the app, hidden, at login, or stops that.
    ///
    /// # Errors
    /// [`DesktopError`] if that failed.
    fn start_at_login(&self, _on: bool) -> Result<(), DesktopError> {
        Err(DesktopError::Absent)
    }

    /// Whether this build can update itself. Asks nobody.
    fn can_update(&self) -> bool {
        false
    }

    /// Asks for the newest version; `None` if this is it. Called only if the person agreed to that.
    ///
    /// # Errors
    /// [`UpdateError`] if that couldn't be determined.
    fn look_for_update(&self) -> Result<Option<Release>, UpdateError> {
        Err(UpdateError::Absent)
    }

    /// Installs the version found last after verifying its signature, and starts it.
    ///
    /// # Errors
    /// [`UpdateError`] if it wasn't installed.
    fn install_update(&self) -> Result<(), UpdateError> {
        Err(UpdateError::Absent)
    }

    /// Pushes to an open window.
    fn push(&self, push: &Push);
}

/// A host without a desktop: notifications stay unclaimed, so that the app can show them later.
#[derive(Debug, Clone, Copy)]
pub struct NoDesktop;

impl Host for NoDesktop {
    fn notify(&self, _: &Notification) -> Result<(), NotifyError> {
        Err(NotifyError::NoService)
    }

    fn copy(&self, _: &str, _: bool) -> Result<(), ClipboardError> {
        Err(ClipboardError::Absent)
    }

    fn clear_clipboard(&self, _: &str) -> Result<(), ClipboardError> {
        Err(ClipboardError::Absent)
    }

    fn push(&self, _: &Push) {}
}
