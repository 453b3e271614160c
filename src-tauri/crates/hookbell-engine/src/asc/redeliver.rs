//! Redelivery: asking App Store Connect to send a delivery again.
//!
//! A delivery can be redelivered once. Afterwards only the newest attempt of its event can be (Apple's help page on
//! webhooks). So whichever attempt is named, we redeliver the newest one. Only an arrival counts: App Store Connect's
//! agreement says nothing about the secret or the route to here.

use hookbell_core::DeliveryId;

use super::AscWebhooks;
use crate::{
    account::{Access, explain, is_unsettled},
    api::{ApiError, Delivery, ErrorCode, RedeliverReply, RedeliverRequest},
};

impl AscWebhooks {
    /// Has an event sent again, by this delivery or by the newest attempt of the same event. The redelivery is a
    /// delivery with its own id.
    ///
    /// # Errors
    /// App Store Connect's refusal; now and then it refuses without a reason and accepts the same request later.
    pub async fn redeliver(&self, request: RedeliverRequest) -> Result<RedeliverReply, ApiError> {
        let id = DeliveryId::new(request.delivery.trim()).map_err(|_| ApiError::not_found("delivery"))?;
        let webhook = request.webhook.as_deref();
        let access = match webhook {
            Some(webhook) => self.access_to(request.account.as_deref(), &super::asc_id(webhook)?).await?,
            None => self.accounts.access(request.account.as_deref()).await?,
        };
        let newest = match webhook {
            Some(_) => self.newest_attempt(&access, webhook, &id).await?.unwrap_or_else(|| id.clone()),
            None => id.clone(),
        };
        let sent = match again(&access, &newest).await {
            // If the webhook is unknown, the log of all webhooks shows what else can be redelivered.
            Err(error) if error.code == ErrorCode::AppleRefused && webhook.is_none() => {
                match self.newest_attempt(&access, None, &id).await? {
                    Some(newest) if newest != id => again(&access, &newest).await?,
                    _ => return Err(error),
                }
            }
            outcome => outcome?,
        };
        Ok(RedeliverReply { delivery: sent.to_string() })
    }
}

/// Asks only once, because asking twice would make two deliveries.
pub(super) async fn again(access: &Access, id: &DeliveryId) -> Result<DeliveryId, ApiError> {
    let asked = access.client.deliveries().redeliver(id).await;
    asked.map(|delivery| delivery.id).map_err(|error| match error.status() {
        Some(500..) => explain(error).saying(
            "App Store Connect rejected the redelivery without a reason, as it occasionally does; the delivery stays \
             in the log",
        ),
        _ if is_unsettled(&error) => super::unsettled(
            &error,
            "App Store Connect may or may not be redelivering it.",
            "check the deliveries before you try again",
        ),
        _ => explain(error),
    })
}

impl AscWebhooks {
    /// The newest attempt of the delivery's event; `None` if the log doesn't have it.
    async fn newest_attempt(
        &self,
        access: &Access,
        webhook: Option<&str>,
        id: &DeliveryId,
    ) -> Result<Option<DeliveryId>, ApiError> {
        let (log, _) = self.log(access, webhook, None).await?;
        Ok(newest_of(&log, id.as_str()).and_then(|newest| DeliveryId::new(newest.id.as_str()).ok()))
    }
}

/// The newest attempt in a log of the delivery's event.
pub(super) fn newest_of<'a>(log: &'a [Delivery], id: &str) -> Option<&'a Delivery> {
    let named = log.iter().find(|delivery| delivery.id == id)?;
    let same_event = |other: &&Delivery| {
        other.latest && named.event.is_some() && other.event == named.event && other.webhook == named.webhook
    };
    Some(log.iter().find(same_event).unwrap_or(named))
}
