//! Asking for missed events, and how often to ask without a tunnel.

use super::MINUTES;
use crate::{
    Hookbell,
    api::{ApiError, CatchUp, CatchUpRequest, Gap, WebhookCatchUp},
    ours,
};

impl Hookbell {
    /// How missed events are fetched, and what the last look at each webhook gave.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn catch_up(&self) -> Result<CatchUp, ApiError> {
        let inner = &self.inner;
        let known = inner.store.caught_up().await?;
        let ours = ours::list(&inner.store).await?;
        let webhooks: Vec<_> = ours
            .into_iter()
            .filter(|own| own.link.account.is_some() && own.link.apple.is_some())
            .map(|own| {
                let row = known.iter().find(|row| row.webhook == own.row.id);
                WebhookCatchUp {
                    local: own.row.id.to_string(),
                    name: own.row.name,
                    read_at: row.and_then(|row| row.read_at).map(|at| at.to_string()),
                    fetched: row.map_or(0, |row| row.fetched),
                    gap: row
                        .and_then(|row| row.gap)
                        .map(|(from, to)| Gap { from: from.to_string(), to: to.to_string() }),
                    trouble: row.and_then(|row| serde_json::from_value(row.trouble.clone()?).ok()),
                }
            })
            .collect();
        Ok(CatchUp {
            minutes: inner.fetch_minutes().await?,
            running: *inner.catch_up.running.borrow(),
            last_at: known.iter().filter_map(|row| row.read_at).max().map(|at| at.to_string()),
            fetched: webhooks.iter().map(|webhook| webhook.fetched).sum(),
            webhooks,
        })
    }

    /// Sets how often App Store Connect is asked while there is no tunnel.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] for 0 or more than 60 minutes.
    pub async fn set_catch_up(&self, request: CatchUpRequest) -> Result<CatchUp, ApiError> {
        if !(1..=60).contains(&request.minutes) {
            let hint = "each webhook takes a call each time, and Apple allows a few thousand an hour";
            return Err(ApiError::field("minutes", "it is 1 to 60 minutes", hint));
        }
        self.inner.store.set_setting(MINUTES, &request.minutes).await?;
        self.catch_up().await
    }

    /// Looks for missed events now, and answers when that is done.
    ///
    /// # Errors
    /// What keeps the store from being read. What App Store Connect refuses is said at each webhook.
    pub async fn catch_up_now(&self) -> Result<CatchUp, ApiError> {
        self.inner.look_for_missed().await?;
        self.catch_up().await
    }
}
