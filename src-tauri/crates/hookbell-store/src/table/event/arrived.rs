//! When and how events arrived, for webhook health: only times, read from an index alone.

use hookbell_core::WebhookId;
use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{each_value, insert::OWN_NEWS};
use crate::{
    Source, Store, StoreError,
    column::{Text, unreadable},
};

/// A webhook's events since some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// The webhook. It may be unknown here by now.
    pub webhook: WebhookId,
    /// The first arrival of each event, by arrival time.
    pub first: Vec<FirstArrival>,
    /// When repetitions of known events arrived, in milliseconds since 1970.
    pub again_ms: Vec<i64>,
}

/// The first arrival of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstArrival {
    /// When its body was complete, in milliseconds since 1970 by this computer's clock.
    pub received_ms: i64,
    /// When it happened, in milliseconds since 1970 by Apple's clock, if Apple said so.
    pub happened_ms: Option<i64>,
    /// How it arrived.
    pub source: Source,
}

impl Store {
    /// The arrivals at each webhook since `since`, leaving out webhooks without any. Hookbell's own news aren't
    /// deliveries.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn arrived_since(&self, since: Timestamp) -> Result<Vec<Arrived>, StoreError> {
        let since = since.as_millisecond();
        self.read(move |db| {
            let mut all = Vec::new();
            for webhook in webhooks(db)?.into_iter().filter(|webhook| webhook != OWN_NEWS) {
                let arrived = Arrived {
                    first: first(db, &webhook, since)?,
                    again_ms: Vec::new(),
                    webhook: webhook.parse().map_err(|error| unreadable(0, error))?,
                };
                all.push(arrived);
            }
            again(db, since, &mut all)?;
            all.retain(|arrived| !arrived.first.is_empty() || !arrived.again_ms.is_empty());
            Ok(all)
        })
        .await
    }
}

/// Every webhook that has received an event.
fn webhooks(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut next = db.prepare_cached(
        "SELECT webhook_id FROM event INDEXED BY event_pace WHERE webhook_id > ? ORDER BY webhook_id LIMIT 1",
    )?;
    each_value(|last| next.query_row([last], |row| row.get(0)))
}

fn first(db: &Connection, webhook: &str, since: i64) -> rusqlite::Result<Vec<FirstArrival>> {
    db.prepare_cached(
        "SELECT received_ms, happened_ms, source FROM event INDEXED BY event_pace
         WHERE webhook_id = ? AND received_ms >= ? ORDER BY received_ms",
    )?
    .query_map(params![webhook, since], |row| {
        Ok(FirstArrival { received_ms: row.get(0)?, happened_ms: row.get(1)?, source: row.get::<_, Text<_>>(2)?.0 })
    })?
    .collect()
}

fn again(db: &Connection, since: i64, all: &mut [Arrived]) -> rusqlite::Result<()> {
    let mut repeated = db.prepare_cached(
        "SELECT event.webhook_id, arrival.received_ms FROM arrival INDEXED BY arrival_pace
         CROSS JOIN event ON event.seq = arrival.seq WHERE arrival.received_ms >= ? ORDER BY arrival.received_ms",
    )?;
    let mut rows = repeated.query([since])?;
    while let Some(row) = rows.next()? {
        let webhook = row.get_ref(0)?.as_str()?;
        if let Some(arrived) = all.iter_mut().find(|arrived| arrived.webhook.as_str() == webhook) {
            arrived.again_ms.push(row.get(1)?);
        }
    }
    Ok(())
}
