//! The desktop that both engines share, and what each engine can do on it.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use hookbell_engine::{
    Choice, ClipboardError, DesktopError, Host, Notification, NotifyError, Pixels, Release, Target, UpdateError,
    api::Push,
};

use crate::{api::DemoPush, in_front::InFront};

/// The prefix of every notification of the demo.
const MARK: &str = "Demo: ";

/// A desktop that serves the demo alongside the user's own engine.
pub trait DemoHost: Host {
    /// Shows a notification of the demo; a click opens the demo.
    ///
    /// # Errors
    /// [`NotifyError`] if nobody can see it.
    fn notify_of_demo(&self, notification: &Notification) -> Result<(), NotifyError>;

    /// Tells an open window that the other engine is in front.
    fn push_front(&self, push: &DemoPush);
}

/// The desktop of the user's own engine. While the demo is in front, an open window gets no pushes: it reloads
/// everything when the user's engine is back.
pub(crate) struct OwnDesktop {
    pub(crate) desktop: Arc<dyn DemoHost>,
    pub(crate) in_front: InFront,
}

impl Host for OwnDesktop {
    fn notify(&self, notification: &Notification) -> Result<(), NotifyError> {
        self.desktop.notify(notification)
    }

    fn may_notify(&self) -> Result<(), NotifyError> {
        self.desktop.may_notify()
    }

    fn ask_to_notify(&self) -> Result<(), NotifyError> {
        self.desktop.ask_to_notify()
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
        self.desktop.open(target)
    }

    fn drag(&self, files: &[PathBuf], image: &Path) -> Result<(), DesktopError> {
        self.desktop.drag(files, image)
    }

    fn choose(&self, choice: &Choice) -> Result<Option<PathBuf>, DesktopError> {
        self.desktop.choose(choice)
    }

    fn starts_at_login(&self) -> Result<bool, DesktopError> {
        self.desktop.starts_at_login()
    }

    fn start_at_login(&self, on: bool) -> Result<(), DesktopError> {
        self.desktop.start_at_login(on)
    }

    fn can_update(&self) -> bool {
        self.desktop.can_update()
    }

    fn look_for_update(&self) -> Result<Option<Release>, UpdateError> {
        self.desktop.look_for_update()
    }

    fn install_update(&self) -> Result<(), UpdateError> {
        self.desktop.install_update()
    }

    fn push(&self, push: &Push) {
        if !self.in_front.is_demo() {
            self.desktop.push(push);
        }
    }
}

/// The demo's desktop: the user's own, but with every notification marked, and without lookups of simulated things on
/// the real web. The demo lacks everything that this doesn't forward.
pub(crate) struct DemoDesktop {
    desktop: Arc<dyn DemoHost>,
    in_front: InFront,
    /// Whether the past is being played, without notifications.
    quiet: AtomicBool,
}

impl DemoDesktop {
    /// One without notifications.
    pub(crate) fn quiet(desktop: Arc<dyn DemoHost>, in_front: InFront) -> Self {
        Self { desktop, in_front, quiet: AtomicBool::new(true) }
    }

    /// Shows notifications from now on.
    pub(crate) fn speak(&self) {
        self.quiet.store(false, Ordering::Relaxed);
    }
}

impl Host for DemoDesktop {
    fn notify(&self, notification: &Notification) -> Result<(), NotifyError> {
        if self.quiet.load(Ordering::Relaxed) {
            return Ok(());
        }
        let tag = notification.tag.as_ref().map(|tag| format!("demo-{tag}"));
        let marked = notification.clone().with_title(&format!("{MARK}{}", notification.title));
        self.desktop.notify_of_demo(&Notification { tag, ..marked })
    }

    fn may_notify(&self) -> Result<(), NotifyError> {
        self.desktop.may_notify()
    }

    fn ask_to_notify(&self) -> Result<(), NotifyError> {
        self.desktop.ask_to_notify()
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
                "the demo’s apps aren’t in App Store Connect, so there’s no such page".to_owned(),
            )),
            Target::File(_) | Target::Place(_) | Target::Folder(_) | Target::Preview(_) => self.desktop.open(target),
        }
    }

    fn drag(&self, files: &[PathBuf], image: &Path) -> Result<(), DesktopError> {
        self.desktop.drag(files, image)
    }

    fn choose(&self, choice: &Choice) -> Result<Option<PathBuf>, DesktopError> {
        self.desktop.choose(choice)
    }

    fn starts_at_login(&self) -> Result<bool, DesktopError> {
        self.desktop.starts_at_login()
    }

    fn start_at_login(&self, _on: bool) -> Result<(), DesktopError> {
        Err(DesktopError::Refused("the demo doesn’t change this computer; leave the demo to set it".to_owned()))
    }

    fn push(&self, push: &Push) {
        if self.in_front.is_demo() {
            self.desktop.push(push);
        }
    }
}
