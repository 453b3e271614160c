//! From a verified delivery to a stored event; the listener answers 200 when this returns.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use hookbell_core::{Delivery, SignatureError, Verified, WebhookId};
use hookbell_ingress::listener::{Credentials, Receive, Unavailable};
use hookbell_store::{Refusal, StoreError};
use jiff::Timestamp;

use crate::{engine::Inner, refusing};

impl Receive for Inner {
    async fn webhook(&self, token: &str) -> Option<Credentials> {
        self.registry.credentials(token, self.clock.now()).await
    }

    async fn receive(&self, delivery: Verified<Delivery>) -> Result<(), Unavailable> {
        let delivery = delivery.into_inner();
        let settled =
            refusing::refuses(self, &delivery.webhook).then(|| (delivery.webhook.clone(), delivery.received_at));
        let kept = self.store.keep(delivery).await;
        match kept {
            Ok(()) => {
                self.store_works();
                if let Some((webhook, at)) = settled {
                    self.refusals.accept(webhook, at);
                }
                Ok(())
            }
            Err(StoreError::Busy) => Err(Unavailable::Busy),
            Err(error) => {
                tracing::error!(%error, "an event could not be stored");
                self.store_fails(&error);
                Err(Unavailable::CannotStore)
            }
        }
    }

    fn refused(&self, webhook: &WebhookId, why: SignatureError) {
        tracing::warn!(%webhook, %why, "a request was refused");
        self.refusals.add(webhook, why, self.clock.now());
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// Refusals that wait to be counted in the store.
///
/// They are added up in memory and written about once a second, so that a flood of unsigned requests
/// can't keep the store's writer busy.
#[derive(Debug, Default)]
pub(crate) struct Refusals {
    waiting: Mutex<HashMap<(WebhookId, SignatureError), (u64, Timestamp)>>,
    /// The webhooks that refused something and accepted a delivery since, and when.
    accepted: Mutex<HashMap<WebhookId, Timestamp>>,
    /// There is something to take.
    pub(crate) added: tokio::sync::Notify,
}

impl Refusals {
    fn add(&self, webhook: &WebhookId, why: SignatureError, at: Timestamp) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = waiting.entry((webhook.clone(), why)).or_insert((0, at));
        *entry = (entry.0 + 1, at);
        self.added.notify_one();
    }

    fn accept(&self, webhook: WebhookId, at: Timestamp) {
        self.accepted.lock().unwrap_or_else(PoisonError::into_inner).insert(webhook, at);
        self.added.notify_one();
    }

    pub(crate) fn take_accepted(&self) -> HashMap<WebhookId, Timestamp> {
        std::mem::take(&mut *self.accepted.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn take(&self) -> Vec<Refusal> {
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        let row = |((webhook, why), (count, last_at)): ((WebhookId, SignatureError), _)| Refusal {
            webhook,
            reason: why.to_string(),
            count,
            last_at,
        };
        waiting.into_iter().map(row).collect()
    }
}
