//! Deleting what was received, by a person and by retention: rows, files, and the traces of both.
//!
//! What App Store Connect still has must not come back by itself, so the bare ids are remembered for a while:
//!
//! - an event's for 30 days. The log of deliveries goes back ten days, a redelivery on the last of them stands in it
//!   for ten more, and the rest is a margin for clocks.
//! - a feedback's for 400 days. App Store Connect gives it as long as its app has it, so that reading existing
//!   feedback would bring it back at any time; a build can be tested for 90 days.

mod account;
mod words;

use hookbell_core::{AccountId, AppId};
use hookbell_store::{Bounds, Traces, Which};
use jiff::{SignedDuration, Timestamp};

use crate::{
    Hookbell,
    api::{ApiError, Deleted, Deletion, DeletionBounds, DeletionRequest, ErrorCode, NamedThing, Received, Retention},
    desktop::blocking,
    engine::Inner,
};

const REMEMBER_EVENTS_FOR: SignedDuration = SignedDuration::from_hours(24 * 30);
const REMEMBER_FEEDBACK_FOR: SignedDuration = SignedDuration::from_hours(24 * 400);

/// How the name of a damaged database begins that was set aside.
const SET_ASIDE_PREFIX: &str = "hookbell.db.damaged-";

/// What is to go.
#[derive(Debug, Clone, Default)]
struct Chosen {
    events: Option<Which<i64>>,
    feedback: Option<Which<String>>,
}

impl Hookbell {
    /// Says what would be deleted. Nothing is.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] at the bound that can't be read, or if nothing is given;
    /// [`ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn deletion(&self, request: DeletionRequest) -> Result<Deletion, ApiError> {
        let Chosen { events, feedback } = chosen(request)?;
        let going = self.inner.store.going(events, feedback).await?;
        let dir = self.inner.data_dir().clone();
        let set_aside = blocking(move || set_aside(&dir)).await?;
        let sentence = words::of(&going, &set_aside);
        let named = |(id, name): (AppId, Option<String>)| NamedThing {
            name: name.unwrap_or_else(|| id.to_string()),
            id: id.to_string(),
        };
        Ok(Deletion {
            events: going.events,
            feedback: going.feedback,
            oldest: going.oldest.map(|at| at.to_string()),
            newest: going.newest.map(|at| at.to_string()),
            apps: going.apps.into_iter().map(named).collect(),
            payload_bytes: going.body_bytes,
            files: going.files.files,
            file_bytes: going.files.bytes,
            set_aside,
            sentence,
        })
    }

    /// Deletes events and feedback for good. App Store Connect keeps what it has.
    ///
    /// # Errors
    /// As [`Hookbell::deletion`]. What was deleted until then stays deleted.
    pub async fn delete_received(&self, request: DeletionRequest) -> Result<Deleted, ApiError> {
        self.inner.delete(chosen(request)?).await
    }
}

impl Inner {
    /// Deletes everything that came through an account.
    pub(crate) async fn delete_of_account(&self, account: &AccountId) -> Result<Deleted, ApiError> {
        let bounds = Bounds { account: Some(account.clone()), ..Bounds::default() };
        self.delete(within(Received::Everything, bounds)).await
    }

    /// Deletes events and feedback that are older than the person wants them.
    pub(crate) async fn let_go_of_old(&self, retention: Retention) -> Result<(), ApiError> {
        let now = self.clock.now();
        self.store.forget_deleted(now).await?;
        for (what, days) in [(Received::Feedback, retention.feedback_days), (Received::Events, retention.event_days)] {
            if let Some(days) = days {
                let before = Some(days_before(days, now));
                let gone = self.delete(within(what, Bounds { before, ..Bounds::default() })).await?;
                tracing::info!(?what, days, events = gone.events, feedback = gone.feedback, "what is too old is gone");
            }
        }
        Ok(())
    }

    async fn delete(&self, chosen: Chosen) -> Result<Deleted, ApiError> {
        let now = self.clock.now();
        let until = |time| now.saturating_add(time).unwrap_or(Timestamp::MAX);
        let mut deleted = Deleted::default();
        if let Some(which) = chosen.feedback {
            let gone = self.store.delete_feedback(which, until(REMEMBER_FEEDBACK_FOR)).await?;
            (deleted.feedback, deleted.events) = (gone.feedback, gone.events);
            deleted.files = gone.files.len() as u64;
            // What can't be removed now belongs to nothing any more, and the sweep at the next start takes it.
            self.remove_feedback_files(gone.files).await?;
        }
        if let Some(which) = chosen.events {
            deleted.events += self.store.delete_events(which, until(REMEMBER_EVENTS_FOR)).await?;
        }
        if deleted.events > 0 || deleted.feedback > 0 {
            let traces = self.store.remove_traces().await.unwrap_or_else(|error| {
                tracing::warn!(%error, "traces of what was deleted stay until the next start");
                Traces::UntilNextStart
            });
            deleted.traces_until_next_start = traces == Traces::UntilNextStart;
        }
        Ok(deleted)
    }
}

/// So many days before a time.
pub(crate) fn days_before(days: u32, now: Timestamp) -> Timestamp {
    now.saturating_sub(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MIN)
}

fn within(what: Received, bounds: Bounds) -> Chosen {
    let (events, feedback) = match what {
        Received::Everything => (true, true),
        Received::Events => (true, false),
        Received::Feedback => (false, true),
    };
    Chosen {
        events: events.then(|| Which::Within(bounds.clone())),
        feedback: feedback.then_some(Which::Within(bounds)),
    }
}

fn chosen(request: DeletionRequest) -> Result<Chosen, ApiError> {
    let DeletionRequest { events, feedback, within: bounds } = request;
    match bounds {
        Some(bounds) if events.is_empty() && feedback.is_empty() => Ok(within(bounds.what, read(bounds)?)),
        None if !events.is_empty() || !feedback.is_empty() => Ok(Chosen {
            events: (!events.is_empty()).then_some(Which::These(events)),
            feedback: (!feedback.is_empty()).then_some(Which::These(feedback)),
        }),
        _ => Err(nothing_chosen()),
    }
}

fn read(bounds: DeletionBounds) -> Result<Bounds, ApiError> {
    let DeletionBounds { before, account, app, .. } = bounds;
    let unknown = |field: &str, what: &str| ApiError::field(field, format!("this is no {what}"), "give its id");
    let read = Bounds {
        before: before
            .map(|text| text.parse::<Timestamp>())
            .transpose()
            .map_err(|_| ApiError::field("before", "this is no time", "write one such as 2026-11-30T12:00:00Z"))?,
        account: account.map(AccountId::new).transpose().map_err(|_| unknown("account", "account"))?,
        app: app.map(AppId::new).transpose().map_err(|_| unknown("app", "app"))?,
    };
    // Everything goes only if somebody says so with a time.
    if read == Bounds::default() { Err(nothing_chosen()) } else { Ok(read) }
}

fn nothing_chosen() -> ApiError {
    ApiError::new(ErrorCode::InvalidInput, "nothing says what to delete", "give an id, a time, an account or an app")
}

fn set_aside(dir: &std::path::Path) -> Vec<String> {
    let names = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> = names
        .filter(|name| name.starts_with(SET_ASIDE_PREFIX) && !name.ends_with("-wal") && !name.ends_with("-shm"))
        .collect();
    names.sort_unstable();
    names
}
