//! Copies an upload's file in parallel with sending, which doesn't wait for it.
//!
//! If the disk is too full there is no copy, and the person's file is read to the end.

use std::{io, path::PathBuf, sync::Arc};

use hookbell_store::StoredUpload;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::{Uploads, copies, held_file::HeldFile};

/// A copy in progress.
#[derive(Debug)]
pub(super) struct Copying {
    task: JoinHandle<()>,
    wanted: DropGuard,
}

impl Copying {
    /// Cancels the copy, and waits until nothing is being written.
    pub(super) async fn end(self) {
        drop(self.wanted);
        let _ = self.task.await;
    }
}

impl Uploads {
    /// Starts copying an upload's file.
    pub(super) fn begin_copy(&self, upload: &StoredUpload, held: Arc<HeldFile>) -> Copying {
        let stop = CancellationToken::new();
        let is_unwanted = stop.clone();
        let (context, id) = (self.context.clone(), upload.id);
        let (from, to) = (PathBuf::from(&upload.build.path), copies::path(self.context.data_dir(), id));
        let task = tokio::spawn(async move {
            let made = tokio::task::spawn_blocking(move || {
                let free_bytes = fs4::available_space(to.parent().unwrap_or(&to))?;
                held.copy(&from, &to, free_bytes, || !is_unwanted.is_cancelled())
            });
            match made.await.unwrap_or_else(|error| Err(io::Error::other(error))) {
                Ok(Some(identity)) => {
                    // If this can't be stored, the copy is still used until this process ends.
                    if let Err(error) = context.store.set_upload_copy(id, identity).await {
                        tracing::warn!(%error, upload = id, "that a build was copied could not be written down");
                    }
                }
                Ok(None) => tracing::info!(upload = id, "a build is sent without a copy of it"),
                Err(error) => tracing::warn!(%error, upload = id, "a build could not be copied"),
            }
        });
        Copying { task, wanted: stop.drop_guard() }
    }
}
