//! What a window asks to be copied.

use serde::Deserialize;
use ts_rs::TS;

/// A text to put on the clipboard.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CopyTextRequest {
    /// The text; no secret, as the window has none.
    pub text: String,
}
