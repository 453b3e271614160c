//! App Store Connect accounts as the window shows them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ApiError, Deletion};

/// An App Store Connect API key under a name. Its private half is in the keychain.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Its id, Hookbell's own.
    pub id: String,
    /// What the person calls it; the key ID if they chose nothing.
    pub name: String,
    /// The key's id.
    pub key_id: String,
    /// The team's issuer ID; none for an individual key.
    pub issuer_id: Option<String>,
    /// Where its API is.
    pub base_url: String,
    /// When it was added, RFC 3339 in UTC.
    pub created_at: String,
    /// How many of its webhooks arrive here.
    pub webhooks: u32,
    /// What is left of the hourly limit, as App Store Connect last said since the start.
    pub rate_limit: Option<RateLimit>,
}

/// The hourly limit of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RateLimit {
    /// Requests an hour.
    pub limit: u32,
    /// Requests left in this hour.
    pub remaining: u32,
    /// When App Store Connect said so, RFC 3339 in UTC.
    pub at: String,
}

/// A key file to look at.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeyFileRequest {
    /// Its path. The window never reads it.
    pub path: String,
}

/// What a key file tells without its contents leaving the engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeyFileReply {
    /// The key's id, if the file or its name tells it.
    pub key_id: Option<String>,
    /// The issuer ID, if the file tells it.
    pub issuer_id: Option<String>,
    /// Whether the key is one person's, which has no issuer ID.
    pub is_individual: bool,
}

/// An account to add.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AddAccountRequest {
    /// Its name, 1 to 100 characters; after the key if there is none.
    pub name: Option<String>,
    /// The path of the `.p8` file, or of a JSON file with the key in it.
    pub key_file: String,
    /// The key's id; taken from the file or its name if there is none.
    pub key_id: Option<String>,
    /// The team's issuer ID; taken from the file if there is none. An individual key has none.
    pub issuer_id: Option<String>,
    /// Where the API is, if not at Apple: a simulator on this computer.
    pub base_url: Option<String>,
}

/// Which account a command is for.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountRequest {
    /// Hookbell's own id, as [`Account::id`].
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

/// Another key for the same account.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ReplaceKeyRequest {
    /// The account's id.
    pub id: String,
    /// The path of the `.p8` file, or of a JSON file with the key in it.
    pub key_file: String,
    /// The key's id; taken from the file or its name if there is none.
    pub key_id: Option<String>,
    /// The team's issuer ID; taken from the file if there is none. An individual key has none.
    pub issuer_id: Option<String>,
}

/// What goes with an account, said before it is removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountRemoval {
    /// The account's name.
    pub name: String,
    /// The webhooks that arrive here. They stay in App Store Connect and go on arriving, but can't be managed from here.
    pub webhooks: Vec<String>,
    /// What was received through it: it stays, or goes with the account.
    pub received: Deletion,
    /// The whole of it in words, without what was received.
    pub sentence: String,
}

/// What became of a check.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountCheck {
    /// How many apps the key sees, if App Store Connect says so.
    pub apps: Option<u32>,
    /// Why the key is no good.
    pub trouble: Option<ApiError>,
}
