//! Native notifications; a click opens exactly the event in question.
//!
//! One small file per system. Each blocks until the system has accepted or refused the notification, and none holds a
//! thread for a notification that nobody clicks.

#[cfg(target_os = "macos")]
mod macos;
#[cfg(not(target_os = "macos"))]
mod markup;
#[cfg(windows)]
mod windows;
#[cfg(target_os = "linux")]
mod xdg;

#[cfg(target_os = "macos")]
use self::macos as system;
#[cfg(windows)]
use self::windows as system;
#[cfg(target_os = "linux")]
use self::xdg as system;

use hookbell_engine::{Notification, NotifyError};

#[cfg(target_os = "macos")]
pub(crate) use self::macos::{ask_to_notify, may_notify};

/// Shows a notification; `open` is called when it is clicked. Blocks until it is shown.
pub(crate) fn show(notification: &Notification, open: impl Fn() + Send + 'static) -> Result<(), NotifyError> {
    system::show(notification, open)
}

/// Whether the system lets Hookbell show notifications. Only macOS requires asking before the first one.
#[cfg(not(target_os = "macos"))]
pub(crate) fn may_notify() -> Result<(), NotifyError> {
    Ok(())
}

/// Asks the user, if the system requires it.
#[cfg(not(target_os = "macos"))]
pub(crate) fn ask_to_notify() -> Result<(), NotifyError> {
    may_notify()
}
