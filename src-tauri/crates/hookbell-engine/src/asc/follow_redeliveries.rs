//! Follows redeliveries until each has arrived or failed again.
//!
//! An arrival here is read from the store, so any process may be listening, and everything in the store had a valid
//! signature. All other outcomes are read from App Store Connect's log.

use std::{collections::BTreeSet, time::Duration};

use hookbell_asc::api::deliveries::AscDelivery;
use hookbell_core::{AscWebhookId, DeliveryId, EventId};
use hookbell_store::{Source, StoredEvent};
use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{
    AscWebhooks, asc_id,
    deliveries::{explanation, is_here, read_again_after, recent, state},
    explain_delivery::Explanation,
    redelivery_course::Course,
};
use crate::{
    account::Access,
    api::{ApiError, DeliveryState, ErrorCode, RedeliveryOutcome},
    ours,
};

/// How long we wait after the last one. Most take a second; a receiver may hold one for half a minute.
const FOLLOW_FOR: Duration = Duration::from_secs(40);

/// How much further back the log is read, because Apple's clock and ours may differ.
const CLOCK_MARGIN: SignedDuration = SignedDuration::from_mins(10);

/// A redelivery that App Store Connect has agreed to send.
pub(super) struct Sent {
    pub(super) id: DeliveryId,
    /// The chosen deliveries that it covers.
    pub(super) chosen: Vec<String>,
    pub(super) webhook: String,
    pub(super) event: Option<String>,
}

/// Redeliveries in progress.
pub(super) struct Follow<'a> {
    webhooks: &'a AscWebhooks,
    access: &'a Access,
    since: Timestamp,
    open: Vec<Sent>,
}

impl<'a> Follow<'a> {
    pub(super) fn new(webhooks: &'a AscWebhooks, access: &'a Access) -> Self {
        let now = webhooks.context.clock.now();
        Self { webhooks, access, since: now.saturating_sub(CLOCK_MARGIN).unwrap_or(now), open: Vec::new() }
    }

    pub(super) fn add(&mut self, sent: Sent) {
        self.open.push(sent);
    }

    /// Settles those that arrived here.
    pub(super) async fn check_here(&mut self, course: &mut Course) -> Result<(), ApiError> {
        let mut open = Vec::with_capacity(self.open.len());
        for sent in self.open.drain(..) {
            match has_arrived(self.webhooks, sent.event.as_deref()).await? {
                true => course.note(&sent.chosen, RedeliveryOutcome::Arrived, None),
                false => open.push(sent),
            }
        }
        self.open = open;
        Ok(())
    }

    /// Waits until every outcome is known, or time runs out.
    pub(super) async fn until_known(&mut self, course: &mut Course, stop: &CancellationToken) -> Result<(), ApiError> {
        let deadline = Instant::now() + FOLLOW_FOR;
        let mut changes = self.webhooks.context.store.changes();
        let (mut reads, mut next_read) = (0, Instant::now() + read_again_after(0));
        while !self.open.is_empty() && Instant::now() < deadline && !stop.is_cancelled() {
            changes.mark_unchanged();
            let before = self.open.len();
            self.check_here(course).await?;
            if Instant::now() >= next_read {
                self.check_log(course).await?;
                reads += 1;
                next_read = Instant::now() + read_again_after(reads);
            }
            if self.open.len() < before {
                self.webhooks.push_progress(course).await;
                continue;
            }
            tokio::select! {
                _ = changes.changed() => {}
                () = tokio::time::sleep_until(next_read.min(deadline)) => {}
                () = stop.cancelled() => {}
            }
        }
        Ok(())
    }

    /// Settles those whose outcome is in the log. A log that can't be read now is read again.
    async fn check_log(&mut self, course: &mut Course) -> Result<(), ApiError> {
        let webhooks: BTreeSet<String> = self.open.iter().map(|sent| sent.webhook.clone()).collect();
        for webhook in webhooks {
            let id = asc_id(&webhook)?;
            match recent(&self.access.client, &id, Some(self.since)).await {
                Ok(log) => self.compare(&id, &log, course).await?,
                Err(error) => tracing::info!(%error, webhook, "the log of deliveries is read again later"),
            }
        }
        Ok(())
    }

    async fn compare(
        &mut self,
        webhook: &AscWebhookId,
        log: &[AscDelivery],
        course: &mut Course,
    ) -> Result<(), ApiError> {
        let own = ours::find(&self.webhooks.context.store, webhook).await?;
        let mut open = Vec::with_capacity(self.open.len());
        for sent in self.open.drain(..) {
            let ended = |logged: &&AscDelivery| logged.id == sent.id && state(logged) != DeliveryState::Pending;
            let Some(logged) = log.iter().find(ended) else {
                open.push(sent);
                continue;
            };
            let here = is_here(logged, own.as_ref());
            let trouble = match state(logged) {
                // It may have been stored since the check here.
                DeliveryState::Succeeded if here && stored(self.webhooks, sent.event.as_deref()).await?.is_none() => {
                    Some(elsewhere())
                }
                DeliveryState::Succeeded => None,
                _ => {
                    let Explanation { means, hint } = explanation(logged, own.as_ref());
                    Some(ApiError::new(ErrorCode::AppleRefused, means, hint))
                }
            };
            match trouble {
                None => course.note(&sent.chosen, RedeliveryOutcome::Arrived, None),
                Some(trouble) => course.note(&sent.chosen, RedeliveryOutcome::Failed, Some(trouble)),
            }
        }
        self.open = open;
        Ok(())
    }
}

async fn stored(webhooks: &AscWebhooks, event: Option<&str>) -> Result<Option<StoredEvent>, ApiError> {
    let Some(Ok(event)) = event.map(EventId::new) else { return Ok(None) };
    Ok(webhooks.context.store.find(&event).await?)
}

/// Whether an event arrived with a valid signature. One that was only read from the log doesn't prove that the route
/// works.
async fn has_arrived(webhooks: &AscWebhooks, event: Option<&str>) -> Result<bool, ApiError> {
    Ok(stored(webhooks, event).await?.is_some_and(|event| event.source != Source::Fetched))
}

fn elsewhere() -> ApiError {
    ApiError::new(
        ErrorCode::AppleRefused,
        "The payload URL accepted it, but it didn’t arrive here",
        "another program, or another Hookbell, responds there; repoint the webhook",
    )
}
