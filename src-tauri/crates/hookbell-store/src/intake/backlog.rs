//! Work deferred while many deliveries arrive, and when it runs: turning waiting deliveries into events, and indexing.
//!
//! In a pause, work continues until nothing is left. Under constant load, turning deliveries into events gets a share
//! of the writer's time that grows with the number of waiting deliveries, so that arrivals slow down gradually: after
//! each batch, it rests for as long as its share demands.

use std::{
    ops::Range,
    time::{Duration, Instant},
};

use rusqlite::Connection;

use super::waiting::{self, Batch, IDLE_BATCH_DELIVERIES};
use crate::{Store, StoreError, search::index, writer::Chores};

/// Deliveries turned into events per transaction under load: a few milliseconds during which none is answered.
const LOADED_BATCH_DELIVERIES: i64 = 64;

/// Waiting deliveries are read after a pause this long, so that a burst isn't slowed down.
const READ_AFTER: Duration = Duration::from_millis(10);

/// The minimum and maximum share of the writer's time for reading under constant load.
const MIN_READING_SHARE: f64 = 1.0 / 16.0;
const MAX_READING_SHARE: f64 = 7.0 / 8.0;
/// The share grows between these numbers of waiting deliveries. If the process is killed, opening the store reads them
/// all first, which takes about 15 seconds at the upper bound.
const GROWING_SHARE_DELIVERIES: Range<f64> = 250_000.0..500_000.0;

/// After reading failed, for example on a full disk, load doesn't trigger another attempt sooner than this.
const RETRY_READING_AFTER: Duration = Duration::from_secs(1);

/// Indexing waits for a pause this long…
const INDEX_AFTER: Duration = Duration::from_millis(100);
/// …but no longer than this.
const INDEX_AT_LEAST_EVERY: Duration = Duration::from_secs(5);

/// The state of the deferred work.
pub(crate) struct Backlog {
    /// Deliveries may be waiting to become events.
    may_wait: bool,
    /// The number of deliveries left after the last batch.
    left: i64,
    /// When the next batch is read, with or without a pause.
    read_at: Instant,
    /// Enough events for an index batch may have arrived.
    may_index: bool,
    indexed_at: Instant,
    /// Nothing was written since the last chore, so the next one follows at once.
    idle: bool,
}

impl Backlog {
    pub(crate) fn new() -> Self {
        let now = Instant::now();
        Self { may_wait: true, left: 0, read_at: now, may_index: true, indexed_at: now, idle: false }
    }

    /// Turns up to `limit` deliveries into events. Returns whether there were any.
    fn read(&mut self, db: &Connection, limit: i64) -> rusqlite::Result<bool> {
        let begun_at = Instant::now();
        // These values hold until a read succeeds: the deliveries are on disk, and reading may keep failing for a while.
        self.may_wait = false;
        self.read_at = begun_at + RETRY_READING_AFTER;
        let Batch { read, left } = waiting::read_batch(db, limit)?;
        self.may_wait = left > 0;
        self.left = left;
        self.read_at = begun_at + begun_at.elapsed().div_f64(reading_share(left));
        self.may_index |= read > 0;
        Ok(read > 0)
    }

    /// Indexes a batch, if there is one. Subscribers aren't notified: a search finds the same before and after.
    fn index(&mut self, db: &Connection) {
        self.indexed_at = Instant::now();
        self.may_index = index::catch_up(db).unwrap_or_else(|error| {
            // The events stay searchable, just more slowly. The next change retries.
            tracing::warn!(%error, "the search index waits");
            false
        });
    }
}

impl Chores for Backlog {
    fn notice(&mut self) {
        (self.may_wait, self.may_index, self.idle) = (true, true, false);
    }

    fn give_up(&mut self) {
        (self.may_wait, self.may_index, self.idle) = (false, false, false);
    }

    fn pause(&self) -> Option<Duration> {
        match (self.may_wait, self.may_index, self.idle) {
            (false, false, _) => None,
            (_, _, true) => Some(Duration::ZERO),
            (true, ..) => Some(READ_AFTER),
            (false, ..) => Some(INDEX_AFTER),
        }
    }

    fn do_next(&mut self, db: &Connection) -> rusqlite::Result<bool> {
        if self.may_index && !self.may_wait {
            self.index(db);
            self.idle = true;
            return Ok(false);
        }
        // Even if nothing is known to be waiting: another process may have been killed and left deliveries behind.
        let read = self.read(db, IDLE_BATCH_DELIVERIES)?;
        // Indexing needs a longer pause.
        self.idle = self.may_wait;
        Ok(read)
    }

    fn do_overdue(&mut self, db: &Connection) -> rusqlite::Result<bool> {
        let read = self.may_wait && Instant::now() >= self.read_at && self.read(db, LOADED_BATCH_DELIVERIES)?;
        if self.may_index && self.indexed_at.elapsed() > INDEX_AT_LEAST_EVERY {
            self.index(db);
        }
        Ok(read)
    }

    fn is_behind(&self) -> bool {
        self.left > 0
    }
}

/// The share of the writer's time that reading gets with this many deliveries waiting.
fn reading_share(waiting: i64) -> f64 {
    let Range { start, end } = GROWING_SHARE_DELIVERIES;
    let grown = ((waiting as f64 - start) / (end - start)).clamp(0.0, 1.0);
    MIN_READING_SHARE + grown * (MAX_READING_SHARE - MIN_READING_SHARE)
}

impl Store {
    /// Brings the list and the search index up to the newest delivery. The list catches up by itself and lags only
    /// while very many deliveries arrive at once. The index always lags by some events: a search reads those one by
    /// one.
    ///
    /// # Errors
    /// Write errors; what was indexed before the error stays indexed.
    pub async fn index_now(&self) -> Result<(), StoreError> {
        self.read_waiting().await?;
        while self.write(0, index::batch).await? {}
        Ok(())
    }

    /// Turns all waiting deliveries into events, batch by batch.
    pub(crate) async fn read_waiting(&self) -> Result<(), StoreError> {
        while self.write(0, |db| waiting::batch(db, IDLE_BATCH_DELIVERIES)).await?.left > 0 {}
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_gets_more_of_the_time_the_more_waits() {
        let shares = [0, 250_000, 375_000, 500_000, 1_000_000].map(reading_share);
        assert_eq!(shares, [0.0625, 0.0625, 0.46875, 0.875, 0.875]);
    }
}
