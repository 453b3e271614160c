//! When a request is tried again, and after how long. A change is repeated only where Apple refused to make it.

use std::time::Duration;

use super::{error::Error, exchange::Answer, retry_policy::RetryPolicy};

/// What happens before a read is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// It waits, and other reads go on.
    Wait(Duration),
    /// The same, and the token is signed anew.
    NewToken(Duration),
    /// All reads of this key wait.
    Pause(Duration),
    /// It is not tried again.
    GiveUp,
}

/// The tries of one read so far.
#[derive(Debug, Default)]
pub(crate) struct Tries {
    failed: u32,
    refused: bool,
    paused: bool,
}

impl Tries {
    /// What follows this outcome. `chance` is any number.
    pub(crate) fn next(&mut self, policy: &RetryPolicy, outcome: &Result<Answer, Error>, chance: u32) -> Next {
        let asked = match outcome {
            Ok(answer) if matches!(answer.status, 401 | 403) => return self.after_refusal(policy, answer, chance),
            Ok(answer) if answer.status == 429 && answer.retry_after.is_none() => {
                return self.after_limit(policy, answer);
            }
            Ok(answer) if matches!(answer.status, 429 | 500 | 502 | 503 | 504) => answer.retry_after,
            Err(Error::Unreachable { .. } | Error::Interrupted { .. }) => None,
            _ => return Next::GiveUp,
        };
        let Some(wait) = policy.wait(self.failed, asked, chance) else { return Next::GiveUp };
        self.failed += 1;
        match outcome {
            Ok(answer) if answer.status == 429 => Next::Pause(wait),
            _ => Next::Wait(wait),
        }
    }

    /// What follows an answer that Apple gave before it looked at the request; [`Next::GiveUp`] for any other.
    pub(crate) fn after_refusal(&mut self, policy: &RetryPolicy, answer: &Answer, chance: u32) -> Next {
        if !matches!(answer.status, 401 | 403) {
            return Next::GiveUp;
        }
        let Some(wait) = policy.wait(0, None, chance).filter(|_| !self.refused) else { return Next::GiveUp };
        self.refused = true;
        match answer.refusal() {
            Error::Refused(refusal) if refusal.agreement_page().is_some() => Next::Wait(wait),
            Error::Refused(_) if answer.status == 401 => Next::NewToken(wait),
            _ => Next::GiveUp,
        }
    }

    /// A spent hour is not waited out here: the caller knows better what to do meanwhile.
    fn after_limit(&mut self, policy: &RetryPolicy, answer: &Answer) -> Next {
        let hour_spent = answer.rate_limit.hour.is_some_and(|hour| hour.remaining == 0);
        if hour_spent || self.paused || policy.max_retries == 0 {
            return Next::GiveUp;
        }
        self.paused = true;
        Next::Pause(policy.minute)
    }
}
