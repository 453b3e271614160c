//! A webhook whose deliveries are refused here is trouble at once, and told once.
//!
//! Apple's log would tell it too, but nobody looks there before they miss something. What was refused counts until a
//! delivery of the webhook is accepted, or its secret is replaced.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use hookbell_core::WebhookId;
use hookbell_store::StoreError;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    api::Importance,
    engine::Inner,
    host::Notification,
    notify::{MAX_BODY_CHARS, MAX_TITLE_CHARS, sound},
    text::{cut, segment},
};

/// How long further refusals are added up before they are stored.
const ADDED_UP: Duration = Duration::from_secs(1);

/// How often it is tried to tell what could not be told yet.
const AGAIN: Duration = Duration::from_secs(15);

/// The setting with what is known of each webhook that refused deliveries.
const KNOWN: &str = "refusedDeliveries";

/// What is known of one webhook.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Known {
    /// What was refused until then is dealt with.
    settled_at: Option<Timestamp>,
    /// When the person was told last.
    told_at: Option<Timestamp>,
}

/// A webhook that refuses deliveries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusing {
    pub(crate) webhook: WebhookId,
    pub(crate) name: String,
    /// Why the last one was refused.
    pub(crate) reason: String,
    /// When.
    pub(crate) last_at: Timestamp,
    /// Whether the person was told.
    told: bool,
}

/// Stores what was refused, and tells of it, until the engine is stopped.
pub(crate) async fn watch(inner: Arc<Inner>) {
    let watching = async {
        let mut untold = true;
        loop {
            let again = async {
                match untold {
                    true => tokio::time::sleep(AGAIN).await,
                    false => std::future::pending().await,
                }
            };
            tokio::select! {
                () = inner.refusals.added.notified() => {}
                () = again => {}
            }
            untold = inner.tell_refused().await.unwrap_or_else(|error| {
                tracing::warn!(%error, "refusals could not be counted");
                true
            });
            tokio::time::sleep(ADDED_UP).await;
        }
    };
    inner.unless_stopped(watching).await;
}

impl Inner {
    /// Stores what was refused and tells the person; says whether somebody is still to be told.
    async fn tell_refused(&self) -> Result<bool, StoreError> {
        for (webhook, at) in self.refusals.take_accepted() {
            self.settle_refusals(&webhook, at).await?;
        }
        self.store.add_refusals(self.refusals.take()).await?;
        self.look_at_refusals().await?;
        let untold: Vec<_> = self.conditions.borrow().refusing.iter().filter(|one| !one.told).cloned().collect();
        // A command that serves one webhook has nobody to tell but its own terminal.
        if untold.is_empty() || self.options.only.is_some() {
            return Ok(false);
        }
        if !self.notifications.may_show() {
            return Ok(true);
        }
        for one in untold {
            let notification = self.notification_of(&one).await?;
            if self.notifications.show(notification).await.is_err() {
                return Ok(true);
            }
            let now = self.clock.now();
            self.know(&one.webhook, move |known| known.told_at = Some(now)).await?;
        }
        self.look_at_refusals().await?;
        Ok(false)
    }

    async fn notification_of(&self, refusing: &Refusing) -> Result<Notification, StoreError> {
        let link = self.store.apple_webhook(&refusing.webhook).await?;
        let route = match link.and_then(|link| link.account.map(|account| (account, link.app))) {
            Some((account, app)) => format!("#/webhooks/{}/{}", segment(account.as_str()), segment(app.as_str())),
            None => format!("#/webhooks/{}", segment(refusing.webhook.as_str())),
        };
        Ok(Notification {
            title: cut("Deliveries are refused", MAX_TITLE_CHARS),
            body: cut(&format!("{}: {}", refusing.name, refusing.reason), MAX_BODY_CHARS),
            route,
            importance: Importance::NeedsYou,
            sound: sound(Importance::NeedsYou, self.settings.borrow().sound),
            demo: false,
            image: None,
            tag: Some(format!("refused-{}", refusing.webhook)),
        })
    }

    /// Takes over which webhooks refuse deliveries.
    pub(crate) async fn look_at_refusals(&self) -> Result<(), StoreError> {
        let refusing = self.refusing().await?;
        self.change(|conditions| conditions.refusing = refusing);
        Ok(())
    }

    /// The webhooks that refused something since they accepted a delivery.
    pub(crate) async fn refusing(&self) -> Result<Vec<Refusing>, StoreError> {
        let refusals = self.store.refusals().await?;
        if refusals.is_empty() {
            return Ok(Vec::new());
        }
        let known = self.store.setting::<BTreeMap<String, Known>>(KNOWN).await?.unwrap_or_default();
        let mut refusing = Vec::new();
        for webhook in self.store.webhooks().await? {
            let newest = refusals.iter().filter(|one| one.webhook == webhook.id).max_by_key(|one| one.last_at);
            let Some(newest) = newest else { continue };
            let known = known.get(webhook.id.as_str()).copied().unwrap_or_default();
            let since = known.settled_at.max(self.store.last_delivery(&webhook.id).await?);
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

    /// What a webhook has refused until then is dealt with.
    pub(crate) async fn settle_refusals(&self, webhook: &WebhookId, at: Timestamp) -> Result<(), StoreError> {
        self.know(webhook, move |known| known.settled_at = Some(at)).await?;
        self.look_at_refusals().await
    }

    /// Whether a webhook refuses deliveries, as far as this process has seen.
    pub(crate) fn refuses(&self, webhook: &WebhookId) -> bool {
        self.conditions.borrow().refusing.iter().any(|one| one.webhook == *webhook)
    }

    async fn know(&self, webhook: &WebhookId, change: impl Fn(&mut Known) + Send + 'static) -> Result<(), StoreError> {
        let webhook = webhook.to_string();
        let change = move |known: Option<Value>| {
            let known = known.and_then(|known| serde_json::from_value::<BTreeMap<String, Known>>(known).ok());
            let mut known = known.unwrap_or_default();
            change(known.entry(webhook.clone()).or_default());
            serde_json::to_value(known)
        };
        let changed = self.store.change_setting(KNOWN, change).await?;
        changed.map(drop).map_err(|source| StoreError::Setting { key: KNOWN.to_owned(), source: Arc::new(source) })
    }
}
