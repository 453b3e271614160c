//! App Store Connect's log of deliveries as the window shows it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ApiError;

/// How a delivery went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DeliveryState {
    /// The receiver took it.
    Succeeded,
    /// It did not.
    Failed,
    /// Not known yet.
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
    /// Whether the same event arrived all the same, by another attempt.
    pub made_good: bool,
    /// Whether it is the newest attempt of its event. Apple sends only this one again.
    pub latest: bool,
    /// Whether somebody asked for this attempt, as an earlier one failed.
    pub redelivery: bool,
    /// The event's id.
    pub event: Option<String>,
    /// The event's type, as it is subscribed to; none for a ping.
    pub event_type: Option<String>,
    /// What happened, in words.
    pub title: String,
    /// The event's number here, if it is stored.
    pub seq: Option<i64>,
    /// When it was to be sent, RFC 3339 in UTC.
    pub created_at: Option<String>,
    /// When it was sent, RFC 3339 in UTC.
    pub sent_at: Option<String>,
    /// Where it was sent.
    pub url: Option<String>,
    /// The status that was answered.
    pub status: Option<u16>,
    /// The body that was answered.
    pub response: Option<String>,
    /// Why it failed, in Apple's words.
    pub error: Option<String>,
    /// What that means.
    pub means: String,
    /// How to fix it; empty if there is nothing to fix.
    pub hint: String,
    /// The event's body, pretty-printed if it is JSON.
    pub payload: Option<String>,
}

/// Which deliveries to list.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct DeliveriesRequest {
    /// The account's id; may be left out if there is only one.
    pub account: Option<String>,
    /// Only of this webhook, by its id in App Store Connect.
    pub webhook: Option<String>,
    /// Only those that went like one of these; all where there are none.
    pub state: Vec<DeliveryState>,
    /// Only of this type, as it is subscribed to, or `PING`.
    pub event_type: Option<String>,
    /// Only from this time on, RFC 3339; the log goes ten days back.
    pub since: Option<String>,
}

/// Deliveries, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeliveriesReply {
    /// Those of the last ten days that match the request, newest first.
    pub deliveries: Vec<Delivery>,
    /// How many events failed at their newest attempt and did not arrive since.
    pub failed: u32,
    /// Webhooks and apps whose part could not be read, and why.
    pub troubles: Vec<ApiError>,
}

/// A delivery to send again.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct RedeliverRequest {
    /// The account's id; may be left out if there is only one.
    pub account: Option<String>,
    /// The webhook's id in App Store Connect. Without it, the newest attempt of the event is looked for only
    /// after Apple has refused to send this one again.
    pub webhook: Option<String>,
    /// The delivery's id. Where its event was sent again since, the newest attempt is sent again in its place.
    pub delivery: String,
}

/// App Store Connect has agreed to redeliver it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RedeliverReply {
    /// The id of the new delivery.
    pub delivery: String,
}

/// Which failed deliveries to send again.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct RedeliverFailedRequest {
    /// The account's id; may be left out if there is only one.
    pub account: Option<String>,
    /// Only of this webhook, by its id in App Store Connect.
    pub webhook: Option<String>,
}

/// Deliveries to send again that somebody chose.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct RedeliverChosenRequest {
    /// The account's id; may be left out if there is only one.
    pub account: Option<String>,
    /// The deliveries, in any order; 200 at most.
    pub deliveries: Vec<ChosenDelivery>,
}

/// One delivery among others.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChosenDelivery {
    /// The webhook's id in App Store Connect.
    pub webhook: String,
    /// The delivery's id. Where its event was sent again since, the newest attempt is sent again in its place.
    pub delivery: String,
}

/// What has become of a redelivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RedeliveryOutcome {
    /// App Store Connect has agreed to send it; more is not known.
    Accepted,
    /// App Store Connect refused to send it.
    Refused,
    /// It arrived: here with a good signature, or at a receiver elsewhere that took it.
    Arrived,
    /// It failed again.
    Failed,
}

/// One delivery that was to be sent again.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RedeliveryResult {
    /// The delivery's id, as it was chosen.
    pub delivery: String,
    /// What has become of it.
    pub outcome: RedeliveryOutcome,
    /// Why it was rejected or failed.
    pub trouble: Option<ApiError>,
}

/// How far sending again has come.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RedeliveryProgress {
    /// How many events there are to redeliver.
    pub total: u32,
    /// How many App Store Connect has agreed to send.
    pub accepted: u32,
    /// How many it refused to send. They stay as they are and can be tried again.
    pub refused: u32,
    /// How many of the accepted ones arrived: here and with a good signature, or at a receiver elsewhere that
    /// took them.
    pub arrived: u32,
    /// How many of the accepted ones failed again.
    pub failed: u32,
    /// Whether it is over. What neither arrived nor failed until then is not known.
    pub done: bool,
    /// Whether it ended before all were asked for.
    pub stopped: bool,
    /// Why the last one was rejected or failed.
    pub trouble: Option<ApiError>,
    /// What became of single deliveries: in a push what is new since the push before, in the reply of all.
    pub results: Vec<RedeliveryResult>,
}
