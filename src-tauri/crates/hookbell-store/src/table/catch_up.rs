//! How far App Store Connect's log of deliveries was read, for each webhook.

use hookbell_core::WebhookId;
use jiff::Timestamp;
use rusqlite::{Row, params};
use serde_json::Value;

use crate::{Store, StoreError, column::Text};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/015-catch-up.sql");

/// How far the log of one webhook was read.
#[derive(Debug, Clone, PartialEq)]
pub struct CaughtUp {
    /// Our webhook.
    pub webhook: WebhookId,
    /// Until when every delivery was seen with its end, in App Store Connect's time.
    pub seen_until: Option<Timestamp>,
    /// When the log was last read to the end.
    pub read_at: Option<Timestamp>,
    /// How many missed events the last look gave.
    pub fetched: u32,
    /// The time about which nothing is known any more.
    pub gap: Option<(Timestamp, Timestamp)>,
    /// From when on its failed deliveries are noted; `None` if they never were.
    pub failures_since: Option<Timestamp>,
    /// Why the last look failed, as the engine writes it.
    pub trouble: Option<Value>,
}

impl Store {
    /// Says how far the log of a webhook was read.
    ///
    /// # Errors
    /// Those of a write.
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

    /// How far each log was read, of the webhooks that were not removed here.
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
