//! Local webhooks for the window.

use hookbell_core::{Secret, SecretError};
use hookbell_store::Origin;
use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

use super::ApiError;

/// A webhook without an account: a payload URL to paste into App Store Connect.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Webhook {
    /// Hookbell's own id, not App Store Connect's.
    pub id: String,
    /// Its name, 1 to 100 characters.
    pub name: String,
    /// Who created it.
    pub origin: Origin,
    /// Its payload URL on this computer, while the listener runs.
    pub payload_url: Option<String>,
    /// When it was added, RFC 3339 in UTC.
    pub created_at: String,
    /// How many events arrived through it.
    pub events: u64,
    /// The newest of them.
    pub last: Option<LastEvent>,
    /// The requests it rejected.
    pub refused: Option<Refused>,
    /// While its secret is being rotated: when the old one expires, RFC 3339 in UTC.
    pub previous_secret_until: Option<String>,
    /// What currently keeps it from verifying.
    pub trouble: Option<ApiError>,
}

/// The newest event of a webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LastEvent {
    /// Its number.
    pub seq: i64,
    /// What happened.
    pub title: String,
    /// When it arrived, RFC 3339 in UTC.
    pub at: String,
}

/// Requests rejected because of their signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Refused {
    /// How many so far.
    pub count: u64,
    /// The last one, RFC 3339 in UTC.
    pub last_at: String,
    /// Why the last one was rejected.
    pub reason: String,
    /// Whether App Store Connect's secret differs from the one here.
    pub mismatch: bool,
}

/// A secret from a form. It goes to the keychain and never back.
#[derive(Debug, Clone)]
pub struct GivenSecret(pub(crate) Result<Secret, SecretError>);

impl From<Secret> for GivenSecret {
    fn from(secret: Secret) -> Self {
        Self(Ok(secret))
    }
}

impl<'de> Deserialize<'de> for GivenSecret {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(|text| Self(Secret::new(text)))
    }
}

/// A webhook to add.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddWebhookRequest {
    /// Its name, 1 to 100 characters.
    pub name: String,
    /// Its secret; generated if omitted.
    #[ts(type = "string | null")]
    pub secret: Option<GivenSecret>,
}

/// Which webhook a command is for.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WebhookRequest {
    /// As in [`Webhook::id`].
    pub id: String,
}

/// A new name.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RenameWebhookRequest {
    /// The webhook's id.
    pub id: String,
    /// The name, 1 to 100 characters.
    pub name: String,
}

/// A new secret; the previous one stays valid for 24 hours.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RotateSecretRequest {
    /// The webhook's id.
    pub id: String,
    /// The secret; generated if omitted.
    #[ts(type = "string | null")]
    pub secret: Option<GivenSecret>,
}

/// The secret was copied to the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CopySecretReply {
    /// When it will be cleared from the clipboard.
    pub clears_after_seconds: u32,
}

/// The result of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TestReply {
    /// The HTTP status of the listener's answer.
    pub status: u16,
    /// From sending to the answer.
    pub milliseconds: u32,
    /// The event it became.
    pub seq: Option<i64>,
}
