//! The rules that can change at runtime.

use std::time::Duration;

use jiff::SignedDuration;
use serde::Deserialize;

use crate::links::PictureSigner;

/// The sender's default timeout. Apple's is not documented.
const DELIVERY_TIMEOUT: Duration = Duration::from_secs(10);

/// The default lifetime of a picture's URL: developers have seen Apple's last for about six days.
const PICTURE_LIFETIME: Duration = Duration::from_hours(6 * 24);

/// The default size of a part, as seen live.
const PART_BYTES: u64 = 5 * 1024 * 1024;

/// The default lifetime of a part's URL, as seen live.
const PART_LIFETIME: Duration = Duration::from_hours(7 * 24);

/// The default processing time of an upload. Apple takes minutes; nobody wants to wait for a simulator.
const PROCESSING_TIME: Duration = Duration::from_secs(2);

/// The current rules.
pub(crate) struct Rules {
    pub(crate) latency: Duration,
    pub(crate) rate_limit: u64,
    pub(crate) minute_limit: u64,
    pub(crate) minute_limits_reads: bool,
    pub(crate) retry_after: Option<u64>,
    pub(crate) clock_offset: SignedDuration,
    pub(crate) offline: bool,
    pub(crate) picture_lifetime: Duration,
    pub(crate) delivery_timeout: Duration,
    pub(crate) delivery_state_filter: bool,
    pub(crate) pictures: PictureSigner,
    pub(crate) part_bytes: u64,
    pub(crate) part_lifetime: Duration,
    pub(crate) processing: Duration,
    pub(crate) upload_failure: Option<String>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            latency: Duration::ZERO,
            rate_limit: 3600,
            minute_limit: 250,
            minute_limits_reads: false,
            retry_after: None,
            clock_offset: SignedDuration::ZERO,
            offline: false,
            picture_lifetime: PICTURE_LIFETIME,
            delivery_timeout: DELIVERY_TIMEOUT,
            delivery_state_filter: false,
            pictures: PictureSigner::fresh(),
            part_bytes: PART_BYTES,
            part_lifetime: PART_LIFETIME,
            processing: PROCESSING_TIME,
            upload_failure: None,
        }
    }
}

/// Changes to the rules; `None` leaves a rule unchanged. The body of `POST /sim/settings`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SimulatorSettings {
    /// The minimum latency of every API answer, in milliseconds.
    pub latency_ms: Option<u64>,
    /// Calls per key in any hour; 3600 by default. Changing it resets the calls made so far.
    pub rate_limit: Option<u64>,
    /// Calls per key in any minute; 250 by default. Changing it resets the calls made so far.
    pub minute_limit: Option<u64>,
    /// Whether reads count against the minute too. By default only writes do, because Apple has shown the minute's
    /// numbers only for them.
    pub minute_limits_reads: Option<bool>,
    /// Seconds in the `Retry-After` header of a 429; 0, the default, omits the header.
    pub retry_after_seconds: Option<u64>,
    /// How far Apple's clock is ahead of the simulator's configured clock, in seconds.
    pub clock_offset_seconds: Option<i64>,
    /// Whether all receivers are unreachable: every delivery fails without being sent, as if every laptop were asleep.
    pub offline: Option<bool>,
    /// The lifetime of a picture's URL in seconds; six days by default.
    pub picture_lifetime_seconds: Option<u64>,
    /// The sender's timeout in milliseconds; 10,000 by default.
    pub delivery_timeout_ms: Option<u64>,
    /// Whether `filter[deliveryState]` works. It is in Apple's description, but the live API has refused it, so it is
    /// off by default.
    pub delivery_state_filter: Option<bool>,
    /// The size of parts of newly reserved files, in bytes; 5,242,880 by default.
    pub part_bytes: Option<u64>,
    /// The lifetime of a part's URL in seconds; seven days by default.
    pub part_lifetime_seconds: Option<u64>,
    /// The processing time of an upload in milliseconds; 2,000 by default. Its build becomes valid a quarter of that
    /// later, and known to TestFlight after another quarter.
    pub processing_ms: Option<u64>,
    /// The code with which every upload fails from now on, such as `90683`; an empty one makes uploads succeed again.
    pub upload_failure: Option<String>,
}

impl Rules {
    pub(crate) fn change(&mut self, settings: &SimulatorSettings) {
        let SimulatorSettings {
            latency_ms,
            rate_limit,
            minute_limit,
            minute_limits_reads,
            retry_after_seconds,
            clock_offset_seconds,
            offline,
            picture_lifetime_seconds,
            delivery_timeout_ms,
            delivery_state_filter,
            part_bytes,
            part_lifetime_seconds,
            processing_ms,
            upload_failure,
        } = settings;
        set(&mut self.latency, latency_ms.map(Duration::from_millis));
        set(&mut self.rate_limit, *rate_limit);
        set(&mut self.minute_limit, *minute_limit);
        set(&mut self.minute_limits_reads, *minute_limits_reads);
        set(&mut self.retry_after, retry_after_seconds.map(|seconds| Some(seconds).filter(|&seconds| seconds > 0)));
        set(&mut self.clock_offset, clock_offset_seconds.map(SignedDuration::from_secs));
        set(&mut self.offline, *offline);
        set(&mut self.picture_lifetime, picture_lifetime_seconds.map(Duration::from_secs));
        set(&mut self.delivery_timeout, delivery_timeout_ms.map(Duration::from_millis));
        set(&mut self.delivery_state_filter, *delivery_state_filter);
        set(&mut self.part_bytes, part_bytes.map(|bytes| bytes.max(1)));
        set(&mut self.part_lifetime, part_lifetime_seconds.map(Duration::from_secs));
        set(&mut self.processing, processing_ms.map(Duration::from_millis));
        set(&mut self.upload_failure, upload_failure.clone().map(|code| Some(code).filter(|code| !code.is_empty())));
    }
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}
