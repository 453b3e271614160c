//! How much space feedback takes and may take, and pictures for the window.

use std::path::PathBuf;

use hookbell_store::StoreError;
use jiff::{SignedDuration, Timestamp};

use super::Feedback;
use crate::{
    api::{ApiError, ErrorCode, FeedbackStorage, Retention},
    desktop::blocking,
    settings::Kept,
};

/// How many files are cleared in one transaction.
const FILES_PER_TRANSACTION: u32 = 200;

/// This many days before a time.
pub(crate) fn days_before(days: u32, now: Timestamp) -> Timestamp {
    now.saturating_sub(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MIN)
}

/// Files of feedback from before this time are cleared.
pub(crate) fn files_since(retention: Retention, now: Timestamp) -> Timestamp {
    days_before(retention.days, now)
}

/// A picture for the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureBytes {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type, `image/png` or `image/jpeg`, as detected from the file's content.
    pub media_type: &'static str,
}

impl Feedback {
    /// A picture, whole (`full`) or as its thumbnail (`thumb`), if a web view can show it.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if the picture doesn't exist or isn't stored here, [`ErrorCode::InvalidInput`] for
    /// another variant or for a format that only the system's viewer can show.
    pub async fn picture(&self, id: i64, variant: &str) -> Result<PictureBytes, ApiError> {
        let (file, path) = self.kept_picture(id).await?;
        let media_type = match (variant, file.kind.as_deref()) {
            ("thumb", _) | ("full", Some("jpeg")) => "image/jpeg",
            ("full", Some("png")) => "image/png",
            ("full", _) => {
                return Err(ApiError::field(
                    "id",
                    "this window can’t show this format",
                    "open it in the system’s viewer",
                ));
            }
            _ => return Err(ApiError::field("variant", "a picture is full or thumb", "ask for one of these")),
        };
        let path = match (variant, &file.thumbnail) {
            ("full", _) => path,
            (_, Some(thumbnail)) => self.folder.file(thumbnail),
            (_, None) => return Err(ApiError::not_found("thumbnail")),
        };
        let bytes = tokio::fs::read(path).await.map_err(|_| ApiError::not_found("picture"))?;
        Ok(PictureBytes { bytes, media_type })
    }

    /// How much space pictures and logs take, and how much they may take.
    ///
    /// # Errors
    /// [`ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn storage(&self) -> Result<FeedbackStorage, ApiError> {
        let used = self.context.store.file_use().await?;
        let retention = self.settings.read().await?.in_force().retention;
        Ok(FeedbackStorage {
            files: used.files,
            bytes: used.bytes,
            days: retention.days,
            max_bytes: retention.max_bytes,
            folder: self.folder.path().display().to_string(),
            trouble: self.context.conditions.borrow().feedback.clone(),
        })
    }

    /// Deletes all pictures and logs. The feedback itself stays, and refreshing it fetches its files again.
    ///
    /// # Errors
    /// [`ErrorCode::StoreUnwritable`].
    pub async fn clear_all_files(&self) -> Result<FeedbackStorage, ApiError> {
        self.clear_files(Timestamp::MAX, 0).await?;
        self.storage().await
    }
}

impl Feedback {
    /// The thumbnail of a feedback's first picture, if it is stored here.
    pub(crate) async fn first_thumbnail(&self, feedback: &str) -> Result<Option<PathBuf>, StoreError> {
        let files = self.context.store.feedback_files(feedback).await?;
        Ok(files.iter().find_map(|file| file.thumbnail.as_deref()).map(|name| self.folder.file(name)))
    }

    /// The configured retention. `None` if the settings can't be read: they may ask for longer retention than the
    /// default, so nothing is deleted until they can.
    pub(crate) async fn retention(&self) -> Result<Option<Retention>, StoreError> {
        Ok(match self.settings.read().await? {
            Kept::Good(settings) => Some(settings.retention),
            Kept::Newer(_) | Kept::Damaged(_) => None,
        })
    }

    /// Deletes files that the store no longer names.
    pub(crate) async fn remove_files(&self, names: Vec<String>) -> Result<(), ApiError> {
        let folder = self.folder.clone();
        blocking(move || folder.remove(&names)).await
    }

    /// Deletes the files of feedback sent before a time, and the oldest ones beyond a number of bytes.
    pub(crate) async fn clear_files(&self, before: Timestamp, most: u64) -> Result<(), ApiError> {
        loop {
            let names = self.context.store.clear_files(before, most, FILES_PER_TRANSACTION).await?;
            if names.is_empty() {
                return Ok(());
            }
            self.remove_files(names).await?;
        }
    }

    /// Removes files that the store doesn't name.
    pub(crate) async fn sweep(&self) -> Result<(), ApiError> {
        let named = self.context.store.file_names().await?;
        let folder = self.folder.clone();
        let swept = blocking(move || folder.sweep(&named)).await?;
        swept.map_err(|error| ApiError::new(ErrorCode::Internal, error.to_string(), "check the data directory"))
    }
}
