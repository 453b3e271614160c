//! What could not be delivered is read from App Store Connect's log, and treated as if it had arrived.
//!
//! The log goes ten days back. Each webhook of ours is read from the last delivery that was seen, with an overlap, as
//! deliveries appear in it a little late; what is stored already changes nothing. With a tunnel this mends what was
//! missed; without one it is the way events arrive.

mod commands;
mod read;

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use futures_util::{StreamExt, stream};
use hookbell_store::{CaughtUp, StoreError};
use jiff::{SignedDuration, Timestamp};
use tokio::{
    sync::{Mutex, watch},
    time::{Instant, sleep},
};

use self::read::Look;
use crate::{
    api::{ApiError, TunnelNewsKind},
    engine::Inner,
    news::{News, heard},
    ours, tunnel,
};

/// The setting with the minutes between two looks while there is no tunnel.
const MINUTES: &str = "fetchMinutes";

/// What that is unless it was set.
const USUAL_MINUTES: u32 = 2;

/// How many logs are read side by side. Each holds one page at a time.
const SIDE_BY_SIDE: usize = 20;

/// The looks of this process.
#[derive(Debug, Default)]
pub(crate) struct Looks {
    /// One at a time.
    turn: Mutex<()>,
    running: watch::Sender<bool>,
    /// Whether the next one is for a computer that slept.
    woke: AtomicBool,
    wanted: tokio::sync::Notify,
}

/// What a look at all webhooks gave.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) fetched: u32,
    pub(crate) troubles: usize,
    gap: Option<(Timestamp, Timestamp)>,
}

/// A look that is under way, until it is dropped: a look that is cut short is over, too.
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

impl Looks {
    /// The computer slept.
    pub(crate) fn woke(&self) {
        self.woke.store(true, Ordering::Relaxed);
        self.wanted.notify_one();
    }

    /// Whether missed events are being fetched.
    pub(crate) fn is_running(&self) -> watch::Receiver<bool> {
        self.running.subscribe()
    }
}

/// Looks at once, and whenever it is time or something happened.
pub(crate) async fn run(inner: &Inner) {
    let (first, longest) = inner.options.pace.again;
    let mut news = inner.news.subscribe();
    let mut again = None::<Duration>;
    loop {
        let found = inner.look_for_missed().await;
        let troubles = match &found {
            Ok(found) => found.troubles > 0,
            Err(error) => {
                tracing::warn!(%error, "missed events could not be looked for");
                true
            }
        };
        again = troubles.then(|| again.map_or(first, |wait| longest.min(wait * 2)));
        let last = Instant::now();
        loop {
            let every = inner.look_every().await;
            let every = again.map_or(every, |again| every.min(again));
            // A tunnel that goes down makes the next look due earlier.
            let Some(left) = every.checked_sub(last.elapsed()) else { break };
            tokio::select! {
                () = sleep(left.min(inner.options.pace.minute)) => {}
                () = inner.tunnel.catch_up.notified() => break,
                () = inner.catch_up.wanted.notified() => break,
                () = heard(&mut news, News::KeychainOpened) => break,
            }
        }
    }
}

impl Inner {
    /// How long it is from one look to the next.
    async fn look_every(&self) -> Duration {
        match tunnel::public_base(self) {
            Some(_) => self.options.pace.catch_up,
            None => {
                let minutes = self.fetch_minutes().await.unwrap_or(USUAL_MINUTES);
                self.options.pace.minute.saturating_mul(minutes)
            }
        }
    }

    async fn fetch_minutes(&self) -> Result<u32, StoreError> {
        Ok(self.store.setting(MINUTES).await?.unwrap_or(USUAL_MINUTES))
    }

    /// Reads every log of ours from where it was last read to, side by side.
    pub(crate) async fn look_for_missed(&self) -> Result<Found, ApiError> {
        let _turn = self.catch_up.turn.lock().await;
        let woke = self.catch_up.woke.swap(false, Ordering::Relaxed);
        let running = Running::begin(&self.catch_up.running);
        let found = self.look_at_all().await;
        drop(running);
        let found = found?;
        if let Some((from, to)) = found.gap {
            let days = |time: Timestamp| time.strftime("%-d %B %Y").to_string();
            let sentence = format!("Events from {} to {} can’t be fetched any more", days(from), days(to));
            tunnel::report(self, TunnelNewsKind::Gap, 0, sentence).await;
        }
        // Where there is no tunnel, fetching is the usual way and no news.
        if found.fetched > 0 && (woke || tunnel::public_base(self).is_some()) {
            let back = if woke { "Back after sleep, " } else { "" };
            let sentence = match found.fetched {
                1 => format!("{back}1 missed event fetched"),
                count => format!("{back}{count} missed events fetched"),
            };
            tunnel::report(self, TunnelNewsKind::Fetched, found.fetched as usize, sentence).await;
        }
        Ok(found)
    }

    async fn look_at_all(&self) -> Result<Found, ApiError> {
        let known = self.store.caught_up().await?;
        let mut looks = Vec::new();
        for own in ours::list(&self.store).await? {
            if own.link.account.is_some() && own.link.apple.is_some() {
                let last = known.iter().find(|one| one.webhook == own.row.id).cloned();
                looks.push((own, last));
            }
        }
        let each = stream::iter(looks).map(async |(own, last)| {
            let look = Look::new(self.clock.now(), &own, last);
            let outcome =
                match self.accounts.access(own.link.account.as_ref().map(hookbell_core::AccountId::as_str)).await {
                    Ok(access) => look.read(self, &access.client).await,
                    Err(error) => look.failed(error),
                };
            self.store.set_caught_up(outcome.row.clone()).await?;
            Ok::<_, StoreError>(outcome)
        });
        let mut each = std::pin::pin!(each.buffer_unordered(SIDE_BY_SIDE));
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

/// What one look gave.
struct Outcome {
    row: CaughtUp,
    new_gap: Option<(Timestamp, Timestamp)>,
}

/// How far back each look begins before the last delivery that was seen.
const OVERLAP: SignedDuration = SignedDuration::from_mins(10);
