//! What it means that a file did not come: whether it may come later, and when an answer is believed.

use hookbell_asc::Error;
use hookbell_store::{FileState, StoreError, StoredFile};

use crate::{account::explain, api::ApiError};

/// One day of retries.
pub(super) const MAX_TRIES: u32 = 27;

/// A missing file may still be on its way, and a refused fresh URL may work minutes later, so such an answer is
/// believed only after this many tries.
pub(super) const BELIEVED_AFTER_TRIES: u32 = 3;

/// Why a file did not come.
pub(super) enum Failure {
    /// It may come later.
    Later(String),
    /// App Store Connect said nothing about the file: it can't be reached, the key is not accepted now, an agreement
    /// is missing, or a limit is reached. That may last, and says nothing about the file.
    Held(String),
    /// App Store Connect said no. That is believed after `believed_after` tries, of which the last two said the same.
    No {
        state: FileState,
        so_far: String,
        in_the_end: String,
        believed_after: u32,
    },
    /// It will never come, because of what is known here or of what the file is.
    Never(FileState, String),
    Store(StoreError),
}

impl Failure {
    /// What an error of the API means for a file. `what` names the thing that the key may not read.
    pub(super) fn of(error: Error, what: &str) -> Self {
        match error {
            error if error.is_not_found() => Self::not_there("App Store Connect does not have it"),
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

/// Whether an answer came often enough to be believed, and was the same the time before.
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
