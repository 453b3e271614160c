//! What a rule says of an event's notification, as it is kept with the event: decided once, in whatever process, and
//! read by the one that has a desktop.

use serde::{Deserialize, Serialize};

/// What a rule says of a notification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Notice {
    /// The rule's name.
    pub(crate) rule: String,
    /// What becomes of it.
    pub(crate) say: Say,
}

/// What becomes of a notification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Say {
    /// None is shown.
    Nothing,
    /// It is shown, whatever the settings announce, in these words.
    This(Wording),
    /// The same, some time after the event.
    Reminder(Wording),
}

/// The words of a notification. What is missing is as usual.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Wording {
    pub(crate) title: Option<String>,
    pub(crate) body: Option<String>,
    /// The place in the window, or an https address, that a click opens.
    pub(crate) link: Option<String>,
    pub(crate) sound: Option<bool>,
}

impl Notice {
    /// One that was kept. One that only a newer Hookbell can read is none.
    pub(crate) fn read(kept: &str) -> Option<Self> {
        serde_json::from_str(kept).ok()
    }

    /// As it is kept.
    pub(crate) fn kept(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
