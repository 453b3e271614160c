//! Reads one webhook's log page by page: stores what is missing, and records what failed.

use futures_util::TryStreamExt;
use hookbell_asc::{
    Client,
    api::deliveries::{AscDelivery, DeliveryQuery, LOG_REACHES_BACK},
};
use hookbell_core::{Event, EventId, ReceivedDelivery, WebhookId};
use hookbell_store::{CaughtUp, FailedDelivery, NewEvent, Source};
use jiff::{SignedDuration, Timestamp};

use super::{Outcome, READ_OVERLAP};
use crate::{
    account::explain,
    api::ApiError,
    asc::{failure, is_pending},
    context::Context,
    ours::Ours,
};

/// How long we wait for a pending delivery to finish: until then, reads start at its date.
const PENDING_FOR: SignedDuration = SignedDuration::from_hours(24);

/// One read of one log.
pub(super) struct LogRead {
    now: Timestamp,
    own: Ours,
    since: Timestamp,
    /// What the last read recorded.
    row: CaughtUp,
    new_gap: Option<(Timestamp, Timestamp)>,
}

impl LogRead {
    /// A read that begins where the last one ended, or when the webhook was made.
    pub(super) fn new(now: Timestamp, own: &Ours, last: Option<CaughtUp>) -> Self {
        let row = last.unwrap_or_else(|| CaughtUp {
            webhook: own.row.id.clone(),
            seen_until: None,
            read_at: None,
            fetched: 0,
            gap: None,
            failures_since: None,
            trouble: None,
        });
        let reaches = reaches(now);
        let known_until = row.read_at.unwrap_or(own.row.created_at);
        let since = row.seen_until.unwrap_or(own.row.created_at);
        Self {
            new_gap: (known_until < reaches).then_some((known_until, reaches)),
            since: since.saturating_sub(READ_OVERLAP).unwrap_or(since),
            own: own.clone(),
            now,
            row,
        }
    }

    /// Reads the log to its end. If that fails halfway, what came so far is kept, and the next read begins where this
    /// one did.
    pub(super) async fn read(self, context: &Context, client: &Client) -> Outcome {
        match self.pages(context, client).await {
            Ok((fetched, decided)) => Outcome {
                row: CaughtUp {
                    seen_until: decided.max(self.row.seen_until),
                    read_at: Some(self.now),
                    fetched,
                    gap: self.new_gap.or(self.row.gap),
                    failures_since: self.row.failures_since.or(Some(self.since.max(reaches(self.now)))),
                    trouble: None,
                    ..self.row
                },
                new_gap: self.new_gap,
            },
            Err(error) => self.failed(error),
        }
    }

    /// Keeps the previous state and records the error.
    pub(super) fn failed(self, error: ApiError) -> Outcome {
        Outcome { row: CaughtUp { fetched: 0, trouble: serde_json::to_value(error).ok(), ..self.row }, new_gap: None }
    }

    /// The number of new events, and the date up to which the outcome of every delivery is known.
    async fn pages(&self, context: &Context, client: &Client) -> Result<(u32, Option<Timestamp>), ApiError> {
        let apple = self.own.link.apple.as_ref().ok_or_else(|| ApiError::not_found("webhook"))?;
        let query = DeliveryQuery { since: Some(self.since), ..DeliveryQuery::default() };
        let mut pages = std::pin::pin!(client.deliveries().of_webhook(apple, &query).pages());
        let (mut fetched, mut newest, mut pending) = (0, None, None::<Timestamp>);
        while let Some(page) = pages.try_next().await.map_err(explain)? {
            newest = page.data.iter().filter_map(|delivery| delivery.created_date).max().max(newest);
            let undecided = page.data.iter().filter(|delivery| is_pending(delivery));
            let undecided = undecided.filter_map(|delivery| delivery.created_date).filter(|at| *at > self.waited_for());
            pending = undecided.chain(pending).min();
            context.store.note_failures(self.failures(&page.data), self.now).await?;
            let missing = missing(context, &self.own.row.id, page.data, self.now).await?;
            let kept = context.store.keep_events(missing).await?;
            fetched += kept.iter().map(|kept| u32::from(kept.new)).sum::<u32>();
        }
        Ok((fetched, pending.map_or(newest, |pending| newest.min(Some(pending)))))
    }

    /// Deliveries that are pending since before this time are given up.
    fn waited_for(&self) -> Timestamp {
        self.now.saturating_sub(PENDING_FOR).unwrap_or(Timestamp::MIN)
    }

    /// The failed deliveries of a page.
    fn failures(&self, page: &[AscDelivery]) -> Vec<FailedDelivery> {
        let failed = page.iter().filter_map(|delivery| {
            let payload = delivery.event.as_ref().and_then(|event| event.included.as_ref()?.payload.as_ref());
            Some(FailedDelivery {
                webhook: self.own.row.id.clone(),
                delivery: delivery.id.clone(),
                event: payload.map(|body| Event::read(body.as_bytes()).id),
                at: delivery.created_date?,
                reason: failure(delivery, &self.own)?,
            })
        });
        failed.collect()
    }
}

/// How far back the log reaches.
fn reaches(now: Timestamp) -> Timestamp {
    now.saturating_sub(LOG_REACHES_BACK).unwrap_or(Timestamp::MIN)
}

/// The events of a page that aren't stored, oldest first, each once.
async fn missing(
    context: &Context,
    webhook: &WebhookId,
    page: Vec<AscDelivery>,
    now: Timestamp,
) -> Result<Vec<NewEvent>, ApiError> {
    // The log's own event id may differ from the one in the body, which is the one stored.
    let mut bodies: Vec<(EventId, String)> = Vec::with_capacity(page.len());
    for delivery in page.into_iter().rev() {
        let event = delivery.event.and_then(|event| event.included);
        let Some(body) = event.and_then(|event| event.payload) else { continue };
        let read = Event::read(body.as_bytes());
        // A ping without an id looks like one that arrived, and a missed ping means nothing.
        if !read.is_unnamed_ping() {
            bodies.push((read.id, body));
        }
    }
    let ids = bodies.iter().map(|(id, _)| id.clone()).collect();
    let mut unknown = context.store.unknown_events(webhook, ids).await?;
    let wanted = bodies.into_iter().filter(|(id, _)| unknown.remove(id));
    let delivery = |body: String| ReceivedDelivery {
        webhook: webhook.clone(),
        body: body.into_bytes(),
        received_at: now,
        signature: None,
    };
    Ok(wanted.map(|(_, body)| NewEvent::read(delivery(body), Source::Fetched)).collect())
}
