//! What has changed in the store, as an open window hears it: the rows themselves, so that nothing has to be asked.

use serde::Serialize;
use ts_rs::TS;

use super::{EventRow, FeedbackCounts, FeedbackRow};

/// What was stored or has changed since the last push of this kind. Whatever is not named here may have changed too.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StoredChanges {
    /// Events; none if they are too many to name or another process changed them: read them again.
    pub events: Option<EventChanges>,
    /// Feedback, in the same way.
    pub feedback: Option<FeedbackChanges>,
    /// How many events of the inbox are unread.
    pub unread: u64,
    /// How much feedback that is not archived is unread.
    pub unread_feedback: u64,
}

/// Events that are new, have changed, or are gone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventChanges {
    /// Those that are here, as they are now.
    pub rows: Vec<EventRow>,
    /// The numbers of those that are gone.
    pub gone: Vec<i64>,
}

/// Feedback that is new or has changed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackChanges {
    /// As it is now.
    pub rows: Vec<FeedbackRow>,
    /// The numbers to filter by; none if nothing has changed.
    pub counts: Option<FeedbackCounts>,
}
