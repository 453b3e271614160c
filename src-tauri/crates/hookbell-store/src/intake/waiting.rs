//! Deliveries that were acknowledged but aren't events yet, in order of arrival.

use hookbell_core::{ReceivedDelivery, Signature};
use rusqlite::{Connection, params};

use crate::{
    NewEvent, Source,
    column::Text,
    connection::transaction,
    table::event::{insert, signature},
};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/017-waiting.sql");

/// Deliveries turned into events per transaction while there is nothing else to do.
pub(super) const IDLE_BATCH_DELIVERIES: i64 = 256;

/// Once a transaction holds this many bytes of bodies, it starts no further delivery.
const MAX_BATCH_BYTES: usize = 8 << 20;

/// Stores a delivery.
pub(super) fn add(db: &Connection, delivery: &ReceivedDelivery) -> rusqlite::Result<()> {
    let ReceivedDelivery { webhook, body, received_at, signature } = delivery;
    let signature = signature.as_ref().map(Signature::as_bytes);
    db.prepare_cached("INSERT INTO waiting (webhook_id, received_at, bytes, signature) VALUES (?, ?, ?, ?)")?
        .execute(params![webhook.as_str(), Text(received_at), body, signature])
        .map(drop)
}

/// Whether any are waiting.
pub(super) fn any(db: &Connection) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT EXISTS (SELECT 1 FROM waiting)")?.query_row([], |row| row.get(0))
}

/// The outcome of a batch.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Batch {
    /// Deliveries that became events or repetitions of one.
    pub(super) read: i64,
    /// Deliveries still waiting.
    pub(super) left: i64,
}

/// Turns everything waiting now into events, however many arrive in the meantime.
pub(crate) fn read_all(db: &Connection) -> rusqlite::Result<()> {
    let mut left: i64 = db.query_row("SELECT count(*) FROM waiting", [], |row| row.get(0))?;
    while left > 0 {
        let Batch { read, .. } = read_batch(db, IDLE_BATCH_DELIVERIES)?;
        left = if read > 0 { left - read } else { 0 };
    }
    Ok(())
}

/// Turns the first `limit` waiting deliveries into events, in a new transaction.
pub(super) fn read_batch(db: &Connection, limit: i64) -> rusqlite::Result<Batch> {
    if !any(db)? {
        return Ok(Batch::default());
    }
    transaction(db, || batch(db, limit))
}

/// Turns all waiting deliveries into events, inside an open transaction.
pub(super) fn all(db: &Connection) -> rusqlite::Result<()> {
    while batch(db, IDLE_BATCH_DELIVERIES)?.left > 0 {}
    Ok(())
}

/// Turns the first `limit` waiting deliveries into events, inside an open transaction.
pub(super) fn batch(db: &Connection, limit: i64) -> rusqlite::Result<Batch> {
    let mut first = db.prepare_cached(
        "SELECT number, webhook_id, received_at, bytes, signature FROM waiting ORDER BY number LIMIT ?",
    )?;
    let mut rows = first.query([limit])?;
    let (mut read, mut last, mut bytes) = (0, 0, 0);
    while bytes < MAX_BATCH_BYTES
        && let Some(row) = rows.next()?
    {
        let webhook = row.get::<_, Text<_>>(1)?.0;
        let received_at = row.get::<_, Text<_>>(2)?.0;
        let delivery = ReceivedDelivery { webhook, body: row.get(3)?, received_at, signature: signature(row, 4)? };
        bytes += delivery.body.len();
        insert(db, &NewEvent::read(delivery, Source::Delivered))?;
        last = row.get(0)?;
        read += 1;
    }
    drop(rows);
    db.prepare_cached("DELETE FROM waiting WHERE number <= ?")?.execute([last])?;
    let left =
        db.prepare_cached("SELECT coalesce(max(number) - ?, 0) FROM waiting")?.query_row([last], |row| row.get(0))?;
    Ok(Batch { read, left })
}
