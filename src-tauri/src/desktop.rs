//! The host of both engines on a real desktop.

use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
};

use hookbell_demo::{DemoHost, DemoPush, Engines};
use hookbell_engine::{
    Choice, ClipboardError, DesktopError, Host, Notification, NotifyError, Pixels, Release, Target, UpdateError,
    api::Push,
};
use tauri::{AppHandle, Emitter, Manager};

#[cfg(target_os = "macos")]
use crate::quick_look;
use crate::{autostart, clipboard::Clipboard, drag_out, notifier, opener, update::Updates, window};

/// Notifications, the clipboard and the window of this app.
#[derive(Default)]
pub(crate) struct Desktop {
    app: OnceLock<AppHandle>,
    clipboard: Clipboard,
    updates: Updates,
}

impl Desktop {
    /// Attaches the app, once it exists. Anything sent before is dropped.
    pub(crate) fn attach(&self, app: AppHandle) {
        let _ = self.app.set(app);
    }

    /// Shows a notification; a click opens the engine that it came from.
    fn show(&self, notification: &Notification, demo: bool) -> Result<(), NotifyError> {
        let app = self.app.get().cloned().ok_or(NotifyError::NoService)?;
        let route = notification.route.clone();
        notifier::show(notification, move || clicked(app.clone(), demo, route.clone()))
    }
}

impl Host for Desktop {
    fn notify(&self, notification: &Notification) -> Result<(), NotifyError> {
        self.show(notification, false)
    }

    fn may_notify(&self) -> Result<(), NotifyError> {
        notifier::may_notify()
    }

    fn ask_to_notify(&self) -> Result<(), NotifyError> {
        notifier::ask_to_notify()
    }

    fn copy(&self, text: &str, secret: bool) -> Result<(), ClipboardError> {
        self.clipboard.copy(text, secret)
    }

    fn clear_clipboard(&self, text: &str) -> Result<(), ClipboardError> {
        self.clipboard.clear(text)
    }

    fn copy_image(&self, image: &Pixels) -> Result<(), ClipboardError> {
        self.clipboard.copy_image(image)
    }

    fn open(&self, target: &Target) -> Result<(), DesktopError> {
        #[cfg(target_os = "macos")]
        if let Target::Preview(files) = target {
            return quick_look::show(self.app.get().ok_or(DesktopError::Absent)?, files);
        }
        opener::open(target)
    }

    fn drag(&self, files: &[PathBuf], image: &Path) -> Result<(), DesktopError> {
        drag_out::begin(self.app.get().ok_or(DesktopError::Absent)?, files, image)
    }

    fn choose(&self, choice: &Choice) -> Result<Option<PathBuf>, DesktopError> {
        opener::choose(self.app.get().ok_or(DesktopError::Absent)?, choice)
    }

    fn can_update(&self) -> bool {
        Updates::can_update()
    }

    fn look_for_update(&self) -> Result<Option<Release>, UpdateError> {
        self.updates.look(self.app.get().ok_or(UpdateError::Absent)?)
    }

    fn install_update(&self) -> Result<(), UpdateError> {
        self.updates.install(self.app.get().ok_or(UpdateError::Absent)?)
    }

    fn starts_at_login(&self) -> Result<bool, DesktopError> {
        autostart::is_on()
    }

    fn start_at_login(&self, on: bool) -> Result<(), DesktopError> {
        autostart::turn(on)
    }

    fn push(&self, push: &Push) {
        let Some(app) = self.app.get() else { return };
        crate::tray::refresh(app);
        log_unheard(app.emit_to(window::LABEL, "push", push));
    }
}

impl DemoHost for Desktop {
    fn notify_of_demo(&self, notification: &Notification) -> Result<(), NotifyError> {
        self.show(notification, true)
    }

    fn push_front(&self, push: &DemoPush) {
        let Some(app) = self.app.get() else { return };
        crate::tray::refresh(app);
        let DemoPush::Front { demo, .. } = push;
        window::set_title(app, *demo);
        log_unheard(app.emit_to(window::LABEL, "push", push));
    }
}

fn log_unheard(pushed: tauri::Result<()>) {
    if let Err(error) = pushed {
        tracing::warn!(%error, "the window could not be notified");
    }
}

/// Opens what a notification was about: in the user's own engine while the demo stays open behind it, or in the demo.
/// If the demo is closed, its event is gone too, and only the window opens. A rule's address opens in the browser.
fn clicked(app: AppHandle, demo: bool, route: String) {
    if route.starts_with("https://") {
        tauri::async_runtime::spawn_blocking(move || {
            if let Err(error) = opener::open(&Target::Page(route)) {
                tracing::warn!(%error, "the address of a notification could not be opened");
            }
        });
        return;
    }
    tauri::async_runtime::spawn(async move {
        let Some(engines) = app.try_state::<Engines>().map(|state| state.inner().clone()) else { return };
        let there = engines.bring(demo, &route).await;
        window::show(&app, there.then_some(route.as_str()));
    });
}
