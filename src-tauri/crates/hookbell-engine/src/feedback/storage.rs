//! How much room feedback takes and may take, and the pictures as the window shows them.

use std::{path::PathBuf, sync::Arc, time::Duration};

use hookbell_store::StoreError;
use jiff::Timestamp;

use super::folder::Folder;
use crate::{
    Hookbell,
    api::{ApiError, ErrorCode, FeedbackStorage, Retention, RetentionRequest},
    context::Context,
    desktop::blocking,
    engine::Inner,
    received::days_before,
    settings::Kept,
};

/// How often files that are too old are cleared.
const CHECK_EVERY: Duration = Duration::from_secs(24 * 3600);

/// How many files one transaction clears.
const FILES_PER_TRANSACTION: u32 = 200;

/// What was sent before this is not kept.
pub(super) fn since(retention: Retention, now: Timestamp) -> Timestamp {
    days_before(retention.days, now)
}

/// A picture for the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureBytes {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type, told by its content when it was fetched: `image/png` or `image/jpeg`.
    pub media_type: &'static str,
}

impl Hookbell {
    /// A picture, whole (`full`) or as its thumbnail (`thumb`). Only what a web view can show.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if there is no such picture or it is not here, [`ErrorCode::InvalidInput`] for another
    /// variant or for a format that is only for the system's viewer.
    pub async fn picture(&self, id: i64, variant: &str) -> Result<PictureBytes, ApiError> {
        let (file, path) = self.inner.kept_picture(id).await?;
        let media_type = match (variant, file.kind.as_deref()) {
            ("thumb", _) | ("full", Some("jpeg")) => "image/jpeg",
            ("full", Some("png")) => "image/png",
            ("full", _) => {
                return Err(ApiError::field("id", "this picture is for the system’s viewer", "open it there"));
            }
            _ => return Err(ApiError::field("variant", "a picture is full or thumb", "ask for one of these")),
        };
        let path = match (variant, &file.thumbnail) {
            ("full", _) => path,
            (_, Some(thumbnail)) => Folder::in_data_dir(self.inner.data_dir()).file(thumbnail),
            (_, None) => return Err(ApiError::not_found("thumbnail")),
        };
        let bytes = tokio::fs::read(path).await.map_err(|_| ApiError::not_found("picture"))?;
        Ok(PictureBytes { bytes, media_type })
    }

    /// How much room pictures and logs take, and how much they may.
    ///
    /// # Errors
    /// [`ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn feedback_storage(&self) -> Result<FeedbackStorage, ApiError> {
        let used = self.inner.store.file_use().await?;
        let retention = self.inner.read_settings().await?.in_force().retention;
        Ok(FeedbackStorage {
            files: used.files,
            bytes: used.bytes,
            days: retention.days,
            max_bytes: retention.max_bytes,
            folder: Folder::in_data_dir(self.inner.data_dir()).path().display().to_string(),
            trouble: self.inner.conditions.borrow().feedback.clone(),
        })
    }

    /// Keeps pictures and logs so long and so many from now on. What is too much goes at once.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] at `days` or `maxBytes`, or [`ErrorCode::StoreUnwritable`].
    pub async fn set_feedback_retention(&self, request: RetentionRequest) -> Result<FeedbackStorage, ApiError> {
        self.inner.set_retention_of_files(request.days, request.max_bytes).await?;
        self.inner.enforce_retention().await?;
        self.feedback_storage().await
    }

    /// Takes every picture and log off the disk. The feedback itself stays, and refreshing one fetches its files
    /// again.
    ///
    /// # Errors
    /// [`ErrorCode::StoreUnwritable`].
    pub async fn clear_feedback_files(&self) -> Result<FeedbackStorage, ApiError> {
        self.inner.clear_files(Timestamp::MAX, 0).await?;
        self.feedback_storage().await
    }
}

/// Sweeps the directory at the start, and looks every day for what is too old.
pub(crate) async fn run(inner: Arc<Inner>) {
    if let Err(error) = inner.sweep().await {
        tracing::warn!(%error, "the directory of feedback could not be swept");
    }
    loop {
        if let Err(error) = inner.enforce_retention().await {
            tracing::warn!(%error, "old pictures stay for now");
        }
        if inner.unless_stopped(tokio::time::sleep(CHECK_EVERY)).await.is_none() {
            return;
        }
    }
}

/// The thumbnail of a feedback's first picture, if it is here.
pub(crate) async fn first_thumbnail(context: &Context, feedback: &str) -> Result<Option<PathBuf>, StoreError> {
    let folder = Folder::in_data_dir(context.data_dir());
    let files = context.store.feedback_files(feedback).await?;
    Ok(files.iter().find_map(|file| file.thumbnail.as_deref()).map(|name| folder.file(name)))
}

impl Inner {
    /// How long and how much is kept. Nothing is let go while the settings can't be read: they may say to keep it
    /// longer than is usual.
    pub(super) async fn retention(&self) -> Result<Option<Retention>, StoreError> {
        Ok(match self.read_settings().await? {
            Kept::Good(settings) => Some(settings.retention),
            Kept::Newer(_) | Kept::Damaged(_) => None,
        })
    }

    /// Lets go of what is too old or too much, the oldest first: events, feedback, its pictures and logs.
    pub(crate) async fn enforce_retention(&self) -> Result<(), ApiError> {
        match self.retention().await? {
            Some(retention) => {
                self.let_go_of_old(retention).await?;
                self.clear_files(since(retention, self.clock.now()), retention.max_bytes).await
            }
            None => Ok(()),
        }
    }

    /// Takes files of feedback off the disk that the store does not name any more.
    pub(crate) async fn remove_feedback_files(&self, names: Vec<String>) -> Result<(), ApiError> {
        let folder = Folder::in_data_dir(self.data_dir());
        blocking(move || folder.remove(&names)).await
    }

    /// Lets files go: of feedback sent before a time, and the oldest beyond so many bytes.
    pub(super) async fn clear_files(&self, before: Timestamp, most: u64) -> Result<(), ApiError> {
        loop {
            let names = self.store.clear_files(before, most, FILES_PER_TRANSACTION).await?;
            if names.is_empty() {
                return Ok(());
            }
            self.remove_feedback_files(names).await?;
        }
    }

    async fn sweep(&self) -> Result<(), ApiError> {
        let named = self.store.file_names().await?;
        let folder = Folder::in_data_dir(self.data_dir());
        let swept = blocking(move || folder.sweep(&named)).await?;
        swept.map_err(|error| ApiError::new(ErrorCode::Internal, error.to_string(), "check the data directory"))
    }
}
