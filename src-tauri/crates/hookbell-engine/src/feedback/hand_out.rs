//! Pictures handed out to another program: dropped on it, or shown in the system's quick preview.
//!
//! A program may keep or change what it gets, and shows its name. So it gets a copy with a descriptive name, in a
//! separate directory. Copies are removed with their picture, and at the next start.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::{Feedback, saved_names};
use crate::{
    api::{ApiError, PicturesRequest},
    desktop::blocking,
    host::Target,
    written::{self, Existing},
};

/// The subdirectory of the feedback directory that holds the copies.
const DIRECTORY_NAME: &str = "hookbell-handed-out";

/// Whether a path is a picture handed out here, dragged out and dropped on our own window.
#[must_use]
pub fn is_handed_out(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == DIRECTORY_NAME)
}

/// The directory of the copies.
pub(super) fn directory(feedback: &Path) -> PathBuf {
    feedback.join(DIRECTORY_NAME)
}

impl Feedback {
    /// Starts dragging pictures out of the window, while the mouse button is down.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if one isn't stored here, [`crate::api::ErrorCode::Internal`] if the
    /// desktop refuses.
    pub async fn drag_pictures(&self, request: PicturesRequest) -> Result<(), ApiError> {
        let copies = self.hand_out(&request.ids).await?;
        let Some(first) = request.ids.first() else { return Ok(()) };
        let (file, path) = self.kept_picture(*first).await?;
        // Use the thumbnail as the drag image.
        let image = file.thumbnail.map_or(path, |thumbnail| self.folder.file(&thumbnail));
        self.context.drag_out(copies, image).await
    }

    /// Shows pictures in the system's quick preview, starting with the first.
    ///
    /// # Errors
    /// As [`Feedback::drag_pictures`]; refused on a desktop without such a preview.
    pub async fn preview_pictures(&self, request: PicturesRequest) -> Result<(), ApiError> {
        let copies = self.hand_out(&request.ids).await?;
        self.context.open_on_desktop(Target::Preview(copies)).await
    }

    /// Copies of pictures under descriptive names.
    async fn hand_out(&self, ids: &[i64]) -> Result<Vec<PathBuf>, ApiError> {
        let mut named = Vec::new();
        for id in ids {
            let (file, path) = self.kept_picture(*id).await?;
            let (feedback, _) = self.stored(&file.feedback).await?;
            named.push((path, id.to_string(), saved_names::picture(&feedback.submission, &file)));
        }
        let directory = directory(self.folder.path());
        let copied = blocking(move || {
            let copy = |(from, id, name): (PathBuf, String, String)| {
                // Two pictures may have the same name, so each gets its own directory.
                let place = directory.join(id);
                written::folder(&place)?;
                let to = place.join(name);
                written::copy(&from, &to, Existing::Replaced).map(|()| to)
            };
            named.into_iter().map(copy).collect::<io::Result<Vec<_>>>()
        });
        copied.await?.map_err(|error| {
            let message = format!("could not copy the screenshot: {error}");
            ApiError::new(crate::api::ErrorCode::Internal, message, "check that the disk is not full")
        })
    }
}
