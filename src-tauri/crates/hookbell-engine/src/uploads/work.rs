//! The work: one task drives one upload from stage to stage, from the state in its row to its end.
//!
//! A step may be dropped at any point, by a pause or when the process ends. The row records what was about to be
//! done, so the next step checks before it repeats anything.

use std::{sync::Arc, time::Duration};

use hookbell_asc::{Client, api::build_upload_files::BuildUploadFile};
use hookbell_store::{StoredUpload, UploadChange, UploadStage};

use super::{Uploads, copies, copying::Copying, held_file::HeldFile, lock::UploadLock, progress::Progress, stop::Stop};
use crate::{
    api::{UploadFailure, UploadWait},
    desktop::blocking,
};

/// How often another process's upload is checked: that process may have been killed.
pub(super) const TAKE_OVER_EVERY: Duration = Duration::from_secs(5);

/// Wait before retrying after a store error.
const RETRY_STORE_AFTER: Duration = Duration::from_secs(15);

/// What is remembered between steps. Losing it only costs a request or the hashing of a part.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// The file as App Store Connect last described it, with the URLs of its parts.
    pub(super) file: Option<BuildUploadFile>,
    /// The open local file.
    pub(super) held: Option<Arc<HeldFile>>,
    /// Our copy of it, while it is being made.
    pub(super) copying: Option<Copying>,
    /// How many requests failed in a row.
    pub(super) failures: u32,
    /// How often in a row App Store Connect didn't find the reservation.
    pub(super) missing: u32,
    /// How often in a row the URLs were rejected, and how many parts were confirmed at that point.
    pub(super) renewed: (u32, u32),
    /// Whether it was started over.
    pub(super) started_over: bool,
    /// Whether this process sent all parts and hasn't tried to commit yet.
    pub(super) all_sent: bool,
    /// How often processing was checked since the last event.
    pub(super) looks: u32,
}

impl Memory {
    /// Closes the file, and cancels its copy.
    pub(super) async fn let_go(&mut self) {
        self.held = None;
        if let Some(copying) = self.copying.take() {
            copying.end().await;
        }
    }
}

/// A person's wishes for an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wishes {
    paused: bool,
    cancel: bool,
}

impl Wishes {
    fn of(upload: &StoredUpload) -> Self {
        Self { paused: upload.paused, cancel: upload.cancel }
    }
}

impl Uploads {
    /// Drives an upload until it ends or the engine stops.
    pub(super) async fn work(self: Arc<Self>, id: i64, lock: UploadLock, progress: Arc<Progress>) {
        let mut memory = Memory::default();
        let driven = async {
            tokio::select! {
                () = self.drive(id, &progress, &mut memory) => {}
                () = self.follow_limit() => {}
            }
        };
        let ended = self.context.unless_stopped(driven).await.is_some();
        memory.let_go().await;
        self.working().remove(&id);
        if ended {
            let data_dir = self.context.data_dir().clone();
            let end = move || {
                copies::remove(&data_dir, id);
                lock.end(&data_dir, id);
            };
            let _ = blocking(end).await;
        }
    }

    /// Applies the speed limit, and every change of it at once. Never ends.
    async fn follow_limit(&self) {
        let mut settings = self.context.settings.subscribe();
        loop {
            self.sender.set_limit(settings.borrow_and_update().uploads.limit_kilobytes_per_second);
            if settings.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    async fn drive(&self, id: i64, progress: &Progress, memory: &mut Memory) {
        loop {
            let upload = match self.context.store.upload(id).await {
                Ok(Some(upload)) if upload.ended_at.is_none() => upload,
                Ok(_) => return,
                Err(error) => {
                    tracing::warn!(%error, "an upload waits for the store");
                    tokio::time::sleep(RETRY_STORE_AFTER).await;
                    continue;
                }
            };
            let wishes = Wishes::of(&upload);
            if upload.paused && !upload.cancel {
                progress.rest();
                self.wishes_change(id, wishes).await;
                continue;
            }
            // In other stages a step is one short request, which is better awaited than looked up afterwards.
            let may_drop = matches!(upload.stage, UploadStage::Sending | UploadStage::Processing);
            let stop = tokio::select! {
                outcome = self.step(&upload, progress, memory) => match outcome {
                    Ok(()) => {
                        memory.failures = 0;
                        continue;
                    }
                    Err(stop) => stop,
                },
                () = self.wishes_change(id, wishes), if may_drop => continue,
            };
            progress.rest();
            self.stopped(&upload, stop, wishes, memory).await;
        }
    }

    async fn step(&self, upload: &StoredUpload, progress: &Progress, memory: &mut Memory) -> Result<(), Stop> {
        match upload.stage {
            UploadStage::Reserving | UploadStage::Sending | UploadStage::Committing if upload.cancel => {
                self.advance(upload, UploadChange::Canceling).await
            }
            UploadStage::Reserving => self.reserve(upload, memory).await,
            UploadStage::Sending => self.send_parts(upload, progress, memory).await,
            UploadStage::Committing => self.commit(upload, memory).await,
            UploadStage::Processing => self.watch(upload, memory).await,
            UploadStage::Canceling => self.delete_there(upload, memory).await,
            UploadStage::Done | UploadStage::Failed | UploadStage::Canceled => Err(Stop::Moved),
        }
    }

    /// Records why a step wasn't completed, and waits if it is to be retried.
    async fn stopped(&self, upload: &StoredUpload, stop: Stop, wishes: Wishes, memory: &mut Memory) {
        let written = match stop {
            Stop::Moved => Ok(()),
            Stop::Failed(failure) => self.fail(upload, &failure, None).await.map(drop),
            Stop::Later { message, hint, wait } => {
                memory.failures = memory.failures.saturating_add(1);
                let wait = self.in_pace(wait);
                let until = self.context.clock.now().saturating_add(wait).ok().map(|until| until.to_string());
                let waits = serde_json::to_string(&UploadWait { message, hint, until }).ok();
                let written = self.context.store.set_upload_waits(upload.id, waits).await;
                tokio::select! {
                    () = tokio::time::sleep(wait) => {}
                    () = self.woken.notified() => {}
                    () = self.wishes_change(upload.id, wishes) => {}
                    () = self.urged(upload.id), if written.is_ok() => {}
                }
                match written {
                    Ok(()) => self.context.store.set_upload_waits(upload.id, None).await,
                    error => error,
                }
            }
            Stop::Store(error) => Err(error),
        };
        if let Err(error) = written {
            tracing::warn!(%error, "an upload waits for the store");
            tokio::time::sleep(self.in_pace(RETRY_STORE_AFTER)).await;
        }
    }

    /// Ends an upload that can't continue.
    pub(super) async fn fail(
        &self,
        upload: &StoredUpload,
        failure: &UploadFailure,
        told_by: Option<i64>,
    ) -> Result<bool, hookbell_store::StoreError> {
        tracing::info!(upload = upload.id, reason = %failure.message, "an upload failed");
        let failure = serde_json::to_string(failure).unwrap_or_default();
        let change = UploadChange::Failed { failure, told_by };
        self.context.store.advance_upload(upload.id, change, self.context.clock.now()).await
    }

    /// Records what happened. If the row has changed in the meantime, the planned next step is skipped.
    pub(super) async fn advance(&self, upload: &StoredUpload, change: UploadChange) -> Result<(), Stop> {
        match self.context.store.advance_upload(upload.id, change, self.context.clock.now()).await? {
            true => Ok(()),
            false => Err(Stop::Moved),
        }
    }

    /// The client for an upload's account.
    pub(super) async fn client(&self, upload: &StoredUpload) -> Result<Client, Stop> {
        let account = upload.build.account.as_ref().map(|account| account.as_str());
        Ok(self.accounts.access(account).await.map_err(Stop::of_access)?.client)
    }

    /// An upload's file, opened if necessary.
    pub(super) async fn held(&self, upload: &StoredUpload, memory: &mut Memory) -> Result<Arc<HeldFile>, Stop> {
        if let Some(held) = &memory.held {
            return Ok(Arc::clone(held));
        }
        let stored = upload.clone();
        let data_dir = self.context.data_dir().clone();
        let opened = blocking(move || HeldFile::of_upload(&data_dir, &stored)).await.map_err(Stop::of_access)?;
        let held = Arc::new(opened.map_err(Stop::Failed)?);
        if matches!(upload.stage, UploadStage::Reserving | UploadStage::Sending) && !held.is_copy() {
            memory.copying = Some(self.begin_copy(upload, Arc::clone(&held)));
        }
        memory.held = Some(Arc::clone(&held));
        Ok(held)
    }

    /// Scales a wait to the engine's pace.
    pub(super) fn in_pace(&self, wait: Duration) -> Duration {
        self.context.options.pace.upload_second.mul_f64(wait.as_secs_f64())
    }

    /// Waits until a person's wishes for an upload change, or it is gone.
    async fn wishes_change(&self, id: i64, before: Wishes) {
        self.row_is(id, |upload| Wishes::of(upload) != before).await;
    }

    /// Waits until somebody, perhaps in another process, ends the upload's wait.
    async fn urged(&self, id: i64) {
        self.row_is(id, |upload| upload.waits.is_none()).await;
    }

    /// Waits until an upload's row is as wanted, or it has ended.
    async fn row_is(&self, id: i64, wanted: impl Fn(&StoredUpload) -> bool) {
        let mut changes = self.context.store.changes();
        loop {
            changes.mark_unchanged();
            match self.context.store.upload(id).await {
                Ok(Some(upload)) if upload.ended_at.is_none() && !wanted(&upload) => {}
                Ok(_) => return,
                Err(error) => tracing::debug!(%error, "an upload could not be read"),
            }
            if changes.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }
}
