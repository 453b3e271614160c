//! Which events and which feedback this process has changed, so that a window hears what, and not only that something.
//!
//! SQLite itself says it, row by row, to the one connection that writes. What another process changes is not told by
//! rows, and neither are many rows at once: whoever asks reads again then. A row may be named that a failed
//! transaction changed; none is left out.

use std::{
    collections::BTreeSet,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rusqlite::{Connection, hooks::Action};

use crate::{Store, StoreError, StoredEvent};

/// So many rows are named; of more it is only said that they are many.
const MAX_NAMED_ROWS: usize = 100;

/// Rows of one table that have changed since they were last asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows<K> {
    /// These, of which some may be gone.
    These(Vec<K>),
    /// Too many to name, or changed by another process.
    Many,
}

/// What has changed since it was last asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// Events, by their place in the order of arrival.
    pub events: Rows<i64>,
    /// Feedback, by App Store Connect's id.
    pub feedback: Rows<String>,
}

/// Row ids of one table; none once they are too many.
#[derive(Debug, Clone)]
struct Named(Option<BTreeSet<i64>>);

/// What the writer's connection has told.
#[derive(Debug, Default)]
struct Told {
    events: Named,
    feedback: Named,
    /// Of files of feedback.
    files: Named,
}

/// Where the writer notes what it changes. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Notes {
    /// Changed in a transaction that nobody else sees yet.
    writing: Arc<Mutex<Told>>,
    told: Arc<Mutex<Told>>,
}

impl Default for Named {
    fn default() -> Self {
        Self(Some(BTreeSet::new()))
    }
}

impl Named {
    fn add(&mut self, row: i64) {
        if let Some(rows) = &mut self.0 {
            rows.insert(row);
            if rows.len() > MAX_NAMED_ROWS {
                self.0 = None;
            }
        }
    }

    fn add_all(&mut self, others: Self) {
        match others.0 {
            Some(rows) => rows.into_iter().for_each(|row| self.add(row)),
            None => self.0 = None,
        }
    }
}

impl Notes {
    /// Has this connection tell what it changes from now on.
    pub(crate) fn follow(&self, db: &Connection) -> rusqlite::Result<()> {
        let writing = Arc::clone(&self.writing);
        db.update_hook(Some(move |action, _: &str, table: &str, row| {
            let mut told = lock(&writing);
            match (table, action) {
                // The details of an event that are still to be read stand in a table of their own, by the same number.
                ("event" | "enrichment", _) => told.events.add(row),
                // What is gone can't be asked for its id any more.
                ("feedback" | "feedback_file", Action::SQLITE_DELETE) => told.feedback.0 = None,
                ("feedback", _) => told.feedback.add(row),
                ("feedback_file", _) => told.files.add(row),
                _ => {}
            }
        }))
    }

    /// What was changed until now can be read by everybody.
    pub(crate) fn publish(&self) {
        let Told { events, feedback, files } = mem::take(&mut *lock(&self.writing));
        let mut told = lock(&self.told);
        told.events.add_all(events);
        told.feedback.add_all(feedback);
        told.files.add_all(files);
    }

    /// Another process changed something.
    pub(crate) fn publish_unknown(&self) {
        *lock(&self.told) = Told { events: Named(None), feedback: Named(None), files: Named(None) };
    }
}

fn lock(told: &Mutex<Told>) -> MutexGuard<'_, Told> {
    told.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Store {
    /// What has changed since this was last called. Only one caller can follow the store this way.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`]; what had changed then is not told again.
    pub async fn take_touched(&self) -> Result<Touched, StoreError> {
        let Told { events, feedback, files } = mem::take(&mut *lock(&self.notes().told));
        let events = events.0.map_or(Rows::Many, |rows| Rows::These(rows.into_iter().collect()));
        let (Some(feedback), Some(files)) = (feedback.0, files.0) else {
            return Ok(Touched { events, feedback: Rows::Many });
        };
        let feedback = if feedback.is_empty() && files.is_empty() {
            Rows::These(Vec::new())
        } else {
            Rows::These(self.read(move |db| ids_of(db, &feedback, &files)).await?)
        };
        Ok(Touched { events, feedback })
    }

    /// Those of these events that are here, without their bodies.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn events(&self, seqs: Vec<i64>) -> Result<Vec<StoredEvent>, StoreError> {
        self.read(move |db| crate::table::event::all_of(db, &seqs)).await
    }
}

fn ids_of(db: &Connection, feedback: &BTreeSet<i64>, files: &BTreeSet<i64>) -> rusqlite::Result<Vec<String>> {
    let mut ids = BTreeSet::new();
    for (sql, rows) in [
        ("SELECT id FROM feedback WHERE rowid = ?", feedback),
        ("SELECT feedback_id FROM feedback_file WHERE id = ?", files),
    ] {
        let mut statement = db.prepare_cached(sql)?;
        for row in rows {
            for id in statement.query_map([row], |row| row.get(0))? {
                ids.insert(id?);
            }
        }
    }
    Ok(ids.into_iter().collect())
}
