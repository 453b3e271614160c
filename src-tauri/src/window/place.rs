//! Remembers the window's position and size when it closes, and restores them.
//!
//! If that screen no longer exists, the plugin chooses another position.

use std::path::Path;

use tauri::{Manager, Window, WindowEvent, Wry, plugin::TauriPlugin};
use tauri_plugin_window_state::{AppHandleExt, Builder, StateFlags};

/// The file in the data directory.
const FILE_NAME: &str = "window.json";

/// What to remember. The tray decides whether the window is visible.
const REMEMBERED: StateFlags =
    StateFlags::SIZE.union(StateFlags::POSITION).union(StateFlags::MAXIMIZED).union(StateFlags::FULLSCREEN);

/// The plugin that restores the window.
pub(crate) fn remembered_in(data_dir: &Path) -> TauriPlugin<Wry> {
    // An absolute path overrides the plugin's folder.
    let file = data_dir.join(FILE_NAME);
    Builder::new().with_state_flags(REMEMBERED).with_filename(file.to_string_lossy()).build()
}

/// Saves the position of a closing window immediately: the app can run on for weeks.
pub(crate) fn keep(window: &Window, event: &WindowEvent) {
    let WindowEvent::CloseRequested { .. } = event else { return };
    if let Err(error) = window.app_handle().save_window_state(REMEMBERED) {
        tracing::warn!(%error, "the window will open where it was before");
    }
}
