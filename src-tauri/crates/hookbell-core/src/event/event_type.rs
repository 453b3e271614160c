//! The event types, each with its two spellings.
//!
//! Apple subscribes in `SCREAMING_SNAKE` (`WebhookEventType` of the App Store Connect API 4.4.1) and
//! delivers in `camelCase` (`data.type`). A ping is delivered but can't be subscribed to.

use serde::Serialize;

/// A type of event known today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "Apple's own names")]
pub enum EventType {
    AlternativeDistributionPackageAvailableUpdated,
    AlternativeDistributionPackageVersionCreated,
    AlternativeDistributionTerritoryAvailabilityUpdated,
    AppStoreVersionAppVersionStateUpdated,
    BackgroundAssetVersionAppStoreReleaseStateUpdated,
    BackgroundAssetVersionExternalBetaReleaseStateUpdated,
    BackgroundAssetVersionInternalBetaReleaseCreated,
    BackgroundAssetVersionStateUpdated,
    BetaFeedbackCrashSubmissionCreated,
    BetaFeedbackScreenshotSubmissionCreated,
    BuildBetaDetailExternalBuildStateUpdated,
    BuildUploadStateUpdated,
    WebhookPingCreated,
}

/// What sort of thing an event is about; one icon each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum EventKind {
    /// An App Store version.
    Version,
    /// A build for testers.
    Build,
    /// An upload of a build.
    Upload,
    /// A tester's screenshot.
    Screenshot,
    /// A tester's crash.
    Crash,
    /// A background asset pack.
    Asset,
    /// Alternative distribution.
    Distribution,
    /// A test from Apple.
    Ping,
    /// Anything Apple adds later.
    Unknown,
}

impl EventKind {
    /// The kind's name on a detail's toolbar.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Version => "App version",
            Self::Build => "TestFlight build",
            Self::Upload => "Build upload",
            Self::Screenshot => "Screenshot feedback",
            Self::Crash => "Crash feedback",
            Self::Asset => "Background assets",
            Self::Distribution => "Alternative distribution",
            Self::Ping => "Ping",
            Self::Unknown => "Event",
        }
    }
}

use EventType as T;

const NAMES: [(EventType, &str, &str); 13] = [
    (
        T::AlternativeDistributionPackageAvailableUpdated,
        "alternativeDistributionPackageAvailableUpdated",
        "ALTERNATIVE_DISTRIBUTION_PACKAGE_AVAILABLE_UPDATED",
    ),
    (
        T::AlternativeDistributionPackageVersionCreated,
        "alternativeDistributionPackageVersionCreated",
        "ALTERNATIVE_DISTRIBUTION_PACKAGE_VERSION_CREATED",
    ),
    (
        T::AlternativeDistributionTerritoryAvailabilityUpdated,
        "alternativeDistributionTerritoryAvailabilityUpdated",
        "ALTERNATIVE_DISTRIBUTION_TERRITORY_AVAILABILITY_UPDATED",
    ),
    (
        T::AppStoreVersionAppVersionStateUpdated,
        "appStoreVersionAppVersionStateUpdated",
        "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED",
    ),
    (
        T::BackgroundAssetVersionAppStoreReleaseStateUpdated,
        "backgroundAssetVersionAppStoreReleaseStateUpdated",
        "BACKGROUND_ASSET_VERSION_APP_STORE_RELEASE_STATE_UPDATED",
    ),
    (
        T::BackgroundAssetVersionExternalBetaReleaseStateUpdated,
        "backgroundAssetVersionExternalBetaReleaseStateUpdated",
        "BACKGROUND_ASSET_VERSION_EXTERNAL_BETA_RELEASE_STATE_UPDATED",
    ),
    (
        T::BackgroundAssetVersionInternalBetaReleaseCreated,
        "backgroundAssetVersionInternalBetaReleaseCreated",
        "BACKGROUND_ASSET_VERSION_INTERNAL_BETA_RELEASE_CREATED",
    ),
    (
        T::BackgroundAssetVersionStateUpdated,
        "backgroundAssetVersionStateUpdated",
        "BACKGROUND_ASSET_VERSION_STATE_UPDATED",
    ),
    (
        T::BetaFeedbackCrashSubmissionCreated,
        "betaFeedbackCrashSubmissionCreated",
        "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED",
    ),
    (
        T::BetaFeedbackScreenshotSubmissionCreated,
        "betaFeedbackScreenshotSubmissionCreated",
        "BETA_FEEDBACK_SCREENSHOT_SUBMISSION_CREATED",
    ),
    (
        T::BuildBetaDetailExternalBuildStateUpdated,
        "buildBetaDetailExternalBuildStateUpdated",
        "BUILD_BETA_DETAIL_EXTERNAL_BUILD_STATE_UPDATED",
    ),
    (T::BuildUploadStateUpdated, "buildUploadStateUpdated", "BUILD_UPLOAD_STATE_UPDATED"),
    (T::WebhookPingCreated, "webhookPingCreated", "PING"),
];

impl EventType {
    /// Every type, the ping last.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(event_type, ..)| *event_type)
    }

    /// The spelling in `data.type`.
    #[must_use]
    pub fn wire_name(self) -> &'static str {
        NAMES.iter().find(|(t, ..)| *t == self).map_or("", |(_, wire, _)| wire)
    }

    /// The spelling when subscribing; `None` for the ping.
    #[must_use]
    pub fn subscription_name(self) -> Option<&'static str> {
        (self != T::WebhookPingCreated).then(|| self.name())
    }

    /// The name scripts and fixture files use: the subscription's, or `PING`.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(t, ..)| *t == self).map_or("", |(.., name)| name)
    }

    /// Finds a type by its `data.type`.
    #[must_use]
    pub fn from_wire_name(text: &str) -> Option<Self> {
        NAMES.iter().find(|(_, wire, _)| *wire == text).map(|(t, ..)| *t)
    }

    /// Finds a type by [`EventType::name`].
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        NAMES.iter().find(|(.., name)| *name == text).map(|(t, ..)| *t)
    }

    /// What sort of thing it is about.
    #[must_use]
    pub fn kind(self) -> EventKind {
        match self {
            T::AlternativeDistributionPackageAvailableUpdated
            | T::AlternativeDistributionPackageVersionCreated
            | T::AlternativeDistributionTerritoryAvailabilityUpdated => EventKind::Distribution,
            T::AppStoreVersionAppVersionStateUpdated => EventKind::Version,
            T::BackgroundAssetVersionAppStoreReleaseStateUpdated
            | T::BackgroundAssetVersionExternalBetaReleaseStateUpdated
            | T::BackgroundAssetVersionInternalBetaReleaseCreated
            | T::BackgroundAssetVersionStateUpdated => EventKind::Asset,
            T::BetaFeedbackCrashSubmissionCreated => EventKind::Crash,
            T::BetaFeedbackScreenshotSubmissionCreated => EventKind::Screenshot,
            T::BuildBetaDetailExternalBuildStateUpdated => EventKind::Build,
            T::BuildUploadStateUpdated => EventKind::Upload,
            T::WebhookPingCreated => EventKind::Ping,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_found_by_both_spellings() {
        assert_eq!(EventType::all().count(), 13);
        for event_type in EventType::all() {
            assert_eq!(EventType::from_wire_name(event_type.wire_name()), Some(event_type));
            assert_eq!(EventType::from_name(event_type.name()), Some(event_type));
        }
    }

    #[test]
    fn the_two_spellings_differ_only_in_their_case() {
        for event_type in EventType::all() {
            let Some(subscription) = event_type.subscription_name() else { continue };
            assert_eq!(subscription.replace('_', "").to_lowercase(), event_type.wire_name().to_lowercase());
        }
    }

    #[test]
    fn a_ping_cannot_be_subscribed_to() {
        assert_eq!(EventType::WebhookPingCreated.subscription_name(), None);
    }
}
