//! Dragging files out of the window, as from a file manager.
//!
//! The window requests it when a drag of a picture starts, but knows no path: the engine names the files.

use std::{
    path::{Path, PathBuf},
    sync::mpsc,
};

use drag::{DragItem, Image, Options};
use hookbell_engine::DesktopError;
use tauri::{AppHandle, Manager, WebviewWindow};

use crate::window;

/// Starts dragging files while the mouse button is down. Returns once the system has taken over.
pub(crate) fn begin(app: &AppHandle, files: &[PathBuf], image: &Path) -> Result<(), DesktopError> {
    let window = app.get_webview_window(window::LABEL).ok_or(DesktopError::Absent)?;
    let (files, image) = (files.to_vec(), image.to_owned());
    let (begun, wait) = mpsc::channel();
    // Every system requires drags to start on the main thread.
    let asked = app.run_on_main_thread(move || {
        // Nobody waits any more if the app is quitting.
        let _ = begun.send(start(&window, &files, image));
    });
    asked.map_err(|error| DesktopError::Refused(error.to_string()))?;
    wait.recv().unwrap_or(Err(DesktopError::Absent))
}

fn start(window: &WebviewWindow, files: &[PathBuf], image: PathBuf) -> Result<(), DesktopError> {
    let refused = |error: &dyn std::error::Error| DesktopError::Refused(error.to_string());
    #[cfg(target_os = "linux")]
    let window = &window.gtk_window().map_err(|error| refused(&error))?;
    let item = DragItem::Files(files.iter().map(|file| spelled(file)).collect());
    // The system and the drop target handle the rest.
    drag::start_drag(window, item, Image::File(image), |_, _| {}, Options::default()).map_err(|error| refused(&error))
}

/// A path in the library's format. On Linux the library turns it into a URL by prefixing `file://`.
#[cfg(target_os = "linux")]
fn spelled(path: &Path) -> PathBuf {
    tauri::Url::from_file_path(path).map_or_else(|()| path.to_owned(), |url| PathBuf::from(url.path()))
}

#[cfg(not(target_os = "linux"))]
fn spelled(path: &Path) -> PathBuf {
    path.to_owned()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_the_path_of_an_address() {
        assert_eq!(spelled(Path::new("/a b/50% #1 é.png")), PathBuf::from("/a%20b/50%25%20%231%20%C3%A9.png"));
    }
}
