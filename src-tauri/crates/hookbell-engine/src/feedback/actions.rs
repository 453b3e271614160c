//! What a person can do with a feedback here: copy it, open it, show it in its folder.

use std::path::PathBuf;

use hookbell_store::{Role, StoredFile};

use super::{Feedback, inspect, markdown, view};
use crate::{
    api::{ApiError, ErrorCode, FeedbackIdRequest, PictureRequest},
    desktop::blocking,
    host::{Pixels, Target},
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
    /// [`ErrorCode::NotFound`] if it isn't stored here, [`ErrorCode::InvalidInput`] for HEIC,
    /// [`ErrorCode::Clipboard`].
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
                Err(ApiError::field("id", "this screenshot’s format can’t be copied", "open it in the system’s viewer"))
            }
        }
    }

    /// Opens a picture in the system's viewer.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if it isn't stored here, [`ErrorCode::Internal`] if the desktop refuses.
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

    /// Opens a feedback's App Store Connect page in the browser.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if its app is unknown, [`ErrorCode::Internal`] if the desktop refuses.
    pub async fn open_page(&self, request: FeedbackIdRequest) -> Result<(), ApiError> {
        let (feedback, _) = self.stored(&request.id).await?;
        let page = view::page(&feedback.submission).ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotFound,
                "App Store Connect didn’t say which app this feedback is about",
                "fetch the feedback again",
            )
        })?;
        self.context.open_on_desktop(Target::Page(page)).await
    }
}

impl Feedback {
    /// A feedback as Markdown, with paths into the feedback directory.
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

    /// A picture that is stored here, and its path.
    pub(super) async fn kept_picture(&self, id: i64) -> Result<(StoredFile, PathBuf), ApiError> {
        let file = self.context.store.feedback_file(id).await?.filter(|file| file.role == Role::Picture);
        let file = file.ok_or_else(|| ApiError::not_found("picture"))?;
        let path = self.path_of(&file)?;
        Ok((file, path))
    }

    /// The path of a file that is stored here.
    pub(super) fn path_of(&self, file: &StoredFile) -> Result<PathBuf, ApiError> {
        let folder = self.folder.clone();
        file.name.as_deref().map(|name| folder.file(name)).ok_or_else(|| {
            let why = file.reason.as_deref().unwrap_or("it was not fetched");
            ApiError::new(ErrorCode::NotFound, format!("not available: {why}"), "fetch it again")
        })
    }
}
