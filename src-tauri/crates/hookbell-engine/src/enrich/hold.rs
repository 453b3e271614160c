//! Decides how long a notification waits for its event's details and for a picture.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use hookbell_store::{FileState, Role, StoreError, StoredEvent};
use tokio::{sync::watch, time::Instant};

use super::{details, webhook_accounts::WebhookAccounts};
use crate::context::Context;

/// How long an event is remembered after it was first seen.
const FORGET_AFTER: Duration = Duration::from_secs(60);

/// The room that holds notifications back until their events have details or time is up.
#[derive(Debug)]
pub struct Hold {
    context: Context,
    seen: Mutex<HashMap<i64, Seen>>,
    /// Signals that the first try for some event has ended, perhaps with nothing to store.
    first_tries: watch::Sender<()>,
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    at: Instant,
    first_try_over: bool,
}

/// The events that can be notified now, and when to check those that wait.
#[derive(Debug, Default)]
pub(crate) struct Sorted {
    pub(crate) ready: Vec<StoredEvent>,
    pub(crate) until: Option<Instant>,
}

impl Hold {
    pub(crate) fn new(context: Context) -> Self {
        Self { context, seen: Mutex::default(), first_tries: watch::Sender::new(()) }
    }

    /// How long a line about an event still waits for its details. `None` if they are known, or if there is nothing
    /// (more) to wait for.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn waits_for_details(&self, event: &StoredEvent) -> Result<Option<Duration>, StoreError> {
        if event.details.is_some() || !WebhookAccounts::stored(&self.context).await?.can_read(event) {
            return Ok(None);
        }
        let seen = self.see(event.seq);
        let wait = (seen.at + self.context.options.pace.details).saturating_duration_since(Instant::now());
        Ok((!seen.first_try_over && !wait.is_zero()).then_some(wait))
    }

    /// Separates the events that can be notified now from those that wait.
    pub(crate) async fn sort(&self, events: Vec<StoredEvent>) -> Result<Sorted, StoreError> {
        let mut sorted = Sorted::default();
        let accounts = WebhookAccounts::stored(&self.context).await?;
        for mut event in events {
            match self.waits_until(&accounts, &mut event).await? {
                Some(until) => sorted.until = Some(sorted.until.map_or(until, |other| other.min(until))),
                None => sorted.ready.push(event),
            }
        }
        Ok(sorted)
    }

    /// Signals whenever the first try for some event has ended.
    pub(crate) fn first_tries(&self) -> watch::Receiver<()> {
        self.first_tries.subscribe()
    }

    /// Records that the first try for an event has ended, whatever its result.
    pub(super) fn end_first_try(&self, seq: i64) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.entry(seq).or_insert(Seen { at: Instant::now(), first_try_over: true }).first_try_over = true;
        self.first_tries.send_replace(());
    }

    fn see(&self, seq: i64) -> Seen {
        let now = Instant::now();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|other, one| *other == seq || now.duration_since(one.at) < FORGET_AFTER);
        *seen.entry(seq).or_insert(Seen { at: now, first_try_over: false })
    }

    async fn waits_until(
        &self,
        accounts: &WebhookAccounts,
        event: &mut StoredEvent,
    ) -> Result<Option<Instant>, StoreError> {
        if !accounts.can_read(event) {
            return Ok(None);
        }
        let seen = self.see(event.seq);
        // The event was read before its first try ended, so its details may have arrived since.
        if seen.first_try_over
            && event.details.is_none()
            && let Some(fresh) = self.context.store.event(event.seq).await?
        {
            *event = fresh;
        }
        let pace = &self.context.options.pace;
        let until = match details(event) {
            None if seen.first_try_over => return Ok(None),
            None => seen.at + pace.details,
            Some(details) => match details.feedback {
                Some(feedback) if self.waits_for_picture(&feedback).await? => seen.at + pace.picture,
                _ => return Ok(None),
            },
        };
        Ok(Some(until).filter(|until| *until > Instant::now()))
    }

    async fn waits_for_picture(&self, feedback: &str) -> Result<bool, StoreError> {
        let files = self.context.store.feedback_files(feedback).await?;
        let first = files.iter().find(|file| file.role == Role::Picture);
        Ok(first.is_some_and(|file| file.state == FileState::Waiting && file.reason.is_none()))
    }
}
