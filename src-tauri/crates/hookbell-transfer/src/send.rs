//! Sends what is missing of a file, and reports each part that the storage has confirmed.

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

/// How long before its expiry an address is renewed.
const RENEW_BEFORE: SignedDuration = SignedDuration::from_secs(60);

/// A stored part, with the MD5 of the file's own bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredPart {
    /// Its position in the file, from 1.
    pub number: u32,
    /// Its offset, in bytes.
    pub offset: u64,
    /// Its length in bytes.
    pub length: u64,
    /// The MD5 of its bytes, which is the same here and in the storage.
    pub tag: Md5Tag,
}

impl StoredPart {
    pub(crate) fn of(part: &Part, tag: Md5Tag) -> Self {
        Self { number: part.number, offset: part.offset, length: part.length, tag }
    }
}

/// Why there is no progress, although sending resumes automatically.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendWait {
    /// The last part's error, in words.
    pub reason: String,
    /// The time until the next probe of the network.
    pub next_try_in: Duration,
}

/// Receives progress reports.
pub trait SendReport: Sync {
    /// The storage has confirmed a part: record it. The next parts don't wait for this, but completion does.
    ///
    /// # Errors
    /// Why it could not be recorded. Nothing more is sent then.
    fn stored(&self, part: StoredPart) -> impl Future<Output = Result<(), String>> + Send;

    /// The network doesn't respond any more, or does again (`None`).
    fn waits(&self, wait: Option<SendWait>) -> impl Future<Output = ()> + Send;
}

/// A file being sent.
pub struct Sending<'a, S, R> {
    /// The destinations of the parts.
    pub plan: &'a PartPlan,
    /// The connections to use.
    pub storage: &'a PartStorage,
    /// The source of the bytes.
    pub source: &'a Arc<S>,
    /// The bandwidth limit shared by all uploads.
    pub limit: &'a Arc<BandwidthLimit>,
    /// Counts the sent bytes.
    pub meter: &'a Arc<SendMeter>,
    /// Receives each confirmed part.
    pub report: &'a R,
    /// The number of parallel parts and of attempts.
    pub retries: PartRetries,
    /// Ends every wait: the network changed, or the computer woke up.
    pub wake: &'a Notify,
    /// The current time, for addresses that expire.
    pub now: fn() -> Timestamp,
}

impl<S: PartSource, R: SendReport> Sending<'_, S, R> {
    /// Sends these parts and returns when all are stored and recorded. Dropping the future pauses the upload.
    ///
    /// # Errors
    /// [`SendStop`] says what to do before a retry.
    pub async fn run(&self, missing: BTreeSet<u32>) -> Result<(), SendStop> {
        if !self.source.is_unchanged(&self.source.file()) {
            return Err(SendStop::Changed);
        }
        // If addresses are about to expire at the start, renewing them doesn't help: the storage decides.
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
                            // Other parts may still be accepted.
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

    /// Whether a part's address is about to expire.
    fn expires_soon(&self, number: u32) -> bool {
        let soon = (self.now)().saturating_add(RENEW_BEFORE).unwrap_or(Timestamp::MAX);
        self.plan.part(number).and_then(|part| part.expires).is_some_and(|expires| expires <= soon)
    }

    /// Reports when the network goes down, each further probe, and when it is back.
    async fn tell(&self, told: &mut Told, away_until: Option<Duration>, now: Duration) {
        if told.away_until == away_until {
            return;
        }
        told.away_until = away_until;
        let wait = |until: Duration| SendWait { reason: told.reason.clone(), next_try_in: until.saturating_sub(now) };
        self.report.waits(away_until.map(wait)).await;
    }
}

/// The last report.
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
