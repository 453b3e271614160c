//! Cancels an upload: deletes at App Store Connect what was reserved and sent.

use hookbell_asc::api::build_uploads::UploadState;
use hookbell_store::{StoredUpload, UploadChange};

use super::{Uploads, stop::Stop, work::Memory};

impl Uploads {
    /// Deletes an upload at App Store Connect. If it has already been received completely, it continues instead.
    pub(super) async fn delete_there(&self, upload: &StoredUpload, memory: &mut Memory) -> Result<(), Stop> {
        let client = self.client(upload).await?;
        let id = match (&upload.asc_id, upload.reserved_at) {
            (Some(id), _) => Some(id.clone()),
            // The answer to the reservation was lost, or never came.
            (None, Some(since)) => self.find_reserved(&client, upload, since, memory).await?,
            (None, None) => None,
        };
        for id in id.iter().chain(&upload.abandoned) {
            let error = match client.build_uploads().delete(id).await {
                Ok(()) => continue,
                Err(error) if error.is_not_found() => continue,
                Err(error) => error,
            };
            let there = client.build_uploads().get(id).await;
            let state = there.ok().and_then(|there| there.state?.state);
            if state.is_some_and(|state| state != UploadState::AwaitingUpload) {
                return self.advance(upload, UploadChange::NotCanceled).await;
            }
            if !error.is_temporary() {
                // Nothing more can be done. App Store Connect deletes uploads that are never completed.
                tracing::warn!(%error, upload = upload.id, "an upload could not be deleted at App Store Connect");
                continue;
            }
            return Err(Stop::of(error, &upload.build, memory.failures));
        }
        self.advance(upload, UploadChange::Canceled).await
    }
}
