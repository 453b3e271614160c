//! The report for somebody who asks for help.

use serde::Serialize;
use ts_rs::TS;

/// The report, as it is shown and copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Diagnostics {
    /// Its lines, without a secret.
    pub text: String,
}
