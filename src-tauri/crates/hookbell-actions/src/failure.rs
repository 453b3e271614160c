//! Why an action was not done, and what to do about it.

use std::time::Duration;

/// What makes sense after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Another try, by the caller's own schedule.
    Retry,
    /// Another try, not before this time has passed: the service asked for it.
    RetryAfter(Duration),
    /// No other try of this one: the same request would fail again.
    GiveUp,
    /// No other try of any: the address is gone for good. The rule is switched off.
    SwitchOff,
}

/// Why an action was not done. Neither text holds an address or a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ActionFailure {
    /// What happened.
    pub message: String,
    /// What to do about it, a sentence; empty where nothing but waiting helps.
    pub hint: String,
    /// What makes sense now.
    pub next: Next,
}

impl ActionFailure {
    /// A failure that another try may fix.
    pub(crate) fn retry(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into(), next: Next::Retry }
    }

    /// A failure that every try would meet.
    pub(crate) fn give_up(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into(), next: Next::GiveUp }
    }

    /// A failure after which the rule is switched off.
    pub(crate) fn switch_off(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into(), next: Next::SwitchOff }
    }
}
