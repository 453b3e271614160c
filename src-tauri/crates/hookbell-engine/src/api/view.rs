//! Saved views: names for filters of events.

use hookbell_core::EventFilter;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A name for a filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedView {
    /// Its id. It is never given twice.
    pub id: i64,
    /// What the person calls it, 1 to 100 characters.
    pub name: String,
    /// Which events it shows.
    pub filter: EventFilter,
    /// How many of its events are unread, up to 1000.
    pub unread: u64,
    /// Why it shows nothing, in a sentence: its app or its account is not here any more.
    pub trouble: Option<String>,
}

/// A view to save.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct SaveViewRequest {
    /// The view to change; none for a new one.
    pub id: Option<i64>,
    /// Its name, 1 to 100 characters on one line. No other view has it, in upper or lower case.
    pub name: String,
    /// Which events it shows from now on.
    pub filter: EventFilter,
}

/// A view to rename.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RenameViewRequest {
    /// As [`SavedView::id`].
    pub id: i64,
    /// Its new name, as in [`SaveViewRequest`].
    pub name: String,
}

/// Which saved view a command is for.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ViewRequest {
    /// As [`SavedView::id`].
    pub id: i64,
}

/// The saved views in the order of the sidebar.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OrderViewsRequest {
    /// Their ids from top to bottom. Views that are not named follow.
    pub ids: Vec<i64>,
}
