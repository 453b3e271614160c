//! Trackers: places where issues are filed. Their documents belong to the engine; here they are text.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use crate::{Store, StoreError};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/031-tracker.sql");

/// A stored tracker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTracker {
    /// Its number, never reused.
    pub id: i64,
    /// Service, address and place as one text, unique among trackers.
    pub place: String,
    /// The document, as JSON.
    pub document: String,
    /// Why nothing works there until a person changes something, as JSON.
    pub trouble: Option<String>,
    /// Changes of its issues are read from this time on. With millisecond precision.
    pub swept_at: Option<Timestamp>,
    /// The ETag of the last sweep over the same period.
    pub etag: Option<String>,
}

impl Store {
    /// All trackers, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn trackers(&self) -> Result<Vec<StoredTracker>, StoreError> {
        self.read(|db| db.prepare_cached(&select("ORDER BY id"))?.query_map([], read)?.collect()).await
    }

    /// One tracker.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn tracker(&self, id: i64) -> Result<Option<StoredTracker>, StoreError> {
        self.read(move |db| db.prepare_cached(&select("WHERE id = ?"))?.query_row([id], read).optional()).await
    }

    /// Adds a tracker and returns its number.
    ///
    /// # Errors
    /// [`StoreError::Taken`] if the place already has one, and write errors.
    pub async fn add_tracker(&self, place: String, document: String) -> Result<i64, StoreError> {
        self.write(document.len(), move |db| {
            let added = db
                .prepare_cached("INSERT INTO tracker (place, document) VALUES (?, ?) ON CONFLICT DO NOTHING")?
                .execute([&place, &document])?;
            Ok((added > 0).then(|| db.last_insert_rowid()))
        })
        .await?
        .ok_or(StoreError::Taken { what: "this place" })
    }

    /// Replaces a tracker's document. Returns `false` if there is no such tracker.
    ///
    /// # Errors
    /// Write errors.
    pub async fn change_tracker(&self, id: i64, document: String) -> Result<bool, StoreError> {
        self.write(document.len(), move |db| {
            db.prepare_cached("UPDATE tracker SET document = ? WHERE id = ?")?
                .execute(params![document, id])
                .map(|changed| changed > 0)
        })
        .await
    }

    /// Moves a tracker and its issues to another place, because its repository was renamed.
    ///
    /// # Errors
    /// Write errors.
    pub async fn move_tracker(&self, id: i64, place: String, document: String) -> Result<(), StoreError> {
        self.write(document.len(), move |db| {
            let from: Option<String> = db
                .prepare_cached("SELECT place FROM tracker WHERE id = ?")?
                .query_row([id], |row| row.get(0))
                .optional()?;
            let Some(from) = from else { return Ok(()) };
            let moved = db
                .prepare_cached("UPDATE OR IGNORE tracker SET place = ?, document = ?, etag = NULL WHERE id = ?")?
                .execute(params![place, document, id])?;
            if moved > 0 {
                db.prepare_cached("UPDATE OR IGNORE issue SET place = ? WHERE place = ?")?.execute([&place, &from])?;
            }
            Ok(())
        })
        .await
    }

    /// Records why nothing works at a tracker, or that it works again.
    ///
    /// # Errors
    /// Write errors.
    pub async fn note_tracker_trouble(&self, id: i64, trouble: Option<String>) -> Result<(), StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("UPDATE tracker SET trouble = ?1 WHERE id = ?2 AND trouble IS NOT ?1")?
                .execute(params![trouble, id])
                .map(drop)
        })
        .await
    }

    /// Records that changes were read up to this time.
    ///
    /// # Errors
    /// Write errors.
    pub async fn note_tracker_sweep(&self, id: i64, at: Timestamp, etag: Option<String>) -> Result<(), StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("UPDATE tracker SET swept_ms = ?, etag = ?, trouble = NULL WHERE id = ?")?
                .execute(params![at.as_millisecond(), etag, id])
                .map(drop)
        })
        .await
    }

    /// Removes a tracker; its issues stay known. Returns `false` if there is no such tracker.
    ///
    /// # Errors
    /// Write errors.
    pub async fn remove_tracker(&self, id: i64) -> Result<bool, StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("DELETE FROM tracker WHERE id = ?")?.execute([id]).map(|removed| removed > 0)
        })
        .await
    }
}

fn select(which: &str) -> String {
    format!("SELECT id, place, document, trouble, swept_ms, etag FROM tracker {which}")
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredTracker> {
    Ok(StoredTracker {
        id: row.get(0)?,
        place: row.get(1)?,
        document: row.get(2)?,
        trouble: row.get(3)?,
        swept_at: row.get::<_, Option<i64>>(4)?.and_then(|ms| Timestamp::from_millisecond(ms).ok()),
        etag: row.get(5)?,
    })
}
