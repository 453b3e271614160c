//! Why a tracker did not do what it was asked, and what to do about it.

use std::time::Duration;

/// What makes sense after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrackerNext {
    /// Another try, by the caller's own schedule.
    Retry,
    /// Another try, not before this time has passed: the service asked for the pause.
    RetryAfter(Duration),
    /// No other try of this one: the same request would fail again.
    GiveUp,
    /// No other try of any until a person changed the tracker: its token, its rights or its place.
    FixTracker,
}

/// Why a tracker did not do what it was asked. Neither text holds a token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TrackerFailure {
    /// What happened.
    pub message: String,
    /// What to do about it, a sentence; empty where nothing but waiting helps.
    pub hint: String,
    /// What makes sense now.
    pub next: TrackerNext,
    /// Whether the issue may be there in spite of it: the answer was lost, or something after it failed. Another try
    /// has to say so, by [`EarlierTries`](crate::EarlierTries).
    pub may_have_made: bool,
}

impl TrackerFailure {
    pub(crate) fn new(next: TrackerNext, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into(), next, may_have_made: false }
    }

    /// The same failure of a request after which the issue may be there.
    pub(crate) fn after_making(self) -> Self {
        Self { may_have_made: true, ..self }
    }

    /// A failure that every try would meet.
    pub(crate) fn give_up(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(TrackerNext::GiveUp, message, hint)
    }

    /// A failure that every issue would meet until a person changed something.
    pub(crate) fn fix_tracker(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(TrackerNext::FixTracker, message, hint)
    }
}
