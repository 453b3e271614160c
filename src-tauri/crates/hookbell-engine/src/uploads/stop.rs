//! Why a step of an upload wasn't completed, and what to do next.

use std::time::Duration;

use hookbell_asc::{Error, api::build_refusals::BuildRefusal};
use hookbell_core::backoff::doubled;
use hookbell_store::{NewUpload, StoreError};

use super::failures::{of_refusal, sentence};
use crate::{
    account::explain,
    api::{ApiError, ErrorCode, UploadFailure},
};

/// The first and the longest wait after App Store Connect couldn't answer.
const RETRY_AFTER: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(300));

/// The wait after the daily limit of uploads was reached.
const RETRY_AFTER_DAILY_LIMIT: Duration = Duration::from_secs(6 * 3600);

/// The wait for something that only a person can change, such as a locked keychain or an agreement.
const RETRY_AFTER_PERSON: Duration = Duration::from_secs(60);

/// Why a step wasn't completed.
#[derive(Debug)]
pub(super) enum Stop {
    /// It is retried.
    Later {
        /// What it waits for.
        message: String,
        /// What to do about it.
        hint: String,
        /// How long, unless the network changes first.
        wait: Duration,
    },
    /// It isn't retried automatically.
    Failed(UploadFailure),
    /// The row has changed in the meantime: read it again.
    Moved,
    /// The store couldn't be used.
    Store(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Stop {
    /// What to do after a request failed `failures` times in a row.
    pub(super) fn of(error: Error, build: &NewUpload, failures: u32) -> Self {
        if let Some(failure) = of_refusal(&error, build) {
            return Self::Failed(failure);
        }
        if BuildRefusal::of(&error) == Some(BuildRefusal::DailyLimit) {
            return Self::Later {
                message: "The app has reached its upload limit for today.".into(),
                hint: "Hookbell retries automatically.".into(),
                wait: RETRY_AFTER_DAILY_LIMIT,
            };
        }
        let asked = error.refusal().and_then(|refusal| refusal.retry_after);
        let needs_person = error.refusal().is_some_and(|refusal| !error.is_temporary() && refusal.status < 500);
        let usual = match needs_person {
            true => RETRY_AFTER_PERSON,
            false => doubled(RETRY_AFTER.0, RETRY_AFTER.1, failures),
        };
        Self::later(explain(error), asked.unwrap_or_default().max(usual))
    }

    /// What to do without a client for the account.
    pub(super) fn of_access(error: ApiError) -> Self {
        if error.code == ErrorCode::NotFound {
            return Self::Failed(UploadFailure {
                message: "The account of this upload was removed.".into(),
                hint: "Add it again, then upload the build again.".into(),
                problems: Vec::new(),
                next_number: None,
                can_retry: false,
            });
        }
        Self::later(error, RETRY_AFTER_PERSON)
    }

    fn later(error: ApiError, wait: Duration) -> Self {
        Self::Later { message: sentence(&error.message), hint: sentence(&error.hint), wait }
    }

    /// A wait that needs no explanation: the requested resource doesn't exist yet.
    pub(super) fn not_yet(message: &str, wait: Duration) -> Self {
        let hint = "Hookbell checks again automatically.".to_owned();
        Self::Later { message: message.to_owned(), hint, wait }
    }
}
