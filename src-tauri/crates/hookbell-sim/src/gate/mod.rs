//! What stands between a request and its answer: token, rate limit, faults, latency and the counts.

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

/// The part of the simulator that is not kept between starts.
#[derive(Default)]
pub(crate) struct Gate {
    pub(crate) rules: Rules,
    pub(crate) faults: Faults,
    /// By key.
    pub(crate) spent: HashMap<String, Spent>,
    pub(crate) counts: Counts,
}

/// What was called, and how many calls were answered side by side.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// By Apple's `operationId`; `screenshots` for pictures, `uploadParts` for parts of builds, `unknown` for paths Apple does not have.
    pub operations: BTreeMap<String, u64>,
    /// Every call of the API, pictures included.
    pub total: u64,
    /// How many are being answered now.
    pub in_flight: u64,
    /// The most that were being answered at once.
    pub most_in_flight: u64,
    /// Why the last refused token was refused; Apple itself never says.
    pub last_token_error: Option<String>,
}

impl Counts {
    pub(crate) fn begin(&mut self, operation: &str) {
        *self.operations.entry(operation.to_owned()).or_default() += 1;
        self.total += 1;
        self.in_flight += 1;
        self.most_in_flight = self.most_in_flight.max(self.in_flight);
    }

    /// Forgets what was counted, but not what is going on.
    pub(crate) fn reset(&mut self) {
        *self = Self { in_flight: self.in_flight, most_in_flight: self.in_flight, ..Self::default() };
    }
}

impl Gate {
    /// Changes the rules. A new limit forgets the calls that every key has made.
    pub(crate) fn change(&mut self, settings: &SimulatorSettings) {
        if settings.rate_limit.is_some() || settings.minute_limit.is_some() {
            self.spent.clear();
        }
        self.rules.change(settings);
    }

    /// Counts a call against its key's limits.
    ///
    /// # Errors
    /// The `X-Rate-Limit` header for a call that is one too many.
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
        // Where the minute is shown, the live API leaves the hour out.
        let header = if writes {
            format!("user-minute-lim:{minute_limit};user-minute-rem:{};", minute.left(minute_limit, now))
        } else {
            format!("user-hour-lim:{rate_limit};user-hour-rem:{};", hour.left(rate_limit, now))
        };
        if allowed { Ok(header) } else { Err(header) }
    }
}
