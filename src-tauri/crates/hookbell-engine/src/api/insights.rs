//! Insights from many events: versions and builds through their states, and the health of webhooks.

use hookbell_core::timeline::{ReviewPace, TimelineStage};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Gap;

/// An app whose versions and builds can be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InsightsApp {
    /// Its id in App Store Connect; null if its events don't name the app.
    pub app: Option<String>,
    /// The id of the local webhook that delivered those events.
    pub webhook: Option<String>,
    /// The app's name, or the webhook's if the app is unknown.
    pub name: String,
    /// Whether any event is about one of its versions or builds.
    pub changed: bool,
}

/// Everything that insights show at once.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InsightsReply {
    /// The apps to choose from.
    pub apps: Vec<InsightsApp>,
    /// The versions and builds of the requested app, or of the first one; null if no event is about any.
    pub timeline: Option<AppTimeline>,
    /// How deliveries to all webhooks went.
    pub health: WebhookHealth,
}

/// The app whose versions and builds to show, and for how long.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AppTimelineRequest {
    /// The app's id in App Store Connect.
    pub app: Option<String>,
    /// Or the id of a local webhook, for its events that name no app.
    pub webhook: Option<String>,
    /// How many days, the current one included, 1 to 366.
    pub days: u32,
    /// The time zone that defines midnight, by its IANA name: `Europe/Stockholm`.
    pub time_zone: String,
}

/// Versions and builds through their states.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppTimeline {
    /// The first moment of the first day, RFC 3339 in UTC.
    pub from: String,
    /// Now, RFC 3339 in UTC.
    pub to: String,
    /// Versions that were in any state during that time, newest first.
    pub versions: Vec<TimelineTrack>,
    /// Whether older versions were omitted.
    pub more_versions: bool,
    /// Builds that changed during that time, newest first.
    pub builds: Vec<TimelineTrack>,
    /// Whether older builds were omitted.
    pub more_builds: bool,
    /// How these versions fared in review.
    pub pace: ReviewPace,
}

/// A version, or a build with its upload.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimelineTrack {
    /// The resource's id in App Store Connect.
    pub id: String,
    /// The version string; null while unknown.
    pub version: Option<String>,
    /// The build number.
    pub build: Option<String>,
    /// The platform: "iOS".
    pub platform: Option<String>,
    /// Its stages, earliest first.
    pub spans: Vec<TimelineSpan>,
    /// Why App Store Connect says nothing about it: it was deleted, or the key can't see it.
    pub trouble: Option<String>,
}

/// One stage of a version or a build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimelineSpan {
    /// The stage that the version or build was in.
    pub stage: TimelineStage,
    /// The last state in this stage, in words: "Metadata rejected".
    pub state: String,
    /// When it began, RFC 3339 in UTC; null if that was before our first event.
    pub from: Option<String>,
    /// When it ended, RFC 3339 in UTC; null while it lasts.
    pub to: Option<String>,
    /// Whether that is exactly when it ended. If an event in between is missing, it ended then at the latest.
    pub exact: bool,
    /// The number of the event that began it; null for what came before the first one.
    pub seq: Option<i64>,
}

/// The period for the health of webhooks.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct WebhookHealthRequest {
    /// How many days, the current one included, 1 to 366.
    pub days: u32,
    /// The time zone that defines midnight, by its IANA name: `Europe/Stockholm`.
    pub time_zone: String,
}

/// The health of webhooks: in total, by day, and by webhook.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WebhookHealth {
    /// Each day, earliest first; the last one is today.
    pub days: Vec<HealthDay>,
    /// The sums over all days.
    pub total: HealthCount,
    /// From Apple's timestamp to the arrival, for what was delivered and not fetched.
    pub delay: Option<Delay>,
    /// How many of those arrived before Apple's timestamp, because one of the clocks is wrong; they count as no
    /// delay.
    pub early: u32,
    /// Webhooks that delivered anything, failed, or exist now; busiest first.
    pub webhooks: Vec<HealthOfWebhook>,
}

/// How many deliveries had which result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HealthCount {
    /// Delivered, repetitions included.
    pub delivered: u32,
    /// Not delivered, but fetched from App Store Connect's log later.
    pub fetched: u32,
    /// Failed, and not fetched later. Known only for webhooks with an account.
    pub failed: u32,
}

/// What webhooks delivered between two midnights in the time zone of the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HealthDay {
    /// The day: `2026-11-21`.
    pub date: String,
    /// The counts for this day: fetched events count on the day they happened.
    pub count: HealthCount,
    /// From Apple's timestamp to the arrival.
    pub delay: Option<Delay>,
}

/// How long deliveries took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Delay {
    /// Half of them took no longer.
    pub median_ms: i64,
    /// 95 of 100 took no longer.
    pub p95_ms: i64,
    /// How many there were.
    pub samples: u32,
}

/// How the deliveries to one webhook went over the days shown.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HealthOfWebhook {
    /// Its id here.
    pub id: String,
    /// Its name, or its last one.
    pub name: String,
    /// Whether it was removed here.
    pub removed: bool,
    /// How many deliveries had which result.
    pub count: HealthCount,
    /// From Apple's timestamp to the arrival.
    pub delay: Option<Delay>,
    /// Since when its failures are known, RFC 3339 in UTC; null if they aren't, because it has no account.
    pub failures_since: Option<String>,
    /// A period about which nothing can be known any more.
    pub gap: Option<Gap>,
    /// The last delivery that failed, even if its event arrived later.
    pub last_failure: Option<LastFailure>,
}

/// The last failed delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LastFailure {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// Why, as a sentence.
    pub reason: String,
}
