//! How many requests are left, as Apple last said.
//!
//! The header reads `user-hour-lim:3600;user-hour-rem:1450;`. Its numbers differ between accounts, so
//! they are read and never assumed
//! (<https://developer.apple.com/documentation/appstoreconnectapi/identifying-rate-limits>).

use jiff::Timestamp;

/// The header's name, in the lower case HTTP libraries use.
pub(crate) const HEADER: &str = "x-rate-limit";

/// The hourly limit of the key, and what is left of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests an hour.
    pub limit: u32,
    /// Requests left in this hour.
    pub remaining: u32,
    /// When Apple said so.
    pub at: Timestamp,
}

impl RateLimit {
    /// Reads the header's value; `None` if either number is missing.
    ///
    /// ```
    /// use hookbell_asc::RateLimit;
    /// use jiff::Timestamp;
    ///
    /// let limit = RateLimit::read("user-hour-lim:3600;user-hour-rem:1450;", Timestamp::UNIX_EPOCH).unwrap();
    /// assert_eq!((limit.limit, limit.remaining), (3600, 1450));
    /// assert_eq!(RateLimit::read("user-minute-lim:60", Timestamp::UNIX_EPOCH), None);
    /// ```
    #[must_use]
    pub fn read(header: &str, at: Timestamp) -> Option<Self> {
        let number = |name: &str| {
            let pairs = header.split(';').filter_map(|part| part.split_once(':'));
            pairs.filter(|(key, _)| key.trim() == name).find_map(|(_, value)| value.trim().parse().ok())
        };
        Some(Self { limit: number("user-hour-lim")?, remaining: number("user-hour-rem")?, at })
    }
}
