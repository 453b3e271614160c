//! Apps and webhooks in App Store Connect for the window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ApiError, Delivery, DeliveryState, GivenSecret};

/// An app that the key has access to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct App {
    /// Its id in App Store Connect.
    pub id: String,
    /// Its name in App Store Connect, in its primary language.
    pub name: String,
    /// For example `com.example.backyardbirds`.
    pub bundle_id: String,
}

/// The apps of an account.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AppsRequest {
    /// The account's id; optional if there is only one.
    pub account: Option<String>,
    /// Words that must occur in the name, the bundle ID or the id; empty for all.
    pub search: String,
    /// Ask App Store Connect even if the list was read a moment ago.
    pub fresh: bool,
}

/// An app and its webhooks.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AppWebhooksRequest {
    /// The account's id; optional if there is only one.
    pub account: Option<String>,
    /// The app's id.
    pub app: String,
}

/// The webhooks of all apps.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AccountWebhooksRequest {
    /// The account's id; optional if there is only one.
    pub account: Option<String>,
}

/// Which account's stored apps and webhooks to return.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeptAppsRequest {
    /// The account's id.
    pub account: String,
}

/// An account's apps and webhooks as last read, by this process or an earlier one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeptApps {
    /// The apps; empty if never read.
    pub apps: Vec<App>,
    /// When they were read, RFC 3339 in UTC; null if never.
    pub read_at: Option<String>,
    /// The webhooks of those apps whose webhooks were read, with what is known about them here now.
    pub webhooks: Vec<AppWebhooks>,
}

/// An app with the webhooks that App Store Connect lists for it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppWebhooks {
    /// The account's id; null if the key came from the command line.
    pub account: Option<String>,
    /// The app that has them.
    pub app: App,
    /// In App Store Connect's order; empty if they couldn't be read.
    pub webhooks: Vec<AppWebhook>,
    /// How many an app can have.
    pub most: u32,
    /// When App Store Connect reported this, RFC 3339 in UTC; null if they couldn't be read.
    pub read_at: Option<String>,
    /// Why they couldn't be read; the list is empty then.
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
    /// Its name in App Store Connect, 1 to 100 characters.
    pub name: String,
    /// The payload URL that App Store Connect sends to.
    pub url: String,
    /// Whether App Store Connect sends its events.
    pub enabled: bool,
    /// The event types it sends, in Apple's spelling.
    pub event_types: Vec<String>,
    /// The id of the local webhook that has its secret; null if it was made elsewhere.
    pub local: Option<String>,
    /// Whether it sends to this computer.
    pub here: bool,
    /// Whether it belongs to this computer, but its payload URL is a former address.
    pub moved: bool,
    /// While its secret is being rotated: when the old one expires, RFC 3339 in UTC.
    pub previous_secret_until: Option<String>,
    /// How the last delivery went, if that was read and there was one within ten days.
    pub last: Option<LastDelivery>,
    /// How many of its latest deliveries failed and haven't arrived since, if that was read.
    pub failed: Option<u32>,
    /// What keeps it from verifying here, or why its last delivery is unknown.
    pub trouble: Option<ApiError>,
}

/// A webhook's last delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LastDelivery {
    /// How it went.
    pub state: DeliveryState,
    /// When, RFC 3339 in UTC.
    pub at: Option<String>,
    /// The response.
    pub status: Option<u16>,
    /// What that means.
    pub means: String,
    /// How to fix it; empty if nothing needs fixing.
    pub hint: String,
    /// What is wrong with its signature, if the delivery failed here because of that.
    #[serde(default)]
    pub signature: Option<SignatureTrouble>,
}

/// Why a signature didn't match here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SignatureTrouble {
    /// App Store Connect and this computer have different secrets.
    Mismatch,
    /// They had, but the secret has been rotated since. Nothing has arrived with the new one yet.
    Rotated,
}

/// A page of App Store Connect that Hookbell opens in the browser. There are no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AscPage {
    /// Users and Access, Integrations: the API keys, and the webhooks next to them.
    Integrations,
}

/// Which page to open.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AscPageRequest {
    /// One of the known pages: the window can't choose a URL.
    pub page: AscPage,
}

/// A webhook to create in App Store Connect.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CreateAppWebhookRequest {
    /// The account's id; optional if there is only one.
    pub account: Option<String>,
    /// The app's id.
    pub app: String,
    /// Its name, 1 to 100 characters.
    pub name: String,
    /// Its payload URL, `https`; this computer's if omitted.
    pub url: Option<String>,
    /// Its secret; generated if omitted.
    #[ts(type = "string | null")]
    pub secret: Option<GivenSecret>,
    /// The event types to subscribe to, in Apple's spelling; at least one.
    pub event_types: Vec<String>,
    /// Whether to enable it at once.
    pub enabled: bool,
}

/// Changes to a webhook; omitted fields stay as they are.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct UpdateAppWebhookRequest {
    /// The account's id; optional if there is only one.
    pub account: Option<String>,
    /// The webhook's id in App Store Connect.
    pub id: String,
    /// A new name.
    pub name: Option<String>,
    /// A new payload URL.
    pub url: Option<String>,
    /// Send to this computer from now on. Requires a new secret if the current one isn't known here.
    pub here: bool,
    /// The new event types, all of them.
    pub event_types: Option<Vec<String>>,
    /// Enable or disable it.
    pub enabled: Option<bool>,
    /// Set a new secret; the previous one stays valid here for 24 hours.
    pub new_secret: bool,
    /// The new secret; generated if omitted.
    #[ts(type = "string | null")]
    pub secret: Option<GivenSecret>,
}

/// One webhook in App Store Connect.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AppWebhookRequest {
    /// The account's id; optional if there is only one.
    pub account: Option<String>,
    /// The webhook's id in App Store Connect.
    pub id: String,
}

/// How a ping ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum PingOutcome {
    /// It arrived here with a valid signature.
    Arrived,
    /// A receiver elsewhere accepted it.
    Answered,
    /// It was sent but not accepted.
    Failed,
    /// The receiver accepted it, but isn't this Hookbell, where it should have arrived.
    WentElsewhere,
    /// The webhook is disabled, so nothing was sent.
    Disabled,
    /// The outcome was still unknown when time ran out.
    Unknown,
}

/// What happened to a ping on its way from App Store Connect.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PingReply {
    /// How it ended.
    pub outcome: PingOutcome,
    /// From the request to its arrival here, or to the receiver's response if that is known.
    pub milliseconds: Option<u32>,
    /// The event that arrived here.
    pub seq: Option<i64>,
    /// What happened.
    pub headline: String,
    /// How to fix it; empty if nothing needs fixing.
    pub hint: String,
    /// App Store Connect's record of it.
    pub delivery: Option<Delivery>,
}
