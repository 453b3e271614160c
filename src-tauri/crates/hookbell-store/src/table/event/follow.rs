//! Following events as they arrive, and how many a webhook has received.

use hookbell_core::WebhookId;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{StoredEvent, from_row, selection};
use crate::{Source, Store, StoreError, column::Text};

/// What a webhook has received so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// The number of events.
    pub events: u64,
    /// The newest of them.
    pub last: Option<StoredEvent>,
}

impl Store {
    /// The newest event's position in order of arrival; 0 if there is none.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn last_seq(&self) -> Result<i64, StoreError> {
        self.read(|db| db.prepare_cached("SELECT coalesce(max(seq), 0) FROM event")?.query_row([], |row| row.get(0)))
            .await
    }

    /// At most `limit` events after `seq`, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn after(&self, seq: i64, limit: u32) -> Result<Vec<StoredEvent>, StoreError> {
        let sql = selection("event", "event.seq > ? ORDER BY event.seq LIMIT ?");
        self.read(move |db| db.prepare_cached(&sql)?.query_map([seq, i64::from(limit)], from_row)?.collect()).await
    }

    /// When the newest event delivered to a webhook's payload URL arrived.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn last_delivery(&self, webhook: &WebhookId) -> Result<Option<Timestamp>, StoreError> {
        let webhook = webhook.clone();
        self.read(move |db| {
            db.prepare_cached(
                "SELECT received_at FROM event WHERE webhook_id = ? AND source = ? ORDER BY received_ms DESC LIMIT 1",
            )?
            .query_row(params![webhook.as_str(), Text(Source::Delivered)], |row| row.get::<_, Text<_>>(0))
            .optional()
            .map(|found| found.map(|at| at.0))
        })
        .await
    }

    /// What a webhook has received so far. This counts all its events, so use it for a list, not for each event.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn tally(&self, webhook: &WebhookId) -> Result<Tally, StoreError> {
        let sql = selection("event", "webhook_id = ? ORDER BY event.seq DESC LIMIT 1");
        let webhook = webhook.clone();
        self.read(move |db| {
            let events: i64 = db
                .prepare_cached("SELECT count(*) FROM event WHERE webhook_id = ?")?
                .query_row([webhook.as_str()], |row| row.get(0))?;
            let last = db.prepare_cached(&sql)?.query_row([webhook.as_str()], from_row).optional()?;
            Ok(Tally { events: events.unsigned_abs(), last })
        })
        .await
    }
}
