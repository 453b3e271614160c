//! Catching up on missed events, for the window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ApiError;

/// Events that are lost, because the log of deliveries goes back only ten days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Gap {
    /// Since when nothing is known, RFC 3339 in UTC.
    pub from: String,
    /// Until when, RFC 3339 in UTC.
    pub to: String,
}

/// The result of the last check of a webhook's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WebhookCatchUp {
    /// The webhook's id here.
    pub local: String,
    /// The webhook's name in Hookbell.
    pub name: String,
    /// When its log was last read completely, RFC 3339 in UTC.
    pub read_at: Option<String>,
    /// How many missed events were found.
    pub fetched: u32,
    /// What is lost.
    pub gap: Option<Gap>,
    /// Why the last check failed, if it did.
    pub trouble: Option<ApiError>,
}

/// How missed events are fetched, and the results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CatchUp {
    /// The minutes between two checks while there is no tunnel.
    pub minutes: u32,
    /// Whether this process is checking now.
    pub running: bool,
    /// When the last check ended, RFC 3339 in UTC.
    pub last_at: Option<String>,
    /// How many missed events it found.
    pub fetched: u32,
    /// Each webhook that is managed through an account.
    pub webhooks: Vec<WebhookCatchUp>,
}

/// How often to ask while there is no tunnel.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CatchUpRequest {
    /// 1 to 60 minutes.
    pub minutes: u32,
}
