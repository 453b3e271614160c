//! What App Store Connect has: apps, webhooks and their delivery log.
//!
//! App Store Connect is the source of truth for all of these. The store only knows which webhooks are ours, and the
//! keychain has their secrets. A change is prepared here before App Store Connect is asked, so that we accept its
//! first delivery. If App Store Connect refuses the change, it is rolled back here.

mod apps;
mod attempts;
mod change;
mod create;
mod delete;
mod deliveries;
mod enabled;
mod explain_delivery;
mod follow_redeliveries;
mod form;
mod last_seen;
mod of_account;
mod of_app;
mod our_side;
mod own_address;
mod ping;
mod redeliver;
mod redeliver_several;
mod redelivery_course;

use std::sync::Arc;

use hookbell_asc::{Client, Error, api::webhooks::AscWebhook};
use hookbell_core::AscWebhookId;

use self::redeliver_several::Redelivering;
use crate::{
    account::Accounts,
    api::ApiError,
    context::Context,
    registry::Registry,
    settings::StoredSettings,
    text::first_upper,
    turns::{Turn, Turns},
};

pub use self::apps::Apps;
pub(crate) use self::{
    deliveries::{failure, is_pending},
    own_address::IN_PLACE_SETTING,
};

/// The room of webhooks at App Store Connect.
#[derive(Debug)]
pub struct AscWebhooks {
    context: Context,
    settings: Arc<StoredSettings>,
    accounts: Arc<Accounts>,
    apps: Arc<Apps>,
    registry: Arc<Registry>,
    /// Serializes changes to a webhook or its secret, here and at App Store Connect.
    changes: Arc<Turns>,
    redelivering: Redelivering,
}

impl AscWebhooks {
    pub(crate) fn new(
        context: Context,
        settings: Arc<StoredSettings>,
        accounts: Arc<Accounts>,
        apps: Arc<Apps>,
        registry: Arc<Registry>,
        changes: Arc<Turns>,
    ) -> Self {
        Self { context, settings, accounts, apps, registry, changes, redelivering: Redelivering::default() }
    }

    /// Waits for all running changes of webhooks. No new one starts until the guard is dropped.
    pub(crate) async fn change_nothing(&self) -> Turn<'_> {
        self.changes.take().await
    }
}

/// How many requests run concurrently. More would only burn through the hourly limit.
const MAX_CONCURRENT_REQUESTS: usize = 12;

/// Looks up by its id a webhook that was missing from a list or not found, because a single answer proves little.
/// `None` if this answer lacks it too.
pub(crate) async fn find_webhook(client: &Client, id: &AscWebhookId) -> Result<Option<AscWebhook>, Error> {
    match client.webhooks().get(id).await {
        Ok(webhook) => Ok(Some(webhook)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Parses App Store Connect's id of a webhook from a request.
fn asc_id(text: &str) -> Result<AscWebhookId, ApiError> {
    AscWebhookId::new(text.trim()).map_err(|_| ApiError::not_found("webhook"))
}

/// The error for a request that may have taken effect although it failed.
fn unsettled(error: &Error, state: &str, hint: &str) -> ApiError {
    // Its text may or may not end in a full stop. The message itself never does, because a hint may follow.
    let words = error.hint().map_or_else(|| error.to_string(), |hint| format!("{error}; {hint}"));
    let (what, state) = (first_upper(words.trim_end_matches('.')), state.trim_end_matches('.'));
    ApiError::new(crate::api::ErrorCode::OutcomeUnknown, format!("{what}. {state}"), hint)
}
