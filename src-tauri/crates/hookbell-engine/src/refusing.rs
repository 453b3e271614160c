//! Which webhooks reject deliveries here.
//!
//! Rejections count until a delivery of the webhook is accepted, or its secret is replaced.

use std::{collections::BTreeMap, sync::Arc};

use hookbell_core::WebhookId;
use hookbell_store::StoreError;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{conditions::Refusing, context::Context, text::segment};

/// The setting with what is known about each webhook that rejected deliveries.
const KNOWN_SETTING: &str = "refusedDeliveries";

/// What is known about one webhook.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Known {
    /// Rejections up to this time are settled.
    settled_at: Option<Timestamp>,
    /// When the person was last notified.
    pub(crate) told_at: Option<Timestamp>,
}

/// Updates the webhooks that reject deliveries in the conditions.
pub(crate) async fn check(context: &Context) -> Result<(), StoreError> {
    let refusing = list(context).await?;
    context.change(|conditions| conditions.refusing = refusing);
    Ok(())
}

/// Where the window shows a webhook: with its app, if it is at App Store Connect.
pub(crate) async fn route(context: &Context, webhook: &WebhookId) -> Result<String, StoreError> {
    let link = context.store.apple_webhook(webhook).await?;
    Ok(match link.and_then(|link| link.account.map(|account| (account, link.app))) {
        Some((account, app)) => format!("#/webhooks/{}/{}", segment(account.as_str()), segment(app.as_str())),
        None => format!("#/webhooks/{}", segment(webhook.as_str())),
    })
}

/// The webhooks that rejected something since they last accepted a delivery.
pub(crate) async fn list(context: &Context) -> Result<Vec<Refusing>, StoreError> {
    let refusals = context.store.refusals().await?;
    if refusals.is_empty() {
        return Ok(Vec::new());
    }
    let known = context.store.setting::<BTreeMap<String, Known>>(KNOWN_SETTING).await?.unwrap_or_default();
    let mut refusing = Vec::new();
    for webhook in context.store.webhooks().await? {
        let newest = refusals.iter().filter(|one| one.webhook == webhook.id).max_by_key(|one| one.last_at);
        let Some(newest) = newest else { continue };
        let known = known.get(webhook.id.as_str()).copied().unwrap_or_default();
        let since = known.settled_at.max(context.store.last_delivery(&webhook.id).await?);
        if since.is_none_or(|since| newest.last_at > since) {
            refusing.push(Refusing {
                told: known.told_at.is_some_and(|told| since.is_none_or(|since| told > since)),
                webhook: webhook.id,
                name: webhook.name,
                reason: newest.reason.clone(),
                last_at: newest.last_at,
            });
        }
    }
    Ok(refusing)
}

/// When a webhook's rejections were last settled: it accepted a delivery, or its secret was replaced.
pub(crate) async fn settled_at(context: &Context, webhook: &WebhookId) -> Result<Option<Timestamp>, StoreError> {
    let known = context.store.setting::<BTreeMap<String, Known>>(KNOWN_SETTING).await?.unwrap_or_default();
    Ok(known.get(webhook.as_str()).and_then(|known| known.settled_at))
}

/// Settles a webhook's rejections up to that time.
pub(crate) async fn settle(context: &Context, webhook: &WebhookId, at: Timestamp) -> Result<(), StoreError> {
    know(context, webhook, move |known| known.settled_at = Some(at)).await?;
    check(context).await
}

/// Whether a webhook rejects deliveries, as far as this process knows.
pub(crate) fn refuses(context: &Context, webhook: &WebhookId) -> bool {
    context.conditions.borrow().refusing.iter().any(|one| one.webhook == *webhook)
}

/// Changes what is known about a webhook.
pub(crate) async fn know(
    context: &Context,
    webhook: &WebhookId,
    change: impl Fn(&mut Known) + Send + 'static,
) -> Result<(), StoreError> {
    let webhook = webhook.to_string();
    let change = move |known: Option<Value>| {
        let known = known.and_then(|known| serde_json::from_value::<BTreeMap<String, Known>>(known).ok());
        let mut known = known.unwrap_or_default();
        change(known.entry(webhook.clone()).or_default());
        serde_json::to_value(known)
    };
    let changed = context.store.change_setting(KNOWN_SETTING, change).await?;
    changed.map(drop).map_err(|source| StoreError::Setting { key: KNOWN_SETTING.to_owned(), source: Arc::new(source) })
}
