//! What an event is about, read from App Store Connect: at once, and again later where that fails.
//!
//! An event's details change its words and never its notification: that waits for them until its
//! deadline and then goes out with what is known. What is still to be read stands in the store with the
//! time of its next try, so that it outlives a restart and one of several processes does it.
//!
//! An account's webhook is asked about with that account. An event of a webhook without one is tried with
//! every account in turn, as its secret was pasted here by somebody who has one; most have a single one.

mod hold;
mod read;
mod words;

use std::{sync::Arc, time::Duration};

use hookbell_core::Event;
use hookbell_store::{StoreError, StoredEvent};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Semaphore;

pub(crate) use self::hold::Enriching;
use self::read::Outcome;
use crate::{api::EventDetails, engine::Inner};

/// How many events are asked about side by side, so that a burst does not wait one after another.
const SIDE_BY_SIDE: usize = 8;

/// How many events are looked at in one go.
const BATCH: u32 = 200;

/// So many events are looked at again after a restart, rather than writing each time that there was nothing to do.
const UNWRITTEN: i64 = 500;

/// When it is tried again after the first time, by the time since then; every hour after that.
const AGAIN: [SignedDuration; 3] =
    [SignedDuration::from_mins(1), SignedDuration::from_mins(5), SignedDuration::from_mins(30)];

/// When it is given up.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// What is not there may be on its way still; so often it is asked for.
const TRIES_FOR_GONE: u32 = 3;

/// The clock may jump, as after a sleep, so it is looked at so often while something waits.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// Reads details until the engine is stopped.
pub(crate) async fn run(inner: Arc<Inner>) {
    let slots = Arc::new(Semaphore::new(SIDE_BY_SIDE));
    let mut stored = inner.store.changes();
    let mut looked = Looked::default();
    loop {
        stored.mark_unchanged();
        let wait = match look(&inner, &slots, &mut looked).await {
            Ok(wait) => wait,
            Err(error) => {
                tracing::warn!(%error, "details of events wait for the store");
                LOOK_AGAIN
            }
        };
        let woken = async {
            tokio::select! {
                changed = stored.changed() => changed.is_ok(),
                () = tokio::time::sleep(wait) => true,
            }
        };
        if inner.unless_stopped(woken).await != Some(true) {
            return;
        }
    }
}

/// Up to which event was looked, and up to which the store knows of it.
#[derive(Debug, Default)]
struct Looked {
    seq: Option<i64>,
    written: i64,
}

/// Begins what is new and what is due, and says how long until it is worth another look.
async fn look(inner: &Arc<Inner>, slots: &Arc<Semaphore>, looked: &mut Looked) -> Result<Duration, StoreError> {
    let mut seq = match looked.seq {
        Some(seq) => seq,
        None => {
            looked.written = inner.store.enrichment_mark().await?;
            looked.written
        }
    };
    loop {
        let events = inner.store.after(seq, BATCH).await?;
        let Some(last) = events.last().map(|event| event.seq) else { break };
        let sources = inner.askable().await?;
        let wanted: Vec<i64> = events.iter().filter(|event| sources.knows_of(event)).map(|event| event.seq).collect();
        if !wanted.is_empty() || last - looked.written >= UNWRITTEN {
            let now = inner.clock.now();
            let next = schedule(now, now).unwrap_or(now);
            let taken = inner.store.begin_enrichment(last, wanted, now, next).await?;
            looked.written = last;
            for seq in taken {
                begin(inner, slots, seq, 1);
            }
        }
        seq = last;
    }
    looked.seq = Some(seq);

    let now = inner.clock.now();
    let mut due = inner.store.next_enrichment().await?;
    while due.is_some_and(|due| due <= now) {
        let taken = inner.store.take_enrichments(now, BATCH, move |_, begun| schedule(begun, now)).await?;
        for one in taken {
            begin(inner, slots, one.seq, one.tries);
        }
        due = inner.store.next_enrichment().await?;
    }
    let until = due.map(|due| Duration::try_from(now.duration_until(due)).unwrap_or_default());
    Ok(until.map_or(LOOK_AGAIN, |until| until.min(LOOK_AGAIN)))
}

/// The next try after `now` of what was first tried at `begun`.
fn schedule(begun: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let hours = (1..=24).map(SignedDuration::from_hours);
    let offsets = AGAIN.into_iter().chain(hours).filter(|offset| *offset <= DAY);
    offsets.filter_map(|offset| begun.saturating_add(offset).ok()).find(|at| *at > now)
}

fn begin(inner: &Arc<Inner>, slots: &Arc<Semaphore>, seq: i64, tries: u32) {
    let (task, slots) = (Arc::clone(inner), Arc::clone(slots));
    inner.tasks.spawn(async move {
        let work = async {
            let _slot = slots.acquire().await;
            task.enrich(seq, tries).await
        };
        if let Some(Err(error)) = task.unless_stopped(work).await {
            tracing::warn!(%error, seq, "an event's details could not be kept");
        }
        task.enriching.over(seq);
    });
}

impl Inner {
    async fn enrich(&self, seq: i64, tries: u32) -> Result<(), StoreError> {
        let Some(event) = self.store.event(seq).await? else { return self.store.end_enrichment(seq).await };
        let body = self.store.body(seq).await?.unwrap_or_default();
        let read = Event::read(&body);
        let sources = self.askable().await?;
        match self.read_details(&sources, &event, &read).await {
            Outcome::Found(details) => {
                let ended = self.store.end_enrichment(seq);
                let (described, ended) = tokio::join!(self.describe_again(seq, &read, *details), ended);
                described.and(ended)
            }
            Outcome::Nothing => self.store.end_enrichment(seq).await,
            Outcome::Gone(trouble) => {
                self.describe_again(seq, &read, EventDetails { trouble: Some(trouble), ..known_so_far(&event) })
                    .await?;
                if tries >= TRIES_FOR_GONE { self.store.end_enrichment(seq).await } else { Ok(()) }
            }
            Outcome::Forbidden(trouble) => {
                self.describe_again(seq, &read, EventDetails { trouble: Some(trouble), ..known_so_far(&event) })
                    .await?;
                self.store.end_enrichment(seq).await
            }
            Outcome::Later(why) => {
                tracing::info!(seq, tries, why, "an event's details are not known yet");
                // It was let go when it was taken if this was the last time.
                if self.store.is_enriching(seq).await? {
                    return Ok(());
                }
                let trouble = Some(format!("Its details could not be read within a day: {why}"));
                self.describe_again(seq, &read, EventDetails { trouble, ..known_so_far(&event) }).await
            }
        }
    }

    /// Keeps what is known, and the words that come of it.
    async fn describe_again(&self, seq: i64, event: &Event, details: EventDetails) -> Result<(), StoreError> {
        self.store.redescribe(seq, words::redescription(event, &details)).await.map(drop)
    }
}

/// What an earlier try found.
fn known_so_far(event: &StoredEvent) -> EventDetails {
    details(event).unwrap_or_default()
}

/// The details of a stored event, if they are known.
pub(crate) fn details(event: &StoredEvent) -> Option<EventDetails> {
    serde_json::from_value(event.details.clone()?).ok()
}

/// The details as words know them.
pub(crate) use self::words::known;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_tried_after_a_minute_five_thirty_and_then_each_hour_for_a_day() {
        let begun: Timestamp = "2026-11-21T09:00:00Z".parse().unwrap();
        let mut now = begun;
        let mut minutes = Vec::new();
        while let Some(next) = schedule(begun, now) {
            minutes.push(next.duration_since(begun).as_mins());
            now = next;
        }
        assert_eq!(minutes[..5], [1, 5, 30, 60, 120]);
        assert_eq!((minutes.len(), minutes.last()), (27, Some(&(24 * 60))));
        assert_eq!(schedule(begun, begun + SignedDuration::from_hours(30)), None);
    }
}
