//! The hourly limit of a key, shown in `X-Rate-Limit` as `user-hour-lim:3600;user-hour-rem:1450;`.

use jiff::{SignedDuration, Timestamp};

/// The calls of one key in the running hour.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hour {
    began: Timestamp,
    used: u64,
}

impl Hour {
    pub(crate) fn starting(now: Timestamp) -> Self {
        Self { began: now, used: 0 }
    }

    /// Takes one call if there is one left. An hour after its first call a new one begins.
    pub(crate) fn take(&mut self, limit: u64, now: Timestamp) -> bool {
        if now.duration_since(self.began) >= SignedDuration::from_hours(1) {
            *self = Self::starting(now);
        }
        let allowed = self.used < limit;
        self.used += u64::from(allowed);
        allowed
    }

    pub(crate) fn left(self, limit: u64) -> u64 {
        limit.saturating_sub(self.used)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_holds_so_many_calls_and_then_begins_anew() {
        let start = Timestamp::UNIX_EPOCH;
        let mut hour = Hour::starting(start);
        assert!(hour.take(2, start) && hour.take(2, start));
        assert!(!hour.take(2, start));
        assert_eq!(hour.left(2), 0);
        assert!(hour.take(2, start + SignedDuration::from_hours(1)));
        assert_eq!(hour.left(2), 1);
    }
}
