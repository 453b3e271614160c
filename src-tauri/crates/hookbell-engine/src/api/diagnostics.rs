//! The report for people who ask for help.

use serde::Serialize;
use ts_rs::TS;

/// The report, as shown and copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Diagnostics {
    /// Its lines, without secrets.
    pub text: String,
}
