//! Follows a ping from App Store Connect to here.
//!
//! The arrival is read from the store, so any process may be listening. If the ping didn't arrive, App Store
//! Connect's own log of the delivery explains why.

use std::{collections::HashSet, time::Duration};

use hookbell_asc::Client;
use hookbell_core::{DeliveryId, EventType, WebhookId};
use hookbell_store::StoredEvent;
use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use super::{
    AscWebhooks, asc_id,
    deliveries::{Source, read_again_after, recent},
};
use crate::{
    account::explain,
    api::{ApiError, AppWebhookRequest, Delivery, DeliveryState, PingOutcome, PingReply},
};

/// How long a ping is followed. Most take a second; a receiver may hold one for half a minute.
const FOLLOW_FOR: Duration = Duration::from_secs(40);

/// How much further back the log is read, because Apple's clock and ours may differ.
const CLOCK_MARGIN: SignedDuration = SignedDuration::from_mins(10);

/// How many events are read at once.
const MAX_EVENTS_PER_READ: u32 = 200;

impl AscWebhooks {
    /// Has App Store Connect send a ping, and follows it until the outcome is known.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`], or an App Store Connect or keychain error. A ping that was sent and
    /// didn't arrive is a reply, not an error.
    pub async fn ping(&self, request: AppWebhookRequest) -> Result<PingReply, ApiError> {
        let id = asc_id(&request.id)?;
        let access = self.access_to(request.account.as_deref(), &id).await?;
        let source = self.source(&access, &id).await?;
        if source.asc.enabled == Some(false) {
            return Ok(PingReply {
                headline: "This webhook is disabled, so no ping was sent.".to_owned(),
                hint: "Enable it, then test it again.".to_owned(),
                ..reply(PingOutcome::Disabled)
            });
        }
        let begun = self.context.clock.now();
        let since = begun.saturating_sub(CLOCK_MARGIN).unwrap_or(begun);
        let before = recent(&access.client, &id, Some(since)).await?;
        let mut follow = Follow {
            webhooks: self,
            client: &access.client,
            source: &source,
            here: source.own.as_ref().is_some_and(|own| own.is_at(source.asc.url.as_deref().unwrap_or_default())),
            seen: self.context.store.last_seq().await?,
            known: before.into_iter().map(|delivery| delivery.id).collect(),
            begun,
            since,
        };
        access.client.pings().send(&id).await.map_err(explain)?;
        follow.until_known().await
    }
}

/// A ping in progress.
struct Follow<'a> {
    webhooks: &'a AscWebhooks,
    client: &'a Client,
    source: &'a Source,
    /// Whether it should arrive here.
    here: bool,
    /// The last event checked.
    seen: i64,
    /// Deliveries that the log already had.
    known: HashSet<DeliveryId>,
    begun: Timestamp,
    since: Timestamp,
}

impl Follow<'_> {
    async fn until_known(&mut self) -> Result<PingReply, ApiError> {
        let deadline = Instant::now() + FOLLOW_FOR;
        let mut changes = self.webhooks.context.store.changes();
        let (mut reads, mut next_read, mut last) = (0, Instant::now() + read_again_after(0), None);
        loop {
            changes.mark_unchanged();
            if let Some(event) = self.arrived().await? {
                return Ok(self.arrived_reply(&event));
            }
            if Instant::now() >= next_read {
                // A log that can't be read now is read again; the ping itself was accepted.
                last = self.record().await.unwrap_or(last);
                if let Some(delivery) = last.clone().filter(|delivery| delivery.state != DeliveryState::Pending) {
                    // It may have been stored since the check above.
                    return Ok(match self.arrived().await? {
                        Some(event) => self.arrived_reply(&event),
                        None => self.ended(delivery),
                    });
                }
                reads += 1;
                next_read = Instant::now() + read_again_after(reads);
            }
            if Instant::now() >= deadline {
                return Ok(nothing_known(last));
            }
            tokio::select! {
                _ = changes.changed() => {}
                () = tokio::time::sleep_until(next_read.min(deadline)) => {}
            }
        }
    }

    /// The first ping that arrived through this webhook since we asked.
    async fn arrived(&mut self) -> Result<Option<StoredEvent>, ApiError> {
        let Some(own) = self.source.own.as_ref() else { return Ok(None) };
        let is_ours = |event: &StoredEvent, webhook: &WebhookId| {
            event.webhook == *webhook && event.type_name.as_deref() == Some(EventType::WebhookPingCreated.wire_name())
        };
        loop {
            let events = self.webhooks.context.store.after(self.seen, MAX_EVENTS_PER_READ).await?;
            let Some(last) = events.last() else { return Ok(None) };
            self.seen = last.seq;
            if let Some(event) = events.into_iter().find(|event| is_ours(event, &own.row.id)) {
                return Ok(Some(event));
            }
        }
    }

    /// App Store Connect's record of it: a ping that wasn't in the log before.
    async fn record(&self) -> Result<Option<Delivery>, ApiError> {
        let log = recent(self.client, &self.source.asc.id, Some(self.since)).await?;
        let is_ping = |delivery: &hookbell_asc::api::deliveries::AscDelivery| {
            let event = delivery.event.as_ref().and_then(|event| event.included.as_deref());
            event.and_then(|event| event.ping).unwrap_or_default()
        };
        let new = log.into_iter().filter(|delivery| !self.known.contains(&delivery.id) && is_ping(delivery));
        match new.min_by_key(|delivery| delivery.created_date) {
            Some(delivery) => Ok(Some(self.webhooks.delivery(self.source, delivery).await?)),
            None => Ok(None),
        }
    }

    fn arrived_reply(&self, event: &StoredEvent) -> PingReply {
        let milliseconds = milliseconds(event.received_at.duration_since(self.begun));
        PingReply {
            milliseconds: Some(milliseconds),
            seq: Some(event.seq),
            headline: format!("Ping arrived in {milliseconds} ms, signature verified."),
            ..reply(PingOutcome::Arrived)
        }
    }

    fn ended(&self, delivery: Delivery) -> PingReply {
        let took = milliseconds(self.webhooks.context.clock.now().duration_since(self.begun));
        let (outcome, headline, hint) = match delivery.state {
            DeliveryState::Succeeded if self.here => (
                PingOutcome::WentElsewhere,
                "The ping was accepted at the payload URL, but didn’t arrive here.".to_owned(),
                "Another program, or another Hookbell, responds there. Repoint the webhook.".to_owned(),
            ),
            DeliveryState::Succeeded => {
                let status = delivery.status.map(|status| format!(" {status}")).unwrap_or_default();
                (PingOutcome::Answered, format!("The server replied{status}."), String::new())
            }
            _ => (PingOutcome::Failed, delivery.means.clone(), delivery.hint.clone()),
        };
        PingReply { milliseconds: Some(took), headline, hint, delivery: Some(delivery), ..reply(outcome) }
    }
}

fn nothing_known(delivery: Option<Delivery>) -> PingReply {
    PingReply {
        headline: format!(
            "App Store Connect accepted the ping, but didn’t report the result within {} s.",
            FOLLOW_FOR.as_secs()
        ),
        hint: "Check the webhook’s deliveries in a few minutes.".to_owned(),
        delivery,
        ..reply(PingOutcome::Unknown)
    }
}

fn reply(outcome: PingOutcome) -> PingReply {
    PingReply { outcome, milliseconds: None, seq: None, headline: String::new(), hint: String::new(), delivery: None }
}

fn milliseconds(duration: SignedDuration) -> u32 {
    u32::try_from(duration.as_millis().max(0)).unwrap_or(u32::MAX)
}
