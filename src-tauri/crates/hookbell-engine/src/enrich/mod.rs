//! Reads what an event is about from App Store Connect: at once, and later again if that fails.
//!
//! Details change the words of an event, never its notification: a notification waits for them until its
//! deadline and then goes out with what is known. The store holds what is still to be read and when to try
//! next, so the work survives a restart and only one of several processes does it.
//!
//! If a webhook belongs to an account, that account is asked. Otherwise every account is tried in turn: somebody
//! who has one pasted the secret here, and most people have only one.
//!
//! A flood of events about few things costs few requests ([`queue`]). A flood about many things stops before it
//! uses up the hourly limit ([`budget`]).

mod budget;
mod by_hand;
mod hold;
mod queue;
mod read;
mod webhook_accounts;
mod words;

use std::{collections::HashMap, sync::Arc, time::Duration};

use futures_util::{TryStreamExt, stream};
use hookbell_core::Event;
use hookbell_store::{StoreError, StoredEvent};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Semaphore;

pub use self::hold::Hold;
pub(crate) use self::queue::ReadQueue;
use self::{
    queue::{Reading, ResourceKey, WaitingEvent},
    read::Answer,
    webhook_accounts::WebhookAccounts,
};
use crate::{api::EventDetails, engine::Inner};

/// How many resources are read at the same time. A burst of events does not wait for one slow answer.
const MAX_CONCURRENT_READS: usize = 8;

/// How many events one query of the store returns.
const EVENTS_PER_BATCH: u32 = 200;

/// How far the mark in the store may lag behind. A restart checks these events again, which costs less than a write
/// for every event without details.
const MAX_UNWRITTEN_EVENTS: i64 = 500;

/// The first retries, measured from the first try. After the last one a retry comes every hour.
const RETRY_AFTER: [SignedDuration; 3] =
    [SignedDuration::from_mins(1), SignedDuration::from_mins(5), SignedDuration::from_mins(30)];

/// Reading is given up this long after the first try.
const GIVE_UP_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// A new resource can take a moment to appear, so "not found" is believed after this many tries.
const GONE_AFTER_TRIES: u32 = 3;

/// A right may be missing for a moment only. These tries span two hours; after them "forbidden" is believed.
const FORBIDDEN_AFTER_TRIES: u32 = 5;

/// The longest sleep while something waits: the clock may jump, for example after the computer slept.
const MAX_SLEEP: Duration = Duration::from_secs(60);

/// Reads details until the engine is stopped.
pub(crate) async fn run(inner: Arc<Inner>) {
    let slots = Arc::new(Semaphore::new(MAX_CONCURRENT_READS));
    let mut stored = inner.store.changes();
    let mut progress = Progress::default();
    loop {
        stored.mark_unchanged();
        let wait = match check(&inner, &slots, &mut progress).await {
            Ok(wait) => wait,
            Err(error) => {
                tracing::warn!(%error, "details of events wait for the store");
                MAX_SLEEP
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

/// How far the events were checked: in this process, and as written to the store.
#[derive(Debug, Default)]
struct Progress {
    seq: Option<i64>,
    written: i64,
}

/// Begins what is new and what is due, and returns how long to sleep before the next check.
async fn check(inner: &Arc<Inner>, slots: &Arc<Semaphore>, progress: &mut Progress) -> Result<Duration, StoreError> {
    let mut seq = match progress.seq {
        Some(seq) => seq,
        None => {
            progress.written = inner.store.enrichment_mark().await?;
            progress.written
        }
    };
    loop {
        let events = inner.store.after(seq, EVENTS_PER_BATCH).await?;
        let Some(last) = events.last().map(|event| event.seq) else { break };
        let accounts = WebhookAccounts::stored(inner).await?;
        let wanted: Vec<i64> = events.iter().filter(|event| accounts.can_read(event)).map(|event| event.seq).collect();
        let by_seq: HashMap<i64, &StoredEvent> = events.iter().map(|event| (event.seq, event)).collect();
        if !wanted.is_empty() || last - progress.written >= MAX_UNWRITTEN_EVENTS {
            let now = inner.clock.now();
            let next = schedule(now, now).unwrap_or(now);
            let taken = inner.store.begin_enrichment(last, wanted, now, next).await?;
            progress.written = last;
            for event in taken.iter().filter_map(|seq| by_seq.get(seq)) {
                begin(inner, slots, &accounts, event, 1);
            }
        }
        seq = last;
    }
    progress.seq = Some(seq);

    let now = inner.clock.now();
    let mut due = inner.store.next_enrichment().await?;
    while due.is_some_and(|due| due <= now) {
        let taken = inner.store.take_enrichments(now, EVENTS_PER_BATCH, move |_, begun| schedule(begun, now)).await?;
        let accounts = WebhookAccounts::stored(inner).await?;
        for one in taken {
            match inner.store.event(one.seq).await? {
                Some(event) => begin(inner, slots, &accounts, &event, one.tries),
                None => inner.store.end_enrichment(one.seq).await?,
            }
        }
        due = inner.store.next_enrichment().await?;
    }
    let until = due.map(|due| Duration::try_from(now.duration_until(due)).unwrap_or_default());
    Ok(until.map_or(MAX_SLEEP, |until| until.min(MAX_SLEEP)))
}

/// The next try after `now` of what was first tried at `begun`.
fn schedule(begun: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let hours = (1..=24).map(SignedDuration::from_hours);
    let offsets = RETRY_AFTER.into_iter().chain(hours).filter(|offset| *offset <= GIVE_UP_AFTER);
    offsets.filter_map(|offset| begun.saturating_add(offset).ok()).find(|at| *at > now)
}

/// Has an event's resource read, unless it waits for its turn already.
fn begin(inner: &Arc<Inner>, slots: &Arc<Semaphore>, accounts: &WebhookAccounts, event: &StoredEvent, tries: u32) {
    let wanted = WaitingEvent { seq: event.seq, tries, received_at: event.received_at };
    if inner.enriching.add(accounts.resource(event), wanted) {
        read_next(inner, slots);
    }
}

/// Reads the resource whose turn it is once there is a free slot.
fn read_next(inner: &Arc<Inner>, slots: &Arc<Semaphore>) {
    let (task, slots) = (Arc::clone(inner), Arc::clone(slots));
    inner.tasks.spawn(async move {
        let work = async {
            let _slot = slots.acquire().await;
            let Some((subject, wanted)) = task.enriching.take() else { return };
            if let Err(error) = task.enrich(&subject, &wanted).await {
                tracing::warn!(%error, id = subject.id, "the details of events could not be kept");
            }
            wanted.iter().for_each(|event| task.hold.end_first_try(event.seq));
            if task.enriching.done(&subject) {
                read_next(&task, &slots);
            }
        };
        task.unless_stopped(work).await;
    });
}

impl Inner {
    /// Reads a resource once and tells all events about it, but for those that what was read a moment ago will do for.
    async fn enrich(&self, subject: &ResourceKey, wanted: &[WaitingEvent]) -> Result<(), StoreError> {
        let mut open = wanted.to_vec();
        if let Some(known) = self.enriching.known(subject) {
            let (told, since): (Vec<_>, Vec<_>) = open.into_iter().partition(|one| one.received_at <= known.begun);
            self.tell_all(&told, &known.details).await?;
            open = since;
            if self.clock.now() < known.again_at() {
                return self.tell_for_now(&known, open).await;
            }
        }
        let Some(first) = open.first() else { return Ok(()) };
        let Some(event) = self.store.event(first.seq).await? else { return self.store.end_enrichment(first.seq).await };
        let read = Event::read(&self.store.body(first.seq).await?.unwrap_or_default());
        let begun = self.clock.now();
        let outcome = self.read_details(&WebhookAccounts::stored(self).await?, &event, &read).await;
        self.change(|conditions| _ = conditions.details_wait_until.take_if(|until| *until <= begun));
        match outcome {
            Answer::Spent(until) => {
                self.change(|conditions| conditions.details_wait_until = Some(until));
                tracing::info!(%until, "details of events wait: the rest of the hourly limit is for other things");
                self.store.postpone_enrichments(open.iter().map(|one| one.seq).collect(), until).await
            }
            Answer::Found(details) => {
                self.enriching.remember(subject, Reading { begun, details: (*details).clone() });
                self.tell_all(&open, &details).await
            }
            outcome => {
                for one in open {
                    self.not_found(one, &outcome).await?;
                }
                Ok(())
            }
        }
    }

    /// Tells what does not change about a resource that was read a moment ago; the rest is read a little later.
    async fn tell_for_now(&self, known: &Reading, events: Vec<WaitingEvent>) -> Result<(), StoreError> {
        let lasting = known.lasting();
        let each = stream::iter(events.iter().map(Ok::<_, StoreError>));
        each.try_for_each_concurrent(MAX_CONCURRENT_READS, async |one| {
            let read = Event::read(&self.store.body(one.seq).await?.unwrap_or_default());
            self.describe_again(one.seq, &read, lasting.clone()).await
        })
        .await?;
        self.store.postpone_enrichments(events.iter().map(|one| one.seq).collect(), known.again_at()).await
    }

    /// Tells events what a reading found, many side by side, as each waits for the disk.
    async fn tell_all(&self, events: &[WaitingEvent], details: &EventDetails) -> Result<(), StoreError> {
        let each = stream::iter(events.iter().map(Ok::<_, StoreError>));
        each.try_for_each_concurrent(MAX_CONCURRENT_READS, async |one| {
            let read = Event::read(&self.store.body(one.seq).await?.unwrap_or_default());
            self.describe_again(one.seq, &read, details.clone()).await?;
            self.store.end_enrichment(one.seq).await
        })
        .await
    }

    /// Notes why an event has no details, and gives up where that was said often enough.
    async fn not_found(&self, wanted: WaitingEvent, outcome: &Answer) -> Result<(), StoreError> {
        let WaitingEvent { seq, tries, .. } = wanted;
        let Some(event) = self.store.event(seq).await? else { return self.store.end_enrichment(seq).await };
        let known = known_so_far(&event);
        // What one answer said is believed once another one has said the same, after so many tries.
        let again = |words: &str, most: u32| tries >= most && known.trouble.as_deref() == Some(words);
        let (trouble, ends) = match outcome {
            Answer::Gone { accounts } => match again(NOT_FOUND_YET, GONE_AFTER_TRIES) {
                true => (gone(*accounts).to_owned(), true),
                false => (NOT_FOUND_YET.to_owned(), false),
            },
            Answer::Forbidden(trouble) => (trouble.clone(), again(trouble, FORBIDDEN_AFTER_TRIES)),
            Answer::Later(why) => {
                tracing::info!(seq, tries, why, "an event's details are not known yet");
                // It was let go when it was taken if this was the last time.
                if self.store.is_enriching(seq).await? {
                    return Ok(());
                }
                (format!("Its details could not be read within a day: {why}"), true)
            }
            Answer::Nothing | Answer::Found(_) | Answer::Spent(_) => return self.store.end_enrichment(seq).await,
        };
        let read = Event::read(&self.store.body(seq).await?.unwrap_or_default());
        self.describe_again(seq, &read, EventDetails { trouble: Some(trouble), ..known }).await?;
        if ends { self.store.end_enrichment(seq).await } else { Ok(()) }
    }

    /// Keeps what is known, and the words that come of it.
    async fn describe_again(&self, seq: i64, event: &Event, details: EventDetails) -> Result<(), StoreError> {
        self.store.redescribe(seq, words::redescription(event, &details)).await.map(drop)
    }
}

/// What is said of a thing that is not found, before that is believed.
const NOT_FOUND_YET: &str = "App Store Connect does not have it yet";

/// What is said of it afterwards.
fn gone(accounts: usize) -> &'static str {
    match accounts {
        1 => "It was deleted in App Store Connect, or belongs to another team",
        _ => "It was deleted in App Store Connect, or belongs to none of the accounts here",
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
