//! What the engine needs of a desktop, and nothing more.

use std::path::{Path, PathBuf};

use crate::api::{Importance, Push};

/// A notification to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// What happened, at most 40 characters.
    pub title: String,
    /// The one thing that helps to decide, at most 120 characters.
    pub body: String,
    /// Where a click leads: a place in the window such as `#/inbox/42`, or an https address for the browser.
    pub route: String,
    /// What it means.
    pub importance: Importance,
    /// Whether it may be heard.
    pub sound: Sound,
    /// A small picture to show beside it, where the desktop can.
    pub image: Option<PathBuf>,
    /// A name for what it tells of. Where one with the same name is still on the screen, this one takes its place; `None`
    /// stands beside all others.
    pub tag: Option<String>,
}

/// Whether a notification may be heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    /// The system's usual sound.
    Usual,
    /// None.
    Silent,
}

/// Why a notification could not be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotifyError {
    /// Nothing on this desktop shows notifications.
    #[error("no notification service is running")]
    NoService,
    /// The system has asked the person whether Hookbell may show notifications, and has no answer yet.
    #[error("macOS hasn’t been asked to allow Hookbell’s notifications")]
    NotAllowedYet,
    /// The person has turned Hookbell's notifications off.
    #[error("notifications are turned off for Hookbell")]
    TurnedOff,
    /// macOS knows apps by their bundle, and this program runs outside of one.
    #[error("only installed apps can show notifications on macOS")]
    NotInstalled,
    /// The service refused.
    #[error("the notification service failed: {0}")]
    Refused(String),
}

impl NotifyError {
    /// What the person can do about it, as a sentence without its full stop. What waits is shown afterwards.
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

/// Why nothing could be copied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClipboardError {
    /// There is no clipboard here.
    #[error("there is no clipboard here")]
    Absent,
    /// It refused.
    #[error("the clipboard failed: {0}")]
    Refused(String),
}

/// Something that the desktop opens with the program it has for it.
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
    /// Files in the system's own quick preview, the first of them in front. Only macOS has one.
    Preview(Vec<PathBuf>),
}

/// What the person is asked for by the desktop's own dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// A file to write, beginning with this name.
    SaveAs(String),
    /// A folder to write into.
    Folder,
    /// A file to read.
    Open {
        /// What it holds, for the dialog's list of kinds.
        what: &'static str,
        /// The end of its name, without the dot.
        extension: &'static str,
    },
}

/// An image, decoded: 8 bits each of red, green, blue and alpha, row by row from the top.
#[derive(Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels from left to right.
    pub width: usize,
    /// Pixels from top to bottom.
    pub height: usize,
    /// Four bytes for each pixel.
    pub rgba: Vec<u8>,
}

impl std::fmt::Debug for Pixels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pixels({} x {})", self.width, self.height)
    }
}

/// Why the desktop did not open or ask.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DesktopError {
    /// There is no desktop here.
    #[error("there is no desktop here")]
    Absent,
    /// It refused.
    #[error("the desktop failed: {0}")]
    Refused(String),
}

/// A newer version that can be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its version.
    pub version: String,
    /// What is new in it, in its makers' words.
    pub notes: Option<String>,
}

/// Why there was no update.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UpdateError {
    /// This build does not update itself.
    #[error("this build does not update itself")]
    Absent,
    /// Nobody answered.
    #[error("couldn’t check for updates: {0}")]
    Unreachable(String),
    /// What came is not from whom it should be.
    #[error("the update’s signature isn’t valid: {0}")]
    Untrue(String),
    /// It could not be installed.
    #[error("couldn’t install the update: {0}")]
    Refused(String),
}

/// A desktop, or the lack of one. Its calls may block; the engine makes them off its own threads.
pub trait Host: Send + Sync + 'static {
    /// Shows a notification, whose click leads to its route.
    ///
    /// # Errors
    /// [`NotifyError`] if nobody can see it.
    fn notify(&self, notification: &Notification) -> Result<(), NotifyError>;

    /// Whether a notification could be shown, as far as the system says without showing one.
    ///
    /// # Errors
    /// [`NotifyError`] that [`Host::notify`] would give.
    fn may_notify(&self) -> Result<(), NotifyError> {
        Ok(())
    }

    /// Has the system ask the person to allow notifications, where it asks at all. Blocks until they have answered.
    ///
    /// # Errors
    /// [`NotifyError`] if they did not allow them, or could not be asked.
    fn ask_to_notify(&self) -> Result<(), NotifyError> {
        Ok(())
    }

    /// Puts a text on the clipboard; a secret one is kept out of clipboard histories where that is possible.
    ///
    /// # Errors
    /// [`ClipboardError`] if it is not there afterwards.
    fn copy(&self, text: &str, secret: bool) -> Result<(), ClipboardError>;

    /// Takes a text off the clipboard, if it is still what is there.
    ///
    /// # Errors
    /// [`ClipboardError`] if the clipboard can't be used.
    fn clear_clipboard(&self, text: &str) -> Result<(), ClipboardError>;

    /// Puts an image on the clipboard. A host without one need not say anything about it.
    ///
    /// # Errors
    /// [`ClipboardError`] if it is not there afterwards.
    fn copy_image(&self, _image: &Pixels) -> Result<(), ClipboardError> {
        Err(ClipboardError::Absent)
    }

    /// Opens something with the program the desktop has for it.
    ///
    /// # Errors
    /// [`DesktopError`] if it was not opened.
    fn open(&self, _target: &Target) -> Result<(), DesktopError> {
        Err(DesktopError::Absent)
    }

    /// Begins to drag files out of the window, while the mouse button is down. `image` follows the pointer.
    ///
    /// # Errors
    /// [`DesktopError`] if nothing is dragged.
    fn drag(&self, _files: &[PathBuf], _image: &Path) -> Result<(), DesktopError> {
        Err(DesktopError::Absent)
    }

    /// Asks the person for a file or a folder, and waits for the answer; nothing if the dialog was closed.
    ///
    /// # Errors
    /// [`DesktopError`] if it could not be asked.
    fn choose(&self, _choice: &Choice) -> Result<Option<PathBuf>, DesktopError> {
        Err(DesktopError::Absent)
    }

    /// Whether the system starts the app when its user logs in. Asked each time, as the system's own settings can
    /// change it.
    ///
    /// # Errors
    /// [`DesktopError::Absent`] if there is nothing to start, [`DesktopError::Refused`] if the system does not tell.
    fn starts_at_login(&self) -> Result<bool, DesktopError> {
        Err(DesktopError::Absent)
    }

    /// Has the system start the app, hidden, when its user logs in, or not any more.
    ///
    /// # Errors
    /// [`DesktopError`] if it is not so afterwards.
    fn start_at_login(&self, _on: bool) -> Result<(), DesktopError> {
        Err(DesktopError::Absent)
    }

    /// Whether this build can replace itself by a newer one. Asks nobody.
    fn can_update(&self) -> bool {
        false
    }

    /// Asks for the newest version; nothing if this is it. Only called where somebody said yes to that.
    ///
    /// # Errors
    /// [`UpdateError`] if there is no telling.
    fn look_for_update(&self) -> Result<Option<Release>, UpdateError> {
        Err(UpdateError::Absent)
    }

    /// Installs the version that was found last, once its signature is verified, and starts it.
    ///
    /// # Errors
    /// [`UpdateError`] if it was not installed.
    fn install_update(&self) -> Result<(), UpdateError> {
        Err(UpdateError::Absent)
    }

    /// Tells an open window.
    fn push(&self, push: &Push);
}

/// A host with no desktop: notifications stay unclaimed, so that the app can show them later.
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
