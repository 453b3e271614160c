//! Choosing an API key's file: the window gets its path and never its contents.

use tauri::{AppHandle, DragDropEvent, Emitter, Window, WindowEvent};
use tauri_plugin_dialog::DialogExt;

use crate::window;

/// The endings that a key's file usually has. GTK tells small and capital letters apart.
#[cfg(not(target_os = "macos"))]
const USUAL: [&str; 3] = ["p8", "P8", "json"];

/// Asks for a key's file with the system's own dialog. Nothing, if the dialog was closed.
#[tauri::command]
pub(crate) async fn choose_key_file(app: AppHandle) -> Option<String> {
    let (sender, chosen) = tokio::sync::oneshot::channel();
    let dialog = app.dialog().file().set_title("Choose the key’s file");
    // macOS makes one list of all filters, and none of its entries stands for every file.
    #[cfg(not(target_os = "macos"))]
    let dialog = dialog.add_filter("App Store Connect key", &USUAL).add_filter("All files", &["*"]);
    dialog.pick_file(move |path| {
        // Nobody waits any more if the window was closed meanwhile.
        let _ = sender.send(path);
    });
    let path = chosen.await.ok().flatten()?.into_path().ok()?;
    Some(path.to_string_lossy().into_owned())
}

/// Tells the window of the files that were dropped on it. The engine says what is wrong with one that is no key.
pub(crate) fn dropped(on: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event else { return };
    // A picture that was dragged out and came back is no key.
    let foreign = paths.iter().filter(|path| !hookbell_engine::is_handed_out(path));
    let paths: Vec<_> = foreign.map(|path| path.to_string_lossy()).collect();
    if paths.is_empty() {
        return;
    }
    if let Err(error) = on.emit_to(window::LABEL, "key-files-dropped", paths) {
        tracing::warn!(%error, "the window could not be given the files");
    }
}
