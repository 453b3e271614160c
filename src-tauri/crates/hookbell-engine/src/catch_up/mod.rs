//! Reads what couldn't be delivered from App Store Connect's log, and treats it as if it had arrived.
//!
//! The log goes ten days back. For each of our webhooks we read from the last delivery seen, with an overlap, because
//! deliveries appear in the log slightly late; what is stored already is skipped. With a tunnel this fetches missed
//! events; without one it is how events arrive.

mod commands;
mod read;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures_util::{StreamExt, stream};
use hookbell_store::{CaughtUp, StoreError};
use jiff::{SignedDuration, Timestamp};
use tokio::{
    sync::{Mutex, watch},
    time::{Instant, sleep},
};

use self::read::LogRead;
use crate::{
    account::Accounts,
    api::{ApiError, TunnelNewsKind},
    context::Context,
    news::{News, heard},
    ours, tunnel,
};

/// The setting with the minutes between reads while there is no tunnel.
const MINUTES_SETTING: &str = "fetchMinutes";

/// The default for these minutes.
const DEFAULT_MINUTES: u32 = 2;

/// How many logs are read concurrently. Each holds one page at a time.
const MAX_LOGS_AT_ONCE: usize = 20;

/// The room that fetches missed events.
#[derive(Debug)]
pub struct MissedEvents {
    context: Context,
    accounts: Arc<Accounts>,
    /// Serializes reads.
    turn: Mutex<()>,
    running: watch::Sender<bool>,
    /// Whether the computer slept before the next read.
    woke: AtomicBool,
    wanted: tokio::sync::Notify,
}

/// The result of reading all logs.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) fetched: u32,
    pub(crate) troubles: usize,
    gap: Option<(Timestamp, Timestamp)>,
}

/// A read in progress, until it is dropped: a cancelled read is over, too.
struct Running<'a>(&'a watch::Sender<bool>);

impl<'a> Running<'a> {
    fn begin(running: &'a watch::Sender<bool>) -> Self {
        running.send_replace(true);
        Self(running)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.send_replace(false);
    }
}

impl MissedEvents {
    pub(crate) fn new(context: Context, accounts: Arc<Accounts>) -> Self {
        Self {
            context,
            accounts,
            turn: Mutex::default(),
            running: watch::Sender::default(),
            woke: AtomicBool::default(),
            wanted: tokio::sync::Notify::default(),
        }
    }

    /// Call after the computer slept.
    pub(crate) fn woke(&self) {
        self.woke.store(true, Ordering::Relaxed);
        self.wanted.notify_one();
    }

    /// Whether missed events are being fetched.
    pub(crate) fn is_running(&self) -> watch::Receiver<bool> {
        self.running.subscribe()
    }

    /// Reads all logs at once, and again whenever it is due or something happened.
    pub(crate) async fn run(&self) {
        let (first, longest) = self.context.options.pace.again;
        let mut again = None::<Duration>;
        loop {
            // Subscribe first: news from here on triggers another read, earlier news is covered by this one.
            let mut news = self.context.news.subscribe();
            let found = self.fetch().await;
            let troubles = match &found {
                Ok(found) => found.troubles > 0,
                Err(error) => {
                    tracing::warn!(%error, "missed events could not be fetched");
                    true
                }
            };
            again = troubles.then(|| again.map_or(first, |wait| longest.min(wait * 2)));
            let last = Instant::now();
            loop {
                let every = self.read_every().await;
                let every = again.map_or(every, |again| every.min(again));
                // A tunnel that goes down makes the next read due earlier.
                let Some(left) = every.checked_sub(last.elapsed()) else { break };
                tokio::select! {
                    () = sleep(left.min(self.context.options.pace.minute)) => {}
                    () = self.wanted.notified() => break,
                    () = heard(&mut news, &[News::KeychainOpened, News::TunnelUp]) => break,
                }
            }
        }
    }

    /// The time between two reads.
    async fn read_every(&self) -> Duration {
        match tunnel::public_base(&self.context) {
            Some(_) => self.context.options.pace.catch_up,
            None => {
                let minutes = self.fetch_minutes().await.unwrap_or(DEFAULT_MINUTES);
                self.context.options.pace.minute.saturating_mul(minutes)
            }
        }
    }

    async fn fetch_minutes(&self) -> Result<u32, StoreError> {
        Ok(self.context.store.setting(MINUTES_SETTING).await?.unwrap_or(DEFAULT_MINUTES))
    }

    /// Reads all our logs concurrently, each from where its last read ended.
    pub(crate) async fn fetch(&self) -> Result<Found, ApiError> {
        let _turn = self.turn.lock().await;
        let woke = self.woke.swap(false, Ordering::Relaxed);
        let running = Running::begin(&self.running);
        let found = self.read_all().await;
        drop(running);
        let found = found?;
        if let Some((from, to)) = found.gap {
            let days = |time: Timestamp| time.strftime("%-d %B %Y").to_string();
            let sentence = format!("Events from {} to {} can’t be fetched any more", days(from), days(to));
            tunnel::report(&self.context, TunnelNewsKind::Gap, 0, sentence).await;
        }
        // Without a tunnel, fetching is normal and not worth reporting.
        if found.fetched > 0 && (woke || tunnel::public_base(&self.context).is_some()) {
            let back = if woke { "Back after sleep, " } else { "" };
            let sentence = match found.fetched {
                1 => format!("{back}1 missed event fetched"),
                count => format!("{back}{count} missed events fetched"),
            };
            tunnel::report(&self.context, TunnelNewsKind::Fetched, found.fetched as usize, sentence).await;
        }
        Ok(found)
    }

    async fn read_all(&self) -> Result<Found, ApiError> {
        let known = self.context.store.caught_up().await?;
        let mut reads = Vec::new();
        for own in ours::list(&self.context.store).await? {
            if own.link.account.is_some() && own.link.apple.is_some() {
                let last = known.iter().find(|one| one.webhook == own.row.id).cloned();
                reads.push((own, last));
            }
        }
        let each = stream::iter(reads).map(async |(own, last)| {
            let log = LogRead::new(self.context.clock.now(), &own, last);
            let outcome =
                match self.accounts.access(own.link.account.as_ref().map(hookbell_core::AccountId::as_str)).await {
                    Ok(access) => log.read(&self.context, &access.client).await,
                    Err(error) => log.failed(error),
                };
            self.context.store.set_caught_up(outcome.row.clone()).await?;
            Ok::<_, StoreError>(outcome)
        });
        let mut each = std::pin::pin!(each.buffer_unordered(MAX_LOGS_AT_ONCE));
        let mut found = Found::default();
        while let Some(outcome) = each.next().await {
            let outcome = outcome?;
            found.fetched += outcome.row.fetched;
            found.troubles += usize::from(outcome.row.trouble.is_some());
            if let Some((from, to)) = outcome.new_gap {
                let (earliest, latest) = found.gap.unwrap_or((from, to));
                found.gap = Some((earliest.min(from), latest.max(to)));
            }
        }
        Ok(found)
    }
}

/// The result of one read.
struct Outcome {
    row: CaughtUp,
    new_gap: Option<(Timestamp, Timestamp)>,
}

/// How far before the last delivery seen each read begins.
const READ_OVERLAP: SignedDuration = SignedDuration::from_mins(10);
