//! Changes in the store, pushed to an open window with the rows themselves, so that it doesn't have to ask for them.

use serde::Serialize;
use ts_rs::TS;

use super::{EventRow, FeedbackCounts, FeedbackRow};

/// What was stored or changed since the last push of this kind. Anything not named here may have changed too.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StoredChanges {
    /// Events; null if there are too many to list or another process changed them: read them again.
    pub events: Option<EventChanges>,
    /// Feedback, likewise.
    pub feedback: Option<FeedbackChanges>,
    /// How many events in the inbox are unread.
    pub unread: u64,
    /// How many feedback items that aren't archived are unread.
    pub unread_feedback: u64,
}

/// Events that are new, changed, or deleted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventChanges {
    /// The existing ones, in their current state.
    pub rows: Vec<EventRow>,
    /// The numbers of the deleted ones.
    pub gone: Vec<i64>,
}

/// Feedback that is new or has changed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackChanges {
    /// In their current state.
    pub rows: Vec<FeedbackRow>,
    /// The counts for filters; null if nothing changed.
    pub counts: Option<FeedbackCounts>,
}
