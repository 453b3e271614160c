//! Deleting what was received: events and feedback, with everything that was noted of them.
//!
//! First the rows go, a part at a time, so that a delivery never waits long. A bare mark of each id stays,
//! so that App Store Connect's log does not bring it back. Then the traces go, which SQLite leaves in the
//! file where rows were: see [`traces`].
//!
//! The files of feedback lie in a directory of the engine's; here are their names, for it to remove them.

mod events;
mod feedback;
pub(crate) mod traces;

use std::collections::BTreeSet;

use hookbell_core::{AccountId, AppId, EventId};
use jiff::Timestamp;
use rusqlite::{Connection, Row};

pub use self::{feedback::DeletedFeedback, traces::Traces};
use crate::{FileUse, Store, StoreError, search::index};

/// Which of the events, or of the feedback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which<Id> {
    /// Those with these ids.
    These(Vec<Id>),
    /// Those within bounds.
    Within(Bounds),
}

/// Bounds that all hold. Without any they hold everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bounds {
    /// Only what came before this time: an event was received, a feedback was sent. Feedback whose time is not known
    /// is not older than anything.
    pub before: Option<Timestamp>,
    /// Only what this account's webhooks brought, or what was read with it.
    pub account: Option<AccountId>,
    /// Only what is about this app, or what its webhooks brought.
    pub app: Option<AppId>,
}

/// What would go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Going {
    /// How many events, with those that told of feedback that goes.
    pub events: u64,
    /// How many feedback.
    pub feedback: u64,
    /// When the oldest came.
    pub oldest: Option<Timestamp>,
    /// When the newest came.
    pub newest: Option<Timestamp>,
    /// The apps that they are about, by id and name. An app that is not known is left out.
    pub apps: Vec<(AppId, Option<String>)>,
    /// The bytes of the events' bodies.
    pub body_bytes: u64,
    /// The pictures and logs of feedback that are here.
    pub files: FileUse,
    /// The database is too large to be written anew at once: traces of them stay in its files until the next start.
    pub leaves_traces: bool,
}

impl Going {
    /// Something came at this time and is about this app.
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
    /// What would go with these events and this feedback. Nothing does.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn going(
        &self,
        events: Option<Which<i64>>,
        feedback: Option<Which<String>>,
    ) -> Result<Going, StoreError> {
        self.read_waiting().await?;
        self.read(move |db| going(db, events.as_ref(), feedback.as_ref())).await
    }

    /// The events with this id, of whatever webhook.
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

    /// Removes the traces of what was deleted from the files of the database. Call it after deleting; it is also done
    /// when the store is next opened by a process that is alone.
    ///
    /// # Errors
    /// Those of a write. What was deleted stays deleted, and the traces go later.
    pub async fn remove_traces(&self) -> Result<Traces, StoreError> {
        while self.write(0, index::merge).await? {}
        self.rewrite().await
    }
}

fn going(db: &Connection, events: Option<&Which<i64>>, feedback: Option<&Which<String>>) -> rusqlite::Result<Going> {
    let mut going = Going::default();
    // An event may be chosen itself and have told of feedback that is chosen.
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

/// Has what is deleted in this transaction overwritten with zeros where it was.
fn overwriting<T>(db: &Connection, delete: impl FnOnce() -> rusqlite::Result<T>) -> rusqlite::Result<T> {
    db.pragma_update(None, "secure_delete", "on")?;
    let deleted = delete();
    db.pragma_update(None, "secure_delete", "fast")?;
    if deleted.is_ok() {
        db.prepare_cached("UPDATE traces SET due = 1")?.execute([])?;
    }
    deleted
}

/// A row of an app's id and name, if both can be read.
fn app(row: &Row<'_>) -> rusqlite::Result<Option<(AppId, Option<String>)>> {
    let id: Option<String> = row.get(0)?;
    Ok(id.and_then(|id| AppId::new(id).ok()).zip(Some(row.get(1)?)))
}
