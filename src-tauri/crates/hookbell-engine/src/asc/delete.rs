//! Deletes a webhook, first in App Store Connect, then here.

use std::time::Duration;

use super::{AscWebhooks, asc_id, find_webhook, last_seen, unsettled};
use crate::{
    account::{explain, is_unsettled},
    api::{ApiError, AppWebhookRequest, ErrorCode},
    ours,
};

/// How often the deletion is resent if its answer is lost. Deleting twice is harmless.
const MAX_LOST_ANSWERS: u32 = 2;

/// Wait before the first resend. The wait grows by the same amount each time.
const RETRY_AFTER: Duration = Duration::from_millis(500);

const MAYBE_DELETED: &str = "The webhook may or may not have been deleted. Hookbell still lists it.";
const RETRY_HINT: &str = "delete it again once App Store Connect responds";

/// App Store Connect contradicts itself, so nothing was deleted here.
fn still_there() -> ApiError {
    let message = "App Store Connect couldn’t find the webhook to delete it, but still lists it";
    ApiError::new(ErrorCode::AppleRefused, message, "delete it again in a moment")
}

impl AscWebhooks {
    /// Deletes a webhook. Its events stay here, under its name.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if it doesn't exist, or App Store Connect's refusal: then nothing was
    /// deleted. [`crate::api::ErrorCode::OutcomeUnknown`]: it may be gone there, but is still listed here.
    pub async fn delete(&self, request: AppWebhookRequest) -> Result<(), ApiError> {
        let id = asc_id(&request.id)?;
        let access = self.access_to(request.account.as_deref(), &id).await?;
        let _turn = self.changes.take().await;
        let own = ours::find(&self.context.store, &id).await?;
        let mut lost = 0;
        loop {
            match access.client.webhooks().delete(&id).await {
                Ok(()) => break,
                // Already deleted, by the first request or by somebody else, if a second request confirms it.
                Err(error) if error.is_not_found() && (lost > 0 || own.is_some()) => {
                    match find_webhook(&access.client, &id).await {
                        Ok(None) => break,
                        Ok(Some(_)) => return Err(still_there()),
                        Err(error) => return Err(unsettled(&error, MAYBE_DELETED, RETRY_HINT)),
                    }
                }
                Err(error) if is_unsettled(&error) && lost < MAX_LOST_ANSWERS => {
                    lost += 1;
                    tokio::time::sleep(RETRY_AFTER * lost).await;
                }
                Err(error) if is_unsettled(&error) => return Err(unsettled(&error, MAYBE_DELETED, RETRY_HINT)),
                Err(error) => return Err(explain(error)),
            }
        }
        last_seen::forget_webhook(&self.context.store, &access, id.as_str()).await;
        match own {
            Some(own) => self.drop_ours(&own.row.id).await,
            None => Ok(()),
        }
    }
}
