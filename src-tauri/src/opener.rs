//! Opening things with the programs the desktop has for them, and asking where to save.

use std::path::PathBuf;

use hookbell_engine::{Choice, DesktopError, Target};
use tauri::AppHandle;
use tauri_plugin_dialog::DialogExt;

/// Opens a page, a file, or the folder a file is in.
pub(crate) fn open(target: &Target) -> Result<(), DesktopError> {
    let opened = match target {
        Target::Page(url) => tauri_plugin_opener::open_url(url, None::<&str>),
        Target::File(path) | Target::Folder(path) => tauri_plugin_opener::open_path(path, None::<&str>),
        Target::Place(path) => tauri_plugin_opener::reveal_item_in_dir(path),
    };
    opened.map_err(|error| DesktopError::Refused(error.to_string()))
}

/// Asks with the system's own dialog. Blocks until it is answered or closed.
pub(crate) fn choose(app: &AppHandle, choice: &Choice) -> Result<Option<PathBuf>, DesktopError> {
    let dialog = app.dialog().file();
    let chosen = match choice {
        Choice::SaveAs(name) => dialog.set_title("Save as").set_file_name(name).blocking_save_file(),
        Choice::Folder => dialog.set_title("Save into").blocking_pick_folder(),
        Choice::Open { what, extension } => dialog.add_filter(*what, &[extension]).blocking_pick_file(),
    };
    chosen.map(|path| path.into_path().map_err(|error| DesktopError::Refused(error.to_string()))).transpose()
}
