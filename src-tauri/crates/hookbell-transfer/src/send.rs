//! Sends what is missing of a file, and tells of each part that the storage has confirmed.

use std::{collections::BTreeSet, future::Future, sync::Arc, time::Duration};

use futures_util::{StreamExt, stream::FuturesUnordered};
use jiff::{SignedDuration, Timestamp};
use tokio::{
    sync::Notify,
    time::{Instant, sleep_until},
};

use crate::{
    error::{PutError, SendStop},
    limit::BandwidthLimit,
    meter::SendMeter,
    parts::{Part, PartPlan},
    put::{PartStorage, Put},
    schedule::{GiveUp, PartRetries, Schedule, Turn},
    section::{Md5Tag, PartSource},
};

/// An address is asked for again so long before it expires.
const RENEW_BEFORE: SignedDuration = SignedDuration::from_secs(60);

/// A part that the storage has, with the MD5 of the file's own bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredPart {
    /// Its place in the file, from 1.
    pub number: u32,
    /// Where it begins, in bytes.
    pub offset: u64,
    /// Its length in bytes.
    pub length: u64,
    /// The MD5 of its bytes, here and there.
    pub tag: Md5Tag,
}

impl StoredPart {
    pub(crate) fn of(part: &Part, tag: Md5Tag) -> Self {
        Self { number: part.number, offset: part.offset, length: part.length, tag }
    }
}

/// Why nothing moves, though it goes on automatically.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendWait {
    /// What the last part met, in words.
    pub reason: String,
    /// How long until the network is tried again.
    pub next_try_in: Duration,
}

/// Who is told how it goes.
pub trait SendReport: Sync {
    /// The storage has confirmed a part: write it down. The next parts don't wait for it, but the end does.
    ///
    /// # Errors
    /// Why it could not be written. Nothing more is sent then.
    fn stored(&self, part: StoredPart) -> impl Future<Output = Result<(), String>> + Send;

    /// Nobody answers any more, or somebody does again (`None`).
    fn waits(&self, wait: Option<SendWait>) -> impl Future<Output = ()> + Send;
}

/// A file on its way.
pub struct Sending<'a, S, R> {
    /// Where the parts go.
    pub plan: &'a PartPlan,
    /// The connections to use.
    pub storage: &'a PartStorage,
    /// Where the bytes come from.
    pub source: &'a Arc<S>,
    /// The limit that all uploads share.
    pub limit: &'a Arc<BandwidthLimit>,
    /// Counts what is sent.
    pub meter: &'a Arc<SendMeter>,
    /// Told of each confirmed part.
    pub report: &'a R,
    /// How many at a time, and how often.
    pub retries: PartRetries,
    /// Ends every wait: the network is another one, or the computer woke up.
    pub wake: &'a Notify,
    /// What time it is, for addresses that expire.
    pub now: fn() -> Timestamp,
}

impl<S: PartSource, R: SendReport> Sending<'_, S, R> {
    /// Sends these parts and returns when all are stored and written down. Dropping it is a pause.
    ///
    /// # Errors
    /// [`SendStop`] says what to do before it is tried again.
    pub async fn run(&self, missing: BTreeSet<u32>) -> Result<(), SendStop> {
        if !self.source.is_unchanged() {
            return Err(SendStop::Changed);
        }
        // Addresses that are as good as over now can't be renewed by asking again: the storage decides.
        let expired_at_start = missing.iter().any(|number| self.expires_soon(*number));
        let begun = Instant::now();
        let mut schedule = Schedule::new(missing, self.retries);
        let (mut puts, mut notes) = (FuturesUnordered::new(), FuturesUnordered::new());
        let mut stop = None;
        let mut told = Told::default();
        loop {
            let mut due = None;
            while stop.is_none() {
                match schedule.turn(begun.elapsed()) {
                    Turn::Begin(number) if !expired_at_start && self.expires_soon(number) => {
                        stop = Some(SendStop::Addresses);
                    }
                    Turn::Begin(number) => puts.push(self.put(number)),
                    Turn::Wait(until) => {
                        due = until;
                        break;
                    }
                    Turn::Done => break,
                }
            }
            if puts.is_empty() && notes.is_empty() && due.is_none() {
                return stop.map_or(Ok(()), Err);
            }
            tokio::select! {
                Some((number, outcome)) = puts.next() => match outcome {
                    Ok(part) => {
                        schedule.stored();
                        notes.push(self.report.stored(part));
                    }
                    Err(error) => {
                        let chance = getrandom::u32().unwrap_or_default();
                        let why = error.failure();
                        tracing::debug!(part = number, %error, "a part was not stored");
                        match schedule.failed(number, why, begun.elapsed(), chance) {
                            None => told.reason = error.to_string(),
                            // Other parts may still be taken.
                            Some(GiveUp::Addresses) => stop = Some(SendStop::Addresses),
                            Some(GiveUp::TooOften(tries)) => {
                                puts.clear();
                                stop = Some(SendStop::TooOften { part: number, tries, last: error });
                            }
                            Some(GiveUp::Final) => {
                                puts.clear();
                                stop = Some(match error {
                                    PutError::Changed => SendStop::Changed,
                                    why => SendStop::Failed { part: number, why },
                                });
                            }
                        }
                    }
                },
                Some(noted) = notes.next() => if let Err(error) = noted {
                    stop.get_or_insert(SendStop::NotKept(error));
                },
                () = wait_until(due.map(|due| begun + due)) => {}
                () = self.wake.notified() => schedule.wake(begun.elapsed()),
            }
            self.tell(&mut told, schedule.away_until(), begun.elapsed()).await;
        }
    }

    async fn put(&self, number: u32) -> (u32, Result<StoredPart, PutError>) {
        let Some(part) = self.plan.part(number) else {
            return (number, Err(PutError::Client("the plan has no such part".to_owned())));
        };
        let under_way = Arc::new(self.meter.part());
        let put = Put { part, source: self.source, limit: self.limit };
        let outcome = self.storage.put(put, under_way.clone()).await;
        let outcome = outcome.map(|tag| {
            under_way.confirm(part.length);
            StoredPart::of(part, tag)
        });
        (number, outcome)
    }

    /// Whether the address of a part is as good as over.
    fn expires_soon(&self, number: u32) -> bool {
        let soon = (self.now)().saturating_add(RENEW_BEFORE).unwrap_or(Timestamp::MAX);
        self.plan.part(number).and_then(|part| part.expires).is_some_and(|expires| expires <= soon)
    }

    /// Tells when the network goes away, at each further try, and when it is back.
    async fn tell(&self, told: &mut Told, away_until: Option<Duration>, now: Duration) {
        if told.away_until == away_until {
            return;
        }
        told.away_until = away_until;
        let wait = |until: Duration| SendWait { reason: told.reason.clone(), next_try_in: until.saturating_sub(now) };
        self.report.waits(away_until.map(wait)).await;
    }
}

/// What was told last, and what would be told now.
#[derive(Default)]
struct Told {
    away_until: Option<Duration>,
    reason: String,
}

async fn wait_until(due: Option<Instant>) {
    match due {
        Some(due) => sleep_until(due).await,
        None => std::future::pending().await,
    }
}
