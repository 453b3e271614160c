//! App Store Connect accounts for the window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ApiError, Deletion};

/// An App Store Connect API key with a name. Its private key is in the keychain.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Its id, Hookbell's own.
    pub id: String,
    /// Its name; the key ID if none was given.
    pub name: String,
    /// The key's id.
    pub key_id: String,
    /// The team's issuer ID; null for an individual key.
    pub issuer_id: Option<String>,
    /// The address of its API.
    pub base_url: String,
    /// When it was added, RFC 3339 in UTC.
    pub created_at: String,
    /// How many of its webhooks send here.
    pub webhooks: u32,
    /// What is left of the hourly limit, as App Store Connect last reported since the start.
    pub rate_limit: Option<RateLimit>,
}

/// The hourly limit of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RateLimit {
    /// Requests per hour.
    pub limit: u32,
    /// Requests left in this hour.
    pub remaining: u32,
    /// When App Store Connect reported it, RFC 3339 in UTC.
    pub at: String,
}

/// A key file to inspect.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeyFileRequest {
    /// Its path. The window never reads it.
    pub path: String,
}

/// What is known about a key file. Its contents never leave the engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeyFileReply {
    /// The key's id, if the file or its name contains it.
    pub key_id: Option<String>,
    /// The issuer ID, if the file contains it.
    pub issuer_id: Option<String>,
    /// Whether it is an individual key, which has no issuer ID.
    pub is_individual: bool,
}

/// An account to add.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AddAccountRequest {
    /// Its name, 1 to 100 characters; derived from the key if omitted.
    pub name: Option<String>,
    /// The path of the `.p8` file, or of a JSON file with the key in it.
    pub key_file: String,
    /// The key's id; taken from the file or its name if omitted.
    pub key_id: Option<String>,
    /// The team's issuer ID; taken from the file if omitted. An individual key has none.
    pub issuer_id: Option<String>,
    /// The base URL of the API, if not Apple's: a simulator on this computer.
    pub base_url: Option<String>,
}

/// Which account a command is for.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountRequest {
    /// Hookbell's own id, as in [`Account::id`].
    pub id: String,
}

/// A new name.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RenameAccountRequest {
    /// The account's id.
    pub id: String,
    /// The name, 1 to 100 characters.
    pub name: String,
}

/// A new key for the same account.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ReplaceKeyRequest {
    /// The account's id.
    pub id: String,
    /// The path of the `.p8` file, or of a JSON file with the key in it.
    pub key_file: String,
    /// The key's id; taken from the file or its name if omitted.
    pub key_id: Option<String>,
    /// The team's issuer ID; taken from the file if omitted. An individual key has none.
    pub issuer_id: Option<String>,
}

/// What is removed along with an account; shown before removing it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountRemoval {
    /// The account's name.
    pub name: String,
    /// The webhooks that deliver here. They stay in App Store Connect and keep delivering, but can't be managed from
    /// here.
    pub webhooks: Vec<String>,
    /// What was received through it: kept, or deleted along with the account.
    pub received: Deletion,
    /// A summary in words, without what was received.
    pub sentence: String,
}

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountCheck {
    /// How many apps the key can see, if App Store Connect says so.
    pub apps: Option<u32>,
    /// Why the key doesn't work.
    pub trouble: Option<ApiError>,
}
