//! Errors for the window: a code to switch on, and words for the person.

use hookbell_store::StoreError;
use hookbell_vault::VaultError;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The kind of an error. Each code exists because the window or a script acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ErrorCode {
    /// A field has an invalid value; `field` names it.
    InvalidInput,
    /// The requested thing doesn't exist (any more).
    NotFound,
    /// The keychain is locked. Secrets can be read once the person unlocks it.
    KeychainLocked,
    /// No keychain is running.
    KeychainAbsent,
    /// The keychain is locked, or denied access.
    KeychainRefused,
    /// The keychain didn't answer in time.
    KeychainTimedOut,
    /// The store can't be written.
    StoreUnwritable,
    /// The clipboard can't be used.
    Clipboard,
    /// The listener isn't running, so there is nothing to try.
    NotListening,
    /// The configured tunnel doesn't lead here now.
    TunnelDown,
    /// App Store Connect rejects the key, or the key lacks the role for this.
    KeyRefused,
    /// The team must accept an agreement before any of its keys works. The key itself is valid.
    AgreementMissing,
    /// App Store Connect refused this request.
    AppleRefused,
    /// A rate limit of the key was reached, per minute or per hour.
    RateLimited,
    /// App Store Connect can't be reached or can't answer now. Nothing was changed.
    AppleUnreachable,
    /// App Store Connect's answer was lost: the request may or may not have taken effect.
    OutcomeUnknown,
    /// An address that the person gave can't be reached, or didn't answer in time.
    NoAnswer,
    /// It was made by a newer Hookbell, and this one must not touch it.
    MadeByNewer,
    /// The same operation is already running.
    Busy,
    /// Anything else; a bug in Hookbell.
    Internal,
}

/// An error: what is wrong, and how to fix it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[error("{message}: {hint}")]
pub struct ApiError {
    /// The kind.
    pub code: ErrorCode,
    /// What is wrong.
    pub message: String,
    /// How to fix it.
    pub hint: String,
    /// The request's field that is at fault.
    pub field: Option<String>,
}

impl ApiError {
    /// An error that concerns no particular field.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: hint.into(), field: None }
    }

    /// An invalid field.
    #[must_use]
    pub fn field(field: &str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { field: Some(field.to_owned()), ..Self::new(ErrorCode::InvalidInput, message, hint) }
    }

    /// The same error with another message.
    pub(crate) fn saying(self, message: impl Into<String>) -> Self {
        Self { message: message.into(), ..self }
    }

    /// No process listens on this data directory.
    pub(crate) fn not_listening() -> Self {
        let hint = "see the status at the bottom of the sidebar";
        Self::new(ErrorCode::NotListening, "Hookbell is not listening now", hint)
    }

    /// The request requires a payload, and Hookbell's own news has none.
    #[must_use]
    pub fn no_payload() -> Self {
        let hint = "choose an event that App Store Connect sent";
        Self::new(ErrorCode::NotFound, "Hookbell created this event, so it has no payload", hint)
    }

    /// Something that doesn't exist.
    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(ErrorCode::NotFound, format!("there is no such {what}"), "it may have been deleted; check the list")
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let code = match error {
            StoreError::TooNew { .. } => ErrorCode::MadeByNewer,
            StoreError::Taken { .. } => ErrorCode::InvalidInput,
            StoreError::Setting { .. } | StoreError::Panicked | StoreError::Sqlite(_) => ErrorCode::Internal,
            StoreError::Busy
            | StoreError::Locked
            | StoreError::Unwritable { .. }
            | StoreError::Damaged { .. }
            | StoreError::Directory { .. }
            | StoreError::Closed => ErrorCode::StoreUnwritable,
        };
        Self::new(code, error.to_string(), error.hint())
    }
}

impl From<VaultError> for ApiError {
    fn from(error: VaultError) -> Self {
        let code = match error {
            VaultError::Locked { .. } => ErrorCode::KeychainLocked,
            VaultError::Absent { .. } => ErrorCode::KeychainAbsent,
            VaultError::TimedOut { .. } => ErrorCode::KeychainTimedOut,
            _ => ErrorCode::KeychainRefused,
        };
        Self::new(code, error.to_string(), error.hint())
    }
}

#[cfg(test)]
mod tests {
    use hookbell_store::WriteTrouble;

    use super::*;

    #[test]
    fn an_error_of_the_store_keeps_its_own_hint_and_only_the_disk_is_blamed_for_the_disk() {
        let full = ApiError::from(StoreError::Unwritable { reason: WriteTrouble::DiskFull });
        assert_eq!((full.code, full.hint.as_str()), (ErrorCode::StoreUnwritable, "free some space"));
        assert_eq!(full.message, "the database can't be written: the disk is full");
        let newer = ApiError::from(StoreError::TooNew { found: 99, known: 30 });
        assert_eq!((newer.code, newer.hint.as_str()), (ErrorCode::MadeByNewer, "update Hookbell"));
        let taken = ApiError::from(StoreError::Taken { what: "this payload URL" });
        assert_eq!((taken.code, taken.hint.as_str()), (ErrorCode::InvalidInput, "choose another"));
        assert_eq!(ApiError::from(StoreError::Panicked).code, ErrorCode::Internal);
    }
}
