//! What is at App Store Connect: apps, webhooks and the log of their deliveries.
//!
//! App Store Connect is the source of truth for all of these. The store only knows which of the webhooks are ours, and
//! the keychain has their secrets. A change is prepared here before App Store Connect is asked, so that its first
//! delivery is accepted. If App Store Connect refuses the change, it is taken back here.

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
    /// One change of a webhook or of its secret at a time, here and at App Store Connect.
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

    /// Waits for every change of a webhook that is under way. No other one begins until the guard is dropped.
    pub(crate) async fn change_nothing(&self) -> Turn<'_> {
        self.changes.take().await
    }
}

/// How many requests run side by side. More would only use the hourly limit up in bursts.
const MAX_CONCURRENT_REQUESTS: usize = 12;

/// Asks for a webhook that a list lacked, or that was not found, by its id, because one answer without it proves
/// little. `None` if this answer lacks it too.
pub(crate) async fn find_webhook(client: &Client, id: &AscWebhookId) -> Result<Option<AscWebhook>, Error> {
    match client.webhooks().get(id).await {
        Ok(webhook) => Ok(Some(webhook)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}

/// App Store Connect's id of a webhook, from a request.
fn asc_id(text: &str) -> Result<AscWebhookId, ApiError> {
    AscWebhookId::new(text.trim()).map_err(|_| ApiError::not_found("webhook"))
}

/// The refusal of something that may have been done all the same.
fn unsettled(error: &Error, state: &str, hint: &str) -> ApiError {
    // Its words may or may not end in a full stop. The message itself never does, as a hint may follow.
    let words = error.hint().map_or_else(|| error.to_string(), |hint| format!("{error}; {hint}"));
    let (what, state) = (first_upper(words.trim_end_matches('.')), state.trim_end_matches('.'));
    ApiError::new(crate::api::ErrorCode::OutcomeUnknown, format!("{what}. {state}"), hint)
}
