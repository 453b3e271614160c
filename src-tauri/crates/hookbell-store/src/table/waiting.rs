//! Deliveries that were acknowledged and are not events yet.
//!
//! Reading a delivery, with its rows, indexes and words, costs several times what writing it down
//! does. When many come at once they are only written down: that is all a 200 promises. They become
//! events as soon as the load permits, a few every moment however long it lasts, and the rest at the
//! latest when the store is next opened. Whether one is news or a repetition shows then.

use hookbell_core::Delivery;
use rusqlite::{Connection, params};

use super::event::{NewEvent, insert};
use crate::{
    Source, Store, StoreError,
    column::Text,
    writer::{Pace, transaction},
};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/017-waiting.sql");

/// Deliveries that become events in one transaction between others: a few milliseconds during which
/// none is answered.
pub(crate) const FEW: i64 = 64;
/// The same where nothing else is to be done.
pub(crate) const MANY: i64 = 256;
/// In either case none is begun past so many bytes of bodies.
const MOST_BYTES: usize = 8 << 20;

impl Store {
    /// Keeps what was delivered, and answers when it is on disk.
    ///
    /// It is an event with the answer already, unless many come at once: then it becomes one a moment
    /// later, and [`Store::changes`] moves. The same event of the same webhook again is counted, not kept
    /// twice; a body that differs is kept with its arrival.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if too much is waiting, [`StoreError::Unwritable`], [`StoreError::Locked`],
    /// [`StoreError::Damaged`], [`StoreError::Closed`]. After any of them it was not kept.
    pub async fn keep(&self, delivery: Delivery) -> Result<(), StoreError> {
        let bytes = delivery.body.len();
        let keep = move |db: &Connection, pace| match pace {
            Pace::Usual => insert(db, &NewEvent::read(delivery.clone(), Source::Delivered)).map(drop),
            Pace::Crowded => add(db, &delivery),
        };
        self.write_at_pace(bytes, keep).await
    }
}

fn add(db: &Connection, delivery: &Delivery) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT INTO waiting (webhook_id, received_at, bytes) VALUES (?, ?, ?)")?
        .execute(params![delivery.webhook.as_str(), Text(delivery.received_at), delivery.body])
        .map(drop)
}

/// Whether any wait.
pub(crate) fn any(db: &Connection) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT EXISTS (SELECT 1 FROM waiting)")?.query_row([], |row| row.get(0))
}

/// What was done of what waits.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Batch {
    /// Deliveries that became events, or another delivery of one.
    pub(crate) read: i64,
    /// How many wait still.
    pub(crate) left: i64,
}

/// Makes events of all that wait now, however many come meanwhile.
pub(crate) fn read_all(db: &Connection) -> rusqlite::Result<()> {
    let mut left: i64 = db.query_row("SELECT count(*) FROM waiting", [], |row| row.get(0))?;
    while left > 0 {
        let Batch { read, .. } = read_batch(db, MANY)?;
        left = if read > 0 { left - read } else { 0 };
    }
    Ok(())
}

/// Makes events of the first that wait, `most` at most, in a transaction of its own.
pub(crate) fn read_batch(db: &Connection, most: i64) -> rusqlite::Result<Batch> {
    if !any(db)? {
        return Ok(Batch::default());
    }
    transaction(db, || batch(db, most))
}

/// Makes events of all that wait, in a transaction that has begun.
pub(crate) fn all(db: &Connection) -> rusqlite::Result<()> {
    while batch(db, MANY)?.left > 0 {}
    Ok(())
}

/// Makes events of the first that wait, `most` at most in a transaction that has begun.
pub(crate) fn batch(db: &Connection, most: i64) -> rusqlite::Result<Batch> {
    let mut first =
        db.prepare_cached("SELECT number, webhook_id, received_at, bytes FROM waiting ORDER BY number LIMIT ?")?;
    let mut rows = first.query([most])?;
    let (mut read, mut last, mut bytes) = (0, 0, 0);
    while bytes < MOST_BYTES
        && let Some(row) = rows.next()?
    {
        let webhook = row.get::<_, Text<_>>(1)?.0;
        let received_at = row.get::<_, Text<_>>(2)?.0;
        let delivery = Delivery { webhook, body: row.get(3)?, received_at };
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
