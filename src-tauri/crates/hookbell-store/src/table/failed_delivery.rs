//! Failed deliveries, recorded from App Store Connect's log before the log drops them.

use hookbell_core::{DeliveryId, EventId, WebhookId};
use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

use crate::{Store, StoreError, column::Text};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/022-failed-delivery.sql");

/// How long they are kept.
const KEEP_FOR: SignedDuration = SignedDuration::from_hours(24 * 400);

/// A failed delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedDelivery {
    /// Our webhook.
    pub webhook: WebhookId,
    /// Its id in App Store Connect.
    pub delivery: DeliveryId,
    /// The event's own id; `None` if the log no longer has its body.
    pub event: Option<EventId>,
    /// When App Store Connect attempted it, with millisecond precision.
    pub at: Timestamp,
    /// What went wrong, for people.
    pub reason: String,
}

/// A failed delivery, for a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Our webhook.
    pub webhook: WebhookId,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// What went wrong, for people.
    pub reason: String,
    /// Whether its event was later fetched from the log.
    pub fetched: bool,
}

impl Store {
    /// Records failed deliveries. Known ones stay as they are; those more than 400 days older than `now` are deleted.
    ///
    /// # Errors
    /// Write errors.
    pub async fn note_failures(&self, failed: Vec<FailedDelivery>, now: Timestamp) -> Result<(), StoreError> {
        if failed.is_empty() {
            return Ok(());
        }
        let bytes = failed.iter().map(|one| one.reason.len()).sum();
        self.write(bytes, move |db| {
            let mut note = db.prepare_cached(
                "INSERT INTO failed_delivery (webhook_id, delivery_id, event_id, at_ms, reason)
                 VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            )?;
            for one in &failed {
                let event = one.event.as_ref().map(EventId::as_str);
                let at = one.at.as_millisecond();
                note.execute(params![one.webhook.as_str(), one.delivery.as_str(), event, at, one.reason])?;
            }
            let oldest = now.saturating_sub(KEEP_FOR).unwrap_or(Timestamp::MIN).as_millisecond();
            db.prepare_cached("DELETE FROM failed_delivery WHERE at_ms < ?")?.execute([oldest]).map(drop)
        })
        .await
    }

    /// The deliveries that failed since `since`, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn failures_since(&self, since: Timestamp) -> Result<Vec<Failure>, StoreError> {
        self.read(move |db| {
            db.prepare_cached(
                "SELECT webhook_id, at_ms, reason, EXISTS (
                     SELECT 1 FROM event WHERE event.event_id = failed_delivery.event_id
                     AND event.webhook_id = failed_delivery.webhook_id AND source = 'fetched'
                 )
                 FROM failed_delivery INDEXED BY failed_delivery_at WHERE at_ms >= ? ORDER BY at_ms",
            )?
            .query_map([since.as_millisecond()], |row| {
                Ok(Failure {
                    webhook: row.get::<_, Text<_>>(0)?.0,
                    at_ms: row.get(1)?,
                    reason: row.get(2)?,
                    fetched: row.get(3)?,
                })
            })?
            .collect()
        })
        .await
    }
}
