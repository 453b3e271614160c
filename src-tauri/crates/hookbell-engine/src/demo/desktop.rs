//! The desktop as the demo has it: the person's own, with everything marked, and nothing that would
//! look for a simulated thing on the real web.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use super::stage::InFront;
use crate::{
    api::Push,
    host::{Choice, ClipboardError, DesktopError, Host, Notification, NotifyError, Pixels, Target},
    notify::MAX_TITLE_CHARS,
    text::cut,
};

/// What every notification of the demo begins with.
const MARK: &str = "Demo: ";

/// The demo's desktop. What it does not pass on, the demo does not have.
pub(super) struct DemoDesktop {
    desktop: Arc<dyn Host>,
    in_front: InFront,
    /// Whether the past is being played, of which nobody is told.
    quiet: AtomicBool,
}

impl DemoDesktop {
    /// A quiet one.
    pub(super) fn quiet(desktop: Arc<dyn Host>, in_front: InFront) -> Self {
        Self { desktop, in_front, quiet: AtomicBool::new(true) }
    }

    /// From now on notifications are shown.
    pub(super) fn speak(&self) {
        self.quiet.store(false, Ordering::Relaxed);
    }
}

impl Host for DemoDesktop {
    fn notify(&self, notification: &Notification) -> Result<(), NotifyError> {
        if self.quiet.load(Ordering::Relaxed) {
            return Ok(());
        }
        let tag = notification.tag.as_ref().map(|tag| format!("demo-{tag}"));
        let title = cut(&format!("{MARK}{}", notification.title), MAX_TITLE_CHARS);
        self.desktop.notify(&Notification { title, demo: true, tag, ..notification.clone() })
    }

    fn copy(&self, text: &str, secret: bool) -> Result<(), ClipboardError> {
        self.desktop.copy(text, secret)
    }

    fn clear_clipboard(&self, text: &str) -> Result<(), ClipboardError> {
        self.desktop.clear_clipboard(text)
    }

    fn copy_image(&self, image: &Pixels) -> Result<(), ClipboardError> {
        self.desktop.copy_image(image)
    }

    fn open(&self, target: &Target) -> Result<(), DesktopError> {
        match target {
            Target::Page(_) => Err(DesktopError::Refused(
                "the demo’s apps are not on App Store Connect, so there is no such page".to_owned(),
            )),
            Target::File(_) | Target::Place(_) | Target::Folder(_) => self.desktop.open(target),
        }
    }

    fn choose(&self, choice: &Choice) -> Result<Option<PathBuf>, DesktopError> {
        self.desktop.choose(choice)
    }

    fn starts_at_login(&self) -> Result<bool, DesktopError> {
        self.desktop.starts_at_login()
    }

    fn start_at_login(&self, _on: bool) -> Result<(), DesktopError> {
        Err(DesktopError::Refused("the demo leaves this computer as it is; leave the demo to set it".to_owned()))
    }

    fn push(&self, push: &Push) {
        if self.in_front.is_demo() {
            self.desktop.push(push);
        }
    }
}
