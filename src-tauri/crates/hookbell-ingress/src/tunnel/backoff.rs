//! How long to wait before the next start: longer each time, and never the same for everybody.

use std::time::Duration;

/// Doubles from failure to failure; chance takes off up to half, so that a thousand laptops whose provider was
/// down don't all come back in the same second.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    failures: u32,
}

impl Backoff {
    /// The wait after another failure.
    pub(super) fn next(&mut self, (first, longest): (Duration, Duration)) -> Duration {
        // Without randomness there is still a wait, only a more regular one.
        let chance = f64::from(getrandom::u32().unwrap_or_default()) / f64::from(u32::MAX);
        let doubled = first.saturating_mul(2_u32.saturating_pow(self.failures)).min(longest);
        self.failures = self.failures.saturating_add(1);
        doubled.mul_f64(1.0 - chance / 2.0)
    }

    /// All has been well for long enough.
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
