//! What the writer notes of its changes, row by row.
//!
//! SQLite itself says it to the one connection that writes. What another process changes is not told by rows, and
//! neither are many rows at once. A row may be named that a failed transaction changed; none is left out.

use std::{
    collections::BTreeSet,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rusqlite::{Connection, hooks::Action};

/// So many rows are named; of more it is only said that they are many.
const MAX_NAMED_ROWS: usize = 100;

/// Row ids of one table; none once they are too many.
#[derive(Debug, Clone)]
pub(crate) struct Named(pub(crate) Option<BTreeSet<i64>>);

/// What the writer's connection has told.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) events: Named,
    pub(crate) feedback: Named,
    /// Of files of feedback.
    pub(crate) files: Named,
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

    /// What was told since this was last called.
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
