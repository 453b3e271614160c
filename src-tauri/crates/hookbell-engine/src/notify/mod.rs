//! One event, one notification, however often it is delivered and whoever stored it.
//!
//! The store is the queue: an event that is stored and not yet claimed is still to be shown. So an event that
//! was acknowledged just before the process was killed is notified at the next start, and an event that another
//! process stored is notified by the one with a desktop. The claim comes before the notification, so two processes
//! never show the same one. It is given back if showing fails. Before an event is claimed, it waits a moment for its
//! details ([`Hold`]).
//!
//! During a pause and in quiet hours nothing is claimed, so the queue loses nothing. Quiet hours follow from the
//! settings and the clock alone, so every process agrees on them. What they held back is shown in one summary: an event
//! that came in quiet hours, and everything that waits when somebody ends a pause or turns quiet hours off. An event
//! that the settings do not announce is claimed in silence.

mod burst;
mod pause;

use std::{collections::HashSet, sync::Arc, time::Duration};

use hookbell_core::EventKind;
use hookbell_store::{StoreError, StoredEvent};
use jiff::Timestamp;
use tokio::{
    sync::{Notify, watch},
    time::{Instant, timeout},
};

use self::burst::{Burst, Flood, HeldBy};
pub(crate) use self::pause::PAUSED_UNTIL_SETTING;
use crate::{
    api::{Announce, ApiError, ErrorCode, Importance, NotificationPermission, Settings, SoundChoice},
    context::Context,
    desktop::blocking,
    enrich::{self, Hold},
    event_words,
    feedback::Feedback,
    host::{Notification, NotifyError, Sound},
    known_apps::KnownApps,
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

/// How long notifications wait for missed events, so that those come in one summary.
const CATCH_UP_TIMEOUT: Duration = Duration::from_secs(15);

/// The longest title of a notification.
pub(crate) const MAX_TITLE_CHARS: usize = 40;
/// The longest text of a notification.
pub(crate) const MAX_BODY_CHARS: usize = 120;

/// The room of notifications.
#[derive(Debug)]
pub struct Notifications {
    context: Context,
    hold: Arc<Hold>,
    feedback: Arc<Feedback>,
    /// Whether missed events are being fetched: what they bring is shown together.
    catching_up: watch::Receiver<bool>,
    /// Whether anything is shown yet.
    announcing: watch::Sender<bool>,
    /// The person has said whether notifications are allowed.
    answered: Notify,
}

/// The result of showing everything that waits.
struct Backlog {
    shown: Result<(), NotifyError>,
    /// When to check those that wait for their details.
    held: Option<Instant>,
}

impl Notifications {
    pub(crate) fn new(
        context: Context,
        hold: Arc<Hold>,
        feedback: Arc<Feedback>,
        catching_up: watch::Receiver<bool>,
    ) -> Self {
        let announcing = watch::Sender::new(!context.options.announces_later);
        Self { context, hold, feedback, catching_up, announcing, answered: Notify::new() }
    }

    /// Starts to notify. Only needed with [`crate::Options::announces_later`].
    pub fn announce(&self) {
        self.announcing.send_replace(true);
    }

    /// Has the system ask the person to allow notifications, and shows those that waited for it.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::Internal`] if the system could not ask. That the person said no is no error.
    pub async fn allow(&self) -> Result<NotificationPermission, ApiError> {
        let host = Arc::clone(&self.context.host);
        let answered = blocking(move || host.ask_to_notify()).await?;
        if let Err(error) = &answered
            && !matches!(error, NotifyError::TurnedOff | NotifyError::NotAllowedYet)
        {
            return Err(ApiError::new(ErrorCode::Internal, error.to_string(), error.hint()));
        }
        self.context.change(|conditions| {
            // What else keeps notifications away stays said until one is shown.
            if conditions.notifications == Some(NotifyError::NotAllowedYet) {
                conditions.notifications = answered.err();
            }
        });
        self.answered.notify_one();
        self.context.notification_permission().await
    }

    /// Whether notifications may be shown now: they have started, and neither a pause nor quiet hours hold them back.
    pub(crate) fn may_show(&self) -> bool {
        *self.announcing.borrow() && self.held_back_until().is_none()
    }

    /// Has the desktop show a notification, and waits for its answer, but not for long once Hookbell ends.
    pub(crate) async fn show(&self, notification: Notification) -> Result<(), NotifyError> {
        let host = Arc::clone(&self.context.host);
        let showing = tokio::task::spawn_blocking(move || host.notify(&notification));
        let too_late = async {
            self.context.stop.cancelled().await;
            tokio::time::sleep(LAST_ANSWER_TIMEOUT).await;
        };
        let shown = tokio::select! {
            shown = showing => shown.ok(),
            () = too_late => None,
        };
        shown.unwrap_or_else(|| Err(NotifyError::Refused("it ended before it answered".to_owned())))
    }

    /// Shows what is stored and not yet shown, until the engine is stopped.
    pub(crate) async fn run(self: Arc<Self>) {
        let context = &self.context;
        let mut stored = context.store.changes();
        let mut settings = context.settings.subscribe();
        let mut conditions = context.conditions.subscribe();
        let mut flood = Flood::default();
        let mut held_by = None;
        let mut announcing = self.announcing.subscribe();
        if context.unless_stopped(announcing.wait_for(|announcing| *announcing)).await.is_none() {
            return;
        }
        loop {
            stored.mark_unchanged();
            settings.mark_unchanged();
            if context.unless_stopped(self.caught_up()).await.is_none() {
                return;
            }
            let (failed, held) = match self.show_backlog(&mut flood, held_by).await {
                Ok(Backlog { shown, held }) => (shown.is_err(), held),
                Err(error) => {
                    tracing::warn!(%error, "notifications wait for the store");
                    (true, None)
                }
            };
            held_by = self.held_by().or(held_by.filter(|_| failed));
            let paused_until = conditions.borrow_and_update().paused_until;
            let wait = match self.held_back_until() {
                Some(until) => {
                    let wait = Duration::try_from(context.clock.now().duration_until(until));
                    Some(wait.unwrap_or_default().min(CHECK_EVERY))
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
                    () = self.hold.first_try_ended() => true,
                    () = self.feedback.file_ended() => true,
                    () = self.answered.notified() => true,
                    () = sleep(wait) => {
                        self.end_pause_when_due().await;
                        true
                    }
                }
            };
            if context.unless_stopped(woken).await != Some(true) {
                return;
            }
        }
    }

    /// Waits until missed events are fetched, but not for ever.
    async fn caught_up(&self) {
        let mut catching_up = self.catching_up.clone();
        let _ = timeout(CATCH_UP_TIMEOUT, catching_up.wait_for(|catching_up| !catching_up)).await;
    }

    /// When the pause or the quiet hours end that hold notifications back; nothing if neither does.
    fn held_back_until(&self) -> Option<Timestamp> {
        let quiet = self.context.settings.borrow().quiet_hours.until(self.context.clock.now());
        self.context.conditions.borrow().paused_until.max(quiet)
    }

    /// What holds notifications back now.
    fn held_by(&self) -> Option<HeldBy> {
        self.held_back_until()?;
        Some(match self.context.conditions.borrow().paused_until {
            Some(_) => HeldBy::Pause,
            None => HeldBy::QuietHours,
        })
    }

    /// Shows everything that waits, one by one or as a summary. `held_by` is what held it back until now. A summary waits for no details, because it could not
    /// show them.
    async fn show_backlog(&self, flood: &mut Flood, mut held_by: Option<HeldBy>) -> Result<Backlog, StoreError> {
        while self.held_back_until().is_none() {
            let settings = self.context.settings.borrow().clone();
            let waiting = self.context.store.unnotified(EVENTS_PER_BATCH).await?;
            if waiting.is_empty() {
                break;
            }
            let came_in_quiet = waiting.iter().any(|event| settings.quiet_hours.until(event.received_at).is_some());
            let held_by = held_by.take().or(came_in_quiet.then_some(HeldBy::QuietHours));
            let few = if held_by.is_some() { 1 } else { MAX_SEPARATE };
            let many = waiting.len() > few;
            let (shown, held) = if many {
                let burst = flood.take().filter(|_| held_by.is_none()).unwrap_or_else(|| Burst::new(few, held_by));
                (self.show_burst(&settings, waiting, burst, flood).await?, None)
            } else {
                let sorted = self.hold.sort(waiting).await?;
                (self.show_each(&settings, sorted.ready).await?, sorted.until)
            };
            if shown.is_err() || held.is_some() {
                return Ok(Backlog { shown, held });
            }
            if many && self.context.unless_stopped(tokio::time::sleep(GATHER_FOR)).await.is_none() {
                break;
            }
        }
        Ok(Backlog { shown: Ok(()), held: None })
    }

    async fn show_each(
        &self,
        settings: &Settings,
        events: Vec<StoredEvent>,
    ) -> Result<Result<(), NotifyError>, StoreError> {
        for event in events {
            let now = self.context.clock.now();
            let claimed = self.context.store.claim_notifications(vec![event.seq], now).await?;
            if !settings.announce.has(&event) {
                continue;
            }
            let shown = self.show_one(settings, &event, claimed).await?;
            if shown.is_err() {
                return Ok(shown);
            }
        }
        Ok(Ok(()))
    }

    /// Shows one claimed event, with its picture if it has one.
    async fn show_one(
        &self,
        settings: &Settings,
        event: &StoredEvent,
        claimed: Vec<i64>,
    ) -> Result<Result<(), NotifyError>, StoreError> {
        let image = match enrich::details(event).and_then(|details| details.feedback) {
            Some(feedback) => self.feedback.first_thumbnail(&feedback).await?,
            None => None,
        };
        let apps = KnownApps::read(&self.context.store).await?;
        let sentence = event_words::sentence(&self.context.store, event, &apps).await?;
        let notification = Notification { image, ..notification(event, &sentence, &apps, settings.sound) };
        self.show_claimed(notification, claimed).await
    }

    /// Shows these events and all that wait behind them as one. Another process shows those that it claimed.
    async fn show_burst(
        &self,
        settings: &Settings,
        first: Vec<StoredEvent>,
        mut burst: Burst,
        flood: &mut Flood,
    ) -> Result<Result<(), NotifyError>, StoreError> {
        let store = &self.context.store;
        let mut all = Vec::new();
        let mut waiting = first;
        let shown_before = burst.events();
        let apps = KnownApps::read(store).await?;
        loop {
            let last = waiting.len() < EVENTS_PER_BATCH as usize;
            let seqs = waiting.iter().map(|event| event.seq).collect();
            let claimed = store.claim_notifications(seqs, self.context.clock.now()).await?;
            let ours: HashSet<_> = claimed.iter().copied().collect();
            all.extend(claimed);
            for event in waiting {
                if ours.contains(&event.seq) && settings.announce.has(&event) {
                    let line = event_words::line(&event, &apps, MAX_BODY_CHARS);
                    burst.add(event, line);
                }
            }
            if last {
                break;
            }
            waiting = store.unnotified(EVENTS_PER_BATCH).await?;
        }
        let Some(few) = burst.take_few() else {
            let shown = if burst.events() == shown_before {
                Ok(())
            } else {
                self.show_claimed(burst.notification(settings.sound, flood.number()), all).await?
            };
            if shown.is_ok() {
                flood.goes_on(burst);
            }
            return Ok(shown);
        };
        for (done, event) in few.iter().enumerate() {
            let shown = self.show_one(settings, event, vec![event.seq]).await?;
            if shown.is_err() {
                store.release_notifications(few.iter().skip(done).map(|event| event.seq).collect()).await?;
                return Ok(shown);
            }
        }
        Ok(Ok(()))
    }

    /// Shows what was claimed, and gives the claims back if it could not be shown.
    async fn show_claimed(
        &self,
        notification: Notification,
        claimed: Vec<i64>,
    ) -> Result<Result<(), NotifyError>, StoreError> {
        if claimed.is_empty() {
            return Ok(Ok(()));
        }
        let shown = self.show(notification).await;
        if let Err(error) = &shown {
            tracing::warn!(%error, "a notification could not be shown");
            self.context.store.release_notifications(claimed).await?;
        }
        let trouble = shown.clone().err();
        self.context.change(|conditions| conditions.notifications = trouble);
        Ok(shown)
    }
}

async fn sleep(wait: Option<Duration>) {
    match wait {
        Some(wait) => tokio::time::sleep(wait).await,
        None => std::future::pending().await,
    }
}

/// What a tester's pictures are called in a notification, where their words matter more than their name.
const SCREENSHOT_TITLE: &str = "Screenshot feedback";

impl Notification {
    /// The same with another title, cut to what a notification has room for.
    #[must_use]
    pub fn with_title(self, title: &str) -> Self {
        Self { title: cut(title, MAX_TITLE_CHARS), ..self }
    }
}

/// The notification of one event. One of feedback leads to the feedback itself.
fn notification(event: &StoredEvent, sentence: &str, apps: &KnownApps, heard: SoundChoice) -> Notification {
    let importance = event.importance;
    let details = enrich::details(event).unwrap_or_default();
    let title = match (event.kind, &details.feedback) {
        (EventKind::Screenshot, Some(_)) => SCREENSHOT_TITLE,
        _ => &event.title,
    };
    Notification {
        title: cut(&event_words::title(event, title, apps, MAX_TITLE_CHARS), MAX_TITLE_CHARS),
        body: cut(sentence, MAX_BODY_CHARS),
        route: match &details.feedback {
            Some(feedback) => format!("#/feedback/{}", segment(feedback)),
            None => format!("#/inbox/{}", event.seq),
        },
        importance,
        sound: sound(importance, heard),
        image: None,
        tag: None,
    }
}

impl Announce {
    /// Whether an event of this importance is announced.
    fn has(self, event: &StoredEvent) -> bool {
        match event.importance {
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
