//! Applies the settings that only the shell can: the log level, the text size, and the Dock.

use std::sync::Arc;

use hookbell_engine::{Hookbell, api::Settings};
use tauri::AppHandle;

use crate::{logging::Log, window};

/// Applies the settings now and whenever they change, for as long as the app runs.
pub(crate) async fn follow(app: AppHandle, hookbell: Hookbell, log: Arc<Log>) {
    let mut settings = hookbell.settings().follow();
    loop {
        let now = settings.borrow_and_update().clone();
        log.tell(now.log_level);
        window::scale(&app, now.text_size);
        show_in_dock(&app, &now);
        if settings.changed().await.is_err() {
            return;
        }
    }
}

#[cfg(target_os = "macos")]
fn show_in_dock(app: &AppHandle, settings: &Settings) {
    use tauri::ActivationPolicy::{Accessory, Regular};
    if let Err(error) = app.set_activation_policy(if settings.hide_from_dock { Accessory } else { Regular }) {
        tracing::warn!(%error, "the Dock could not be changed");
    }
}

/// Only macOS has a Dock.
#[cfg(not(target_os = "macos"))]
fn show_in_dock(_: &AppHandle, _: &Settings) {}
