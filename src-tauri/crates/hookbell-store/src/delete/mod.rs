//! Deletes received data: events and feedback, with everything recorded about them.
//!
//! The rows are deleted first, in batches, so that deliveries never wait long. A bare marker of each id stays, so that
//! App Store Connect's log doesn't bring the item back. Then come the traces that SQLite leaves in the file where rows
//! were: see [`traces`].
//!
//! Feedback files are in a directory that the engine owns; this module only returns the names to remove.

mod events;
mod feedback;
pub(crate) mod traces;

use std::collections::BTreeSet;

use hookbell_core::{AccountId, AppId, EventId};
use jiff::Timestamp;
use rusqlite::{Connection, Row};

pub use self::{feedback::DeletedFeedback, traces::Traces};
use crate::{FileUse, Store, StoreError, search::index};

/// Selects events or feedback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which<Id> {
    /// Those with these ids.
    These(Vec<Id>),
    /// Those within the bounds.
    Within(Bounds),
}

/// Bounds, all of which must hold. Without any, everything is selected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bounds {
    /// Only what is older than this: events by when they were received, feedback by when it was sent. Feedback with an
    /// unknown time never counts as older.
    pub before: Option<Timestamp>,
    /// Only what this account's webhooks delivered or what was read with this account.
    pub account: Option<AccountId>,
    /// Only what is about this app or was delivered by its webhooks.
    pub app: Option<AppId>,
}

/// A preview of a deletion.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Going {
    /// Number of events, including those that reported the selected feedback.
    pub events: u64,
    /// Number of feedback items.
    pub feedback: u64,
    /// When the oldest arrived.
    pub oldest: Option<Timestamp>,
    /// When the newest arrived.
    pub newest: Option<Timestamp>,
    /// The apps they are about, by id and name. Unknown apps are left out.
    pub apps: Vec<(AppId, Option<String>)>,
    /// Total size of the events' bodies, in bytes.
    pub body_bytes: u64,
    /// The feedback screenshots and logs stored here.
    pub files: FileUse,
    /// The database is too large to rewrite right away: traces stay in its files until the next start.
    pub leaves_traces: bool,
}

impl Going {
    /// Counts an item that arrived at this time and is about this app.
    fn came(&mut self, at: Timestamp, app: Option<(AppId, Option<String>)>) {
        self.oldest = Some(self.oldest.map_or(at, |oldest| oldest.min(at)));
        self.newest = Some(self.newest.map_or(at, |newest| newest.max(at)));
        if let Some((id, name)) = app {
            match self.apps.iter_mut().find(|(known, _)| *known == id) {
                Some((_, known)) => *known = known.take().or(name),
                None => self.apps.push((id, name)),
            }
        }
    }
}

impl Store {
    /// What deleting these events and this feedback would remove. Deletes nothing.
    ///
    /// # Errors
    /// Write errors.
    pub async fn going(
        &self,
        events: Option<Which<i64>>,
        feedback: Option<Which<String>>,
    ) -> Result<Going, StoreError> {
        self.read_waiting().await?;
        self.read(move |db| going(db, events.as_ref(), feedback.as_ref())).await
    }

    /// The events with this id, across all webhooks.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn numbers_of(&self, event: &EventId) -> Result<Vec<i64>, StoreError> {
        let event = event.clone();
        self.read(move |db| {
            db.prepare_cached("SELECT seq FROM event WHERE event_id = ? ORDER BY seq")?
                .query_map([event.as_str()], |row| row.get(0))?
                .collect()
        })
        .await
    }

    /// Removes the traces of deleted data from the database files. Call it after deleting; it also runs when a process
    /// next opens the store and is the only one using it.
    ///
    /// # Errors
    /// Write errors. What was deleted stays deleted, and its traces are removed later.
    pub async fn remove_traces(&self) -> Result<Traces, StoreError> {
        while self.write(0, index::merge).await? {}
        self.rewrite().await
    }
}

fn going(db: &Connection, events: Option<&Which<i64>>, feedback: Option<&Which<String>>) -> rusqlite::Result<Going> {
    let mut going = Going::default();
    // An event may be selected itself and also have reported feedback that is selected.
    let mut seqs: BTreeSet<i64> = BTreeSet::new();
    if let Some(which) = events {
        seqs.extend(events::select(db, which)?);
    }
    if let Some(which) = feedback {
        for id in feedback::select(db, which)? {
            feedback::count_in(db, &id, &mut going)?;
            seqs.extend(feedback::told_of(db, &id)?);
        }
    }
    seqs.into_iter().try_for_each(|seq| events::count_in(db, seq, &mut going))?;
    going.leaves_traces = traces::is_large(db)?;
    Ok(going)
}

/// Makes SQLite overwrite what this transaction deletes with zeros.
fn overwriting<T>(db: &Connection, delete: impl FnOnce() -> rusqlite::Result<T>) -> rusqlite::Result<T> {
    db.pragma_update(None, "secure_delete", "on")?;
    let deleted = delete();
    db.pragma_update(None, "secure_delete", "fast")?;
    if deleted.is_ok() {
        db.prepare_cached("UPDATE traces SET due = 1")?.execute([])?;
    }
    deleted
}

/// Reads a row's app id and name, if both are readable.
fn app(row: &Row<'_>) -> rusqlite::Result<Option<(AppId, Option<String>)>> {
    let id: Option<String> = row.get(0)?;
    Ok(id.and_then(|id| AppId::new(id).ok()).zip(Some(row.get(1)?)))
}
