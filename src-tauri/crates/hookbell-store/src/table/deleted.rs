//! What was deleted here and must not return from App Store Connect's log: bare ids, kept for a limited time.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use crate::{Store, StoreError};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/023-deletion.sql");

impl Store {
    /// Forgets deleted events and feedback whose retention is over.
    ///
    /// # Errors
    /// Write errors.
    pub async fn forget_deleted(&self, now: Timestamp) -> Result<(), StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("DELETE FROM deleted_event WHERE until_ms < ?")?.execute([now.as_millisecond()])?;
            db.prepare_cached("DELETE FROM deleted_feedback WHERE until_ms < ?")?
                .execute([now.as_millisecond()])
                .map(drop)
        })
        .await
    }
}

/// Whether an event was deleted here and must not return.
pub(crate) fn is_event_deleted(db: &Connection, event: &str, webhook: &str) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM deleted_event WHERE event_id = ? AND webhook_id = ?")?.exists([event, webhook])
}

/// Whether a feedback item was deleted here and must not return.
pub(crate) fn is_feedback_deleted(db: &Connection, id: &str) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM deleted_feedback WHERE id = ?")?.exists([id])
}

/// Records that an event is being deleted. Returns `false` if it is already gone.
pub(crate) fn note_event(db: &Connection, seq: i64, until: Timestamp) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO deleted_event (event_id, webhook_id, until_ms)
         SELECT event_id, webhook_id, ?2 FROM event WHERE seq = ?1",
    )?
    .execute(params![seq, until.as_millisecond()])
    .map(|noted| noted > 0)
}

/// Records that a feedback item is being deleted.
pub(crate) fn note_feedback(db: &Connection, id: &str, until: Timestamp) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO deleted_feedback (id, until_ms) VALUES (?, ?)")?
        .execute(params![id, until.as_millisecond()])
        .map(drop)
}
