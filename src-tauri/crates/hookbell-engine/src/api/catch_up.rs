//! Reading what could not be delivered, as the window shows it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ApiError;

/// Events that are lost, as the log of deliveries goes ten days back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Gap {
    /// From when nothing is known, RFC 3339 in UTC.
    pub from: String,
    /// Until when, RFC 3339 in UTC.
    pub to: String,
}

/// What the last look into the log of a webhook gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WebhookCatchUp {
    /// The webhook's id here.
    pub local: String,
    /// What the webhook is called here.
    pub name: String,
    /// When its log was last read to the end, RFC 3339 in UTC.
    pub read_at: Option<String>,
    /// How many missed events that gave.
    pub fetched: u32,
    /// What is lost.
    pub gap: Option<Gap>,
    /// Why the last look failed, if it did.
    pub trouble: Option<ApiError>,
}

/// How missed events are fetched, and what that gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CatchUp {
    /// Every how many minutes App Store Connect is asked while there is no tunnel.
    pub minutes: u32,
    /// Whether a look is under way in this process.
    pub running: bool,
    /// When the last one ended, RFC 3339 in UTC.
    pub last_at: Option<String>,
    /// How many missed events it gave.
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
