//! Where the window was when it was closed, and how large: it opens there again.
//!
//! The plugin puts it elsewhere if no screen is there any more.

use std::path::Path;

use tauri::{Manager, Window, WindowEvent, Wry, plugin::TauriPlugin};
use tauri_plugin_window_state::{AppHandleExt, Builder, StateFlags};

/// The file in the data directory.
const FILE_NAME: &str = "window.json";

/// What is remembered. Whether it is shown is for the tray to say.
const REMEMBERED: StateFlags =
    StateFlags::SIZE.union(StateFlags::POSITION).union(StateFlags::MAXIMIZED).union(StateFlags::FULLSCREEN);

/// The plugin that opens the window where it was.
pub(crate) fn remembered_in(data_dir: &Path) -> TauriPlugin<Wry> {
    // An absolute path takes the place of the folder that the plugin would take.
    let file = data_dir.join(FILE_NAME);
    Builder::new().with_state_flags(REMEMBERED).with_filename(file.to_string_lossy()).build()
}

/// Writes down where a window is that is about to close: the app may run on for weeks.
pub(crate) fn keep(window: &Window, event: &WindowEvent) {
    let WindowEvent::CloseRequested { .. } = event else { return };
    if let Err(error) = window.app_handle().save_window_state(REMEMBERED) {
        tracing::warn!(%error, "the window will open where it was before");
    }
}
