//! Ids that can't be mixed up: one type per kind of thing, validated where text comes in.

use serde::{Deserialize, Serialize};

/// Why a text isn't an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// The text is empty.
    #[error("an id can't be empty")]
    Empty,
    /// The text is longer than 255 bytes.
    #[error("an id has at most {MAX_LEN} bytes, this one has {0}")]
    TooLong(usize),
    /// The text contains a control character.
    #[error("an id has no control characters")]
    Control,
}

/// The maximum length of an id, in bytes. Apple's are UUIDs, numbers and short opaque texts.
pub const MAX_LEN: usize = 255;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Validates a text as an id.
            ///
            /// # Errors
            /// [`IdError`] if the text is empty, longer than 255 bytes, or contains control characters.
            pub fn new(text: impl Into<String>) -> Result<Self, IdError> {
                let text = text.into();
                match text.len() {
                    0 => Err(IdError::Empty),
                    len if len > MAX_LEN => Err(IdError::TooLong(len)),
                    _ if text.chars().any(char::is_control) => Err(IdError::Control),
                    _ => Ok(Self(text)),
                }
            }

            /// The id as written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;

            fn try_from(text: String) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

id!(
    /// An app in App Store Connect.
    AppId
);
id!(
    /// One webhook of this machine: a payload URL with its secret. The id is Hookbell's own.
    WebhookId
);
id!(
    /// One webhook in App Store Connect, which assigns the id.
    AscWebhookId
);
id!(
    /// One account: a named App Store Connect API key. The id is Hookbell's own.
    AccountId
);
id!(
    /// One event. A repeated id means a redelivery, not a new event.
    EventId
);
id!(
    /// An App Store Connect API key: the ten letters and digits in `AuthKey_XXXXXXXXXX.p8`.
    KeyId
);
id!(
    /// The team that issued an API key, a UUID. Individual keys have none.
    IssuerId
);
id!(
    /// One attempt by App Store Connect to deliver an event. A redelivery is another attempt for the same event.
    DeliveryId
);
id!(
    /// A version of an app on the App Store.
    AppStoreVersionId
);
id!(
    /// A build of an app.
    BuildId
);
id!(
    /// A build's status in TestFlight.
    BuildBetaDetailId
);
id!(
    /// An upload of a build, before App Store Connect has processed it.
    BuildUploadId
);
id!(
    /// The build file itself or a companion file in an upload.
    BuildUploadFileId
);
id!(
    /// A build's What to Test in one locale.
    BetaBuildLocalizationId
);
id!(
    /// An app's TestFlight texts in one locale.
    BetaAppLocalizationId
);
id!(
    /// A build's submission to Beta App Review.
    BetaAppReviewSubmissionId
);
id!(
    /// The contact for Beta App Review.
    BetaAppReviewDetailId
);
id!(
    /// A notification to a build's testers.
    BuildBetaNotificationId
);
id!(
    /// A group of testers.
    BetaGroupId
);
id!(
    /// A tester's invitation.
    BetaTesterInvitationId
);
id!(
    /// The version a TestFlight build belongs to.
    PreReleaseVersionId
);
id!(
    /// A person who tests builds with TestFlight.
    BetaTesterId
);
id!(
    /// A tester's screenshot feedback.
    ScreenshotFeedbackId
);
id!(
    /// A tester's crash feedback.
    CrashFeedbackId
);
id!(
    /// The log of a crash report from a tester.
    CrashLogId
);
id!(
    /// A ping requested from App Store Connect.
    PingId
);
id!(
    /// A background asset pack.
    BackgroundAssetId
);
id!(
    /// A version of a background asset pack.
    BackgroundAssetVersionId
);
id!(
    /// The release of a background asset pack's version to internal testers.
    BackgroundAssetInternalReleaseId
);
id!(
    /// The release of a background asset pack's version to external testers.
    BackgroundAssetExternalReleaseId
);
id!(
    /// The release of a background asset pack's version on the App Store.
    BackgroundAssetAppStoreReleaseId
);
id!(
    /// The package of an app that an alternative marketplace downloads.
    AlternativeDistributionPackageId
);
id!(
    /// One version of the package that an alternative marketplace downloads.
    AlternativeDistributionPackageVersionId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_keeps_its_text_through_json() {
        let id: EventId = serde_json::from_str("\"AK7UjG-qL5\"").unwrap();
        assert_eq!(id.as_str(), "AK7UjG-qL5");
        assert_eq!(serde_json::to_string(&id).unwrap(), "\"AK7UjG-qL5\"");
    }

    #[test]
    fn refuses_empty_endless_and_control_texts_with_the_reason() {
        assert_eq!(WebhookId::new(""), Err(IdError::Empty));
        assert_eq!(WebhookId::new("x".repeat(256)), Err(IdError::TooLong(256)));
        assert_eq!(WebhookId::new("a\nb"), Err(IdError::Control));
    }
}
