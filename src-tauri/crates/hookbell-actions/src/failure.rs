//! Why an action failed, and what to do about it.

use std::time::Duration;

/// What to do after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Retry on the caller's own schedule.
    Retry,
    /// Retry, but not before this time has passed: the service asked for it.
    RetryAfter(Duration),
    /// Don't retry this one: the same request would fail again.
    GiveUp,
    /// Don't retry any: the address is permanently gone. The rule is turned off.
    SwitchOff,
}

/// Why an action failed. Neither text contains an address or a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ActionFailure {
    /// What happened.
    pub message: String,
    /// What to do about it, in a sentence; empty if only waiting helps.
    pub hint: String,
    /// What to do next.
    pub next: Next,
}

impl ActionFailure {
    /// A failure that a retry may fix.
    pub(crate) fn retry(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into(), next: Next::Retry }
    }

    /// A failure that every retry would repeat.
    pub(crate) fn give_up(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into(), next: Next::GiveUp }
    }

    /// A failure that turns the rule off.
    pub(crate) fn switch_off(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into(), next: Next::SwitchOff }
    }
}
