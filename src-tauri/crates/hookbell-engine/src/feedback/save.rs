//! Saves pictures and logs where the person chooses.
//!
//! The engine opens the system's dialog. So the window never chooses a path, and learns only the paths that were
//! written.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use super::{Feedback, saved_names};
use crate::{
    api::{ApiError, ErrorCode, FeedbackIdRequest, PicturesRequest, SaveReply},
    desktop::blocking,
    host::{Choice, Target},
    written::{self, Existing},
};

/// The path that was last saved or exported.
#[derive(Debug, Default)]
pub(super) struct LastSaved(Mutex<Option<PathBuf>>);

impl LastSaved {
    pub(super) fn note(&self, path: &Path) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(path.to_owned());
    }

    fn path(&self) -> Option<PathBuf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Feedback {
    /// Saves pictures where the person chooses: a single one under an editable name, several in a folder.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if one isn't stored here, [`ErrorCode::Internal`] if there is no desktop to ask or the
    /// file can't be written. An existing file is replaced only if the dialog asked for that.
    pub async fn save_pictures(&self, request: PicturesRequest) -> Result<SaveReply, ApiError> {
        let mut pictures = Vec::new();
        for id in request.ids {
            let (file, path) = self.kept_picture(id).await?;
            let (feedback, _) = self.stored(&file.feedback).await?;
            pictures.push((path, saved_names::picture(&feedback.submission, &file)));
        }
        self.save(pictures).await
    }

    /// Saves a crash log where the person chooses.
    ///
    /// # Errors
    /// As [`Feedback::save_pictures`].
    pub async fn save_crash_log(&self, request: FeedbackIdRequest) -> Result<SaveReply, ApiError> {
        let (feedback, _) = self.stored(&request.id).await?;
        let file = self.log_file(&request.id).await?;
        let log = self.read_file(&file).await?;
        let path = self.path_of(&file)?;
        let extension = if log.starts_with(b"{") { "ips" } else { "crash" };
        self.save(vec![(path, format!("{}.{extension}", saved_names::stem(&feedback.submission)))]).await
    }

    /// Shows what was last saved or exported in its folder.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if nothing was, [`ErrorCode::Internal`] if the desktop refuses.
    pub async fn reveal_saved(&self) -> Result<(), ApiError> {
        let path = self.last_saved.path().ok_or_else(|| ApiError::not_found("saved file"))?;
        self.context.open_on_desktop(Target::Place(path)).await
    }

    /// Copies files to where the person chooses.
    async fn save(&self, files: Vec<(PathBuf, String)>) -> Result<SaveReply, ApiError> {
        let choice = match files.as_slice() {
            [] => return Ok(SaveReply { files: Vec::new() }),
            [(_, name)] => Choice::SaveAs(name.clone()),
            _ => Choice::Folder,
        };
        let one = files.len() == 1;
        let Some(chosen) = self.context.choose(choice).await? else {
            return Ok(SaveReply { files: Vec::new() });
        };
        let written = blocking(move || {
            let mut written = Vec::new();
            for (from, name) in files {
                // The dialog asks before replacing a file, but not for a folder.
                let (to, existing) = match one {
                    true => (chosen.clone(), Existing::Replaced),
                    false => (saved_names::free_file(&chosen, &name)?, Existing::Stays),
                };
                written::copy(&from, &to, existing)?;
                written.push(to);
            }
            Ok::<_, io::Error>(written)
        });
        let files = written.await?.map_err(|error| not_saved(&error))?;
        if let Some(first) = files.first() {
            self.last_saved.note(first);
        }
        Ok(SaveReply { files: files.iter().map(|path| path.display().to_string()).collect() })
    }
}

pub(super) fn not_saved(error: &io::Error) -> ApiError {
    ApiError::new(ErrorCode::Internal, format!("could not save there: {error}"), "choose another folder")
}
