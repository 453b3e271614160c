//! One event, one notification, however often it is delivered and whoever stored it.
//!
//! The store is the queue: what is stored and not yet claimed is to be shown. So an event that was
//! acknowledged a moment before the process was killed is still notified at the next start, and an
//! event stored by another process is notified by the one with a desktop. The claim comes before the
//! notification, so two processes never show the same one; it is given back when showing fails. What
//! App Store Connect can tell about an event is waited for a moment before it is claimed.
//!
//! In a pause and in quiet hours nothing is claimed, so nothing of the queue is lost. Whether it is quiet follows from
//! the settings and the clock alone, so every process says the same; and an event was held back by quiet hours if it
//! came in them, so the summary afterwards needs no memory. An event that is not to be announced is claimed in silence.

mod burst;

use std::{collections::HashSet, path::PathBuf, sync::Arc, time::Duration};

use hookbell_core::words::Description;
use hookbell_store::{StoreError, StoredEvent};
use jiff::Timestamp;
use tokio::time::Instant;

use self::burst::{Burst, Flood};
use crate::{
    api::{Announce, Importance, Settings, SoundChoice},
    engine::Inner,
    enrich,
    events::importance,
    host::{Notification, NotifyError, Sound},
    text::{cut, segment},
};

/// More events than this at once become one notification.
const MAX_SEPARATE: usize = 5;

/// How long events are gathered after a summary, so that a burst shows at most one summary a second.
const GATHER_FOR: Duration = Duration::from_secs(1);

/// How many events one query of the store returns.
const EVENTS_PER_BATCH: u32 = 500;

/// How often to check whether a pause or quiet hours are over: timers stand still while a computer sleeps, and its clock
/// may be moved.
const CHECK_EVERY: Duration = Duration::from_secs(30);

/// How long to wait before a notification that failed is tried again.
const RETRY_AFTER: Duration = Duration::from_secs(15);

/// How long Hookbell waits at its end for a desktop that is showing a notification.
const LAST_ANSWER_TIMEOUT: Duration = Duration::from_secs(2);

/// The longest title of a notification, in characters.
pub(crate) const TITLE: usize = 40;
/// The longest text of a notification, in characters.
pub(crate) const BODY: usize = 120;

/// Shows what is stored and not yet shown, until the engine is stopped.
pub(crate) async fn run(inner: Arc<Inner>) {
    let mut stored = inner.store.changes();
    let mut settings = inner.settings.subscribe();
    let mut conditions = inner.conditions.subscribe();
    let mut flood = Flood::default();
    if inner.unless_stopped(inner.may_announce()).await.is_none() {
        return;
    }
    loop {
        stored.mark_unchanged();
        settings.mark_unchanged();
        if inner.unless_stopped(inner.catch_up.settled()).await.is_none() {
            return;
        }
        let (failed, held) = match show_backlog(&inner, &mut flood).await {
            Ok(Backlog { shown, held }) => (shown.is_err(), held),
            Err(error) => {
                tracing::warn!(%error, "notifications wait for the store");
                (true, None)
            }
        };
        let paused_until = conditions.borrow_and_update().paused_until;
        let wait = match inner.held_back_until() {
            Some(until) => {
                Some(Duration::try_from(inner.clock.now().duration_until(until)).unwrap_or_default().min(CHECK_EVERY))
            }
            None if failed => Some(RETRY_AFTER),
            None => held.map(|until| until.saturating_duration_since(Instant::now())),
        };
        let woken = async {
            let paused_or_resumed =
                async { conditions.wait_for(|now| now.paused_until != paused_until).await.map(drop).is_ok() };
            tokio::select! {
                changed = stored.changed() => changed.is_ok(),
                changed = settings.changed() => changed.is_ok(),
                changed = paused_or_resumed => changed,
                () = inner.enriching.ended.notified() => true,
                () = sleep(wait) => {
                    inner.end_pause_when_due().await;
                    true
                }
            }
        };
        if inner.unless_stopped(woken).await != Some(true) {
            return;
        }
    }
}

async fn sleep(wait: Option<Duration>) {
    match wait {
        Some(wait) => tokio::time::sleep(wait).await,
        None => std::future::pending().await,
    }
}

/// What became of everything that waits.
struct Backlog {
    shown: Result<(), NotifyError>,
    /// When to look again at those that wait for their details.
    held: Option<Instant>,
}

/// Shows everything that waits, one by one or as one. Many at once wait for no details: one notification
/// could not tell them.
async fn show_backlog(inner: &Arc<Inner>, flood: &mut Flood) -> Result<Backlog, StoreError> {
    while inner.held_back_until().is_none() {
        let settings = inner.settings.borrow().clone();
        let waiting = inner.store.unnotified(EVENTS_PER_BATCH).await?;
        if waiting.is_empty() {
            break;
        }
        let quiet = waiting.iter().any(|event| settings.quiet_hours.until(event.received_at).is_some());
        let few = if quiet { 1 } else { MAX_SEPARATE };
        let many = waiting.len() > few;
        let (shown, held) = if many {
            let burst = flood.take().filter(|_| !quiet).unwrap_or_else(|| Burst::new(few, quiet));
            (show_burst(inner, &settings, waiting, burst, flood).await?, None)
        } else {
            let sorted = inner.sort_by_details(waiting).await?;
            (show_each(inner, &settings, sorted.ready).await?, sorted.until)
        };
        if shown.is_err() || held.is_some() {
            return Ok(Backlog { shown, held });
        }
        if many && inner.unless_stopped(tokio::time::sleep(GATHER_FOR)).await.is_none() {
            break;
        }
    }
    Ok(Backlog { shown: Ok(()), held: None })
}

async fn show_each(
    inner: &Arc<Inner>,
    settings: &Settings,
    events: Vec<StoredEvent>,
) -> Result<Result<(), NotifyError>, StoreError> {
    for event in events {
        let claimed = inner.store.claim_notifications(vec![event.seq], inner.clock.now()).await?;
        if !settings.announce.has(&event) {
            continue;
        }
        let shown = show_one(inner, settings, &event, claimed).await?;
        if shown.is_err() {
            return Ok(shown);
        }
    }
    Ok(Ok(()))
}

/// Shows one that was claimed, with its picture if it has one.
async fn show_one(
    inner: &Arc<Inner>,
    settings: &Settings,
    event: &StoredEvent,
    claimed: Vec<i64>,
) -> Result<Result<(), NotifyError>, StoreError> {
    let image = inner.preview(event).await?;
    show(inner, Notification { image, ..notification(event, settings.sound) }, claimed).await
}

/// Shows these and all that wait behind them as one; those that were claimed by another process are told there.
async fn show_burst(
    inner: &Arc<Inner>,
    settings: &Settings,
    first: Vec<StoredEvent>,
    mut burst: Burst,
    flood: &mut Flood,
) -> Result<Result<(), NotifyError>, StoreError> {
    let mut all = Vec::new();
    let mut waiting = first;
    let told = burst.events();
    loop {
        let last = waiting.len() < EVENTS_PER_BATCH as usize;
        let seqs = waiting.iter().map(|event| event.seq).collect();
        let claimed = inner.store.claim_notifications(seqs, inner.clock.now()).await?;
        let ours: HashSet<_> = claimed.iter().copied().collect();
        all.extend(claimed);
        for event in waiting {
            if ours.contains(&event.seq) && settings.announce.has(&event) {
                burst.add(event);
            }
        }
        if last {
            break;
        }
        waiting = inner.store.unnotified(EVENTS_PER_BATCH).await?;
    }
    let Some(few) = burst.take_few() else {
        let shown = if burst.events() == told {
            Ok(())
        } else {
            show(inner, burst.notification(settings.sound, flood.number()), all).await?
        };
        if shown.is_ok() {
            flood.goes_on(burst);
        }
        return Ok(shown);
    };
    for (told, event) in few.iter().enumerate() {
        let shown = show_one(inner, settings, event, vec![event.seq]).await?;
        if shown.is_err() {
            inner.store.release_notifications(few.iter().skip(told).map(|event| event.seq).collect()).await?;
            return Ok(shown);
        }
    }
    Ok(Ok(()))
}

/// Shows what was claimed, and gives the claims back if it could not be shown.
async fn show(
    inner: &Arc<Inner>,
    notification: Notification,
    claimed: Vec<i64>,
) -> Result<Result<(), NotifyError>, StoreError> {
    if claimed.is_empty() {
        return Ok(Ok(()));
    }
    let shown = inner.show(notification).await;
    if let Err(error) = &shown {
        tracing::warn!(%error, "a notification could not be shown");
        inner.store.release_notifications(claimed).await?;
    }
    let trouble = shown.clone().err();
    inner.change(|conditions| conditions.notifications = trouble);
    Ok(shown)
}

impl Inner {
    /// Has the desktop show a notification, and waits for its answer, but not for ever once Hookbell ends.
    pub(crate) async fn show(&self, notification: Notification) -> Result<(), NotifyError> {
        let host = Arc::clone(&self.host);
        let showing = tokio::task::spawn_blocking(move || host.notify(&notification));
        let too_late = async {
            self.stop.cancelled().await;
            tokio::time::sleep(LAST_ANSWER_TIMEOUT).await;
        };
        let shown = tokio::select! {
            shown = showing => shown.ok(),
            () = too_late => None,
        };
        shown.unwrap_or_else(|| Err(NotifyError::Refused("it ended before it answered".to_owned())))
    }

    /// Waits until somebody wants to hear of what is stored.
    pub(crate) async fn may_announce(&self) {
        let _ = self.announcing.subscribe().wait_for(|announcing| *announcing).await;
    }

    /// Until when notifications wait: for the end of a pause or of quiet hours.
    pub(crate) fn held_back_until(&self) -> Option<Timestamp> {
        let quiet = self.settings.borrow().quiet_hours.until(self.clock.now());
        self.conditions.borrow().paused_until.max(quiet)
    }

    /// The first picture of a feedback, small, if it is here.
    async fn preview(&self, event: &StoredEvent) -> Result<Option<PathBuf>, StoreError> {
        match enrich::details(event).and_then(|details| details.feedback) {
            Some(feedback) => self.first_thumbnail(&feedback).await,
            None => Ok(None),
        }
    }
}

/// What a tester's pictures are called in a notification, where their words matter more than their name.
const SCREENSHOT_TITLE: &str = "Screenshot feedback";

/// The notification of one event. One of feedback leads to the feedback itself.
pub(crate) fn notification(event: &StoredEvent, heard: SoundChoice) -> Notification {
    let importance = importance(&event.importance);
    let details = enrich::details(event).unwrap_or_default();
    let base = match (event.kind.as_str(), &details.feedback) {
        ("screenshot", Some(_)) => SCREENSHOT_TITLE,
        _ => &event.title,
    };
    let words = Description {
        title: base.to_owned(),
        sentence: String::new(),
        importance: hookbell_core::words::Importance::Info,
    };
    Notification {
        title: cut(&words.headline(&enrich::known(&details)), TITLE),
        body: cut(&event.sentence, BODY),
        route: match &details.feedback {
            Some(feedback) => format!("#/feedback/{}", segment(feedback)),
            None => format!("#/inbox/{}", event.seq),
        },
        importance,
        sound: sound(importance, heard),
        demo: false,
        image: None,
        tag: None,
    }
}

impl Announce {
    /// Whether a notification is wanted for an event that means this.
    fn has(self, event: &StoredEvent) -> bool {
        match importance(&event.importance) {
            Importance::NeedsYou => self.needs_you,
            Importance::Bad => self.bad,
            Importance::Good => self.good,
            Importance::Info => self.info,
        }
    }
}

pub(crate) fn sound(importance: Importance, heard: SoundChoice) -> Sound {
    let is_heard = match heard {
        SoundChoice::Never => false,
        SoundChoice::NeedsYou => importance == Importance::NeedsYou,
        SoundChoice::Everything => true,
    };
    if is_heard { Sound::Usual } else { Sound::Silent }
}
