//! Uploads builds to App Store Connect. An upload is a row before anything is sent, so a killed process, a lost
//! network connection or a restart only interrupts it.
//!
//! `work` drives an upload from stage to stage: `reserve`, `send`, `commit`, `watch`. A person's wishes (pause,
//! cancel) are written into the row, and whichever process works on the upload follows them.

mod cancel;
mod commit;
mod copies;
mod copying;
mod failures;
mod given_file;
mod held_file;
mod lock;
mod progress;
mod push;
mod reserve;
mod send;
mod start;
mod stop;
mod used_number;
mod view;
mod watch;
mod work;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use hookbell_core::AppId;
use hookbell_store::{StoredUpload, UploadQuery, UploadStage};
use tokio::sync::Notify;

use self::{progress::Progress, send::Sender};
use crate::{
    account::Accounts,
    api::{ApiError, Upload, UploadFailure, UploadRequest, UploadsRequest},
    asc::Apps,
    asc_page,
    context::Context,
    host::Target,
};

/// The most uploads in one list.
const MAX_UPLOADS: u32 = 200;

/// The room of uploads.
#[derive(Debug)]
pub struct Uploads {
    context: Context,
    accounts: Arc<Accounts>,
    apps: Arc<Apps>,
    sender: Sender,
    /// The uploads that this process works on.
    working: Mutex<HashMap<i64, Arc<Progress>>>,
    /// Signals that the network has changed, or the computer woke up.
    woken: Notify,
}

impl Uploads {
    pub(crate) fn new(context: Context, accounts: Arc<Accounts>, apps: Arc<Apps>) -> Self {
        Self { context, accounts, apps, sender: Sender::new(), working: Mutex::default(), woken: Notify::new() }
    }

    /// Uploads, newest first.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] for an invalid app id.
    pub async fn list(&self, request: UploadsRequest) -> Result<Vec<Upload>, ApiError> {
        let app = request.app.map(AppId::new).transpose().map_err(|_| ApiError::not_found("app"))?;
        let query = UploadQuery { app, open: request.open, limit: request.limit.clamp(1, MAX_UPLOADS) };
        self.shown(self.context.store.uploads(query).await?).await
    }

    /// One upload.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`].
    pub async fn one(&self, request: UploadRequest) -> Result<Upload, ApiError> {
        let stored = self.stored(request.id).await?;
        self.shown(vec![stored]).await?.pop().ok_or_else(no_such_upload)
    }

    /// Pauses an upload. One that is paused already, or has nothing left to send, stays as it is.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`]; [`crate::api::ErrorCode::InvalidInput`] at `id` for one that ended.
    pub async fn pause(&self, request: UploadRequest) -> Result<Upload, ApiError> {
        let upload = self.stored(request.id).await?;
        if upload.stage == UploadStage::Processing {
            let message = "App Store Connect already has the whole build";
            return Err(ApiError::field("id", message, "wait until it has been processed"));
        }
        if !self.context.store.pause_upload(request.id, true).await? {
            return Err(ended());
        }
        self.one(request).await
    }

    /// Resumes an upload that is paused, is waiting, or failed for a possibly temporary reason.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`]; [`crate::api::ErrorCode::InvalidInput`] at `id` for one that ended and
    /// can't continue.
    pub async fn resume(self: &Arc<Self>, request: UploadRequest) -> Result<Upload, ApiError> {
        let upload = self.stored(request.id).await?;
        match upload.stage {
            UploadStage::Failed => {
                let failure: Option<UploadFailure> =
                    upload.failure.as_deref().and_then(|failure| serde_json::from_str(failure).ok());
                if !failure.is_some_and(|failure| failure.can_retry) {
                    let message = "this upload would fail again";
                    return Err(ApiError::field("id", message, "fix the build, then upload it again"));
                }
                if !self.context.store.retry_upload(request.id).await? {
                    let message = "the same build is already being uploaded";
                    return Err(ApiError::field("id", message, "open that upload"));
                }
            }
            _ if !self.context.store.pause_upload(request.id, false).await? => return Err(ended()),
            _ => self.woke(),
        }
        self.begin(request.id).await?;
        self.one(request).await
    }

    /// Cancels an upload, and deletes at App Store Connect what was sent.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`]; [`crate::api::ErrorCode::InvalidInput`] at `id` for one that ended, or
    /// that App Store Connect has received completely.
    pub async fn cancel(self: &Arc<Self>, request: UploadRequest) -> Result<Upload, ApiError> {
        let upload = self.stored(request.id).await?;
        if upload.stage == UploadStage::Processing {
            let message = "App Store Connect already has the whole build";
            return Err(ApiError::field("id", message, "expire the build once it has been processed"));
        }
        if !self.context.store.cancel_upload(request.id).await? {
            return Err(ended());
        }
        self.begin(request.id).await?;
        self.one(request).await
    }

    /// Removes an ended upload from the list; returns the remaining ones.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`]; [`crate::api::ErrorCode::InvalidInput`] at `id` for one that hasn't
    /// ended.
    pub async fn forget(&self, request: UploadRequest) -> Result<Vec<Upload>, ApiError> {
        self.stored(request.id).await?;
        if !self.context.store.forget_upload(request.id, self.context.clock.now()).await? {
            return Err(ApiError::field("id", "this upload is still in progress", "cancel it first"));
        }
        self.list(UploadsRequest { app: None, open: false, limit: MAX_UPLOADS }).await
    }

    /// Opens an upload's page in App Store Connect.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] for one that App Store Connect doesn't know yet.
    pub async fn open_page(&self, request: UploadRequest) -> Result<(), ApiError> {
        let upload = self.stored(request.id).await?;
        let page = upload
            .asc_id
            .as_ref()
            .and_then(|id| asc_page::of_upload(upload.build.app.as_str(), &upload.build.platform, id.as_str()));
        self.context.open_on_desktop(Target::Page(page.ok_or_else(|| ApiError::not_found("page"))?)).await
    }

    /// Retries everything that is waiting at once: after sleep, or on another network.
    pub(crate) fn woke(&self) {
        self.sender.wake();
        self.woken.notify_waiters();
    }

    async fn stored(&self, id: i64) -> Result<StoredUpload, ApiError> {
        self.context.store.upload(id).await?.ok_or_else(no_such_upload)
    }

    fn working(&self) -> MutexGuard<'_, HashMap<i64, Arc<Progress>>> {
        self.working.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An upload's progress, if this process works on it.
    fn progress_of(&self, id: i64) -> Option<Arc<Progress>> {
        self.working().get(&id).cloned()
    }
}

fn no_such_upload() -> ApiError {
    ApiError::not_found("upload")
}

fn ended() -> ApiError {
    ApiError::field("id", "this upload has ended", "upload the build again")
}
