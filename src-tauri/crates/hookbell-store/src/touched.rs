//! Which events and feedback this process has changed, so that a window learns what changed and not just that something
//! did.
//!
//! The rows come from the writer's [`crate::notes`]. Changes of another process, and many rows at once, are reported
//! without ids: subscribers then read everything again.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::{Store, StoreError, StoredEvent, notes::Told};

/// Rows of one table that have changed since the last call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows<K> {
    /// These rows, some of which may be gone.
    These(Vec<K>),
    /// Too many to name, or changed by another process.
    Many,
}

/// What has changed since the last call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// Events, by their position in order of arrival.
    pub events: Rows<i64>,
    /// Feedback, by App Store Connect's id.
    pub feedback: Rows<String>,
}

impl Store {
    /// What has changed since the last call. Only one caller can follow the store this way.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`]; the changes pending at that moment are lost.
    pub async fn take_touched(&self) -> Result<Touched, StoreError> {
        let Told { events, feedback, files } = self.notes().take();
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

    /// Those of these events that exist, without their bodies.
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
