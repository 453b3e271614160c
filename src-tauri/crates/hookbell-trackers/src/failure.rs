//! Why a tracker request failed, and what to do about it.

use std::time::Duration;

/// What to do after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrackerNext {
    /// Retry, on the caller's schedule.
    Retry,
    /// Retry, but not before this time has passed: the service requested the pause.
    RetryAfter(Duration),
    /// Don't retry: the same request would fail again.
    GiveUp,
    /// Stop all requests until a person fixes the tracker: its token, its permissions or its place.
    FixTracker,
}

/// Why a tracker request failed. Neither text contains a token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TrackerFailure {
    /// What happened.
    pub message: String,
    /// What to do about it, in one sentence; empty if only waiting helps.
    pub hint: String,
    /// What to do next.
    pub next: TrackerNext,
    /// Whether the issue might exist anyway: the answer was lost, or a later step failed. A retry must pass this on in
    /// [`EarlierTries`](crate::EarlierTries).
    pub may_have_made: bool,
}

impl TrackerFailure {
    pub(crate) fn new(next: TrackerNext, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into(), next, may_have_made: false }
    }

    /// The same failure, after a request that might have created the issue.
    pub(crate) fn after_making(self) -> Self {
        Self { may_have_made: true, ..self }
    }

    /// A failure that every retry would meet.
    pub(crate) fn give_up(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(TrackerNext::GiveUp, message, hint)
    }

    /// A failure of every issue until a person changes something.
    pub(crate) fn fix_tracker(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(TrackerNext::FixTracker, message, hint)
    }
}
