//! What it means if a file couldn't be fetched: whether it may come later, and when an answer is accepted.

use hookbell_asc::Error;
use hookbell_store::{FileState, StoreError, StoredFile};

use crate::{account::explain, api::ApiError};

/// One day of retries.
pub(super) const MAX_TRIES: u32 = 27;

/// A missing file may still be on its way, and a rejected fresh URL may work minutes later, so such an answer is
/// accepted only after this many tries.
pub(super) const BELIEVED_AFTER_TRIES: u32 = 3;

/// Why a file couldn't be fetched.
pub(super) enum Failure {
    /// It may come later.
    Later(String),
    /// App Store Connect said nothing about the file itself: it can't be reached, rejects the key for now, requires
    /// an agreement, or a limit is reached. That may last.
    Held(String),
    /// App Store Connect said no. Accepted after `believed_after` tries, if the last two said the same.
    No {
        state: FileState,
        so_far: String,
        in_the_end: String,
        believed_after: u32,
    },
    /// It will never come, because of what we know or what the file is.
    Never(FileState, String),
    Store(StoreError),
}

impl Failure {
    /// What an API error means for a file. `what` names what the key isn't allowed to read.
    pub(super) fn of(error: Error, what: &str) -> Self {
        match error {
            error if error.is_not_found() => Self::not_there("App Store Connect doesn’t have it"),
            error if error.is_forbidden() => Self::refused(format!("This API key can’t access {what}"), MAX_TRIES),
            error => Self::Held(explain(error).message),
        }
    }

    pub(super) fn not_there(words: &str) -> Self {
        let (so_far, in_the_end) = (words.to_owned(), words.to_owned());
        Self::No { state: FileState::Gone, so_far, in_the_end, believed_after: BELIEVED_AFTER_TRIES }
    }

    pub(super) fn refused(words: String, believed_after: u32) -> Self {
        Self::No { state: FileState::Refused, so_far: words.clone(), in_the_end: words, believed_after }
    }
}

/// Whether an answer came often enough to be accepted, and matched the previous one.
pub(super) fn is_believed(file: &StoredFile, said: &str, believed_after: u32) -> bool {
    file.tries + 1 >= believed_after && file.reason.as_deref() == Some(said)
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self::Held(error.message)
    }
}
