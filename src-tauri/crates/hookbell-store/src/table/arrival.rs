//! How often and when an event arrived. The first arrival is in the event's row, so that the usual insert writes one
//! row less; this table has the repetitions.

use hookbell_core::vocabulary;
use jiff::Timestamp;
use rusqlite::{Connection, params};

use crate::{Store, StoreError, column::Text};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/002-arrival.sql");

vocabulary!(
    /// How an event came.
    Source, "the way an event comes" {
        /// Apple sent it to the payload URL.
        Delivered = "delivered",
        /// It was read from Apple's delivery log because it could not be delivered.
        Fetched = "fetched",
    }
);

/// One arrival of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredArrival {
    /// When its body was complete.
    pub received_at: Timestamp,
    /// How it arrived.
    pub source: Source,
    /// Its body, if it differs from the first one. No signed body is lost.
    pub other_body: Option<Vec<u8>>,
}

impl Store {
    /// Every arrival of an event, oldest first; empty if there is no such event.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn arrivals(&self, seq: i64) -> Result<Vec<StoredArrival>, StoreError> {
        self.read(move |db| all(db, seq)).await
    }
}

/// Records a repetition. Its body is stored if it differs from the event's.
pub(super) fn repeat(
    db: &Connection,
    seq: i64,
    number: u32,
    received_at: Timestamp,
    source: Source,
    body: &[u8],
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO arrival (seq, number, received_at, source, other_body)
         VALUES (?1, ?2, ?3, ?4, iif((SELECT bytes FROM body WHERE seq = ?1) = ?5, NULL, ?5))",
    )?
    .execute(params![seq, number, Text(received_at), Text(source), body])
    .map(drop)
}

fn all(db: &Connection, seq: i64) -> rusqlite::Result<Vec<StoredArrival>> {
    db.prepare_cached(
        "SELECT 1 AS number, received_at, source, NULL FROM event WHERE seq = ?1
         UNION ALL SELECT number, received_at, source, other_body FROM arrival WHERE seq = ?1 ORDER BY number",
    )?
    .query_map([seq], |row| {
        Ok(StoredArrival {
            received_at: row.get::<_, Text<_>>(1)?.0,
            source: row.get::<_, Text<_>>(2)?.0,
            other_body: row.get(3)?,
        })
    })?
    .collect()
}
