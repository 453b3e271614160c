//! How a refusal crosses to the window: a code it may switch on, and words for the person.

use hookbell_store::StoreError;
use hookbell_vault::VaultError;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What kind of refusal it is. A code is here because the window or a script acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ErrorCode {
    /// A field has something that can't be taken; `field` names it.
    InvalidInput,
    /// What was asked for is not there (any more).
    NotFound,
    /// Secrets can be read again once the person unlocks it.
    KeychainLocked,
    /// No keychain is running.
    KeychainAbsent,
    /// The keychain said no.
    KeychainRefused,
    /// The keychain did not answer in time.
    KeychainTimedOut,
    /// The store can't be written.
    StoreUnwritable,
    /// The clipboard can't be used.
    Clipboard,
    /// The listener is not running, so there is nothing to try.
    NotListening,
    /// The tunnel that is set up does not lead here now.
    TunnelDown,
    /// App Store Connect does not accept the key, or the key may not do this.
    KeyRefused,
    /// The team has an agreement to accept before any of its keys works. The key is good.
    AgreementMissing,
    /// App Store Connect said no to this request.
    AppleRefused,
    /// A limit of the key was reached, per minute or per hour.
    RateLimited,
    /// App Store Connect can't be reached or can't answer now. Nothing was changed.
    AppleUnreachable,
    /// App Store Connect's answer was lost: what was asked may or may not have been done.
    OutcomeUnknown,
    /// An address that the person gave can't be reached, or did not answer in time.
    NoAnswer,
    /// A newer Hookbell made it, and this one must not touch it.
    MadeByNewer,
    /// The same is being done already.
    Busy,
    /// Anything else; a defect of ours.
    Internal,
}

/// A refusal: what is wrong, and how to fix it.
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
    /// The field of the request at fault.
    pub field: Option<String>,
}

impl ApiError {
    /// A refusal that concerns no field.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: hint.into(), field: None }
    }

    /// A field that can't be taken.
    #[must_use]
    pub fn field(field: &str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { field: Some(field.to_owned()), ..Self::new(ErrorCode::InvalidInput, message, hint) }
    }

    /// The same in other words.
    pub(crate) fn saying(self, message: impl Into<String>) -> Self {
        Self { message: message.into(), ..self }
    }

    /// Nobody listens on this data directory.
    pub(crate) fn not_listening() -> Self {
        let hint = "see the line at the foot of the sidebar";
        Self::new(ErrorCode::NotListening, "Hookbell is not listening now", hint)
    }

    /// What only a payload can give was asked of Hookbell's own news.
    #[must_use]
    pub fn no_payload() -> Self {
        let hint = "choose an event that App Store Connect sent";
        Self::new(ErrorCode::NotFound, "this is Hookbell’s own news and has no payload", hint)
    }

    /// Something that is not there.
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
