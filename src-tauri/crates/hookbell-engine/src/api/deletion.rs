//! Deleting what was received: what would go, said first, and what went.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::NamedThing;

/// What to delete.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct DeletionRequest {
    /// These events, by their numbers.
    pub events: Vec<i64>,
    /// These feedback, by their ids, and the events that told of them.
    pub feedback: Vec<String>,
    /// Everything within bounds.
    pub within: Option<DeletionBounds>,
}

/// Bounds that all hold; at least one has to be given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct DeletionBounds {
    /// Of which kind.
    pub what: Received,
    /// Only what came before this time, in RFC 3339: an event was received, a feedback was sent.
    pub before: Option<String>,
    /// Only what came through this account's webhooks, or was read with its key.
    pub account: Option<String>,
    /// Only what is about this app, or came through its webhooks.
    pub app: Option<String>,
}

/// What comes from App Store Connect and is kept here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Received {
    /// Events, and feedback with its pictures and logs.
    #[default]
    Everything,
    /// Events alone. The feedback that some of them told of stays.
    Events,
    /// Feedback with its pictures and logs, and the events that told of it.
    Feedback,
}

/// What would go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Deletion {
    /// How many events.
    pub events: u64,
    /// How many feedback.
    pub feedback: u64,
    /// When the oldest of them came, in RFC 3339.
    pub oldest: Option<String>,
    /// When the newest of them came, in RFC 3339.
    pub newest: Option<String>,
    /// The apps that they are about, as far as those are known.
    pub apps: Vec<NamedThing>,
    /// The bytes of the events' payloads.
    pub payload_bytes: u64,
    /// How many pictures and logs.
    pub files: u64,
    /// The bytes of all of them.
    pub file_bytes: u64,
    /// Damaged databases that were set aside. Hookbell can't read them and leaves them alone, but they may have the
    /// same events.
    pub set_aside: Vec<String>,
    /// The whole of it in words.
    pub sentence: String,
}

/// What went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Deleted {
    /// How many events.
    pub events: u64,
    /// How many feedback.
    pub feedback: u64,
    /// How many pictures, thumbnails and logs.
    pub files: u64,
    /// Whether traces of them are in the database's files until the next start, as it is large or somebody reads it.
    pub traces_until_next_start: bool,
}
