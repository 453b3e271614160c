//! Rejected requests, counted by webhook and reason. Nothing of the request itself is kept: unverified data has no
//! place here.

use hookbell_core::WebhookId;
use jiff::Timestamp;
use rusqlite::params;

use crate::{Store, StoreError, column::Text};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/007-refusal.sql");

/// Requests rejected for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRefusal {
    /// The webhook they were meant for.
    pub webhook: WebhookId,
    /// The reason, in a few words.
    pub reason: String,
    /// How many.
    pub count: u64,
    /// When the last one arrived.
    pub last_at: Timestamp,
}

impl Store {
    /// Adds to the counts. Call it periodically with accumulated counts, not once per request: anybody can send a wrong
    /// signature.
    ///
    /// # Errors
    /// Write errors.
    pub async fn add_refusals(&self, refusals: Vec<StoredRefusal>) -> Result<(), StoreError> {
        self.write(0, move |db| {
            let mut add = db.prepare_cached(
                "INSERT INTO refusal (webhook_id, reason, count, last_at) VALUES (?, ?, ?, ?)
                 ON CONFLICT (webhook_id, reason)
                 DO UPDATE SET count = count + excluded.count, last_at = excluded.last_at",
            )?;
            for one in &refusals {
                let count = i64::try_from(one.count).unwrap_or(i64::MAX);
                add.execute(params![one.webhook.as_str(), one.reason, count, Text(one.last_at)])?;
            }
            Ok(())
        })
        .await
    }

    /// The counts, by webhook and reason.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn refusals(&self) -> Result<Vec<StoredRefusal>, StoreError> {
        self.read(|db| {
            db.prepare_cached("SELECT webhook_id, reason, count, last_at FROM refusal")?
                .query_map([], |row| {
                    Ok(StoredRefusal {
                        webhook: row.get::<_, Text<_>>(0)?.0,
                        reason: row.get(1)?,
                        count: row.get::<_, i64>(2)?.unsigned_abs(),
                        last_at: row.get::<_, Text<_>>(3)?.0,
                    })
                })?
                .collect()
        })
        .await
    }
}
