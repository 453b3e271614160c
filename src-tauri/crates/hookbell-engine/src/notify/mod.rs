//! One notification per event, however often it is delivered and whichever process stored it.
//!
//! The store is the queue: an event that is stored and not yet claimed is still to be shown. So an event acknowledged
//! just before the process was killed is shown at the next start, and an event stored by another process is shown by
//! the one with a desktop. The claim comes before the notification, so two processes never show the same one. It is
//! released if showing fails. Before an event is claimed, it waits briefly for its details ([`Hold`]).
//!
//! During a pause and in quiet hours nothing is claimed, so the queue loses nothing. Quiet hours follow from the
//! settings and the clock alone, so all processes agree on them. Held-back events are shown in one summary: those
//! that arrived in quiet hours, and everything pending when somebody ends a pause or turns quiet hours off. Events
//! that the settings don't announce are claimed silently.

mod backlog;
mod build_route;
mod burst;
mod pause;
mod single;

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::{
    sync::{Notify, watch},
    time::{Instant, timeout},
};

use self::{
    backlog::Backlog,
    burst::{Flood, HeldBy},
};
pub(crate) use self::{
    pause::PAUSED_UNTIL_SETTING,
    single::{MAX_BODY_CHARS, MAX_TITLE_CHARS, sound},
};
use crate::{
    api::{ApiError, ErrorCode, NotificationPermission},
    context::Context,
    desktop::blocking,
    enrich::Hold,
    feedback::Feedback,
    host::{Notification, NotifyError},
};

/// How often to check whether a pause or quiet hours are over: timers stand still while a computer sleeps, and its
/// clock may be changed.
const CHECK_EVERY: Duration = Duration::from_secs(30);

/// Wait before a failed notification is retried.
const RETRY_AFTER: Duration = Duration::from_secs(15);

/// How long quitting waits for a desktop that is showing a notification.
const LAST_ANSWER_TIMEOUT: Duration = Duration::from_secs(2);

/// How long notifications wait for missed events, so that these are shown in one summary.
const CATCH_UP_TIMEOUT: Duration = Duration::from_secs(15);

/// The room of notifications.
#[derive(Debug)]
pub struct Notifications {
    context: Context,
    hold: Arc<Hold>,
    feedback: Arc<Feedback>,
    /// Whether missed events are being fetched; they are shown together.
    catching_up: watch::Receiver<bool>,
    /// Whether anything is shown yet.
    announcing: watch::Sender<bool>,
    /// Signals that the person has answered whether notifications are allowed.
    answered: Notify,
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

    /// Starts showing notifications. Only needed with [`crate::Options::announces_later`].
    pub fn announce(&self) {
        self.announcing.send_replace(true);
    }

    /// Has the system ask the person to allow notifications, and shows those that waited for that.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::Internal`] if the system couldn't ask. A refusal by the person isn't an error.
    pub async fn allow(&self) -> Result<NotificationPermission, ApiError> {
        let host = Arc::clone(&self.context.host);
        let answered = blocking(move || host.ask_to_notify()).await?;
        if let Err(error) = &answered
            && !matches!(error, NotifyError::TurnedOff | NotifyError::NotAllowedYet)
        {
            return Err(ApiError::new(ErrorCode::Internal, error.to_string(), error.hint()));
        }
        self.context.change(|conditions| {
            // Any other obstacle stays in the conditions until a notification is shown.
            if conditions.notifications == Some(NotifyError::NotAllowedYet) {
                conditions.notifications = answered.err();
            }
        });
        self.answered.notify_one();
        self.context.notification_permission().await
    }

    /// Whether notifications may be shown now: started, and held back by neither a pause nor quiet hours.
    pub(crate) fn may_show(&self) -> bool {
        *self.announcing.borrow() && self.held_back_until().is_none()
    }

    /// Has the desktop show a notification and waits for its answer, but only briefly while Hookbell quits.
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

    /// Shows stored events that haven't been shown, until the engine stops.
    pub(crate) async fn run(self: Arc<Self>) {
        let context = &self.context;
        let mut stored = context.store.changes();
        let mut settings = context.settings.subscribe();
        let mut conditions = context.conditions.subscribe();
        let mut tries = self.hold.first_tries();
        let mut flood = Flood::default();
        let mut held_by = None;
        let mut announcing = self.announcing.subscribe();
        if context.unless_stopped(announcing.wait_for(|announcing| *announcing)).await.is_none() {
            return;
        }
        loop {
            stored.mark_unchanged();
            settings.mark_unchanged();
            tries.mark_unchanged();
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
                    changed = tries.changed() => changed.is_ok(),
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

    /// Waits until missed events are fetched, with a timeout.
    async fn caught_up(&self) {
        let mut catching_up = self.catching_up.clone();
        let _ = timeout(CATCH_UP_TIMEOUT, catching_up.wait_for(|catching_up| !catching_up)).await;
    }

    /// When the current pause or quiet hours end; `None` if there are none.
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
}

async fn sleep(wait: Option<Duration>) {
    match wait {
        Some(wait) => tokio::time::sleep(wait).await,
        None => std::future::pending().await,
    }
}
