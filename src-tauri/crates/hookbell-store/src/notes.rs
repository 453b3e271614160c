//! The writer's record of its changes, row by row.
//!
//! SQLite reports them to the writing connection only. Changes of another process aren't reported by row, and neither
//! are many rows at once. A row changed by a failed transaction may be reported; no changed row is missed.

use std::{
    collections::BTreeSet,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rusqlite::{Connection, hooks::Action};

/// Rows reported individually; beyond this the report only says "many".
const MAX_NAMED_ROWS: usize = 100;

/// Row ids of one table; `None` once there are too many.
#[derive(Debug, Clone)]
pub(crate) struct Named(pub(crate) Option<BTreeSet<i64>>);

/// What the writer's connection has reported.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) events: Named,
    pub(crate) feedback: Named,
    /// Feedback files.
    pub(crate) files: Named,
}

/// Where the writer records its changes. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Notes {
    /// Changes of the current transaction, not yet visible to others.
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
    /// Makes this connection report its changes from now on.
    pub(crate) fn follow(&self, db: &Connection) -> rusqlite::Result<()> {
        let writing = Arc::clone(&self.writing);
        db.update_hook(Some(move |action, _: &str, table: &str, row| {
            let mut told = lock(&writing);
            match (table, action) {
                // An event's pending details are in a separate table, under the same number.
                ("event" | "enrichment", _) => told.events.add(row),
                // A deleted row can no longer be asked for its id.
                ("feedback" | "feedback_file", Action::SQLITE_DELETE) => told.feedback.0 = None,
                ("feedback", _) => told.feedback.add(row),
                ("feedback_file", _) => told.files.add(row),
                _ => {}
            }
        }))
    }

    /// Marks the changes so far as visible to all readers.
    pub(crate) fn publish(&self) {
        let Told { events, feedback, files } = mem::take(&mut *lock(&self.writing));
        let mut told = lock(&self.told);
        told.events.add_all(events);
        told.feedback.add_all(feedback);
        told.files.add_all(files);
    }

    /// The changes since the last call.
    pub(crate) fn take(&self) -> Told {
        mem::take(&mut *lock(&self.told))
    }

    /// Another process changed something.
    pub(crate) fn publish_unknown(&self) {
        *lock(&self.told) = Told { events: Named(None), feedback: Named(None), files: Named(None) };
    }
}

fn lock(told: &Mutex<Told>) -> MutexGuard<'_, Told> {
    told.lock().unwrap_or_else(PoisonError::into_inner)
}
