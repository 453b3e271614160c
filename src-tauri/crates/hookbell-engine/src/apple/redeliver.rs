//! Asking App Store Connect to send again what did not arrive: one, or everything that failed.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use hookbell_core::DeliveryId;
use tokio_util::sync::CancellationToken;

use super::deliveries::is_open;
use crate::{
    Hookbell,
    account::{Access, explain, is_unsettled},
    api::{
        ApiError, DeliveryState, ErrorCode, Push, RedeliverFailedRequest, RedeliverReply, RedeliverRequest,
        RedeliveryProgress,
    },
    engine::Inner,
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

impl Hookbell {
    /// Has one delivery sent again. What becomes of it is a delivery of its own.
    ///
    /// # Errors
    /// What App Store Connect refuses; now and then it does so without a reason, and takes the same later.
    pub async fn redeliver(&self, request: RedeliverRequest) -> Result<RedeliverReply, ApiError> {
        let id = DeliveryId::new(request.delivery.trim()).map_err(|_| ApiError::not_found("delivery"))?;
        let access = self.inner.access(request.account.as_deref()).await?;
        Ok(RedeliverReply { delivery: again(&access, &id).await?.to_string() })
    }

    /// Has every event whose last delivery failed, and which did not arrive otherwise, sent again, one after the
    /// other. Progress is pushed; [`Hookbell::stop_redelivery`] ends it.
    ///
    /// # Errors
    /// [`ErrorCode::Busy`] if it is running already; what App Store Connect refuses before the first one. What it
    /// refuses later is in the reply.
    pub async fn redeliver_failed(&self, request: RedeliverFailedRequest) -> Result<RedeliveryProgress, ApiError> {
        let inner = &self.inner;
        let turn = inner.redelivering.begin(&inner.stop).ok_or_else(|| {
            ApiError::new(ErrorCode::Busy, "failed deliveries are being sent again already", "wait for it, or stop it")
        })?;
        let access = match request.webhook.as_deref() {
            Some(id) => inner.access_to(request.account.as_deref(), &super::apple_id(id)?).await?,
            None => inner.access(request.account.as_deref()).await?,
        };
        let (log, troubles) = inner.log(&access, request.webhook.as_deref(), None).await?;
        let mut events = HashSet::new();
        // The log begins with the newest, so the first of an event is its last attempt.
        let last_attempts = log
            .into_iter()
            .filter(|delivery| events.insert((delivery.webhook.clone(), delivery.event.clone())))
            .filter(|delivery| delivery.state == DeliveryState::Failed && is_open(delivery));
        let failed: Vec<_> = last_attempts.filter_map(|delivery| DeliveryId::new(delivery.id).ok()).collect();
        let mut progress = RedeliveryProgress {
            total: u32::try_from(failed.len()).unwrap_or(u32::MAX),
            trouble: troubles.into_iter().next(),
            ..RedeliveryProgress::default()
        };
        inner.tell(&progress).await;
        for id in failed {
            // One that is under way is waited for, so that the numbers are true.
            if turn.stop.is_cancelled() {
                progress.stopped = true;
                break;
            }
            match again(&access, &id).await {
                Ok(_) => progress.accepted += 1,
                Err(error) => {
                    progress.refused += 1;
                    // The others would be refused for the same reason.
                    progress.stopped = matches!(error.code, ErrorCode::RateLimited | ErrorCode::KeyRefused);
                    progress.trouble = Some(error);
                }
            }
            inner.tell(&progress).await;
            if progress.stopped {
                break;
            }
        }
        progress.done = true;
        inner.tell(&progress).await;
        Ok(progress)
    }

    /// Stops sending failed deliveries again, if that is under way. What App Store Connect has taken on it sends.
    ///
    /// # Errors
    /// None; the shape is that of every command.
    pub async fn stop_redelivery(&self) -> Result<(), ApiError> {
        self.inner.redelivering.stop();
        Ok(())
    }
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

impl Inner {
    async fn tell(&self, progress: &RedeliveryProgress) {
        self.push(Push::Redelivery { progress: progress.clone() }).await;
    }
}
