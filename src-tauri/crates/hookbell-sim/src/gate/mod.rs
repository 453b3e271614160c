//! What stands between a request and its answer: token, rate limit, faults, latency and the counts.

mod fault;
mod rate;
mod rules;
mod token;

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde::Serialize;

pub(crate) use self::{
    fault::Faults,
    rate::Hour,
    rules::Rules,
    token::{bearer, check},
};
pub use self::{
    fault::{Fault, FaultKind},
    rules::Settings,
    token::TokenError,
};

/// The part of the simulator that is not kept between starts.
#[derive(Default)]
pub(crate) struct Gate {
    pub(crate) rules: Rules,
    pub(crate) faults: Faults,
    /// By key.
    pub(crate) hours: HashMap<String, Hour>,
    pub(crate) counts: Counts,
}

/// What was called, and how many calls were answered side by side.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// By Apple's `operationId`; `screenshots` for pictures, `unknown` for paths Apple does not have.
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
    /// Changes the rules. A new rate limit begins a new hour for every key.
    pub(crate) fn change(&mut self, settings: &Settings) {
        if settings.rate_limit.is_some() {
            self.hours.clear();
        }
        self.rules.change(settings);
    }

    /// Counts a call against its key's hour.
    ///
    /// # Errors
    /// The `X-Rate-Limit` header for a call that is one too many.
    pub(crate) fn count(&mut self, key: &str, now: Timestamp) -> Result<String, String> {
        let limit = self.rules.rate_limit;
        let hour = self.hours.entry(key.to_owned()).or_insert_with(|| Hour::starting(now));
        let allowed = hour.take(limit, now);
        let header = format!("user-hour-lim:{limit};user-hour-rem:{};", hour.left(limit));
        if allowed { Ok(header) } else { Err(header) }
    }
}
