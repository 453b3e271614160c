//! Updates, as the settings show them.

use serde::Serialize;
use ts_rs::TS;

use super::ApiError;

/// What is known of newer versions. Nobody is asked for them unless `lookForUpdates` is set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum UpdateStatus {
    /// This build does not update itself: it was built without the key that proves an update, or is not installed.
    #[default]
    Absent,
    /// Nobody has looked since the start.
    Unknown,
    /// Somebody looks.
    Looking,
    /// No release is newer than this program.
    Newest {
        /// When that was found out, RFC 3339 in UTC.
        looked_at: String,
    },
    /// There is a newer one.
    Available {
        /// Without a `v`: "0.2.0".
        version: String,
        /// What is new in it, in its makers' words.
        notes: Option<String>,
    },
    /// It is fetched, verified and installed; then the app starts anew.
    Installing {
        /// Without a `v`: "0.2.0".
        version: String,
    },
    /// Looking or installing went wrong.
    Failed {
        /// What, and how to fix it.
        error: ApiError,
    },
}
