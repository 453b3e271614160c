//! Shows pending events: a few one by one, many as one summary. Each is claimed first, and released if showing fails.

use std::{collections::HashSet, time::Duration};

use hookbell_store::{StoreError, StoredEvent};
use tokio::time::Instant;

use super::{
    Notifications,
    burst::{Burst, Flood, HeldBy},
    single::{MAX_BODY_CHARS, notification},
};
use crate::{
    api::{Announce, Importance, Settings},
    distribution, enrich, event_words,
    host::{Notification, NotifyError},
    known_apps::KnownApps,
    notice::{Notice, Say},
};

/// More events than this at once are shown as one notification.
const MAX_SEPARATE: usize = 5;

/// How long events are gathered after a summary, so that a burst shows at most one summary a second.
const GATHER_FOR: Duration = Duration::from_secs(1);

/// How many events one query of the store returns.
const EVENTS_PER_BATCH: u32 = 500;

/// The result of showing all pending events.
pub(super) struct Backlog {
    pub(super) shown: Result<(), NotifyError>,
    /// When to check those waiting for details.
    pub(super) held: Option<Instant>,
}

impl Notifications {
    /// Shows all pending events, one by one or as a summary. `held_by` is what held them back until now. A summary
    /// doesn't wait for details, because it couldn't show them.
    pub(super) async fn show_backlog(
        &self,
        flood: &mut Flood,
        mut held_by: Option<HeldBy>,
    ) -> Result<Backlog, StoreError> {
        if self.held_back_until().is_some()
            && let Err(error) = self.show_urgent().await?
        {
            return Ok(Backlog { shown: Err(error), held: None });
        }
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

    /// Shows what a rule wants shown even in quiet hours and pauses, up to a few. The others wait for the summary.
    async fn show_urgent(&self) -> Result<Result<(), NotifyError>, StoreError> {
        let mut urgent = self.context.store.unnotified_urgent(EVENTS_PER_BATCH).await?;
        if urgent.len() > MAX_SEPARATE {
            let patient = urgent.split_off(MAX_SEPARATE);
            self.context.store.make_patient(patient.into_iter().map(|event| event.seq).collect()).await?;
        }
        let settings = self.context.settings.borrow().clone();
        self.show_each(&settings, urgent).await
    }

    async fn show_each(
        &self,
        settings: &Settings,
        events: Vec<StoredEvent>,
    ) -> Result<Result<(), NotifyError>, StoreError> {
        for event in events {
            let now = self.context.clock.now();
            let claimed = self.context.store.claim_notifications(vec![event.seq], now).await?;
            if !self.is_told(settings, &event).await? {
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
        let usual = notification(event, &sentence, &apps, settings.sound);
        let route = self.build_route(event).await?.unwrap_or(usual.route);
        let usual = Notification { image, route, ..usual };
        let notification = self.worded(usual, event).await?;
        self.show_claimed(notification, claimed).await
    }

    /// Shows these events and all pending ones after them as one. Another process shows those that it claimed.
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
                if ours.contains(&event.seq) && self.is_told(settings, &event).await? {
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

    /// Whether an event is shown: a rule decides, otherwise the settings, and of the steps of a plan only its end.
    async fn is_told(&self, settings: &Settings, event: &StoredEvent) -> Result<bool, StoreError> {
        match event.notice.as_deref().and_then(Notice::read) {
            Some(notice) => Ok(notice.say != Say::Nothing),
            None => Ok(settings.announce.has(event) && !distribution::reports(&self.context.store, event).await?),
        }
    }

    /// Shows claimed events, and releases the claims if that fails.
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

impl Announce {
    /// Whether the settings announce events of this importance.
    fn has(self, event: &StoredEvent) -> bool {
        match event.importance {
            Importance::NeedsYou => self.needs_you,
            Importance::Bad => self.bad,
            Importance::Good => self.good,
            Importance::Info => self.info,
        }
    }
}
