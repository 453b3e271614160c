//! Choosing an API key's file: the window gets its path and never its contents.

use tauri::{AppHandle, DragDropEvent, Emitter, Window, WindowEvent};
use tauri_plugin_dialog::DialogExt;

use crate::window;

/// The extension that Apple gives a key's file.
const EXTENSION: &str = "p8";

/// Asks for a key's file with the system's own dialog. Nothing, if the dialog was closed.
#[tauri::command]
pub(crate) async fn choose_key_file(app: AppHandle) -> Option<String> {
    let (sender, chosen) = tokio::sync::oneshot::channel();
    let dialog =
        app.dialog().file().set_title("Choose the key’s file").add_filter("App Store Connect key", &[EXTENSION]);
    dialog.pick_file(move |path| {
        // Nobody waits any more if the window was closed meanwhile.
        let _ = sender.send(path);
    });
    let path = chosen.await.ok().flatten()?.into_path().ok()?;
    Some(path.to_string_lossy().into_owned())
}

/// Tells the window of the keys' files that were dropped on it; other files are let fall.
pub(crate) fn dropped(on: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event else { return };
    let keys = paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == EXTENSION));
    let keys: Vec<_> = keys.map(|path| path.to_string_lossy()).collect();
    if keys.is_empty() {
        return;
    }
    if let Err(error) = on.emit_to(window::LABEL, "key-files-dropped", keys) {
        tracing::warn!(%error, "the window could not be told of files");
    }
}
