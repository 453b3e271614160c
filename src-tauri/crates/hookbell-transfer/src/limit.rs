//! The bandwidth limit: one bucket shared by all parts of all uploads.
//!
//! Each piece reserves the time it takes at the limit, and is sent after the pieces before it. A new limit applies
//! immediately, even to waiting pieces.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    sync::watch,
    time::{Instant, sleep_until},
};

use crate::section::PIECE_BYTES;

/// The minimum number of pieces per second, because a storage host drops silent connections.
const MIN_PIECES_PER_SECOND: u64 = 16;

/// The minimum size of a piece, so that a slow line isn't spent on packet headers.
const MIN_PIECE_BYTES: u64 = 1024;

/// A shared bandwidth limit.
#[derive(Debug)]
pub struct BandwidthLimit {
    rate: watch::Sender<Option<u64>>,
    bookings: Mutex<Bookings>,
}

/// Until when the line is reserved.
#[derive(Debug)]
struct Bookings {
    free_at: Instant,
}

impl Bookings {
    /// Reserves time for this many bytes and returns when they may be sent.
    fn book(&mut self, now: Instant, bytes: u64, bytes_per_second: u64) -> Instant {
        let start = self.free_at.max(now);
        self.free_at = start + Duration::from_secs_f64(bytes as f64 / bytes_per_second as f64);
        start
    }
}

impl BandwidthLimit {
    /// Limits to this many bytes per second, at least 1; `None` for no limit.
    #[must_use]
    pub fn new(bytes_per_second: Option<u64>) -> Self {
        let rate = watch::Sender::new(bytes_per_second.map(|rate| rate.max(1)));
        Self { rate, bookings: Mutex::new(Bookings { free_at: Instant::now() }) }
    }

    /// Changes the limit immediately.
    pub fn set(&self, bytes_per_second: Option<u64>) {
        let bytes_per_second = bytes_per_second.map(|rate| rate.max(1));
        self.rate.send_if_modified(|rate| {
            let changed = *rate != bytes_per_second;
            if changed {
                *rate = bytes_per_second;
                self.bookings.lock().unwrap_or_else(PoisonError::into_inner).free_at = Instant::now();
            }
            changed
        });
    }

    /// The maximum size of the next piece, in bytes.
    pub(crate) fn piece_bytes(&self) -> usize {
        let fair = self.rate.borrow().map_or(PIECE_BYTES as u64, |rate| rate / MIN_PIECES_PER_SECOND);
        usize::try_from(fair.max(MIN_PIECE_BYTES)).unwrap_or(PIECE_BYTES).min(PIECE_BYTES)
    }

    /// Waits until this many bytes may be sent.
    pub(crate) async fn take(&self, bytes: u64) {
        let mut rate = self.rate.subscribe();
        loop {
            let Some(bytes_per_second) = *rate.borrow_and_update() else { return };
            let start = {
                let mut bookings = self.bookings.lock().unwrap_or_else(PoisonError::into_inner);
                bookings.book(Instant::now(), bytes, bytes_per_second)
            };
            tokio::select! {
                () = sleep_until(start) => return,
                Ok(()) = rate.changed() => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_leave_one_after_the_other_at_the_limit() {
        let now = Instant::now();
        let mut bookings = Bookings { free_at: now };
        let starts = [1_000, 1_000, 500].map(|bytes| (bookings.book(now, bytes, 1_000) - now).as_millis());
        assert_eq!(starts, [0, 1_000, 2_000]);
        // Unused time earlier doesn't accumulate.
        let later = now + Duration::from_secs(60);
        assert_eq!(bookings.book(later, 1_000, 1_000), later);
    }

    #[test]
    fn a_slow_limit_makes_small_pieces_and_none_large_ones() {
        assert_eq!(BandwidthLimit::new(None).piece_bytes(), PIECE_BYTES);
        assert_eq!(BandwidthLimit::new(Some(1 << 30)).piece_bytes(), PIECE_BYTES);
        assert_eq!(BandwidthLimit::new(Some(1_600_000)).piece_bytes(), 100_000);
        assert_eq!(BandwidthLimit::new(Some(16_000)).piece_bytes(), 1_024);
        assert_eq!(BandwidthLimit::new(Some(0)).piece_bytes(), 1_024);
    }

    #[tokio::test]
    async fn a_new_limit_counts_for_a_piece_that_waits() {
        let limit = BandwidthLimit::new(Some(1));
        limit.take(1_000_000).await;
        let waits = limit.take(1);
        let raised = async {
            tokio::task::yield_now().await;
            limit.set(None);
        };
        let both = async { tokio::join!(waits, raised) };
        tokio::time::timeout(Duration::from_secs(10), both).await.expect("it does not wait for eleven days");
    }
}
