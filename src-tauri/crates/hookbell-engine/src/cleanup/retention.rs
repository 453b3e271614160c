//! Retention: deletes what is too old or takes too much space, once a day and when the settings change.

use std::{sync::Arc, time::Duration};

use hookbell_store::Bounds;

use super::{Cleanup, within};
use crate::{
    api::{ApiError, FeedbackStorage, Received, Retention, RetentionRequest},
    feedback::{days_before, files_since},
};

/// How often retention is enforced.
const ENFORCE_EVERY: Duration = Duration::from_secs(24 * 3600);

impl Cleanup {
    /// Sets for how many days, and up to how many bytes, pictures and logs are kept. Deletes the excess at once.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `days` or `maxBytes`, or
    /// [`crate::api::ErrorCode::StoreUnwritable`].
    pub async fn set_feedback_retention(&self, request: RetentionRequest) -> Result<FeedbackStorage, ApiError> {
        self.settings.set_retention_of_files(request.days, request.max_bytes).await?;
        self.enforce_retention().await?;
        self.feedback.storage().await
    }

    /// Sweeps the feedback directory at the start, then enforces retention daily until the engine stops.
    pub(crate) async fn run(self: Arc<Self>) {
        if let Err(error) = self.feedback.sweep().await {
            tracing::warn!(%error, "the directory of feedback could not be swept");
        }
        loop {
            if let Err(error) = self.enforce_retention().await {
                tracing::warn!(%error, "old pictures stay for now");
            }
            if self.context.unless_stopped(tokio::time::sleep(ENFORCE_EVERY)).await.is_none() {
                return;
            }
        }
    }

    /// Deletes events, feedback, pictures and logs that exceed the limits, oldest first.
    pub(crate) async fn enforce_retention(&self) -> Result<(), ApiError> {
        let Some(retention) = self.feedback.retention().await? else { return Ok(()) };
        self.delete_old(retention).await?;
        let since = files_since(retention, self.context.clock.now());
        self.feedback.clear_files(since, retention.max_bytes).await
    }

    async fn delete_old(&self, retention: Retention) -> Result<(), ApiError> {
        let now = self.context.clock.now();
        self.context.store.forget_deleted(now).await?;
        for (what, days) in [(Received::Feedback, retention.feedback_days), (Received::Events, retention.event_days)] {
            if let Some(days) = days {
                let before = Some(days_before(days, now));
                let gone = self.delete_chosen(within(what, Bounds { before, ..Bounds::default() })).await?;
                tracing::info!(?what, days, events = gone.events, feedback = gone.feedback, "what is too old is gone");
            }
        }
        Ok(())
    }
}
