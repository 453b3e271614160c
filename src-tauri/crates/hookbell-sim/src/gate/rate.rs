//! A key's limits: a rolling hour and a minute.
//!
//! Apple shows both in `X-Rate-Limit`: `user-hour-lim:3600;user-hour-rem:1450;` for reads, and
//! `user-minute-lim:250;user-minute-rem:244;` for writes. The rolling hour is documented; the minute isn't, but
//! developers have seen limits of 150 and 250.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

const HOUR_WINDOW: SignedDuration = SignedDuration::from_hours(1);
const MINUTE_WINDOW: SignedDuration = SignedDuration::from_mins(1);

/// One key's usage.
#[derive(Debug)]
pub(crate) struct Spent {
    pub(crate) hour: Rolling,
    pub(crate) minute: Rolling,
}

impl Default for Spent {
    fn default() -> Self {
        Self { hour: Rolling::over(HOUR_WINDOW), minute: Rolling::over(MINUTE_WINDOW) }
    }
}

/// The calls within a rolling window.
#[derive(Debug)]
pub(crate) struct Rolling {
    span: SignedDuration,
    /// Oldest first.
    calls: VecDeque<Timestamp>,
}

impl Rolling {
    fn over(span: SignedDuration) -> Self {
        Self { span, calls: VecDeque::new() }
    }

    /// How many of `limit` calls are left.
    pub(crate) fn left(&mut self, limit: u64, now: Timestamp) -> u64 {
        while self.calls.front().is_some_and(|call| now.duration_since(*call) >= self.span) {
            self.calls.pop_front();
        }
        limit.saturating_sub(self.calls.len() as u64)
    }

    pub(crate) fn take(&mut self, now: Timestamp) {
        self.calls.push_back(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_call_comes_back_an_hour_after_it_was_made() {
        let start = Timestamp::UNIX_EPOCH;
        let later = |minutes| start + SignedDuration::from_mins(minutes);
        let mut hour = Spent::default().hour;
        hour.take(start);
        hour.take(later(40));
        assert_eq!(hour.left(2, later(59)), 0);
        assert_eq!(hour.left(2, later(60)), 1, "the first has come back, the second has not");
        assert_eq!(hour.left(2, later(99)), 1);
        assert_eq!(hour.left(2, later(100)), 2);
    }
}
