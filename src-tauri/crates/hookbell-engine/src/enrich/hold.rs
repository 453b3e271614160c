//! How long a notification waits for the details of its event and for a picture.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use hookbell_store::{FileState, Role, StoreError, StoredEvent, StoredFile};
use tokio::{sync::Notify, time::Instant};

use super::{details, queue::ReadQueue, read::WebhookAccounts};
use crate::{Hookbell, engine::Inner};

/// How long an event is remembered after it was first seen.
const FORGET_AFTER: Duration = Duration::from_secs(60);

/// The events whose first try has not ended, and the resources that wait to be read for events.
#[derive(Debug, Default)]
pub(crate) struct Enriching {
    pub(super) queue: ReadQueue,
    seen: Mutex<HashMap<i64, Seen>>,
    /// Some first try has ended, perhaps with nothing to store.
    pub(crate) ended: Notify,
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    at: Instant,
    over: bool,
}

impl Enriching {
    /// The first try of an event has ended, whatever came of it.
    pub(super) fn over(&self, seq: i64) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.entry(seq).or_insert(Seen { at: Instant::now(), over: true }).over = true;
        self.ended.notify_one();
    }

    fn see(&self, seq: i64) -> Seen {
        let now = Instant::now();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|other, one| *other == seq || now.duration_since(one.at) < FORGET_AFTER);
        *seen.entry(seq).or_insert(Seen { at: now, over: false })
    }
}

/// Events to be notified now, and when to check those that wait.
#[derive(Debug, Default)]
pub(crate) struct Sorted {
    pub(crate) ready: Vec<StoredEvent>,
    pub(crate) until: Option<Instant>,
}

impl Hookbell {
    /// How long a line about an event still waits for its details: nothing if they are known, or if nothing is to
    /// be waited for (any more).
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn waits_for_details(&self, event: &StoredEvent) -> Result<Option<Duration>, StoreError> {
        if event.details.is_some() || !self.inner.webhook_accounts().await?.knows_of(event) {
            return Ok(None);
        }
        let seen = self.inner.enriching.see(event.seq);
        let wait = (seen.at + self.inner.options.pace.details).saturating_duration_since(Instant::now());
        Ok((!seen.over && !wait.is_zero()).then_some(wait))
    }
}

impl Inner {
    /// Separates the events that can be notified now from those that wait for their details.
    pub(crate) async fn sort_by_details(&self, events: Vec<StoredEvent>) -> Result<Sorted, StoreError> {
        let mut sorted = Sorted::default();
        let sources = self.webhook_accounts().await?;
        for mut event in events {
            match self.waits_until(&sources, &mut event).await? {
                Some(until) => sorted.until = Some(sorted.until.map_or(until, |other| other.min(until))),
                None => sorted.ready.push(event),
            }
        }
        Ok(sorted)
    }

    async fn waits_until(
        &self,
        sources: &WebhookAccounts,
        event: &mut StoredEvent,
    ) -> Result<Option<Instant>, StoreError> {
        if !sources.knows_of(event) {
            return Ok(None);
        }
        let seen = self.enriching.see(event.seq);
        // It was read before its first try ended, so its details may have come meanwhile.
        if seen.over
            && event.details.is_none()
            && let Some(fresh) = self.store.event(event.seq).await?
        {
            *event = fresh;
        }
        let until = match details(event) {
            None if seen.over => return Ok(None),
            None => seen.at + self.options.pace.details,
            Some(details) => match details.feedback {
                Some(feedback) if self.waits_for_picture(&feedback).await? => seen.at + self.options.pace.picture,
                _ => return Ok(None),
            },
        };
        Ok(Some(until).filter(|until| *until > Instant::now()))
    }

    async fn waits_for_picture(&self, feedback: &str) -> Result<bool, StoreError> {
        let files = self.store.feedback_files(feedback).await?;
        let first = files.iter().find(|file| file.role == Role::Picture);
        Ok(first.is_some_and(|file: &StoredFile| file.state == FileState::Waiting && file.reason.is_none()))
    }
}
