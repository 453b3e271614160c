//! What happens between a request and its answer: token, rate limit, faults, latency and counts.

mod fault;
mod faults;
mod rate;
mod rules;
mod token;

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde::Serialize;

pub(crate) use self::{
    fault::Spoil,
    faults::{Faults, Target},
    rate::Spent,
    rules::Rules,
    token::{bearer, check},
};
pub use self::{
    fault::{Fault, FaultKind},
    rules::SimulatorSettings,
    token::TokenError,
};

/// The part of the simulator that doesn't persist.
#[derive(Default)]
pub(crate) struct Gate {
    pub(crate) rules: Rules,
    pub(crate) faults: Faults,
    /// By key.
    pub(crate) spent: HashMap<String, Spent>,
    pub(crate) counts: Counts,
}

/// Call counts and concurrency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// By Apple's `operationId`; `screenshots` for pictures, `uploadParts` for parts of builds, `unknown` for unknown
    /// paths.
    pub operations: BTreeMap<String, u64>,
    /// Every API call, including pictures.
    pub total: u64,
    /// Calls in flight.
    pub in_flight: u64,
    /// The maximum number of calls in flight.
    pub most_in_flight: u64,
    /// Why the last refused token was refused, which Apple never reveals.
    pub last_token_error: Option<String>,
}

impl Counts {
    pub(crate) fn begin(&mut self, operation: &str) {
        *self.operations.entry(operation.to_owned()).or_default() += 1;
        self.total += 1;
        self.in_flight += 1;
        self.most_in_flight = self.most_in_flight.max(self.in_flight);
    }

    /// Resets the counts, except for calls in flight.
    pub(crate) fn reset(&mut self) {
        *self = Self { in_flight: self.in_flight, most_in_flight: self.in_flight, ..Self::default() };
    }
}

impl Gate {
    /// Changes the rules. A new limit resets every key's calls.
    pub(crate) fn change(&mut self, settings: &SimulatorSettings) {
        if settings.rate_limit.is_some() || settings.minute_limit.is_some() {
            self.spent.clear();
        }
        self.rules.change(settings);
    }

    /// Counts a call against its key's limits.
    ///
    /// # Errors
    /// The `X-Rate-Limit` header for a call over the limit.
    pub(crate) fn count(&mut self, key: &str, writes: bool, now: Timestamp) -> Result<String, String> {
        let Rules { rate_limit, minute_limit, minute_limits_reads, .. } = self.rules;
        let Spent { hour, minute } = self.spent.entry(key.to_owned()).or_default();
        let by_minute = writes || minute_limits_reads;
        let allowed = hour.left(rate_limit, now) > 0 && (!by_minute || minute.left(minute_limit, now) > 0);
        if allowed {
            hour.take(now);
        }
        if allowed && by_minute {
            minute.take(now);
        }
        // An answer with the minute's limit omits the hour's, as on the live API.
        let header = if writes {
            format!("user-minute-lim:{minute_limit};user-minute-rem:{};", minute.left(minute_limit, now))
        } else {
            format!("user-hour-lim:{rate_limit};user-hour-rem:{};", hour.left(rate_limit, now))
        };
        if allowed { Ok(header) } else { Err(header) }
    }
}
