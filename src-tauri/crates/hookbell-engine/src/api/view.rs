//! Saved views: named filters for events.

use hookbell_core::EventFilter;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A named filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedView {
    /// Its id, never reused.
    pub id: i64,
    /// Its name, 1 to 100 characters.
    pub name: String,
    /// Which events it shows.
    pub filter: EventFilter,
    /// How many of its events are unread, up to 1000.
    pub unread: u64,
    /// Why it shows nothing, in a sentence: its app or its account is gone.
    pub trouble: Option<String>,
}

/// A view to save.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct SaveViewRequest {
    /// The view to change; omit for a new one.
    pub id: Option<i64>,
    /// Its name, 1 to 100 characters on one line. Unique, ignoring case.
    pub name: String,
    /// Which events it shows from now on.
    pub filter: EventFilter,
}

/// A view to rename.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RenameViewRequest {
    /// As in [`SavedView::id`].
    pub id: i64,
    /// Its new name, as in [`SaveViewRequest`].
    pub name: String,
}

/// Which saved view a command is for.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ViewRequest {
    /// As in [`SavedView::id`].
    pub id: i64,
}

/// The order of saved views in the sidebar.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OrderViewsRequest {
    /// Their ids from top to bottom. Omitted views follow.
    pub ids: Vec<i64>,
}
