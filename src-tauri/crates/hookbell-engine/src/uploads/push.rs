//! Pushes upload progress to an open window and the tray, a few times a second and only while something changes.

use std::{collections::HashSet, sync::Arc, time::Duration};

use hookbell_store::UploadQuery;

use super::{MAX_UPLOADS, Uploads};
use crate::api::{ApiError, Push, Upload};

/// The shortest interval between two pushes.
const PUSH_EVERY: Duration = Duration::from_millis(250);

impl Uploads {
    /// Pushes unfinished uploads, and each finished one once more, until the engine stops.
    pub(crate) async fn run_pushes(self: Arc<Self>) {
        let mut changes = self.context.store.changes();
        let (mut told, mut open) = (Vec::new(), HashSet::new());
        loop {
            changes.mark_unchanged();
            match self.to_tell(&open).await {
                Ok(uploads) => {
                    open = uploads.iter().filter(|one| one.ended_at.is_none()).map(|one| one.id).collect();
                    if uploads != told {
                        told.clone_from(&uploads);
                        self.context.push(Push::Uploads { uploads }).await;
                    }
                }
                Err(error) => tracing::warn!(%error, "uploads could not be read"),
            }
            let moves = self.working().values().any(|progress| progress.is_sending());
            let next = async {
                tokio::time::sleep(PUSH_EVERY).await;
                if !moves && changes.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            };
            if self.context.unless_stopped(next).await.is_none() {
                return;
            }
        }
    }

    /// The unfinished uploads, and those that were unfinished in the last call.
    async fn to_tell(&self, before: &HashSet<i64>) -> Result<Vec<Upload>, ApiError> {
        let query = UploadQuery { app: None, open: true, limit: MAX_UPLOADS };
        let mut stored = self.context.store.uploads(query).await?;
        for id in before {
            if stored.iter().all(|one| one.id != *id) {
                stored.extend(self.context.store.upload(*id).await?);
            }
        }
        if stored.is_empty() {
            return Ok(Vec::new());
        }
        self.shown(stored).await
    }
}
