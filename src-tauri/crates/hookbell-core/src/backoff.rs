//! Exponential backoff with jitter.

use std::time::Duration;

/// The wait after this many earlier failures: `first`, doubled for each failure, up to `longest`.
#[must_use]
pub fn doubled(first: Duration, longest: Duration, failures: u32) -> Duration {
    first.saturating_mul(2_u32.saturating_pow(failures)).min(longest)
}

/// A wait shortened by up to half, so that clients that failed together don't all return in the same second. `chance`
/// is any random number.
#[must_use]
pub fn shortened(wait: Duration, chance: u32) -> Duration {
    wait.mul_f64(1.0 - f64::from(chance) / f64::from(u32::MAX) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        let longest = Duration::from_secs(8);
        let waits =
            [0, 1, 2, 3, 4, u32::MAX].map(|failures| doubled(Duration::from_secs(1), longest, failures).as_secs());
        assert_eq!(waits, [1, 2, 4, 8, 8, 8]);
    }

    #[test]
    fn chance_takes_off_up_to_half() {
        let wait = Duration::from_secs(2);
        assert_eq!([0, u32::MAX].map(|chance| shortened(wait, chance).as_secs()), [2, 1]);
        let half_way = shortened(wait, u32::MAX / 2);
        assert!(half_way > Duration::from_secs(1) && half_way < wait, "{half_way:?}");
    }
}
