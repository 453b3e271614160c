//! Decides whether and when to retry a request. A write is repeated only if Apple refused it.

use std::time::Duration;

use super::{error::Error, exchange::Answer, retry_policy::RetryPolicy};

/// What happens before the next try of a read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Wait, while other reads go on.
    Wait(Duration),
    /// The same, with a newly signed token.
    NewToken(Duration),
    /// Pause all reads of this key.
    Pause(Duration),
    /// Don't retry.
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
    /// What to do after this outcome. `chance` is any random number.
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

    /// What to do after an answer that Apple gave before processing the request; [`Next::GiveUp`] for any other.
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

    /// A used-up hour isn't waited out here: the caller knows better what to do meanwhile.
    fn after_limit(&mut self, policy: &RetryPolicy, answer: &Answer) -> Next {
        let hour_spent = answer.rate_limit.hour.is_some_and(|hour| hour.remaining == 0);
        if hour_spent || self.paused || policy.max_retries == 0 {
            return Next::GiveUp;
        }
        self.paused = true;
        Next::Pause(policy.minute)
    }
}
