//! Commands to catch up, and to set how often that happens without a tunnel.

use super::{MINUTES_SETTING, MissedEvents};
use crate::{
    api::{ApiError, CatchUp, CatchUpRequest, Gap, WebhookCatchUp},
    ours,
};

impl MissedEvents {
    /// How missed events are fetched, and the result of the last read of each log.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn status(&self) -> Result<CatchUp, ApiError> {
        let known = self.context.store.caught_up().await?;
        let ours = ours::list(&self.context.store).await?;
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
            minutes: self.fetch_minutes().await?,
            running: *self.running.borrow(),
            last_at: known.iter().filter_map(|row| row.read_at).max().map(|at| at.to_string()),
            fetched: webhooks.iter().map(|webhook| webhook.fetched).sum(),
            webhooks,
        })
    }

    /// Sets how often App Store Connect is asked while there is no tunnel.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] for 0 or more than 60 minutes.
    pub async fn set_minutes(&self, request: CatchUpRequest) -> Result<CatchUp, ApiError> {
        if !(1..=60).contains(&request.minutes) {
            let hint = "each check makes a request per webhook, and Apple allows a few thousand per hour";
            return Err(ApiError::field("minutes", "choose 1 to 60 minutes", hint));
        }
        self.context.store.set_setting(MINUTES_SETTING, &request.minutes).await?;
        self.status().await
    }

    /// Fetches missed events now, and answers when that is done.
    ///
    /// # Errors
    /// A store error. App Store Connect's refusals are reported at each webhook.
    pub async fn fetch_now(&self) -> Result<CatchUp, ApiError> {
        self.fetch().await?;
        self.status().await
    }
}
