//! Files from the user: chosen in a dialog or dropped on the window. The window gets their paths, never their contents.

use serde::Deserialize;
use tauri::{AppHandle, DragDropEvent, Emitter, Window, WindowEvent};
use tauri_plugin_dialog::DialogExt;

use crate::window;

/// The purpose of a file.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum FileKind {
    /// An App Store Connect API key.
    Key,
    /// A build to upload.
    Build,
    /// A list of testers.
    Testers,
}

impl FileKind {
    fn title(self) -> &'static str {
        match self {
            Self::Key => "Choose the key’s file",
            Self::Build => "Choose a build",
            Self::Testers => "Choose a list of testers",
        }
    }

    /// The name for such files, and their usual extensions. GTK matches extensions case-sensitively.
    #[cfg(not(target_os = "macos"))]
    fn usual(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::Key => ("App Store Connect key", &["p8", "P8", "json"]),
            Self::Build => ("Build", &["ipa", "IPA", "pkg", "PKG"]),
            Self::Testers => ("CSV file", &["csv", "CSV"]),
        }
    }
}

/// Shows the system's file dialog. `None` if it was closed.
#[tauri::command]
pub(crate) async fn choose_file(app: AppHandle, kind: FileKind) -> Option<String> {
    let (sender, chosen) = tokio::sync::oneshot::channel();
    let dialog = app.dialog().file().set_title(kind.title());
    // macOS merges all filters into one list, in which no entry means "all files".
    #[cfg(not(target_os = "macos"))]
    let dialog = {
        let (name, endings) = kind.usual();
        dialog.add_filter(name, endings).add_filter("All files", &["*"])
    };
    dialog.pick_file(move |path| {
        // Nobody waits any more if the window was closed meanwhile.
        let _ = sender.send(path);
    });
    let path = chosen.await.ok().flatten()?.into_path().ok()?;
    Some(path.to_string_lossy().into_owned())
}

/// Tells the window which files were dropped on it. The engine reports unusable ones.
pub(crate) fn dropped(on: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event else { return };
    // Ignore a picture that was dragged out and dropped back.
    let foreign = paths.iter().filter(|path| !hookbell_engine::is_handed_out(path));
    let paths: Vec<_> = foreign.map(|path| path.to_string_lossy()).collect();
    if paths.is_empty() {
        return;
    }
    if let Err(error) = on.emit_to(window::LABEL, "files-dropped", paths) {
        tracing::warn!(%error, "the window could not be given the files");
    }
}
