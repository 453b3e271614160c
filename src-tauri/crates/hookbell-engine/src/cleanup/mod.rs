//! Deletes what was received, on request and by retention: rows, files, and the traces of both.
//!
//! Deleted items that App Store Connect still has must not come back by themselves, so their bare ids are kept for a
//! while:
//!
//! - an event's id for 30 days. The delivery log goes back ten days, a redelivery on the last of them stays in it for
//!   ten more, and the rest is a margin for clocks.
//! - a feedback's id for 400 days. App Store Connect returns a feedback as long as its app has it, so reading
//!   existing feedback would bring it back at any time; a build can be tested for 90 days.

mod account;
mod retention;
mod words;

use std::sync::Arc;

use hookbell_core::{AccountId, AppId};
use hookbell_store::{Bounds, Traces, Which};
use jiff::{SignedDuration, Timestamp};

use crate::{
    account::Accounts,
    api::{ApiError, Deleted, Deletion, DeletionBounds, DeletionRequest, ErrorCode, NamedThing, Received},
    context::Context,
    desktop::blocking,
    feedback::Feedback,
    settings::StoredSettings,
};

const REMEMBER_EVENTS_FOR: SignedDuration = SignedDuration::from_hours(24 * 30);
const REMEMBER_FEEDBACK_FOR: SignedDuration = SignedDuration::from_hours(24 * 400);

/// Prefix of a damaged database that was set aside.
const SET_ASIDE_PREFIX: &str = "hookbell.db.damaged-";

/// What to delete.
#[derive(Debug, Clone, Default)]
struct Chosen {
    events: Option<Which<i64>>,
    feedback: Option<Which<String>>,
}

/// The room that deletes what was received.
#[derive(Debug)]
pub struct Cleanup {
    context: Context,
    settings: Arc<StoredSettings>,
    accounts: Arc<Accounts>,
    feedback: Arc<Feedback>,
}

impl Cleanup {
    pub(crate) fn new(
        context: Context,
        settings: Arc<StoredSettings>,
        accounts: Arc<Accounts>,
        feedback: Arc<Feedback>,
    ) -> Self {
        Self { context, settings, accounts, feedback }
    }

    /// Describes what would be deleted, and deletes nothing.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] at a bound that can't be parsed, or if nothing is selected;
    /// [`ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn preview(&self, request: DeletionRequest) -> Result<Deletion, ApiError> {
        let Chosen { events, feedback } = chosen(request)?;
        let going = self.context.store.going(events, feedback).await?;
        let dir = self.context.data_dir().clone();
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

    /// Deletes events and feedback permanently. App Store Connect keeps its copy.
    ///
    /// # Errors
    /// As [`Cleanup::preview`]. What was already deleted stays deleted.
    pub async fn delete(&self, request: DeletionRequest) -> Result<Deleted, ApiError> {
        self.delete_chosen(chosen(request)?).await
    }

    /// Deletes everything received through an account.
    async fn delete_of_account(&self, account: &AccountId) -> Result<Deleted, ApiError> {
        let bounds = Bounds { account: Some(account.clone()), ..Bounds::default() };
        self.delete_chosen(within(Received::Everything, bounds)).await
    }

    async fn delete_chosen(&self, chosen: Chosen) -> Result<Deleted, ApiError> {
        let store = &self.context.store;
        let now = self.context.clock.now();
        let until = |time| now.saturating_add(time).unwrap_or(Timestamp::MAX);
        let mut deleted = Deleted::default();
        if let Some(which) = chosen.feedback {
            let gone = store.delete_feedback(which, until(REMEMBER_FEEDBACK_FOR)).await?;
            (deleted.feedback, deleted.events) = (gone.feedback, gone.events);
            deleted.files = gone.files.len() as u64;
            // The store no longer references these files, so the sweep at the next start removes any leftovers.
            self.feedback.remove_files(gone.files).await?;
        }
        if let Some(which) = chosen.events {
            deleted.events += store.delete_events(which, until(REMEMBER_EVENTS_FOR)).await?;
        }
        if deleted.events > 0 || deleted.feedback > 0 {
            let traces = store.remove_traces().await.unwrap_or_else(|error| {
                tracing::warn!(%error, "traces of what was deleted stay until the next start");
                Traces::UntilNextStart
            });
            deleted.traces_until_next_start = traces == Traces::UntilNextStart;
        }
        Ok(deleted)
    }
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
    let unknown = |field: &str, what: &str| ApiError::field(field, format!("not a valid {what} ID"), "check the ID");
    let read = Bounds {
        before: before
            .map(|text| text.parse::<Timestamp>())
            .transpose()
            .map_err(|_| ApiError::field("before", "not a valid time", "enter one such as 2026-11-30T12:00:00Z"))?,
        account: account.map(AccountId::new).transpose().map_err(|_| unknown("account", "account"))?,
        app: app.map(AppId::new).transpose().map_err(|_| unknown("app", "app"))?,
    };
    // Deleting everything requires a time, so that nobody asks for it by accident.
    if read == Bounds::default() { Err(nothing_chosen()) } else { Ok(read) }
}

fn nothing_chosen() -> ApiError {
    ApiError::new(
        ErrorCode::InvalidInput,
        "nothing is selected",
        "choose events, feedback, an age, an app or an account",
    )
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
