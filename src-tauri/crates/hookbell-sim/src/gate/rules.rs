//! The rules that can be changed while the simulator runs.

use std::time::Duration;

use jiff::SignedDuration;
use serde::Deserialize;

use crate::links::PictureSigner;

/// How long the sender waits for an answer at first. What Apple does is not documented.
const DELIVERY_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a picture's URL is good for at first: people have seen Apple's last for about six days.
const PICTURE_LIFETIME: Duration = Duration::from_hours(6 * 24);

/// How long a part is at first, as seen live.
const PART_BYTES: u64 = 5 * 1024 * 1024;

/// How long a part's URL is good for at first, as seen live.
const PART_LIFETIME: Duration = Duration::from_hours(7 * 24);

/// How long an upload is processed at first. Apple takes minutes; nobody wants to wait for a simulator.
const PROCESSING_TIME: Duration = Duration::from_secs(2);

/// The rules in force.
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

/// Changes of the rules; what is `None` stays as it is. This is the body of `POST /sim/settings`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SimulatorSettings {
    /// How long every answer of the API takes at least, in milliseconds.
    pub latency_ms: Option<u64>,
    /// Calls each key has in any hour; 3600 at first. Changing it forgets the calls made so far.
    pub rate_limit: Option<u64>,
    /// Calls each key has in any minute; 250 at first. Changing it forgets the calls made so far.
    pub minute_limit: Option<u64>,
    /// Whether reading counts against the minute too. At first only writing does, as only there has
    /// Apple shown a minute's figures.
    pub minute_limits_reads: Option<bool>,
    /// Seconds in the `Retry-After` header of a 429; 0 leaves the header out, as at first.
    pub retry_after_seconds: Option<u64>,
    /// How far Apple's clock is ahead of the one the simulator was given, in seconds.
    pub clock_offset_seconds: Option<i64>,
    /// Whether no receiver can be reached: every delivery fails without being sent, as if every
    /// laptop were asleep.
    pub offline: Option<bool>,
    /// How long a picture's URL is good for, in seconds; six days at first.
    pub picture_lifetime_seconds: Option<u64>,
    /// How long the sender waits for an answer, in milliseconds; 10,000 at first.
    pub delivery_timeout_ms: Option<u64>,
    /// Whether `filter[deliveryState]` works. It is in Apple's description, but the live API has
    /// refused it, so it is off at first.
    pub delivery_state_filter: Option<bool>,
    /// How long the parts of a file are that is reserved from now on, in bytes; 5,242,880 at first.
    pub part_bytes: Option<u64>,
    /// How long a part's URL is good for, in seconds; seven days at first.
    pub part_lifetime_seconds: Option<u64>,
    /// How long an upload is processed, in milliseconds; 2,000 at first. Its build is valid a quarter of that later,
    /// and known to TestFlight after another quarter.
    pub processing_ms: Option<u64>,
    /// The code that every upload fails with from now on, for instance `90683`; an empty one lets them succeed again.
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
