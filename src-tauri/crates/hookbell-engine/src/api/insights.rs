//! What many events tell together: versions and builds through their states, and the health of webhooks.

use hookbell_core::timeline::{ReviewPace, TimelineStage};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Gap;

/// An app whose versions and builds can be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InsightsApp {
    /// Its id in App Store Connect; none where events don't say which app they are of.
    pub app: Option<String>,
    /// The id of the local webhook that brought those events.
    pub webhook: Option<String>,
    /// The app's name, or the webhook's where the app is not known.
    pub name: String,
    /// Whether any event tells of a version or a build of it.
    pub changed: bool,
}

/// Everything that insights show at once.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InsightsReply {
    /// The apps to choose from.
    pub apps: Vec<InsightsApp>,
    /// The versions and builds of the app that was asked for, or else of the first one; none if no event tells of any.
    pub timeline: Option<AppTimeline>,
    /// How deliveries to all webhooks went.
    pub health: WebhookHealth,
}

/// Whose versions and builds to show, and since when.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AppTimelineRequest {
    /// The app's id in App Store Connect.
    pub app: Option<String>,
    /// Or the id of a local webhook, for its events that name no app.
    pub webhook: Option<String>,
    /// How many days, the current one included, 1 to 366.
    pub days: u32,
    /// Where days begin at midnight, as the IANA calls it: `Europe/Stockholm`.
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
    /// Versions that were in any state within that time, the newest first.
    pub versions: Vec<TimelineTrack>,
    /// Whether there are older versions that were left out.
    pub more_versions: bool,
    /// Builds that changed within that time, the newest first.
    pub builds: Vec<TimelineTrack>,
    /// Whether there are older builds that were left out.
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
    /// The version as people see it; none while it is not known.
    pub version: Option<String>,
    /// The build number.
    pub build: Option<String>,
    /// The platform: "iOS".
    pub platform: Option<String>,
    /// What it went through, the earliest first.
    pub spans: Vec<TimelineSpan>,
    /// Why App Store Connect says nothing about it: it was deleted, or the key may not see it.
    pub trouble: Option<String>,
}

/// One stage of a version or a build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimelineSpan {
    /// Where the version or build was during it.
    pub stage: TimelineStage,
    /// The last state of it in words: "Metadata rejected".
    pub state: String,
    /// When it began, RFC 3339 in UTC; none if that was before anything is known.
    pub from: Option<String>,
    /// When it ended, RFC 3339 in UTC; none while it lasts.
    pub to: Option<String>,
    /// Whether it ended just then. Where an event in between is missing it ended then at the latest.
    pub exact: bool,
    /// The event that began it, by its number; none for what was before the first one.
    pub seq: Option<i64>,
}

/// Since when to look at the health of webhooks.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct WebhookHealthRequest {
    /// How many days, the current one included, 1 to 366.
    pub days: u32,
    /// Where days begin at midnight, as the IANA calls it: `Europe/Stockholm`.
    pub time_zone: String,
}

/// How webhooks fared: all of them together, each day, and each by itself.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WebhookHealth {
    /// Each day, the earliest first; the last one is today.
    pub days: Vec<HealthDay>,
    /// All of them together.
    pub total: HealthCount,
    /// From Apple's timestamp to the arrival, of what was delivered and not fetched.
    pub delay: Option<Delay>,
    /// How many of those arrived before Apple's timestamp, as one of the clocks is wrong; they count as no delay.
    pub early: u32,
    /// Webhooks that brought anything, failed, or are there now; the busiest first.
    pub webhooks: Vec<HealthOfWebhook>,
}

/// How many deliveries went which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HealthCount {
    /// Delivered, repetitions included.
    pub delivered: u32,
    /// Not delivered, and fetched from App Store Connect's log later.
    pub fetched: u32,
    /// Failed, and not fetched later. Known only of webhooks with an account.
    pub failed: u32,
}

/// What a webhook delivered between two midnights, by the time zone of the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HealthDay {
    /// The day: `2026-11-21`.
    pub date: String,
    /// What was due on it: what was fetched counts for the day it happened.
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

/// How one webhook fared.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HealthOfWebhook {
    /// Its id here.
    pub id: String,
    /// Its name, or the last one it had.
    pub name: String,
    /// Whether it was removed here.
    pub removed: bool,
    /// How many deliveries went which way.
    pub count: HealthCount,
    /// From Apple's timestamp to the arrival.
    pub delay: Option<Delay>,
    /// From when on its failures are known, RFC 3339 in UTC; none if they are not, as it has no account.
    pub failures_since: Option<String>,
    /// A time of which nothing can be known any more.
    pub gap: Option<Gap>,
    /// The last delivery that failed, whatever became of its event.
    pub last_failure: Option<LastFailure>,
}

/// The last time that something did not arrive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LastFailure {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// Why, in a sentence.
    pub reason: String,
}
