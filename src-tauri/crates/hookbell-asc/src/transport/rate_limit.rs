//! How many requests are left, as Apple last reported.
//!
//! The header reads `user-hour-lim:3600;user-hour-rem:1450;`. It is a rolling hour: a request counts for one hour.
//! There is a limit per minute too; some answers, mostly to writes, contain `user-minute-lim` and `user-minute-rem`,
//! with or without the hour's numbers. Both pairs can come in any order and on several lines. The numbers differ
//! between accounts, so we read them and never assume any
//! (<https://developer.apple.com/documentation/appstoreconnectapi/identifying-rate-limits>).

use jiff::Timestamp;

/// The header's name, in lower case as HTTP libraries use it.
pub(crate) const HEADER: &str = "x-rate-limit";

/// The state of one limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Requests in the whole hour or minute.
    pub limit: u32,
    /// Requests left.
    pub remaining: u32,
    /// When Apple reported it.
    pub at: Timestamp,
}

/// Each limit of the key, as Apple last reported it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RateLimits {
    /// The rolling hour.
    pub hour: Option<Allowance>,
    /// The current minute. Most answers omit it.
    pub minute: Option<Allowance>,
}

impl RateLimits {
    /// Reads every line of the header. A limit is `None` unless both of its numbers are present.
    ///
    /// ```
    /// use hookbell_asc::RateLimits;
    /// use jiff::Timestamp;
    ///
    /// let lines = ["user-minute-rem:244;user-minute-lim:250", "user-hour-lim:3600;user-hour-rem:1450;"];
    /// let read = RateLimits::read(lines, Timestamp::UNIX_EPOCH);
    /// assert_eq!(read.hour.map(|hour| (hour.limit, hour.remaining)), Some((3600, 1450)));
    /// assert_eq!(read.minute.map(|minute| minute.remaining), Some(244));
    /// assert_eq!(RateLimits::read(["user-hour-lim:3600"], Timestamp::UNIX_EPOCH), RateLimits::default());
    /// ```
    #[must_use]
    pub fn read<'a>(lines: impl IntoIterator<Item = &'a str>, at: Timestamp) -> Self {
        let pairs: Vec<(&str, u32)> = lines
            .into_iter()
            .flat_map(|line| line.split([';', ',']))
            .filter_map(|part| part.split_once(':'))
            .filter_map(|(name, value)| Some((name.trim(), value.trim().parse().ok()?)))
            .collect();
        let number =
            |wanted: &str| pairs.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| *value);
        let allowance =
            |limit: &str, remaining: &str| Some(Allowance { limit: number(limit)?, remaining: number(remaining)?, at });
        Self {
            hour: allowance("user-hour-lim", "user-hour-rem"),
            minute: allowance("user-minute-lim", "user-minute-rem"),
        }
    }

    /// The newer value of each.
    pub(crate) fn updated(self, newer: Self) -> Self {
        Self { hour: newer.hour.or(self.hour), minute: newer.minute.or(self.minute) }
    }
}
