//! macOS's Quick Look, the panel that Space opens in the Finder. The panel closes itself.

use std::{cell::OnceCell, path::PathBuf, sync::mpsc};

use hookbell_engine::DesktopError;
use quicklook::{PreviewItem, QuickLookPanel};
use tauri::AppHandle;

thread_local! {
    /// The app's only panel, which belongs to the main thread.
    static PANEL: OnceCell<Option<QuickLookPanel>> = const { OnceCell::new() };
}

/// Shows files in the panel, starting with the first.
pub(crate) fn show(app: &AppHandle, files: &[PathBuf]) -> Result<(), DesktopError> {
    let files = files.to_vec();
    let (shown, wait) = mpsc::channel();
    let asked = app.run_on_main_thread(move || {
        let there =
            PANEL.with(|panel| panel.get_or_init(QuickLookPanel::shared).as_ref().map(|panel| fill(panel, &files)));
        // Nobody waits any more if the app is quitting.
        let _ = shown.send(there);
    });
    asked.map_err(|error| DesktopError::Refused(error.to_string()))?;
    wait.recv().ok().flatten().ok_or(DesktopError::Absent)
}

fn fill(panel: &QuickLookPanel, files: &[PathBuf]) {
    panel.set_items(files.iter().filter_map(|file| PreviewItem::from_file_url(file, None)).collect());
    panel.show();
    panel.reload_if_dirty();
    panel.set_current_preview_item_index(0);
}
