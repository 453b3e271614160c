//! Apps and webhooks in App Store Connect as the window shows them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ApiError, Delivery, DeliveryState, GivenSecret};

/// An app that the key may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct App {
    /// Its id in App Store Connect.
    pub id: String,
    /// As App Store Connect shows it, in its primary language.
    pub name: String,
    /// Such as `com.example.backyardbirds`.
    pub bundle_id: String,
}

/// The apps of an account.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AppsRequest {
    /// The account's id; may be left out if there is only one.
    pub account: Option<String>,
    /// Words that the name, the bundle ID or the id must have; empty for all.
    pub search: String,
    /// Ask App Store Connect even if it was asked a moment ago.
    pub fresh: bool,
}

/// An app and its webhooks.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AppWebhooksRequest {
    /// The account's id; may be left out if there is only one.
    pub account: Option<String>,
    /// The app's id.
    pub app: String,
}

/// The webhooks of all apps.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AccountWebhooksRequest {
    /// The account's id; may be left out if there is only one.
    pub account: Option<String>,
}

/// What was read of an account before.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeptAppsRequest {
    /// The account's id.
    pub account: String,
}

/// An account's apps and webhooks as they were last read, by this process or an earlier one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeptApps {
    /// The apps; empty if they were never read.
    pub apps: Vec<App>,
    /// When they were read, RFC 3339 in UTC; none if they never were.
    pub read_at: Option<String>,
    /// The webhooks of those apps of which they were read, with what is known of them here now.
    pub webhooks: Vec<AppWebhooks>,
}

/// An app with the webhooks that App Store Connect lists for it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppWebhooks {
    /// The account's id; none where a command was given the key.
    pub account: Option<String>,
    /// Which app has them.
    pub app: App,
    /// In App Store Connect's order; empty if they could not be read.
    pub webhooks: Vec<AppWebhook>,
    /// How many an app can have.
    pub most: u32,
    /// When App Store Connect said so, RFC 3339 in UTC; none if they could not be read.
    pub read_at: Option<String>,
    /// Why they could not be read; the list is then empty.
    pub trouble: Option<ApiError>,
}

/// A webhook in App Store Connect.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppWebhook {
    /// Its id in App Store Connect.
    pub id: String,
    /// The app's id.
    pub app: String,
    /// As it was given in App Store Connect, 1 to 100 characters.
    pub name: String,
    /// Where App Store Connect sends.
    pub url: String,
    /// Whether it sends at all.
    pub enabled: bool,
    /// What it sends, in Apple's spelling.
    pub event_types: Vec<String>,
    /// The id of the local webhook that has its secret; none if it was made elsewhere.
    pub local: Option<String>,
    /// Whether it arrives here.
    pub here: bool,
    /// Whether it is meant to arrive here, but its payload URL is not this computer's address any more.
    pub moved: bool,
    /// While its secret is being rotated: until when the old one is good, RFC 3339 in UTC.
    pub previous_secret_until: Option<String>,
    /// How the last delivery went, where that was asked and there was one within ten days.
    pub last: Option<LastDelivery>,
    /// How many of its latest deliveries failed and did not arrive since, where that was asked.
    pub failed: Option<u32>,
    /// What keeps it from verifying here, or why its last delivery is not known.
    pub trouble: Option<ApiError>,
}

/// How the last delivery of a webhook went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LastDelivery {
    /// How it went.
    pub state: DeliveryState,
    /// When, RFC 3339 in UTC.
    pub at: Option<String>,
    /// What was answered.
    pub status: Option<u16>,
    /// What that means.
    pub means: String,
    /// How to fix it; empty if there is nothing to fix.
    pub hint: String,
    /// What is wrong with its signature, if the delivery failed here because of it.
    #[serde(default)]
    pub signature: Option<SignatureTrouble>,
}

/// Why a signature did not match here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SignatureTrouble {
    /// App Store Connect has another secret than this computer.
    Mismatch,
    /// It had, and the secret was rotated since. Nothing has come with the new one yet.
    Rotated,
}

/// A page of App Store Connect that Hookbell opens in the browser. There are no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AscPage {
    /// Users and Access, Integrations: the API keys, with the webhooks beside them.
    Integrations,
}

/// Which page to open.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AscPageRequest {
    /// One that Hookbell knows: the window names no address.
    pub page: AscPage,
}

/// A webhook to create in App Store Connect.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CreateAppWebhookRequest {
    /// The account's id; may be left out if there is only one.
    pub account: Option<String>,
    /// The app's id.
    pub app: String,
    /// Its name, 1 to 100 characters.
    pub name: String,
    /// Where to send, `https`; to this computer if there is none.
    pub url: Option<String>,
    /// Its secret; generated if there is none.
    #[ts(type = "string | null")]
    pub secret: Option<GivenSecret>,
    /// What to send, in Apple's spelling; at least one.
    pub event_types: Vec<String>,
    /// Whether to begin at once.
    pub enabled: bool,
}

/// What to change about a webhook; what is left out stays as it is.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct UpdateAppWebhookRequest {
    /// The account's id; may be left out if there is only one.
    pub account: Option<String>,
    /// The webhook's id in App Store Connect.
    pub id: String,
    /// Another name.
    pub name: Option<String>,
    /// Another payload URL.
    pub url: Option<String>,
    /// Send to this computer from now on. Takes a new secret if the one in use is not known here.
    pub here: bool,
    /// Other types, all of them.
    pub event_types: Option<Vec<String>>,
    /// On or off.
    pub enabled: Option<bool>,
    /// A new secret; the one before stays good here for 24 hours.
    pub new_secret: bool,
    /// The new secret; generated if there is none.
    #[ts(type = "string | null")]
    pub secret: Option<GivenSecret>,
}

/// One webhook in App Store Connect.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AppWebhookRequest {
    /// The account's id; may be left out if there is only one.
    pub account: Option<String>,
    /// The webhook's id in App Store Connect.
    pub id: String,
}

/// How a ping ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum PingOutcome {
    /// It arrived here with a good signature.
    Arrived,
    /// A receiver elsewhere took it.
    Answered,
    /// It was sent and not taken.
    Failed,
    /// The receiver took it, but it is not this Hookbell, where it should have arrived.
    WentElsewhere,
    /// The webhook is disabled, so nothing was sent.
    Disabled,
    /// Nothing is known about it by the deadline.
    Unknown,
}

/// What became of a ping, from App Store Connect to here.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PingReply {
    /// How it ended.
    pub outcome: PingOutcome,
    /// From asking App Store Connect to its arrival here, or to the receiver's answer as far as that is known.
    pub milliseconds: Option<u32>,
    /// The event it became here.
    pub seq: Option<i64>,
    /// What happened.
    pub headline: String,
    /// How to fix it; empty if there is nothing to fix.
    pub hint: String,
    /// App Store Connect's record of it.
    pub delivery: Option<Delivery>,
}
