//! What a person does with a feedback: copy it, save it, open it.
//!
//! The engine opens the system's own dialog to ask where to save. So the window names no path, and learns only the
//! paths that were written.

use std::{
    io,
    path::{Path, PathBuf},
};

use hookbell_store::{Role, StoredFeedback, StoredFile};

use super::{Feedback, inspect, markdown, names, view};
use crate::{
    api::{ApiError, ErrorCode, FeedbackIdRequest, PictureRequest, SavePicturesRequest, SaveReply},
    desktop::blocking,
    host::{Choice, Pixels, Target},
    written::{self, Existing},
};

impl Feedback {
    /// Copies a feedback as Markdown, with the paths of its pictures.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] or [`ErrorCode::Clipboard`].
    pub async fn copy(&self, request: FeedbackIdRequest) -> Result<(), ApiError> {
        let text = self.markdown(&request.id).await?;
        self.clipboard.copy(text).await
    }

    /// Copies a picture.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if it is not here, [`ErrorCode::InvalidInput`] for HEIC, [`ErrorCode::Clipboard`].
    pub async fn copy_picture(&self, request: PictureRequest) -> Result<(), ApiError> {
        let (_, path) = self.kept_picture(request.id).await?;
        let decoded = blocking(move || {
            let image = std::fs::File::open(path).ok().and_then(inspect::pixels)?;
            let (width, height) = (image.width() as usize, image.height() as usize);
            Some(Pixels { width, height, rgba: image.into_raw() })
        });
        match decoded.await? {
            Some(pixels) => self.clipboard.copy_image(pixels).await,
            None => {
                Err(ApiError::field("id", "this kind of picture can’t be copied", "open it in the system’s viewer"))
            }
        }
    }

    /// Saves pictures to a place that the person chooses.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if one is not here, [`ErrorCode::Internal`] if there is no desktop to ask or the file
    /// can't be written. An existing file is replaced only if the dialog asked for that.
    pub async fn save_pictures(&self, request: SavePicturesRequest) -> Result<SaveReply, ApiError> {
        let mut pictures = Vec::new();
        for id in request.ids {
            let (file, path) = self.kept_picture(id).await?;
            let (feedback, _) = self.stored(&file.feedback).await?;
            pictures.push((path, saved_name(&feedback, &file)));
        }
        self.save(pictures).await
    }

    /// Saves a crash log to a place that the person chooses.
    ///
    /// # Errors
    /// As [`Feedback::save_pictures`].
    pub async fn save_crash_log(&self, request: FeedbackIdRequest) -> Result<SaveReply, ApiError> {
        let (feedback, _) = self.stored(&request.id).await?;
        let file = self.log_file(&request.id).await?;
        let log = self.read_file(&file).await?;
        let path = self.path_of(&file)?;
        let name = format!("{}.{}", saved_stem(&feedback), if log.starts_with(b"{") { "ips" } else { "crash" });
        self.save(vec![(path, name)]).await
    }

    /// Opens a picture in the system's viewer.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if it is not here, [`ErrorCode::Internal`] if the desktop refuses.
    pub async fn open_picture(&self, request: PictureRequest) -> Result<(), ApiError> {
        let (_, path) = self.kept_picture(request.id).await?;
        self.context.open_on_desktop(Target::File(path)).await
    }

    /// Shows a picture in its folder.
    ///
    /// # Errors
    /// As [`Feedback::open_picture`].
    pub async fn reveal_picture(&self, request: PictureRequest) -> Result<(), ApiError> {
        let (_, path) = self.kept_picture(request.id).await?;
        self.context.open_on_desktop(Target::Place(path)).await
    }

    /// Opens a feedback's page on App Store Connect in the browser.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if its app is not known, [`ErrorCode::Internal`] if the desktop refuses.
    pub async fn open_page(&self, request: FeedbackIdRequest) -> Result<(), ApiError> {
        let (feedback, _) = self.stored(&request.id).await?;
        let page = view::page(&feedback).ok_or_else(|| {
            ApiError::new(ErrorCode::NotFound, "the app of this feedback is not known", "refresh the feedback")
        })?;
        self.context.open_on_desktop(Target::Page(page)).await
    }
}

impl Feedback {
    /// A feedback as Markdown, with paths into the directory of feedback.
    async fn markdown(&self, id: &str) -> Result<String, ApiError> {
        let (feedback, files) = self.stored(id).await?;
        let path = |file: &StoredFile| match self.path_of(file) {
            Ok(path) => path.display().to_string(),
            Err(error) => error.message,
        };
        let log_file = files.iter().find(|file| file.role == Role::Log && file.name.is_some());
        let log = match log_file {
            Some(file) => Some((String::from_utf8_lossy(&self.read_file(file).await?).into_owned(), path(file))),
            None => None,
        };
        let detail = view::detail(&feedback, &files);
        let pictures = files.iter().filter(|file| file.role == Role::Picture).map(path).collect();
        let log = log.as_ref().map(|(log, path)| (log.as_str(), path.clone()));
        Ok(markdown::of(&markdown::Parts { detail: &detail, pictures, log }))
    }

    /// A picture that is here, and its path.
    pub(super) async fn kept_picture(&self, id: i64) -> Result<(StoredFile, PathBuf), ApiError> {
        let file = self.context.store.feedback_file(id).await?.filter(|file| file.role == Role::Picture);
        let file = file.ok_or_else(|| ApiError::not_found("picture"))?;
        let path = self.path_of(&file)?;
        Ok((file, path))
    }

    /// The path of a file that is here.
    pub(super) fn path_of(&self, file: &StoredFile) -> Result<PathBuf, ApiError> {
        let folder = self.folder.clone();
        file.name.as_deref().map(|name| folder.file(name)).ok_or_else(|| {
            let why = file.reason.as_deref().unwrap_or("it was not fetched");
            ApiError::new(ErrorCode::NotFound, format!("not here: {why}"), "refresh the feedback")
        })
    }

    /// Copies files to a place that the person chooses: one under a name that can be changed, several into a folder.
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
                // The dialog asked before replacing a file. For a folder nobody asked.
                let (to, existing) = match one {
                    true => (chosen.clone(), Existing::Replaced),
                    false => (free_name(&chosen, &name)?, Existing::Stays),
                };
                written::copy(&from, &to, existing)?;
                written.push(to.display().to_string());
            }
            Ok::<_, io::Error>(written)
        });
        let files = written.await?.map_err(|error| {
            ApiError::new(ErrorCode::Internal, format!("it could not be saved: {error}"), "choose another place")
        })?;
        Ok(SaveReply { files })
    }
}

/// A name that says what a file is: "Backyard Birds 3.3 (418) 2026-11-20 1.png".
pub(super) fn saved_name(feedback: &StoredFeedback, file: &StoredFile) -> String {
    let extension = file.kind.as_deref().unwrap_or("bin");
    format!("{} {}.{extension}", saved_stem(feedback), file.number.saturating_add(1))
}

fn saved_stem(feedback: &StoredFeedback) -> String {
    let about = names::about(feedback).unwrap_or_else(|| "Feedback".to_owned());
    let plain = |c: char| if c.is_alphanumeric() || " .()-".contains(c) { c } else { ' ' };
    let about: String = about.chars().map(plain).take(60).collect();
    format!("{} {}", about.trim().trim_start_matches('.'), feedback.sent_at.strftime("%Y-%m-%d %H.%M.%S"))
}

/// A path in a folder that nothing has yet.
pub(super) fn free_name(folder: &Path, name: &str) -> io::Result<PathBuf> {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let numbered = (2..1_000).map(|number| format!("{stem} {number}.{extension}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered).map(|name| folder.join(name));
    names.find(|path| path.symlink_metadata().is_err()).ok_or_else(|| io::ErrorKind::AlreadyExists.into())
}
