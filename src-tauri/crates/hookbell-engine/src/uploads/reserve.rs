//! Reserves an upload: App Store Connect gives it an id, and URLs for the parts of its file.
//!
//! The row records that a reservation is about to be made. If its answer was lost, we look for the reservation among
//! those waiting for a file, and make it again only if it isn't there.

use std::time::Duration;

use hookbell_asc::{
    Client,
    api::{
        build_upload_files::{BuildUploadFile, NewBuildUploadFile, UploadAssetType},
        build_uploads::{BuildUpload, BuildUploadQuery, NewBuildUpload, UploadState},
    },
};
use hookbell_core::BuildUploadId;
use hookbell_store::{StoredUpload, UploadChange};
use jiff::{SignedDuration, Timestamp};

use super::{Uploads, stop::Stop, work::Memory};
use crate::account::is_unsettled;

/// How long after a lost answer we look for the reservation again. Lists lag behind.
const LOOK_AFTER: [Duration; 2] = [Duration::from_secs(5), Duration::from_secs(15)];

/// How far before our own clock App Store Connect's creation date may be.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(1);

/// After this many times without finding a reservation, it counts as gone.
pub(super) const MAX_MISSING: u32 = 3;

impl Uploads {
    /// Reserves the upload and its file.
    pub(super) async fn reserve(&self, upload: &StoredUpload, memory: &mut Memory) -> Result<(), Stop> {
        // Don't reserve for a file that is gone or was changed.
        self.held(upload, memory).await?;
        let client = self.client(upload).await?;
        if let Some(former) = &upload.abandoned {
            self.delete_former(&client, upload, former, memory).await?;
        }
        let known = match (&upload.asc_id, upload.reserved_at) {
            (Some(id), _) => Some(id.clone()),
            (None, Some(since)) => self.find_reserved(&client, upload, since, memory).await?,
            (None, None) => None,
        };
        let file = match known {
            Some(id) => match self.find_file(&client, upload, &id, memory).await? {
                Some(file) => file,
                None => self.reserve_file(&client, upload, &id, memory).await?,
            },
            None => {
                let id = self.announce(&client, upload, memory).await?;
                self.reserve_file(&client, upload, &id, memory).await?
            }
        };
        let parts = file.upload_operations.as_ref().map_or(0, Vec::len);
        let change = UploadChange::Sending { file: file.id.clone(), parts: u32::try_from(parts).unwrap_or(u32::MAX) };
        self.advance(upload, change).await?;
        (memory.file, memory.missing) = (Some(file), 0);
        Ok(())
    }

    /// Deletes the earlier reservation of an upload that was started over.
    async fn delete_former(
        &self,
        client: &Client,
        upload: &StoredUpload,
        former: &BuildUploadId,
        memory: &Memory,
    ) -> Result<(), Stop> {
        match client.build_uploads().delete(former).await {
            Ok(()) => {}
            Err(error) if error.is_not_found() => {}
            Err(error) if error.is_temporary() => return Err(Stop::of(error, &upload.build, memory.failures)),
            // This doesn't block the upload: App Store Connect deletes it eventually.
            Err(error) => tracing::warn!(%error, "a former reservation could not be deleted"),
        }
        self.advance(upload, UploadChange::AbandonedDeleted).await
    }

    async fn announce(&self, client: &Client, upload: &StoredUpload, memory: &Memory) -> Result<BuildUploadId, Stop> {
        let build = &upload.build;
        let new = NewBuildUpload {
            app: build.app.clone(),
            cf_bundle_short_version_string: build.version.clone(),
            cf_bundle_version: build.number.clone(),
            platform: build.platform.clone(),
        };
        self.advance(upload, UploadChange::Announcing).await?;
        match client.build_uploads().create(&new).await {
            Ok(made) => {
                self.advance(upload, UploadChange::Reserved(made.id.clone())).await?;
                Ok(made.id)
            }
            Err(error) => {
                if !is_unsettled(&error) {
                    self.advance(upload, UploadChange::NotReserved).await?;
                }
                Err(Stop::of(error, build, memory.failures))
            }
        }
    }

    /// The reservation whose answer was lost: one for this build, made since then, that belongs to no other upload.
    pub(super) async fn find_reserved(
        &self,
        client: &Client,
        upload: &StoredUpload,
        since: Timestamp,
        memory: &Memory,
    ) -> Result<Option<BuildUploadId>, Stop> {
        let query = BuildUploadQuery {
            version: Some(upload.build.version.clone()),
            number: Some(upload.build.number.clone()),
            platform: Some(upload.build.platform.clone()),
            states: vec![UploadState::AwaitingUpload],
        };
        for wait in LOOK_AFTER.into_iter().map(Some).chain([None]) {
            let found = client.build_uploads().of_app(&upload.build.app, &query).all().await;
            let found = found.map_err(|error| Stop::of(error, &upload.build, memory.failures))?;
            for candidate in found.into_iter().filter(|one| is_since(one, since)) {
                if self.context.store.upload_of_asc_id(candidate.id.clone()).await?.is_none() {
                    self.advance(upload, UploadChange::Reserved(candidate.id.clone())).await?;
                    return Ok(Some(candidate.id));
                }
            }
            if let Some(wait) = wait {
                tokio::time::sleep(self.in_pace(wait)).await;
            }
        }
        self.advance(upload, UploadChange::NotReserved).await?;
        Ok(None)
    }

    /// The reserved file, if any.
    async fn find_file(
        &self,
        client: &Client,
        upload: &StoredUpload,
        id: &BuildUploadId,
        memory: &mut Memory,
    ) -> Result<Option<BuildUploadFile>, Stop> {
        let files = match client.build_upload_files().of_upload(id).all().await {
            Ok(files) => files,
            Err(error) if error.is_not_found() => return Err(self.not_found(upload, memory).await),
            Err(error) => return Err(Stop::of(error, &upload.build, memory.failures)),
        };
        let size = u64::try_from(upload.build.size).ok();
        Ok(files.into_iter().find(|file| {
            file.asset_type.as_ref().is_none_or(|kind| *kind == UploadAssetType::Build)
                && file.file_size == size
                && file.file_name.as_deref() == Some(upload.build.file_name.as_str())
        }))
    }

    async fn reserve_file(
        &self,
        client: &Client,
        upload: &StoredUpload,
        id: &BuildUploadId,
        memory: &mut Memory,
    ) -> Result<BuildUploadFile, Stop> {
        let new = NewBuildUploadFile {
            upload: id.clone(),
            file_name: upload.build.file_name.clone(),
            file_size: u64::try_from(upload.build.size).unwrap_or_default(),
            uti: upload.build.uti.clone(),
        };
        match client.build_upload_files().create(&new).await {
            Ok(file) => Ok(file),
            Err(error) if error.is_not_found() => Err(self.not_found(upload, memory).await),
            Err(error) => Err(Stop::of(error, &upload.build, memory.failures)),
        }
    }

    /// What to do if App Store Connect doesn't find the reservation: one such answer proves nothing, several do.
    pub(super) async fn not_found(&self, upload: &StoredUpload, memory: &mut Memory) -> Stop {
        memory.missing += 1;
        if memory.missing < MAX_MISSING {
            return Stop::not_yet("App Store Connect can’t find the upload.", Duration::from_secs(2));
        }
        memory.missing = 0;
        match self.start_over(upload, memory).await {
            Ok(()) => Stop::Moved,
            Err(stop) => stop,
        }
    }

    /// Gives up the reservation, and starts over.
    pub(super) async fn start_over(&self, upload: &StoredUpload, memory: &mut Memory) -> Result<(), Stop> {
        (memory.file, memory.renewed) = (None, (0, 0));
        self.advance(upload, UploadChange::StartedOver).await
    }
}

fn is_since(upload: &BuildUpload, since: Timestamp) -> bool {
    upload.created_date.is_none_or(|at| at >= since.saturating_sub(CLOCK_TOLERANCE).unwrap_or(Timestamp::MIN))
}
