//! Local webhooks as the window shows them.

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
    /// What the person calls it, 1 to 100 characters.
    pub name: String,
    /// Who made it.
    pub origin: Origin,
    /// Where it listens, while the listener runs.
    pub payload_url: Option<String>,
    /// When it was added, RFC 3339 in UTC.
    pub created_at: String,
    /// How many events it has brought.
    pub events: u64,
    /// The newest of them.
    pub last: Option<LastEvent>,
    /// What was turned away.
    pub refused: Option<Refused>,
    /// While its secret is being rotated: until when the old one is good, RFC 3339 in UTC.
    pub previous_secret_until: Option<String>,
    /// What keeps it from verifying now.
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

/// Requests that were turned away because of their signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Refused {
    /// How many so far.
    pub count: u64,
    /// The last one, RFC 3339 in UTC.
    pub last_at: String,
    /// Why the last one was turned away.
    pub reason: String,
    /// Whether the secret in App Store Connect is another than the one here.
    pub mismatch: bool,
}

/// A secret that came in from a form. It goes on to the keychain and never back.
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
    /// Its secret; generated if there is none.
    #[ts(type = "string | null")]
    pub secret: Option<GivenSecret>,
}

/// Which webhook a command is for.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WebhookRequest {
    /// As [`Webhook::id`].
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

/// A new secret; the one before stays good for 24 hours.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RotateSecretRequest {
    /// The webhook's id.
    pub id: String,
    /// The secret; generated if there is none.
    #[ts(type = "string | null")]
    pub secret: Option<GivenSecret>,
}

/// The secret is on the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CopySecretReply {
    /// When it will be taken off again.
    pub clears_after_seconds: u32,
}

/// What became of a test.
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
