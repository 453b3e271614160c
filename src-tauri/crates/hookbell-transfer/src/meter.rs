//! How much of a file has been sent, for progress: confirmed bytes and bytes under way.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// Counts the bytes of one upload. Any number of readers may use it during sending.
#[derive(Debug, Default)]
pub struct SendMeter {
    confirmed: AtomicU64,
    under_way: AtomicU64,
}

impl SendMeter {
    /// A meter for an upload with this many confirmed bytes.
    #[must_use]
    pub fn starting_at(confirmed: u64) -> Self {
        Self { confirmed: confirmed.into(), under_way: 0.into() }
    }

    /// The bytes of parts confirmed by the storage.
    #[must_use]
    pub fn confirmed_bytes(&self) -> u64 {
        self.confirmed.load(Ordering::Relaxed)
    }

    /// The confirmed bytes plus what has been sent of parts under way. It decreases when one of those fails.
    #[must_use]
    pub fn sent_bytes(&self) -> u64 {
        self.confirmed_bytes() + self.under_way.load(Ordering::Relaxed)
    }

    /// Starts counting a part that is about to be sent.
    pub(crate) fn part(self: &Arc<Self>) -> UnderWay {
        UnderWay { meter: self.clone(), bytes: AtomicU64::new(0) }
    }
}

/// The bytes sent of one part. They stop counting when this is dropped.
#[derive(Debug)]
pub(crate) struct UnderWay {
    meter: Arc<SendMeter>,
    bytes: AtomicU64,
}

impl UnderWay {
    pub(crate) fn add(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.meter.under_way.fetch_add(bytes, Ordering::Relaxed);
    }

    /// The storage has the whole part.
    pub(crate) fn confirm(&self, length: u64) {
        self.take_back();
        self.meter.confirmed.fetch_add(length, Ordering::Relaxed);
    }

    fn take_back(&self) {
        self.meter.under_way.fetch_sub(self.bytes.swap(0, Ordering::Relaxed), Ordering::Relaxed);
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.take_back();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_part_is_taken_back_and_a_confirmed_one_stays() {
        let meter = Arc::new(SendMeter::starting_at(100));
        let (good, bad) = (meter.part(), meter.part());
        good.add(10);
        bad.add(5);
        assert_eq!((meter.confirmed_bytes(), meter.sent_bytes()), (100, 115));
        drop(bad);
        good.confirm(10);
        assert_eq!((meter.confirmed_bytes(), meter.sent_bytes()), (110, 110));
    }
}
