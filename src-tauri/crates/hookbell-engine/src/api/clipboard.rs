//! Requests from a window to copy something.

use serde::Deserialize;
use ts_rs::TS;

/// A text to copy.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CopyTextRequest {
    /// The text; never a secret, because the window has none.
    pub text: String,
}
