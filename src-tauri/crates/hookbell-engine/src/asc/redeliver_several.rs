//! Redelivery of several: everything that failed, or a selection, one at a time, oldest first.
//!
//! Each is followed until its outcome is known. Only an arrival counts.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use hookbell_core::DeliveryId;
use tokio_util::sync::CancellationToken;

use super::{
    AscWebhooks, asc_id,
    attempts::{created, is_open},
    follow_redeliveries::{Follow, Sent},
    redeliver::{again, newest_of},
    redelivery_course::Course,
};
use crate::{
    account::Access,
    api::{
        ApiError, Delivery, DeliveryState, ErrorCode, RedeliverChosenRequest, RedeliverFailedRequest,
        RedeliveryOutcome, RedeliveryProgress,
    },
};

/// How many can be selected.
const MAX_CHOSEN_DELIVERIES: usize = 2_000;

/// The running redelivery of several, if any.
#[derive(Debug, Default)]
pub(crate) struct Redelivering(Mutex<Option<CancellationToken>>);

impl Redelivering {
    fn begin(&self, within: &CancellationToken) -> Result<Turn<'_>, ApiError> {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if running.is_some() {
            return Err(ApiError::new(ErrorCode::Busy, "a redelivery is already running", "wait for it, or stop it"));
        }
        let stop = within.child_token();
        *running = Some(stop.clone());
        Ok(Turn { of: self, stop })
    }

    fn stop(&self) {
        if let Some(stop) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            stop.cancel();
        }
    }
}

/// The right to run the only redelivery; released when dropped.
struct Turn<'a> {
    of: &'a Redelivering,
    stop: CancellationToken,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *self.of.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// A delivery to redeliver, on behalf of one or more selected ones.
struct Wanted {
    newest: Delivery,
    chosen: Vec<String>,
}

impl AscWebhooks {
    /// Redelivers every event whose newest delivery failed and that didn't arrive otherwise, one at a time, oldest
    /// first, and follows each until it is known whether it arrived. Pushes progress;
    /// [`AscWebhooks::stop_redelivery`] stops it.
    ///
    /// # Errors
    /// [`ErrorCode::Busy`] if it is already running; an App Store Connect refusal before the first one. Later
    /// refusals are in the reply.
    pub async fn redeliver_failed(&self, request: RedeliverFailedRequest) -> Result<RedeliveryProgress, ApiError> {
        let turn = self.redelivering.begin(&self.context.stop)?;
        let access = match request.webhook.as_deref() {
            Some(id) => self.access_to(request.account.as_deref(), &asc_id(id)?).await?,
            None => self.accounts.access(request.account.as_deref()).await?,
        };
        let (log, troubles) = self.log(&access, request.webhook.as_deref(), None).await?;
        let failed = log.into_iter().filter(is_open);
        let wanted = failed.map(|newest| Wanted { chosen: vec![newest.id.clone()], newest }).collect();
        self.redeliver_each(&turn, &access, wanted, troubles.into_iter().next()).await
    }

    /// Redelivers the events of these deliveries, each once, in the same way.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] for more than 2000, [`ErrorCode::Busy`] if it is already running; an App Store
    /// Connect refusal before the first one. Later refusals are in the reply.
    pub async fn redeliver_chosen(&self, request: RedeliverChosenRequest) -> Result<RedeliveryProgress, ApiError> {
        let RedeliverChosenRequest { account, deliveries } = request;
        if deliveries.len() > MAX_CHOSEN_DELIVERIES {
            let message = format!("{} deliveries are too many at once", deliveries.len());
            return Err(ApiError::field("deliveries", message, format!("choose at most {MAX_CHOSEN_DELIVERIES}")));
        }
        let turn = self.redelivering.begin(&self.context.stop)?;
        let access = self.accounts.access(account.as_deref()).await?;
        let webhooks: BTreeSet<&str> = deliveries.iter().map(|one| one.webhook.as_str()).collect();
        let mut log = Vec::new();
        for webhook in webhooks {
            log.extend(self.log(&access, Some(webhook), None).await?.0);
        }
        let mut wanted: Vec<Wanted> = Vec::new();
        for id in deliveries.into_iter().map(|one| one.delivery) {
            let newest = newest_of(&log, &id).ok_or_else(|| ApiError::not_found("delivery"))?;
            match wanted.iter_mut().find(|one| one.newest.id == newest.id) {
                Some(same) => same.chosen.push(id),
                None => wanted.push(Wanted { newest: newest.clone(), chosen: vec![id] }),
            }
        }
        self.redeliver_each(&turn, &access, wanted, None).await
    }

    async fn redeliver_each(
        &self,
        turn: &Turn<'_>,
        access: &Access,
        mut wanted: Vec<Wanted>,
        trouble: Option<ApiError>,
    ) -> Result<RedeliveryProgress, ApiError> {
        // The log is newest first; redeliver in the order in which things happened.
        wanted.reverse();
        wanted.sort_by_cached_key(|one| created(&one.newest));
        let mut course = Course::new(wanted.len(), trouble);
        self.push_progress(&mut course).await;
        let mut follow = Follow::new(self, access);
        for Wanted { newest, chosen } in wanted {
            let Ok(id) = DeliveryId::new(newest.id.as_str()) else { continue };
            // Wait for the one in flight, so that the counts are right.
            if turn.stop.is_cancelled() {
                course.progress.stopped = true;
                break;
            }
            match again_unless_pending(access, &newest, &id).await {
                Ok(id) => {
                    course.note(&chosen, RedeliveryOutcome::Accepted, None);
                    follow.add(Sent { id, chosen, webhook: newest.webhook, event: newest.event });
                    follow.check_here(&mut course).await?;
                }
                Err(error) => {
                    course.progress.stopped = stops_all(error.code);
                    course.note(&chosen, RedeliveryOutcome::Refused, Some(error));
                }
            }
            self.push_progress(&mut course).await;
            if course.progress.stopped {
                break;
            }
        }
        follow.until_known(&mut course, &turn.stop).await?;
        course.progress.done = true;
        self.push_progress(&mut course).await;
        Ok(course.outcome())
    }

    /// Stops the redelivery of several, if it is running. App Store Connect still sends what it has agreed to send.
    ///
    /// # Errors
    /// None; every command has this signature.
    pub async fn stop_redelivery(&self) -> Result<(), ApiError> {
        self.redelivering.stop();
        Ok(())
    }
}

/// Whether the remaining ones would be refused for the same reason.
fn stops_all(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::RateLimited | ErrorCode::KeyRefused | ErrorCode::AgreementMissing)
}

async fn again_unless_pending(access: &Access, newest: &Delivery, id: &DeliveryId) -> Result<DeliveryId, ApiError> {
    if newest.state == DeliveryState::Pending {
        let message = "App Store Connect is still sending this event";
        return Err(ApiError::new(ErrorCode::Busy, message, "wait for its result"));
    }
    again(access, id).await
}
