//! A rule's decision about an event's notification, stored with the event: any process makes it once, and the one
//! with a desktop reads it.

use serde::{Deserialize, Serialize};

/// A rule's decision about a notification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Notice {
    /// The rule's name.
    pub(crate) rule: String,
    /// What to do with the notification.
    pub(crate) say: Say,
}

/// What to do with a notification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Say {
    /// Show none.
    Nothing,
    /// Show it with this wording, regardless of the settings.
    This(Wording),
    /// The same, some time after the event.
    Reminder(Wording),
}

/// A notification's wording. Missing parts keep their default.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Wording {
    pub(crate) title: Option<String>,
    pub(crate) body: Option<String>,
    /// The place in the window, or https URL, that a click opens.
    pub(crate) link: Option<String>,
    pub(crate) sound: Option<bool>,
}

impl Notice {
    /// Parses a stored notice. `None` for one that only a newer Hookbell can parse.
    pub(crate) fn read(kept: &str) -> Option<Self> {
        serde_json::from_str(kept).ok()
    }

    /// The form to store.
    pub(crate) fn kept(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
