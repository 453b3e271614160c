//! Redelivery: asking App Store Connect to send again one delivery, or every one that failed.
//!
//! A delivery can be sent again once. Afterwards only the newest attempt of its event can (Apple's help page on
//! webhooks). So whichever attempt is named, the newest one is sent again. Only an arrival counts: that App Store
//! Connect agrees to send says nothing about the secret or the route to here.

use std::sync::{Mutex, PoisonError};

use hookbell_core::DeliveryId;
use tokio_util::sync::CancellationToken;

use super::{
    AscWebhooks,
    attempts::is_open,
    follow_redeliveries::{Follow, Sent},
};
use crate::{
    account::{Access, explain, is_unsettled},
    api::{
        ApiError, Delivery, ErrorCode, Push, RedeliverFailedRequest, RedeliverReply, RedeliverRequest,
        RedeliveryProgress,
    },
};

/// The redelivery of everything that failed, while it runs.
#[derive(Debug, Default)]
pub(crate) struct Redelivering(Mutex<Option<CancellationToken>>);

impl Redelivering {
    fn begin(&self, within: &CancellationToken) -> Option<Turn<'_>> {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if running.is_some() {
            return None;
        }
        let stop = within.child_token();
        *running = Some(stop.clone());
        Some(Turn { of: self, stop })
    }

    fn stop(&self) {
        if let Some(stop) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            stop.cancel();
        }
    }
}

/// The one redelivery that may run; over when it is dropped.
struct Turn<'a> {
    of: &'a Redelivering,
    stop: CancellationToken,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *self.of.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl AscWebhooks {
    /// Has an event sent again: by this delivery, or by the newest attempt of the same event. What becomes of it is
    /// a delivery of its own.
    ///
    /// # Errors
    /// What App Store Connect refuses; now and then it does so without a reason, and takes the same later.
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
            // Without its webhook, the log of all of them says what else there is to send.
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

    /// Has every event whose newest delivery failed, and which did not arrive otherwise, sent again, one after the
    /// other from the oldest on, and follows each until it is known whether it arrived. Progress is pushed;
    /// [`AscWebhooks::stop_redelivery`] ends it.
    ///
    /// # Errors
    /// [`ErrorCode::Busy`] if it is running already; what App Store Connect refuses before the first one. What it
    /// refuses later is in the reply.
    pub async fn redeliver_failed(&self, request: RedeliverFailedRequest) -> Result<RedeliveryProgress, ApiError> {
        let turn = self.redelivering.begin(&self.context.stop).ok_or_else(|| {
            ApiError::new(ErrorCode::Busy, "failed deliveries are being sent again already", "wait for it, or stop it")
        })?;
        let access = match request.webhook.as_deref() {
            Some(id) => self.access_to(request.account.as_deref(), &super::asc_id(id)?).await?,
            None => self.accounts.access(request.account.as_deref()).await?,
        };
        let (log, troubles) = self.log(&access, request.webhook.as_deref(), None).await?;
        // The log begins with the newest; what happened first is to arrive first.
        let failed: Vec<Delivery> = log.into_iter().filter(is_open).rev().collect();
        let mut progress = RedeliveryProgress {
            total: u32::try_from(failed.len()).unwrap_or(u32::MAX),
            trouble: troubles.into_iter().next(),
            ..RedeliveryProgress::default()
        };
        self.push_progress(&progress).await;
        let mut follow = Follow::new(self, &access);
        for delivery in failed {
            let Ok(id) = DeliveryId::new(delivery.id.as_str()) else { continue };
            // One that is under way is waited for, so that the numbers are true.
            if turn.stop.is_cancelled() {
                progress.stopped = true;
                break;
            }
            match again(&access, &id).await {
                Ok(id) => {
                    progress.accepted += 1;
                    follow.add(Sent { id, webhook: delivery.webhook, event: delivery.event });
                    follow.check_here(&mut progress).await?;
                }
                Err(error) => {
                    progress.refused += 1;
                    progress.stopped = stops_all(error.code);
                    progress.trouble = Some(error);
                }
            }
            self.push_progress(&progress).await;
            if progress.stopped {
                break;
            }
        }
        follow.until_known(&mut progress, &turn.stop).await?;
        progress.done = true;
        self.push_progress(&progress).await;
        Ok(progress)
    }

    /// Stops sending failed deliveries again, if that is under way. What App Store Connect has agreed to send, it
    /// sends.
    ///
    /// # Errors
    /// None; the shape is that of every command.
    pub async fn stop_redelivery(&self) -> Result<(), ApiError> {
        self.redelivering.stop();
        Ok(())
    }
}

/// Whether the others would be refused for the same reason.
fn stops_all(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::RateLimited | ErrorCode::KeyRefused | ErrorCode::AgreementMissing)
}

/// Asks once, as twice would make two deliveries.
async fn again(access: &Access, id: &DeliveryId) -> Result<DeliveryId, ApiError> {
    let asked = access.client.deliveries().redeliver(id).await;
    asked.map(|delivery| delivery.id).map_err(|error| match error.status() {
        Some(500..) => explain(error).saying(
            "App Store Connect refused to send it again and gave no reason, as it does now and then; the delivery \
             stays in the log",
        ),
        _ if is_unsettled(&error) => super::unsettled(
            &error,
            "App Store Connect may or may not be sending it again.",
            "look at the deliveries before trying another time",
        ),
        _ => explain(error),
    })
}

impl AscWebhooks {
    /// The newest attempt of the event that a delivery was an attempt of; `None` if the log does not have it.
    async fn newest_attempt(
        &self,
        access: &Access,
        webhook: Option<&str>,
        id: &DeliveryId,
    ) -> Result<Option<DeliveryId>, ApiError> {
        let (log, _) = self.log(access, webhook, None).await?;
        let Some(named) = log.iter().find(|delivery| delivery.id == id.as_str()) else { return Ok(None) };
        let same_event = |other: &&Delivery| {
            other.latest && named.event.is_some() && other.event == named.event && other.webhook == named.webhook
        };
        let newest = log.iter().find(same_event).unwrap_or(named);
        Ok(DeliveryId::new(newest.id.as_str()).ok())
    }

    pub(super) async fn push_progress(&self, progress: &RedeliveryProgress) {
        self.context.push(Push::Redelivery { progress: progress.clone() }).await;
    }
}
