//! App Store Connect's delivery log for the window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ApiError;

/// How a delivery went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DeliveryState {
    /// The receiver accepted it.
    Succeeded,
    /// The receiver didn't accept it.
    Failed,
    /// The outcome isn't known yet.
    Pending,
}

/// One attempt to deliver an event.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    /// App Store Connect's id, for redelivering it.
    pub id: String,
    /// The webhook's id in App Store Connect.
    pub webhook: String,
    /// The webhook's name.
    pub webhook_name: String,
    /// The app's id.
    pub app: String,
    /// The app's name.
    pub app_name: String,
    /// How it went.
    pub state: DeliveryState,
    /// Whether the same event arrived by another attempt.
    pub made_good: bool,
    /// Whether it is its event's newest attempt, the only one that Apple redelivers.
    pub latest: bool,
    /// Whether this attempt is a redelivery.
    pub redelivery: bool,
    /// The event's id.
    pub event: Option<String>,
    /// The event's type as in subscriptions; null for a ping.
    pub event_type: Option<String>,
    /// What happened, in words.
    pub title: String,
    /// The event's number in Hookbell, if it is stored.
    pub seq: Option<i64>,
    /// When it was created, RFC 3339 in UTC.
    pub created_at: Option<String>,
    /// When it was sent, RFC 3339 in UTC.
    pub sent_at: Option<String>,
    /// The URL it was sent to.
    pub url: Option<String>,
    /// The status of the response.
    pub status: Option<u16>,
    /// The body of the response.
    pub response: Option<String>,
    /// Apple's error message.
    pub error: Option<String>,
    /// What that means.
    pub means: String,
    /// How to fix it; empty if nothing needs fixing.
    pub hint: String,
    /// The payload, pretty-printed if it is JSON.
    pub payload: Option<String>,
}

/// Which deliveries to list.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct DeliveriesRequest {
    /// The account's id; optional if there is only one.
    pub account: Option<String>,
    /// Only for this webhook, by its id in App Store Connect.
    pub webhook: Option<String>,
    /// Only those in one of these states; empty for all.
    pub state: Vec<DeliveryState>,
    /// Only of this type, as in subscriptions, or `PING`.
    pub event_type: Option<String>,
    /// Only since this time, RFC 3339; the log goes back ten days.
    pub since: Option<String>,
}

/// Deliveries, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeliveriesReply {
    /// Those of the last ten days that match the request, newest first.
    pub deliveries: Vec<Delivery>,
    /// How many events failed at their newest attempt and haven't arrived since.
    pub failed: u32,
    /// Errors for webhooks and apps that couldn't be read.
    pub troubles: Vec<ApiError>,
}

/// A delivery to redeliver.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct RedeliverRequest {
    /// The account's id; optional if there is only one.
    pub account: Option<String>,
    /// The webhook's id in App Store Connect. Without it, we look for the event's newest attempt only after Apple has
    /// refused to redeliver this one.
    pub webhook: Option<String>,
    /// The delivery's id. If its event was redelivered since, the newest attempt is redelivered instead.
    pub delivery: String,
}

/// App Store Connect has agreed to redeliver it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RedeliverReply {
    /// The id of the new delivery.
    pub delivery: String,
}

/// Which failed deliveries to redeliver.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct RedeliverFailedRequest {
    /// The account's id; optional if there is only one.
    pub account: Option<String>,
    /// Only for this webhook, by its id in App Store Connect.
    pub webhook: Option<String>,
}

/// Selected deliveries to redeliver.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct RedeliverChosenRequest {
    /// The account's id; optional if there is only one.
    pub account: Option<String>,
    /// The deliveries, in any order; at most 2000.
    pub deliveries: Vec<ChosenDelivery>,
}

/// One of several deliveries.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChosenDelivery {
    /// The webhook's id in App Store Connect.
    pub webhook: String,
    /// The delivery's id. If its event was redelivered since, the newest attempt is redelivered instead.
    pub delivery: String,
}

/// The state of a redelivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RedeliveryOutcome {
    /// App Store Connect has agreed to send it; nothing more is known.
    Accepted,
    /// App Store Connect refused to send it.
    Refused,
    /// It arrived: here with a valid signature, or at a receiver elsewhere that accepted it.
    Arrived,
    /// It failed again.
    Failed,
}

/// One delivery to redeliver.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RedeliveryResult {
    /// The id of the selected delivery.
    pub delivery: String,
    /// What happened to it.
    pub outcome: RedeliveryOutcome,
    /// Why it was rejected or failed.
    pub trouble: Option<ApiError>,
}

/// The progress of redelivering.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RedeliveryProgress {
    /// How many events there are to redeliver.
    pub total: u32,
    /// How many App Store Connect has accepted.
    pub accepted: u32,
    /// How many it rejected. They stay unchanged and can be tried again.
    pub refused: u32,
    /// How many of the accepted ones arrived: here with a valid signature, or at a receiver elsewhere that accepted
    /// them.
    pub arrived: u32,
    /// How many of the accepted ones failed again.
    pub failed: u32,
    /// Whether it is over. The rest, neither arrived nor failed, is unknown.
    pub done: bool,
    /// Whether it was stopped before all were requested.
    pub stopped: bool,
    /// Why the last one was rejected or failed.
    pub trouble: Option<ApiError>,
    /// What happened to each delivery: in a push, those that changed since the last push; in the reply, all.
    pub results: Vec<RedeliveryResult>,
}
