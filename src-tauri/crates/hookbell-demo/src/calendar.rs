//! The demo's clock.

use std::sync::{Arc, Mutex, PoisonError};

use hookbell_engine::Clock;
use jiff::{SignedDuration, Timestamp};

/// A clock that can be set back, so that both sides of the demo live through the preceding weeks.
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    now: Clock,
    behind: Arc<Mutex<SignedDuration>>,
}

impl Calendar {
    pub(crate) fn new(now: Clock) -> Self {
        Self { now, behind: Arc::default() }
    }

    /// Sets the clock back by this much from now on.
    pub(crate) fn set_back(&self, by: SignedDuration) {
        *self.behind.lock().unwrap_or_else(PoisonError::into_inner) = by;
    }

    pub(crate) fn now(&self) -> Timestamp {
        let behind = *self.behind.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.now.now();
        now.saturating_sub(behind).unwrap_or(now)
    }
}
