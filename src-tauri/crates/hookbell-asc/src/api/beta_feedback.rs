//! What screenshot feedback and crash feedback share: nearly everything.

use hookbell_core::{BetaTesterId, BuildId, CrashFeedbackId, ScreenshotFeedbackId};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{beta_testers::BetaTester, builds::Build, platform::Platform};
use crate::{Related, Resource, transport::open_enum::open_enum};

open_enum!(
    /// How a device was connected.
    ConnectionType {
        Wifi = "WIFI",
        MobileData = "MOBILE_DATA",
        Wire = "WIRE",
        Unknown = "UNKNOWN",
        None = "NONE",
    }
);

open_enum!(
    /// The kind of device.
    DeviceFamily {
        Iphone = "IPHONE",
        Ipad = "IPAD",
        AppleTv = "APPLE_TV",
        AppleWatch = "APPLE_WATCH",
        Mac = "MAC",
        Vision = "VISION",
    }
);

/// What a tester sent: a comment, the state of the device, and screenshots or a crash.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BetaFeedback<Id> {
    /// Its id.
    pub id: Id,
    /// When it was sent.
    pub created_date: Option<Timestamp>,
    /// The tester's comment.
    pub comment: Option<String>,
    /// The tester's address.
    pub email: Option<String>,
    /// The device, such as `iPhone16,1`.
    pub device_model: Option<String>,
    /// The kind of device.
    pub device_family: Option<DeviceFamily>,
    /// The system's version.
    pub os_version: Option<String>,
    /// A locale such as `de-DE`.
    pub locale: Option<String>,
    /// A time zone such as `Europe/Berlin`.
    pub time_zone: Option<String>,
    /// The processor's architecture.
    pub architecture: Option<String>,
    /// How the device was connected.
    pub connection_type: Option<ConnectionType>,
    /// The model of the paired watch.
    pub paired_apple_watch: Option<String>,
    /// How long the app had been running, in milliseconds.
    pub app_uptime_in_milliseconds: Option<u64>,
    /// Free space on the device, in bytes.
    pub disk_bytes_available: Option<u64>,
    /// Total space on the device, in bytes.
    pub disk_bytes_total: Option<u64>,
    /// The battery's charge, 0 to 100.
    pub battery_percentage: Option<i64>,
    /// The screen's width in points.
    pub screen_width_in_points: Option<i64>,
    /// The screen's height in points.
    pub screen_height_in_points: Option<i64>,
    /// The platform the app was built for.
    pub app_platform: Option<Platform>,
    /// The platform it ran on.
    pub device_platform: Option<Platform>,
    /// The bundle ID of the build.
    pub build_bundle_id: Option<String>,
    /// The screenshots, only for screenshot feedback.
    pub screenshots: Option<Vec<Screenshot>>,
    /// The build it is about.
    pub build: Option<Related<Build>>,
    /// Who sent it.
    pub tester: Option<Related<BetaTester>>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A screenshot. Download it immediately, with a plain GET without our token: the URL expires.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Screenshot {
    /// Its URL.
    pub url: Option<String>,
    /// Its width in pixels.
    pub width: Option<i64>,
    /// Its height in pixels.
    pub height: Option<i64>,
    /// When the URL expires. Reading the feedback again returns a fresh one.
    pub expiration_date: Option<Timestamp>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Feedback with screenshots.
pub type ScreenshotFeedback = BetaFeedback<ScreenshotFeedbackId>;

/// Feedback after a crash.
pub type CrashFeedback = BetaFeedback<CrashFeedbackId>;

impl Resource for ScreenshotFeedback {
    const TYPE: &'static str = "betaFeedbackScreenshotSubmissions";
    type Id = ScreenshotFeedbackId;
}

impl Resource for CrashFeedback {
    const TYPE: &'static str = "betaFeedbackCrashSubmissions";
    type Id = CrashFeedbackId;
}

/// Which feedback of an app to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BetaFeedbackQuery {
    /// Only feedback about this build.
    pub build: Option<BuildId>,
    /// Only feedback from this tester.
    pub tester: Option<BetaTesterId>,
}

impl BetaFeedbackQuery {
    /// The query's pairs: newest first, including build and tester.
    pub(super) fn pairs(&self) -> Vec<(&'static str, &str)> {
        let mut pairs = vec![("include", "build,tester"), ("sort", "-createdDate")];
        pairs.extend(self.build.as_ref().map(|build| ("filter[build]", build.as_str())));
        pairs.extend(self.tester.as_ref().map(|tester| ("filter[tester]", tester.as_str())));
        pairs
    }
}
