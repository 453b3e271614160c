//! The clipboard. Accessed from here so that a copied secret never enters the window.

use std::{
    borrow::Cow,
    sync::{Mutex, PoisonError},
};

use hookbell_engine::{ClipboardError, Pixels};

/// The system's clipboard, opened on first use.
///
/// It stays open, because on Linux the program that copied a text must serve it.
#[derive(Default)]
pub(crate) struct Clipboard(Mutex<Option<arboard::Clipboard>>);

impl Clipboard {
    /// Copies a text; keeps a secret out of clipboard histories if the system supports that.
    pub(crate) fn copy(&self, text: &str, secret: bool) -> Result<(), ClipboardError> {
        self.with(|clipboard| {
            let set = clipboard.set();
            let set = if secret { concealed(set) } else { set };
            set.text(text)
        })
    }

    /// Copies an image.
    pub(crate) fn copy_image(&self, image: &Pixels) -> Result<(), ClipboardError> {
        let Pixels { width, height, rgba } = image;
        let image = arboard::ImageData { width: *width, height: *height, bytes: Cow::Borrowed(rgba) };
        self.with(|clipboard| clipboard.set_image(image))
    }

    /// Clears it, if it still contains the text.
    pub(crate) fn clear(&self, text: &str) -> Result<(), ClipboardError> {
        self.with(|clipboard| match clipboard.get_text() {
            Ok(there) if there == text => clipboard.clear(),
            _ => Ok(()),
        })
    }

    fn with<T>(
        &self,
        work: impl FnOnce(&mut arboard::Clipboard) -> Result<T, arboard::Error>,
    ) -> Result<T, ClipboardError> {
        let mut clipboard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if clipboard.is_none() {
            *clipboard = Some(arboard::Clipboard::new().map_err(|_| ClipboardError::Absent)?);
        }
        let Some(open) = clipboard.as_mut() else { return Err(ClipboardError::Absent) };
        work(open).map_err(|error| ClipboardError::Refused(error.to_string()))
    }
}

#[cfg(target_os = "linux")]
fn concealed(set: arboard::Set<'_>) -> arboard::Set<'_> {
    use arboard::SetExtLinux;
    set.exclude_from_history()
}

#[cfg(target_os = "macos")]
fn concealed(set: arboard::Set<'_>) -> arboard::Set<'_> {
    use arboard::SetExtApple;
    set.exclude_from_history()
}

#[cfg(windows)]
fn concealed(set: arboard::Set<'_>) -> arboard::Set<'_> {
    use arboard::SetExtWindows;
    set.exclude_from_history().exclude_from_cloud()
}
