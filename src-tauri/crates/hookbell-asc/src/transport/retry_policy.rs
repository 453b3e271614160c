//! Backoff: the waits between tries of a read, and how many there are.

use std::time::Duration;

use hookbell_core::backoff;

/// How often a GET is retried after 429, 500, 502, 503, 504 or a broken connection.
///
/// The wait doubles each time, minus up to half at random, so that many clients don't return at once. `Retry-After`
/// overrides it. A 429 without one waits a whole minute, once, because Apple has a limit per minute. A 401 and a
/// missing agreement are retried once: Apple sometimes answers both to a working key.
///
/// ```
/// use hookbell_asc::RetryPolicy;
///
/// assert_eq!(RetryPolicy::never().max_retries, 0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// The maximum number of retries, not counting the first try.
    pub max_retries: u32,
    /// The first wait.
    pub first_wait: Duration,
    /// The maximum wait. If Apple asks for more, the error is returned immediately with Apple's time, as the caller
    /// knows better what to do meanwhile.
    pub longest_wait: Duration,
    /// How long to wait after a 429 without `Retry-After`.
    pub minute: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_retries: 4,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(90),
            minute: Duration::from_secs(61),
        }
    }
}

impl RetryPolicy {
    /// No retries.
    #[must_use]
    pub fn never() -> Self {
        Self { max_retries: 0, ..Self::default() }
    }

    /// The wait before the next try, or `None` to give up. `chance` is any random number.
    pub(super) fn wait(&self, retries_so_far: u32, asked: Option<Duration>, chance: u32) -> Option<Duration> {
        if retries_so_far >= self.max_retries {
            return None;
        }
        match asked {
            Some(asked) if asked > self.longest_wait => None,
            // Add jitter, so that clients don't all return at the same moment.
            Some(asked) => Some(asked + self.first_wait - backoff::shortened(self.first_wait, chance)),
            None => {
                let wait = backoff::doubled(self.first_wait, self.longest_wait, retries_so_far);
                Some(backoff::shortened(wait, chance))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: RetryPolicy = RetryPolicy {
        max_retries: 3,
        first_wait: Duration::from_secs(1),
        longest_wait: Duration::from_secs(3),
        minute: Duration::from_secs(61),
    };

    #[test]
    fn waits_double_up_to_the_longest_and_then_end() {
        let waits: Vec<_> = (0..4).map(|n| POLICY.wait(n, None, 0).map(|wait| wait.as_secs())).collect();
        assert_eq!(waits, [Some(1), Some(2), Some(3), None]);
        assert_eq!(RetryPolicy { max_retries: 99, ..POLICY }.wait(70, None, 0), Some(POLICY.longest_wait));
    }

    #[test]
    fn chance_takes_off_up_to_half() {
        assert_eq!(POLICY.wait(1, None, u32::MAX), Some(Duration::from_secs(1)));
        let half_way = POLICY.wait(1, None, u32::MAX / 2).unwrap();
        assert!(half_way > Duration::from_secs(1) && half_way < Duration::from_secs(2), "{half_way:?}");
    }

    #[test]
    fn what_apple_asks_for_is_kept_or_handed_to_the_caller() {
        let two = Duration::from_secs(2);
        assert!(POLICY.wait(0, Some(two), u32::MAX).unwrap() >= two);
        assert_eq!(POLICY.wait(0, Some(Duration::from_secs(4)), 0), None);
        assert_eq!(POLICY.wait(3, Some(two), 0), None);
    }
}
