//! Sends the missing parts, and tells App Store Connect that all of them are there.
//!
//! A commit takes effect only once, and its answer may be lost. So after anything but a clear answer, App Store
//! Connect is asked for the upload's state before the commit is sent again.

use std::time::Duration;

use hookbell_asc::{
    Client,
    api::{
        build_upload_files::{BuildUploadFile, FileDeliveryState},
        build_uploads::UploadState,
    },
};
use hookbell_core::BuildUploadFileId;
use hookbell_store::{StoredUpload, UploadChange};

use super::{Uploads, copies, held_file::changed, progress::Progress, send::NotSent, stop::Stop, work::Memory};
use crate::{account::is_unsettled, api::UploadFailure, desktop::blocking};

/// The wait after parts that failed too often.
const RETRY_SENDING_AFTER: Duration = Duration::from_secs(300);

/// The wait before asking App Store Connect again whether it has accepted a commit.
const LOOK_AGAIN_AFTER: Duration = Duration::from_secs(20);

impl Uploads {
    /// Sends the parts that App Store Connect's storage lacks.
    pub(super) async fn send_parts(
        &self,
        upload: &StoredUpload,
        progress: &Progress,
        memory: &mut Memory,
    ) -> Result<(), Stop> {
        let held = self.held(upload, memory).await?;
        let client = self.client(upload).await?;
        let Some(id) = &upload.file_id else { return self.start_over(upload, memory).await };
        let file = match memory.file.take() {
            Some(file) => file,
            None => self.read_reserved(&client, upload, id, memory).await?,
        };
        if is_committed(&file) {
            return self.advance(upload, UploadChange::Committing).await;
        }
        let is_loopback = client.base().is_loopback();
        let sent = self.sender.send(&self.context, upload, file, is_loopback, &held, progress).await;
        progress.rest();
        match sent {
            Ok(()) => {
                self.advance(upload, UploadChange::Committing).await?;
                memory.all_sent = true;
                Ok(())
            }
            Err(NotSent::Addresses) => self.renew(upload, memory).await,
            Err(NotSent::Later(wait)) => {
                Err(Stop::Later { message: wait.message, hint: wait.hint, wait: RETRY_SENDING_AFTER })
            }
            // A part was read from the person's file while our copy was being completed.
            Err(NotSent::Changed) if held.is_good() => Ok(()),
            Err(NotSent::Changed) => Err(Stop::Failed(changed())),
            Err(NotSent::Failed(failure)) => Err(Stop::Failed(failure)),
        }
    }

    async fn read_reserved(
        &self,
        client: &Client,
        upload: &StoredUpload,
        id: &BuildUploadFileId,
        memory: &mut Memory,
    ) -> Result<BuildUploadFile, Stop> {
        match client.build_upload_files().get(id).await {
            Ok(file) => {
                memory.missing = 0;
                Ok(file)
            }
            Err(error) if error.is_not_found() => Err(self.not_found(upload, memory).await),
            Err(error) => Err(Stop::of(error, &upload.build, memory.failures)),
        }
    }

    /// The parts' URLs have expired: renews them once, then starts over.
    async fn renew(&self, upload: &StoredUpload, memory: &mut Memory) -> Result<(), Stop> {
        let now = self.context.store.upload(upload.id).await?.map_or(0, |now| now.confirmed_parts);
        let (times, then) = memory.renewed;
        // If parts were confirmed in between, start counting again.
        let times = if now > then { 1 } else { times + 1 };
        memory.renewed = (times, now);
        if times <= 1 {
            return Ok(());
        }
        if !memory.started_over {
            memory.started_over = true;
            return self.start_over(upload, memory).await;
        }
        Err(Stop::Failed(UploadFailure {
            message: "App Store Connect’s storage rejects the parts of the build.".into(),
            hint: "Check this computer’s clock, then try again.".into(),
            problems: Vec::new(),
            next_number: None,
            can_retry: true,
        }))
    }

    /// Tells App Store Connect, once, that all parts are there.
    pub(super) async fn commit(&self, upload: &StoredUpload, memory: &mut Memory) -> Result<(), Stop> {
        let client = self.client(upload).await?;
        let Some(id) = &upload.file_id else { return self.start_over(upload, memory).await };
        let is_first = std::mem::take(&mut memory.all_sent);
        if !is_first && !self.is_owed(&client, upload, id, memory).await? {
            return Ok(());
        }
        if !self.held(upload, memory).await?.is_good() {
            return Err(Stop::Failed(changed()));
        }
        match client.build_upload_files().commit(id).await {
            Ok(_) => self.committed(upload, memory).await,
            // The next step checks whether it worked.
            Err(error) if is_first && (is_unsettled(&error) || error.status() == Some(409)) => {
                tracing::info!(%error, upload = upload.id, "the commit of a build has no clear answer");
                Ok(())
            }
            Err(error) => Err(Stop::of(error, &upload.build, memory.failures)),
        }
    }

    /// Whether the commit is still to be sent: App Store Connect has all parts and is still waiting.
    async fn is_owed(
        &self,
        client: &Client,
        upload: &StoredUpload,
        file_id: &BuildUploadFileId,
        memory: &mut Memory,
    ) -> Result<bool, Stop> {
        let Some(asc_id) = &upload.asc_id else { return Err(Stop::Moved) };
        let there = match client.build_uploads().get(asc_id).await {
            Ok(there) => there,
            Err(error) if error.is_not_found() => return Err(self.not_found(upload, memory).await),
            Err(error) => return Err(Stop::of(error, &upload.build, memory.failures)),
        };
        let state = there.state.and_then(|status| status.state);
        if state.is_some_and(|state| state != UploadState::AwaitingUpload) {
            self.committed(upload, memory).await?;
            return Ok(false);
        }
        let file = self.read_reserved(client, upload, file_id, memory).await?;
        if is_committed(&file) {
            return Err(Stop::not_yet(
                "App Store Connect has all parts, but hasn’t confirmed them yet.",
                LOOK_AGAIN_AFTER,
            ));
        }
        if file.upload_operations.iter().flatten().all(|part| part.entity_tag.is_some()) {
            return Ok(true);
        }
        self.advance(upload, UploadChange::Incomplete).await?;
        memory.file = Some(file);
        Ok(false)
    }

    /// App Store Connect has everything: the file is no longer needed.
    async fn committed(&self, upload: &StoredUpload, memory: &mut Memory) -> Result<(), Stop> {
        self.advance(upload, UploadChange::Committed).await?;
        memory.let_go().await;
        let (data_dir, id) = (self.context.data_dir().clone(), upload.id);
        blocking(move || copies::remove(&data_dir, id)).await.map_err(Stop::of_access)
    }
}

/// Whether App Store Connect has accepted the file as complete.
fn is_committed(file: &BuildUploadFile) -> bool {
    let state = file.asset_delivery_state.as_ref().and_then(|delivery| delivery.state.as_ref());
    matches!(state, Some(FileDeliveryState::UploadComplete | FileDeliveryState::Complete))
}
