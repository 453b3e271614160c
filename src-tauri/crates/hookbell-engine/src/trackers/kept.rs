//! A tracker's document: all that is known of it but its token.

use hookbell_core::TrackerKind;
use hookbell_store::StoredTracker;
use serde::{Deserialize, Serialize};

use crate::api::{ApiError, ErrorCode, NamedThing, TrackerSettings};

/// The document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document {
    pub(super) service: TrackerKind,
    /// What the service calls the place.
    pub(super) place: String,
    /// What people call it.
    pub(super) name: String,
    #[serde(default)]
    pub(super) url: Option<String>,
    #[serde(default)]
    pub(super) allow_private_network: bool,
    /// Jira's only.
    #[serde(default)]
    pub(super) email: Option<String>,
    /// Jira's only.
    #[serde(default)]
    pub(super) issue_type: Option<String>,
    pub(super) owner: NamedThing,
    #[serde(default)]
    pub(super) settings: TrackerSettings,
}

/// A tracker with its number.
#[derive(Debug, Clone)]
pub(super) struct KeptTracker {
    pub(super) id: i64,
    pub(super) document: Document,
}

impl KeptTracker {
    pub(super) fn read(stored: &StoredTracker) -> Result<Self, ApiError> {
        let document = serde_json::from_str(&stored.document).map_err(|_| {
            ApiError::new(ErrorCode::MadeByNewer, "this Hookbell can’t read the tracker", "update Hookbell")
        })?;
        Ok(Self { id: stored.id, document })
    }
}

impl Document {
    /// Service, address and place in one text: what makes two trackers the same.
    pub(super) fn key(&self) -> String {
        let url = self.url.as_deref().unwrap_or_default().trim_end_matches('/');
        format!("{} {url} {}", self.service, self.place.to_lowercase())
    }

    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
