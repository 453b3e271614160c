//! Counts rejected deliveries in the store.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use hookbell_core::{SignatureError, WebhookId};
use hookbell_store::{StoreError, StoredRefusal};
use jiff::Timestamp;

use super::Intake;
use crate::refusing;

/// Rejections that wait to be counted in the store.
///
/// They are added up in memory and written about once a second, so that a flood of unsigned requests can't keep the
/// store's writer busy.
#[derive(Debug, Default)]
pub(super) struct Refusals {
    waiting: Mutex<HashMap<(WebhookId, SignatureError), (u64, Timestamp)>>,
    /// The webhooks that rejected something and accepted a delivery since, and when.
    accepted: Mutex<HashMap<WebhookId, Timestamp>>,
    /// Signals that there is something to count.
    added: tokio::sync::Notify,
}

impl Refusals {
    pub(super) fn add(&self, webhook: &WebhookId, why: SignatureError, at: Timestamp) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = waiting.entry((webhook.clone(), why)).or_insert((0, at));
        *entry = (entry.0 + 1, at);
        self.added.notify_one();
    }

    pub(super) fn accept(&self, webhook: WebhookId, at: Timestamp) {
        self.accepted.lock().unwrap_or_else(PoisonError::into_inner).insert(webhook, at);
        self.added.notify_one();
    }

    fn take_accepted(&self) -> HashMap<WebhookId, Timestamp> {
        std::mem::take(&mut *self.accepted.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn take(&self) -> Vec<StoredRefusal> {
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        let row = |((webhook, why), (count, last_at)): ((WebhookId, SignatureError), _)| StoredRefusal {
            webhook,
            reason: why.to_string(),
            count,
            last_at,
        };
        waiting.into_iter().map(row).collect()
    }
}

impl Intake {
    /// Waits until there are rejections to count.
    pub(crate) async fn refusal_added(&self) {
        self.refusals.added.notified().await;
    }

    /// Counts rejections, and settles those of webhooks that accepted a delivery since.
    pub(crate) async fn count_refusals(&self) -> Result<(), StoreError> {
        for (webhook, at) in self.refusals.take_accepted() {
            refusing::settle(&self.context, &webhook, at).await?;
        }
        self.store_refusals().await?;
        refusing::check(&self.context).await
    }

    /// Adds the rejections to the store's count.
    pub(crate) async fn store_refusals(&self) -> Result<(), StoreError> {
        self.context.store.add_refusals(self.refusals.take()).await
    }
}
