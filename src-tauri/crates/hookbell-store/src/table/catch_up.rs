//! How far App Store Connect's delivery log has been read, per webhook.

use hookbell_core::WebhookId;
use jiff::Timestamp;
use rusqlite::{Row, params};
use serde_json::Value;

use crate::{Store, StoreError, column::Text};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/015-catch-up.sql");

/// How far one webhook's log has been read.
#[derive(Debug, Clone, PartialEq)]
pub struct CaughtUp {
    /// Our webhook.
    pub webhook: WebhookId,
    /// All deliveries before this have been seen with their outcome; App Store Connect's time.
    pub seen_until: Option<Timestamp>,
    /// When the log was last read to the end.
    pub read_at: Option<Timestamp>,
    /// The number of missed events that the last check found.
    pub fetched: u32,
    /// The period about which nothing can be known any more.
    pub gap: Option<(Timestamp, Timestamp)>,
    /// Since when its failed deliveries are recorded; `None` if they never were.
    pub failures_since: Option<Timestamp>,
    /// Why the last check failed, as the engine writes it.
    pub trouble: Option<Value>,
}

impl Store {
    /// Stores how far a webhook's log has been read.
    ///
    /// # Errors
    /// Write errors.
    pub async fn set_caught_up(&self, caught_up: CaughtUp) -> Result<(), StoreError> {
        self.write(0, move |db| {
            let (from, to) = caught_up.gap.unzip();
            db.prepare_cached(
                "INSERT OR REPLACE INTO catch_up
                    (webhook_id, seen_until, read_at, fetched, gap_from, gap_to, trouble, failures_since)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                caught_up.webhook.as_str(),
                caught_up.seen_until.map(Text),
                caught_up.read_at.map(Text),
                caught_up.fetched,
                from.map(Text),
                to.map(Text),
                caught_up.trouble.as_ref().map(Text),
                caught_up.failures_since.map(Text),
            ])
            .map(drop)
        })
        .await
    }

    /// How far each log has been read, for webhooks that weren't removed here.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn caught_up(&self) -> Result<Vec<CaughtUp>, StoreError> {
        self.read(|db| {
            db.prepare_cached(
                "SELECT webhook_id, seen_until, read_at, fetched, gap_from, gap_to, trouble, failures_since FROM catch_up
                 WHERE webhook_id IN (SELECT id FROM webhook WHERE token IS NOT NULL)",
            )?
            .query_map([], from_row)?
            .collect()
        })
        .await
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<CaughtUp> {
    let time = |column| Ok::<_, rusqlite::Error>(row.get::<_, Option<Text<Timestamp>>>(column)?.map(|time| time.0));
    Ok(CaughtUp {
        webhook: row.get::<_, Text<_>>(0)?.0,
        seen_until: time(1)?,
        read_at: time(2)?,
        fetched: row.get(3)?,
        gap: time(4)?.zip(time(5)?),
        trouble: row.get::<_, Option<Text<_>>>(6)?.map(|trouble| trouble.0),
        failures_since: time(7)?,
    })
}
