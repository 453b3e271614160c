//! Exponential backoff with jitter between starts.

use std::time::Duration;

use hookbell_core::backoff;

/// Counts consecutive failures, and gives the wait after each.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    failures: u32,
}

impl Backoff {
    /// The wait after another failure.
    pub(super) fn next(&mut self, (first, longest): (Duration, Duration)) -> Duration {
        // Without randomness the waits are merely more regular.
        let chance = getrandom::u32().unwrap_or_default();
        let wait = backoff::doubled(first, longest, self.failures);
        self.failures = self.failures.saturating_add(1);
        backoff::shortened(wait, chance)
    }

    /// Forgets earlier failures, after a long enough success.
    pub(super) fn reset(&mut self) {
        self.failures = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_the_longest_and_begin_anew() {
        let bounds = (Duration::from_secs(1), Duration::from_secs(8));
        let mut backoff = Backoff::default();
        for full in [1, 2, 4, 8, 8, 8] {
            let (wait, full) = (backoff.next(bounds), Duration::from_secs(full));
            assert!(wait <= full && wait >= full / 2, "{wait:?} for {full:?}");
        }
        backoff.failures = u32::MAX;
        assert!(backoff.next(bounds) <= bounds.1);
        backoff.reset();
        assert!(backoff.next(bounds) <= bounds.0);
    }
}
