//! A tracker's document: everything known about it except its token.

use hookbell_core::TrackerKind;
use hookbell_store::StoredTracker;
use serde::{Deserialize, Serialize};

use crate::api::{ApiError, ErrorCode, NamedThing, TrackerSettings};

/// The document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document {
    pub(super) service: TrackerKind,
    /// The service's id for the place.
    pub(super) place: String,
    /// Its name for people.
    pub(super) name: String,
    /// Its names before it was renamed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) former_names: Vec<String>,
    #[serde(default)]
    pub(super) url: Option<String>,
    #[serde(default)]
    pub(super) allow_private_network: bool,
    /// Jira only.
    #[serde(default)]
    pub(super) email: Option<String>,
    /// Jira only.
    #[serde(default)]
    pub(super) issue_type: Option<String>,
    pub(super) owner: NamedThing,
    #[serde(default)]
    pub(super) settings: TrackerSettings,
}

/// A tracker with its id.
#[derive(Debug, Clone)]
pub(super) struct KeptTracker {
    pub(super) id: i64,
    pub(super) document: Document,
}

impl KeptTracker {
    pub(super) fn read(stored: &StoredTracker) -> Result<Self, ApiError> {
        let document = serde_json::from_str(&stored.document).map_err(|_| {
            ApiError::new(ErrorCode::MadeByNewer, "this version of Hookbell can’t read the tracker", "update Hookbell")
        })?;
        Ok(Self { id: stored.id, document })
    }
}

impl Document {
    /// Service, URL and place in one text: identifies a tracker.
    pub(super) fn key(&self) -> String {
        let url = self.url.as_deref().unwrap_or_default().trim_end_matches('/');
        format!("{} {url} {}", self.service, self.place.to_lowercase())
    }

    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
