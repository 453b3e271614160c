//! Native notifications whose click opens the very event.
//!
//! One small file for each way a system tells of a click: over D-Bus as a future, elsewhere as a call
//! that blocks a thread of its own.

#[cfg(not(target_os = "linux"))]
mod blocking;
#[cfg(target_os = "linux")]
mod xdg;

#[cfg(not(target_os = "linux"))]
use self::blocking as system;
#[cfg(target_os = "linux")]
use self::xdg as system;

use hookbell_engine::{Notification, NotifyError, Sound, api::Importance};

/// The icon's name in the icon theme, where a package puts it.
#[cfg(target_os = "linux")]
const ICON: &str = "hookbell-app";

/// The desktop entry's name without its ending, as a package calls it.
#[cfg(target_os = "linux")]
const DESKTOP_ENTRY: &str = "Hookbell";

/// Shows a notification; `open` is called if it is clicked. Blocks until it is shown.
pub(crate) fn show(notification: &Notification, open: impl FnOnce() + Send + 'static) -> Result<(), NotifyError> {
    system::show(native(notification), open)
}

fn native(notification: &Notification) -> notify_rust::Notification {
    let mut native = notify_rust::Notification::new();
    if let Some(image) = notification.image.as_deref().and_then(std::path::Path::to_str) {
        native.image_path(image);
    }
    native.appname("Hookbell").summary(&notification.title).body(&notification.body).action("default", "Open");
    #[cfg(target_os = "linux")]
    {
        use notify_rust::{Hint, Urgency};
        // Servers read the body as markup, so a tester's words are kept from being any.
        native.body(&escaped(&notification.body)).icon(ICON).hint(Hint::DesktopEntry(DESKTOP_ENTRY.to_owned()));
        native.urgency(match notification.importance {
            Importance::NeedsYou | Importance::Bad => Urgency::Normal,
            Importance::Good | Importance::Info => Urgency::Low,
        });
        native.hint(Hint::SuppressSound(notification.sound == Sound::Silent));
    }
    #[cfg(not(target_os = "linux"))]
    if notification.sound == Sound::Usual {
        native.sound_name("Default");
    }
    native
}

#[cfg(target_os = "linux")]
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
