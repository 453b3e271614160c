//! Deleting what was received: a preview, and the result.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::NamedThing;

/// What to delete.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct DeletionRequest {
    /// These events, by number.
    pub events: Vec<i64>,
    /// These feedback items, by id, and their events.
    pub feedback: Vec<String>,
    /// Everything within these bounds.
    pub within: Option<DeletionBounds>,
}

/// Bounds that must all match; at least one is required.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct DeletionBounds {
    /// What kind.
    pub what: Received,
    /// Only what was received (events) or sent (feedback) before this time, in RFC 3339.
    pub before: Option<String>,
    /// Only what arrived through this account's webhooks, or was read with its key.
    pub account: Option<String>,
    /// Only what is about this app, or arrived through its webhooks.
    pub app: Option<String>,
}

/// What comes from App Store Connect and is stored here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Received {
    /// Events, and feedback with its pictures and logs.
    #[default]
    Everything,
    /// Only events. Feedback that some of them are about stays.
    Events,
    /// Feedback with its pictures and logs, and its events.
    Feedback,
}

/// What would be deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Deletion {
    /// How many events.
    pub events: u64,
    /// How many feedback items.
    pub feedback: u64,
    /// When the oldest of them arrived, RFC 3339.
    pub oldest: Option<String>,
    /// When the newest of them arrived, RFC 3339.
    pub newest: Option<String>,
    /// The apps they are about, if known.
    pub apps: Vec<NamedThing>,
    /// The bytes of the events' payloads.
    pub payload_bytes: u64,
    /// How many screenshots and logs.
    pub files: u64,
    /// Their size in bytes.
    pub file_bytes: u64,
    /// Damaged databases that were set aside. Hookbell can't read them and leaves them alone, but they may contain
    /// the same events.
    pub set_aside: Vec<String>,
    /// A summary in words.
    pub sentence: String,
}

/// How much a deletion took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Deleted {
    /// How many events.
    pub events: u64,
    /// How many feedback items.
    pub feedback: u64,
    /// How many screenshots, thumbnails and logs.
    pub files: u64,
    /// Whether traces of them stay in the database's files until the next start, because it is large or being read.
    pub traces_until_next_start: bool,
}
