//! Reads what an event is about from App Store Connect: at once, and again later if that fails.
//!
//! Details change an event's wording, never whether it is shown: a notification waits for them until its deadline and
//! then goes out with what is known. The store records what is still to be read and when to try next, so the work
//! survives a restart, and only one of several processes does it.
//!
//! If a webhook belongs to an account, that account is asked. Otherwise every account is tried in turn: somebody with
//! an account pasted the secret here, and most people have only one.
//!
//! Many events about few resources cost few requests ([`queue`]). Many events about many resources stop before they
//! use up the hourly limit ([`budget`]).

mod answer;
mod budget;
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
use self::{
    answer::Answer,
    queue::{ReadQueue, Reading, ResourceKey, WaitingEvent},
    webhook_accounts::WebhookAccounts,
};
use crate::{
    account::Accounts,
    api::{ApiError, ErrorCode, EventDetails},
    asc::Apps,
    build_names::BuildNames,
    context::Context,
    feedback::Feedback,
};

/// How many resources are read concurrently, so that a burst of events doesn't wait for one slow answer.
const MAX_CONCURRENT_READS: usize = 8;

/// How many events one query of the store returns.
const EVENTS_PER_BATCH: u32 = 200;

/// How far the position in the store may lag behind. A restart checks these events again, which is cheaper than a
/// write for every event without details.
const MAX_UNWRITTEN_EVENTS: i64 = 500;

/// The first retries, measured from the first try. Afterwards one every hour.
const RETRY_AFTER: [SignedDuration; 3] =
    [SignedDuration::from_mins(1), SignedDuration::from_mins(5), SignedDuration::from_mins(30)];

/// Reading is given up this long after the first try.
const GIVE_UP_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// A new resource can take a moment to appear, so we accept "not found" only after this many tries.
const GONE_AFTER_TRIES: u32 = 3;

/// Access may be missing only temporarily. These tries span two hours; after them we accept "forbidden".
const FORBIDDEN_AFTER_TRIES: u32 = 5;

/// The longest sleep while something waits: the clock may jump, for example after the computer slept.
const MAX_SLEEP: Duration = Duration::from_secs(60);

/// The room that reads what events are about.
#[derive(Debug)]
pub struct Enrichment {
    context: Context,
    accounts: Arc<Accounts>,
    apps: Arc<Apps>,
    builds: Arc<BuildNames>,
    feedback: Arc<Feedback>,
    hold: Arc<Hold>,
    queue: ReadQueue,
    slots: Arc<Semaphore>,
}

/// The position up to which events were checked: in this process, and as written to the store.
#[derive(Debug, Default)]
struct Progress {
    seq: Option<i64>,
    written: i64,
}

/// The next try after `now` for an event first tried at `begun`.
fn schedule(begun: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let hours = (1..=24).map(SignedDuration::from_hours);
    let offsets = RETRY_AFTER.into_iter().chain(hours).filter(|offset| *offset <= GIVE_UP_AFTER);
    offsets.filter_map(|offset| begun.saturating_add(offset).ok()).find(|at| *at > now)
}

impl Enrichment {
    pub(crate) fn new(
        context: Context,
        accounts: Arc<Accounts>,
        apps: Arc<Apps>,
        builds: Arc<BuildNames>,
        feedback: Arc<Feedback>,
        hold: Arc<Hold>,
    ) -> Self {
        let slots = Arc::new(Semaphore::new(MAX_CONCURRENT_READS));
        Self { context, accounts, apps, builds, feedback, hold, queue: ReadQueue::default(), slots }
    }

    /// Reads details until the engine is stopped.
    pub(crate) async fn run(self: Arc<Self>) {
        let mut stored = self.context.store.changes();
        let mut progress = Progress::default();
        loop {
            stored.mark_unchanged();
            let wait = match self.check(&mut progress).await {
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
            if self.context.unless_stopped(woken).await != Some(true) {
                return;
            }
        }
    }

    /// Starts new and due tries, and returns how long to sleep before the next check.
    async fn check(self: &Arc<Self>, progress: &mut Progress) -> Result<Duration, StoreError> {
        self.begin_new(progress).await?;
        let store = &self.context.store;
        let now = self.context.clock.now();
        let mut due = store.next_enrichment().await?;
        while due.is_some_and(|due| due <= now) {
            let taken = store.take_enrichments(now, EVENTS_PER_BATCH, move |_, begun| schedule(begun, now)).await?;
            let accounts = WebhookAccounts::stored(&self.context).await?;
            for one in taken {
                match store.event(one.seq).await? {
                    Some(event) => self.begin(&accounts, &event, one.tries),
                    None => store.end_enrichment(one.seq).await?,
                }
            }
            due = store.next_enrichment().await?;
        }
        let until = due.map(|due| Duration::try_from(now.duration_until(due)).unwrap_or_default());
        Ok(until.map_or(MAX_SLEEP, |until| until.min(MAX_SLEEP)))
    }

    /// Starts the first try for events that arrived since the last check.
    async fn begin_new(self: &Arc<Self>, progress: &mut Progress) -> Result<(), StoreError> {
        let store = &self.context.store;
        let mut seq = match progress.seq {
            Some(seq) => seq,
            None => {
                progress.written = store.enrichment_mark().await?;
                progress.written
            }
        };
        loop {
            let events = store.after(seq, EVENTS_PER_BATCH).await?;
            let Some(last) = events.last().map(|event| event.seq) else { break };
            let accounts = WebhookAccounts::stored(&self.context).await?;
            let wanted: Vec<i64> =
                events.iter().filter(|event| accounts.can_read(event)).map(|event| event.seq).collect();
            let by_seq: HashMap<i64, &StoredEvent> = events.iter().map(|event| (event.seq, event)).collect();
            if !wanted.is_empty() || last - progress.written >= MAX_UNWRITTEN_EVENTS {
                let now = self.context.clock.now();
                let next = schedule(now, now).unwrap_or(now);
                let taken = store.begin_enrichment(last, wanted, now, next).await?;
                progress.written = last;
                for event in taken.iter().filter_map(|seq| by_seq.get(seq)) {
                    self.begin(&accounts, event, 1);
                }
            }
            seq = last;
        }
        progress.seq = Some(seq);
        Ok(())
    }

    /// Queues an event's resource, unless it is already queued.
    fn begin(self: &Arc<Self>, accounts: &WebhookAccounts, event: &StoredEvent, tries: u32) {
        let waiting = WaitingEvent { seq: event.seq, tries, received_at: event.received_at };
        if self.queue.add(accounts.resource(event), waiting) {
            self.read_next();
        }
    }

    /// Reads the next resource as soon as a slot is free.
    fn read_next(self: &Arc<Self>) {
        let this = Arc::clone(self);
        self.context.tasks.spawn(async move {
            let work = async {
                let _slot = this.slots.acquire().await;
                let Some((resource, waiting)) = this.queue.take() else { return };
                if let Err(error) = this.read_for(&resource, &waiting).await {
                    tracing::warn!(%error, id = resource.id, "the details of events could not be kept");
                }
                waiting.iter().for_each(|event| this.hold.end_first_try(event.seq));
                if this.queue.done(&resource) {
                    this.read_next();
                }
            };
            this.context.unless_stopped(work).await;
        });
    }

    /// Reads what an event is about again, even if we had given up. If that fails, it is retried for a day as for a
    /// new event.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if the event doesn't exist, or if App Store Connect has nothing to say about it. Its
    /// refusals are in the event's details.
    pub(crate) async fn read_again(&self, seq: i64) -> Result<(), ApiError> {
        let store = &self.context.store;
        let event = store.event(seq).await?.ok_or_else(|| ApiError::not_found("event"))?;
        let accounts = WebhookAccounts::stored(&self.context).await?;
        if !accounts.can_read(&event) {
            let message = "App Store Connect has no more details about this event";
            return Err(ApiError::new(ErrorCode::NotFound, message, "add the account that its webhook belongs to"));
        }
        let now = self.context.clock.now();
        store.restart_enrichment(seq, now, schedule(now, now).unwrap_or(now)).await?;
        let waiting = WaitingEvent { seq, tries: 1, received_at: now };
        let resource = accounts.resource(&event);
        self.queue.forget_unanswered(&resource);
        self.read_for(&resource, &[waiting]).await?;
        Ok(())
    }

    /// Reads a resource once for all events waiting for it. Events from before the last read get its result.
    async fn read_for(&self, resource: &ResourceKey, wanted: &[WaitingEvent]) -> Result<(), StoreError> {
        let mut open = wanted.to_vec();
        if let Some(known) = self.queue.known(resource) {
            let (earlier, since): (Vec<_>, Vec<_>) = open.into_iter().partition(|one| one.received_at <= known.begun);
            self.describe_all(&earlier, &known.details).await?;
            open = since;
            if self.context.clock.now() < known.again_at() {
                return self.describe_for_now(&known, open).await;
            }
        }
        if let Some(answer) = self.queue.unanswered(resource, self.context.clock.now()) {
            return self.none_found(open, &answer).await;
        }
        let Some(first) = open.first() else { return Ok(()) };
        let Some(event) = self.context.store.event(first.seq).await? else {
            return self.context.store.end_enrichment(first.seq).await;
        };
        let read = Event::read(&self.context.store.body(first.seq).await?.unwrap_or_default());
        let begun = self.context.clock.now();
        let answer = self.read_details(&WebhookAccounts::stored(&self.context).await?, &event, &read).await;
        self.context.change(|conditions| _ = conditions.details_wait_until.take_if(|until| *until <= begun));
        match answer {
            Answer::Spent(until) => {
                self.context.change(|conditions| conditions.details_wait_until = Some(until));
                tracing::info!(%until, "details of events wait: the rest of the hourly limit is for other things");
                self.context.store.postpone_enrichments(open.iter().map(|one| one.seq).collect(), until).await
            }
            Answer::Found(details) => {
                self.queue.remember(resource, Reading { begun, details: (*details).clone() });
                self.describe_all(&open, &details).await
            }
            answer => {
                self.queue.remember_unanswered(resource, begun, answer.clone());
                self.none_found(open, &answer).await
            }
        }
    }

    /// Describes events with the immutable facts of a resource that was just read. The rest is read a little later.
    async fn describe_for_now(&self, known: &Reading, events: Vec<WaitingEvent>) -> Result<(), StoreError> {
        let lasting = known.lasting();
        let each = stream::iter(events.iter().map(Ok::<_, StoreError>));
        each.try_for_each_concurrent(MAX_CONCURRENT_READS, async |one| {
            let read = Event::read(&self.context.store.body(one.seq).await?.unwrap_or_default());
            self.describe_again(one.seq, &read, lasting.clone()).await
        })
        .await?;
        self.context.store.postpone_enrichments(events.iter().map(|one| one.seq).collect(), known.again_at()).await
    }

    /// Describes events with the result of a read, concurrently because each waits for the disk.
    async fn describe_all(&self, events: &[WaitingEvent], details: &EventDetails) -> Result<(), StoreError> {
        let each = stream::iter(events.iter().map(Ok::<_, StoreError>));
        each.try_for_each_concurrent(MAX_CONCURRENT_READS, async |one| {
            let read = Event::read(&self.context.store.body(one.seq).await?.unwrap_or_default());
            self.describe_again(one.seq, &read, details.clone()).await?;
            self.context.store.end_enrichment(one.seq).await
        })
        .await
    }

    async fn none_found(&self, events: Vec<WaitingEvent>, answer: &Answer) -> Result<(), StoreError> {
        for one in events {
            self.not_found(one, answer).await?;
        }
        Ok(())
    }

    /// Records why an event has no details, and gives up if the answer was the same often enough.
    async fn not_found(&self, wanted: WaitingEvent, answer: &Answer) -> Result<(), StoreError> {
        let WaitingEvent { seq, tries, .. } = wanted;
        let Some(event) = self.context.store.event(seq).await? else {
            return self.context.store.end_enrichment(seq).await;
        };
        let known = known_so_far(&event);
        // An answer is accepted after enough tries, if the last two were the same.
        let again = |words: &str, most: u32| tries >= most && known.trouble.as_deref() == Some(words);
        let (trouble, ends) = match answer {
            Answer::Gone { accounts } => match again(NOT_FOUND_YET, GONE_AFTER_TRIES) {
                true => (gone(*accounts).to_owned(), true),
                false => (NOT_FOUND_YET.to_owned(), false),
            },
            Answer::Forbidden(trouble) => (trouble.clone(), again(trouble, FORBIDDEN_AFTER_TRIES)),
            Answer::Later(why) => {
                tracing::info!(seq, tries, why, "an event's details are not known yet");
                // The last try has already removed it from the list.
                if self.context.store.is_enriching(seq).await? {
                    return Ok(());
                }
                (format!("The details couldn’t be read within a day: {why}"), true)
            }
            Answer::Nothing | Answer::Found(_) | Answer::Spent(_) => {
                return self.context.store.end_enrichment(seq).await;
            }
        };
        let read = Event::read(&self.context.store.body(seq).await?.unwrap_or_default());
        self.describe_again(seq, &read, EventDetails { trouble: Some(trouble), ..known }).await?;
        if ends { self.context.store.end_enrichment(seq).await } else { Ok(()) }
    }

    /// Stores the details and the wording that follows from them.
    async fn describe_again(&self, seq: i64, event: &Event, details: EventDetails) -> Result<(), StoreError> {
        self.context.store.redescribe(seq, words::redescription(event, &details)).await.map(drop)
    }
}

/// The trouble of an event whose resource was not found, before that is believed.
const NOT_FOUND_YET: &str = "App Store Connect doesn’t have it yet";

/// The same, once we accept it.
fn gone(accounts: usize) -> &'static str {
    match accounts {
        1 => "It was deleted in App Store Connect, or belongs to another team",
        _ => "It was deleted in App Store Connect, or belongs to none of your accounts",
    }
}

/// The details that an earlier try found.
fn known_so_far(event: &StoredEvent) -> EventDetails {
    details(event).unwrap_or_default()
}

/// The details of a stored event, if they are known.
pub(crate) fn details(event: &StoredEvent) -> Option<EventDetails> {
    serde_json::from_value(event.details.clone()?).ok()
}

pub(crate) use self::{budget::spent_until, words::known};

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
