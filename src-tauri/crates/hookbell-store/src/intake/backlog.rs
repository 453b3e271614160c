//! What is put off while many deliveries come, and when it is done: making events of what waits, and indexing.
//!
//! A pause is used until nothing is left to do. Under a load that never pauses, reading gets a share of the writer's
//! time that grows with the number of waiting deliveries, so that arrivals slow down by degrees: after each batch,
//! reading rests for as long as its share demands.

use std::{
    ops::Range,
    time::{Duration, Instant},
};

use rusqlite::Connection;

use super::waiting::{self, Batch, IDLE_BATCH_DELIVERIES};
use crate::{Store, StoreError, search::index, writer::Chores};

/// Deliveries that become events in one transaction between others: a few milliseconds during which
/// none is answered.
const LOADED_BATCH_DELIVERIES: i64 = 64;

/// Deliveries that wait are read in such a pause, to stay out of the way of a burst.
const READ_AFTER: Duration = Duration::from_millis(10);

/// The least and the most of the writer's time that reading gets under a load that never pauses.
const MIN_READING_SHARE: f64 = 1.0 / 16.0;
const MAX_READING_SHARE: f64 = 7.0 / 8.0;
/// From the first to the second number of waiting deliveries, the share grows. If the process is killed, the next
/// start reads them all before it is done, which takes about a quarter of a minute at the upper bound.
const GROWING_SHARE_DELIVERIES: Range<f64> = 250_000.0..500_000.0;

/// After reading failed, as on a full disk, a load does not have it tried again sooner.
const RETRY_READING_AFTER: Duration = Duration::from_secs(1);

/// The search index waits for such a pause…
const INDEX_AFTER: Duration = Duration::from_millis(100);
/// …but not longer than this.
const INDEX_AT_LEAST_EVERY: Duration = Duration::from_secs(5);

/// What is known of it.
pub(crate) struct Backlog {
    /// Deliveries may be waiting to become events.
    may_wait: bool,
    /// How many waited after the last batch.
    left: i64,
    /// When the next batch is read, pause or not.
    read_at: Instant,
    /// Enough events may have come for a batch of the index.
    may_index: bool,
    indexed_at: Instant,
    /// Whether nothing was written since the last chore: then the next one follows at once.
    idle: bool,
}

impl Backlog {
    pub(crate) fn new() -> Self {
        let now = Instant::now();
        Self { may_wait: true, left: 0, read_at: now, may_index: true, indexed_at: now, idle: false }
    }

    /// Makes events of so many deliveries at most. Whether there were any.
    fn read(&mut self, db: &Connection, limit: i64) -> rusqlite::Result<bool> {
        let begun_at = Instant::now();
        // What is here until it succeeds: they are on disk, and it may go on failing for a while.
        self.may_wait = false;
        self.read_at = begun_at + RETRY_READING_AFTER;
        let Batch { read, left } = waiting::read_batch(db, limit)?;
        self.may_wait = left > 0;
        self.left = left;
        self.read_at = begun_at + begun_at.elapsed().div_f64(reading_share(left));
        self.may_index |= read > 0;
        Ok(read > 0)
    }

    /// Indexes a batch, if there is one. Nobody is told: a search finds the same before and after.
    fn index(&mut self, db: &Connection) {
        self.indexed_at = Instant::now();
        self.may_index = index::catch_up(db).unwrap_or_else(|error| {
            // The events stay searchable, only more slowly. The next change tries again.
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
        // Where nothing is known to wait, another process may have left something when it was killed.
        let read = self.read(db, IDLE_BATCH_DELIVERIES)?;
        // The index has a longer pause to wait for.
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

/// The part of the writer's time that reading gets while so many deliveries wait.
fn reading_share(waiting: i64) -> f64 {
    let Range { start, end } = GROWING_SHARE_DELIVERIES;
    let grown = ((waiting as f64 - start) / (end - start)).clamp(0.0, 1.0);
    MIN_READING_SHARE + grown * (MAX_READING_SHARE - MIN_READING_SHARE)
}

impl Store {
    /// Brings the list and the search index up to the newest delivery. The list comes up by itself, and is behind
    /// only while very many come at once. The index is always some events behind: a search reads those one by one.
    ///
    /// # Errors
    /// Those of a write; what was indexed until then stays indexed.
    pub async fn index_now(&self) -> Result<(), StoreError> {
        self.read_waiting().await?;
        while self.write(0, index::batch).await? {}
        Ok(())
    }

    /// Makes events of all deliveries that wait, a batch at a time.
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
