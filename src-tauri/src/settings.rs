//! What is set, followed by what only the shell can do: the log's level, the size of the text, and the Dock.

use std::sync::Arc;

use hookbell_engine::{Hookbell, api::Settings};
use tauri::AppHandle;

use crate::{logging::Log, window};

/// Does what is set, now and whenever it changes, for as long as the app runs.
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

/// There is a Dock only on macOS.
#[cfg(not(target_os = "macos"))]
fn show_in_dock(_: &AppHandle, _: &Settings) {}
