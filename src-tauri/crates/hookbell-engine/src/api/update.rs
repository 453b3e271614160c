//! Updates, for the settings.

use serde::Serialize;
use ts_rs::TS;

use super::ApiError;

/// What is known about newer versions. Nobody is asked unless `lookForUpdates` is set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum UpdateStatus {
    /// This build can't update itself: it was built without the key that verifies updates, or isn't installed.
    #[default]
    Absent,
    /// Not checked since the start.
    Unknown,
    /// A check is running.
    Looking,
    /// No release is newer than this program.
    Newest {
        /// When that was checked, RFC 3339 in UTC.
        looked_at: String,
    },
    /// A newer version is available.
    Available {
        /// Without a `v`: "0.2.0".
        version: String,
        /// Its release notes.
        notes: Option<String>,
    },
    /// It is being fetched, verified and installed; then the app restarts.
    Installing {
        /// Without a `v`: "0.2.0".
        version: String,
    },
    /// Checking or installing failed.
    Failed {
        /// What failed, and how to fix it.
        error: ApiError,
    },
}
