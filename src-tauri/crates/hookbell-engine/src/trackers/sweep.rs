//! Reads issue states back: one sweep over all of a tracker's issues, which asks only for changes.

use std::time::Duration;

use hookbell_store::StoredTracker;
use hookbell_trackers::IssueSweep;
use jiff::SignedDuration;

use super::{
    Trackers,
    client::{error, made},
    kept::KeptTracker,
};
use crate::api::{ApiError, Tracker};

/// Time between two sweeps.
const SWEEP_EVERY: Duration = Duration::from_secs(5 * 60);

/// How far back the first sweep reads.
const FIRST_SWEEP_SPAN: SignedDuration = SignedDuration::from_hours(90 * 24);

/// How far each sweep overlaps the previous one: clocks differ, and changes show up late.
const SWEEP_OVERLAP: SignedDuration = SignedDuration::from_mins(10);

/// Asking again for the same time is cheap, because the tracker answers that nothing changed. Beyond this span the
/// answer would be too long.
const MAX_SWEEP_SPAN: SignedDuration = SignedDuration::from_hours(24);

impl Trackers {
    /// Reads the states of all issues now.
    ///
    /// # Errors
    /// The first tracker's error. The others are read all the same.
    pub async fn sweep(&self) -> Result<Vec<Tracker>, ApiError> {
        let _alone = self.sweeping.lock().await;
        let mut refused = None;
        for stored in self.context.store.trackers().await? {
            if let Err(error) = self.sweep_one(&stored).await {
                refused = refused.or(Some(error));
            }
        }
        refused.map_or(self.list().await, Err)
    }

    /// Sweeps at once, because issues may have been closed while Hookbell was not running, and then every few minutes,
    /// until dropped.
    pub(crate) async fn run(&self) {
        loop {
            if let Err(error) = self.sweep().await {
                tracing::info!(%error, "the states of issues could not be read");
            }
            tokio::time::sleep(SWEEP_EVERY).await;
        }
    }

    async fn sweep_one(&self, stored: &StoredTracker) -> Result<(), ApiError> {
        let store = &self.context.store;
        let ids = store.issue_ids(&stored.place).await?;
        if ids.is_empty() {
            return Ok(());
        }
        let kept = KeptTracker::read(stored)?;
        let client = self.client(&kept).await?;
        let began = self.context.clock.now();
        let first = began.saturating_sub(FIRST_SWEEP_SPAN).unwrap_or(began);
        let since = stored.swept_at.unwrap_or(first);
        let etag = stored.etag.as_deref().filter(|_| stored.swept_at.is_some());
        match client.sweep(&kept.document, &ids, since, etag, began).await {
            Ok(IssueSweep::Unchanged) => {
                store.note_tracker_sweep(stored.id, since, stored.etag.clone()).await?;
            }
            Ok(IssueSweep::Changed { issues, etag }) => {
                let issues = issues.into_iter().map(|issue| made(issue, began)).collect();
                let changed = store.note_issues(&stored.place, issues, began).await?;
                let is_long = began.duration_since(since) > MAX_SWEEP_SPAN;
                let (next, etag) = match changed > 0 || is_long {
                    true => (began.saturating_sub(SWEEP_OVERLAP).unwrap_or(began), None),
                    false => (since, etag),
                };
                store.note_tracker_sweep(stored.id, next, etag).await?;
            }
            Err(failure) => {
                self.note_failure(stored.id, &failure).await?;
                return Err(error(&failure));
            }
        }
        Ok(())
    }
}
