//! Deleting a webhook, first in App Store Connect, then here.

use std::time::Duration;

use super::{AscWebhooks, asc_id, find_webhook, last_seen, unsettled};
use crate::{
    account::{explain, is_unsettled},
    api::{ApiError, AppWebhookRequest, ErrorCode},
    ours,
};

/// How many times the deletion is sent again if its answer is lost. What is gone can't be deleted twice.
const MAX_LOST_ANSWERS: u32 = 2;

/// How long until it is sent again the first time. Each further time takes as much longer.
const RETRY_AFTER: Duration = Duration::from_millis(500);

const MAYBE_DELETED: &str = "The webhook may or may not have been deleted. It still stands here.";
const RETRY_HINT: &str = "delete it again once App Store Connect answers";

/// App Store Connect contradicts itself, so nothing was deleted here.
fn still_there() -> ApiError {
    let message = "App Store Connect did not find the webhook when it was to delete it, and still has it";
    ApiError::new(ErrorCode::AppleRefused, message, "delete it again in a moment")
}

impl AscWebhooks {
    /// Deletes a webhook. Events that it brought stay here, under its name.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if there is none, or what App Store Connect refuses: then nothing was
    /// deleted. [`crate::api::ErrorCode::OutcomeUnknown`]: it may be gone there; it still stands here.
    pub async fn delete(&self, request: AppWebhookRequest) -> Result<(), ApiError> {
        let id = asc_id(&request.id)?;
        let access = self.access_to(request.account.as_deref(), &id).await?;
        let _turn = self.changes.take().await;
        let own = ours::find(&self.context.store, &id).await?;
        let mut lost = 0;
        loop {
            match access.client.webhooks().delete(&id).await {
                Ok(()) => break,
                // Gone already, by the first request or by somebody else, if another question says so too.
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
