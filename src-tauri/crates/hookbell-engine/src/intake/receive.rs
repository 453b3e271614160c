//! Stores the event of a verified delivery; the listener answers 200 when this returns.

use hookbell_core::{ReceivedDelivery, SignatureError, Verified, WebhookId};
use hookbell_ingress::listener::{Credentials, Receive, Unavailable};
use hookbell_store::StoreError;
use jiff::Timestamp;

use super::Intake;
use crate::refusing;

impl Receive for Intake {
    async fn webhook(&self, token: &str) -> Option<Credentials> {
        self.registry.credentials(token, self.context.clock.now()).await
    }

    async fn receive(&self, delivery: Verified<ReceivedDelivery>) -> Result<(), Unavailable> {
        let delivery = delivery.into_inner();
        let settled = refusing::refuses(&self.context, &delivery.webhook)
            .then(|| (delivery.webhook.clone(), delivery.received_at));
        let kept = self.context.store.keep_delivery(delivery).await;
        match kept {
            Ok(()) => {
                self.context.store_works();
                if let Some((webhook, at)) = settled {
                    self.refusals.accept(webhook, at);
                }
                Ok(())
            }
            Err(StoreError::Busy) => Err(Unavailable::Busy),
            Err(error) => {
                tracing::error!(%error, "an event could not be stored");
                self.context.store_fails(&error);
                Err(Unavailable::CannotStore)
            }
        }
    }

    fn refused(&self, webhook: &WebhookId, why: SignatureError) {
        tracing::warn!(%webhook, %why, "a request was rejected");
        self.refusals.add(webhook, why, self.context.clock.now());
    }

    fn now(&self) -> Timestamp {
        self.context.clock.now()
    }
}
