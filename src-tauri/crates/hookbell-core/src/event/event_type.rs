//! The event types, each with its two spellings.
//!
//! Apple's subscriptions use `SCREAMING_SNAKE` (`WebhookEventType` of the App Store Connect API 4.4.1), its deliveries
//! use `camelCase` (`data.type`). A ping is delivered but can't be subscribed to. Hookbell's own types have the same
//! form. Nobody sends them: [`Event::read`](super::Event::read) never returns one.

use serde::{Deserialize, Serialize};

use super::EventKind;

/// The resource type of a ping in the App Store Connect API.
const PING_RESOURCE: &str = "webhookPings";

/// A type of event known today. In JSON it is [`EventType::name`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
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
    #[serde(rename = "PING")]
    WebhookPingCreated,
    HookbellAgreementMissing,
    HookbellBuildDistributed,
    HookbellBuildExpiresSoon,
    HookbellBuildNeedsYou,
    HookbellBuildProcessed,
    HookbellDeliveriesFailing,
    HookbellDigest,
    HookbellTunnelDown,
    HookbellUnusuallyLong,
    HookbellUploadFailed,
    HookbellWebhookDisabled,
}

impl EventType {
    const ALL: [Self; 13] = [
        Self::AlternativeDistributionPackageAvailableUpdated,
        Self::AlternativeDistributionPackageVersionCreated,
        Self::AlternativeDistributionTerritoryAvailabilityUpdated,
        Self::AppStoreVersionAppVersionStateUpdated,
        Self::BackgroundAssetVersionAppStoreReleaseStateUpdated,
        Self::BackgroundAssetVersionExternalBetaReleaseStateUpdated,
        Self::BackgroundAssetVersionInternalBetaReleaseCreated,
        Self::BackgroundAssetVersionStateUpdated,
        Self::BetaFeedbackCrashSubmissionCreated,
        Self::BetaFeedbackScreenshotSubmissionCreated,
        Self::BuildBetaDetailExternalBuildStateUpdated,
        Self::BuildUploadStateUpdated,
        Self::WebhookPingCreated,
    ];

    const OWN: [Self; 11] = [
        Self::HookbellAgreementMissing,
        Self::HookbellBuildDistributed,
        Self::HookbellBuildExpiresSoon,
        Self::HookbellBuildNeedsYou,
        Self::HookbellBuildProcessed,
        Self::HookbellDeliveriesFailing,
        Self::HookbellDigest,
        Self::HookbellTunnelDown,
        Self::HookbellUnusuallyLong,
        Self::HookbellUploadFailed,
        Self::HookbellWebhookDisabled,
    ];

    /// Every type that Apple sends, ping last.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter()
    }

    /// Every type of Hookbell's own news.
    pub fn own() -> impl Iterator<Item = Self> {
        Self::OWN.into_iter()
    }

    /// Every type that an event in the inbox can have: Apple's, then Hookbell's own.
    pub fn known() -> impl Iterator<Item = Self> {
        Self::all().chain(Self::own())
    }

    /// Whether Hookbell itself creates such events. Apple sends none of them, and no webhook can subscribe to them.
    #[must_use]
    pub fn is_own(self) -> bool {
        self.kind().is_own()
    }

    /// The two spellings: in `data.type`, and in subscriptions, files and scripts.
    const fn spellings(self) -> (&'static str, &'static str) {
        match self {
            Self::AlternativeDistributionPackageAvailableUpdated => {
                ("alternativeDistributionPackageAvailableUpdated", "ALTERNATIVE_DISTRIBUTION_PACKAGE_AVAILABLE_UPDATED")
            }
            Self::AlternativeDistributionPackageVersionCreated => {
                ("alternativeDistributionPackageVersionCreated", "ALTERNATIVE_DISTRIBUTION_PACKAGE_VERSION_CREATED")
            }
            Self::AlternativeDistributionTerritoryAvailabilityUpdated => (
                "alternativeDistributionTerritoryAvailabilityUpdated",
                "ALTERNATIVE_DISTRIBUTION_TERRITORY_AVAILABILITY_UPDATED",
            ),
            Self::AppStoreVersionAppVersionStateUpdated => {
                ("appStoreVersionAppVersionStateUpdated", "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED")
            }
            Self::BackgroundAssetVersionAppStoreReleaseStateUpdated => (
                "backgroundAssetVersionAppStoreReleaseStateUpdated",
                "BACKGROUND_ASSET_VERSION_APP_STORE_RELEASE_STATE_UPDATED",
            ),
            Self::BackgroundAssetVersionExternalBetaReleaseStateUpdated => (
                "backgroundAssetVersionExternalBetaReleaseStateUpdated",
                "BACKGROUND_ASSET_VERSION_EXTERNAL_BETA_RELEASE_STATE_UPDATED",
            ),
            Self::BackgroundAssetVersionInternalBetaReleaseCreated => (
                "backgroundAssetVersionInternalBetaReleaseCreated",
                "BACKGROUND_ASSET_VERSION_INTERNAL_BETA_RELEASE_CREATED",
            ),
            Self::BackgroundAssetVersionStateUpdated => {
                ("backgroundAssetVersionStateUpdated", "BACKGROUND_ASSET_VERSION_STATE_UPDATED")
            }
            Self::BetaFeedbackCrashSubmissionCreated => {
                ("betaFeedbackCrashSubmissionCreated", "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED")
            }
            Self::BetaFeedbackScreenshotSubmissionCreated => {
                ("betaFeedbackScreenshotSubmissionCreated", "BETA_FEEDBACK_SCREENSHOT_SUBMISSION_CREATED")
            }
            Self::BuildBetaDetailExternalBuildStateUpdated => {
                ("buildBetaDetailExternalBuildStateUpdated", "BUILD_BETA_DETAIL_EXTERNAL_BUILD_STATE_UPDATED")
            }
            Self::BuildUploadStateUpdated => ("buildUploadStateUpdated", "BUILD_UPLOAD_STATE_UPDATED"),
            Self::WebhookPingCreated => ("webhookPingCreated", "PING"),
            Self::HookbellAgreementMissing => ("hookbellAgreementMissing", "HOOKBELL_AGREEMENT_MISSING"),
            Self::HookbellBuildDistributed => ("hookbellBuildDistributed", "HOOKBELL_BUILD_DISTRIBUTED"),
            Self::HookbellBuildExpiresSoon => ("hookbellBuildExpiresSoon", "HOOKBELL_BUILD_EXPIRES_SOON"),
            Self::HookbellBuildNeedsYou => ("hookbellBuildNeedsYou", "HOOKBELL_BUILD_NEEDS_YOU"),
            Self::HookbellBuildProcessed => ("hookbellBuildProcessed", "HOOKBELL_BUILD_PROCESSED"),
            Self::HookbellDeliveriesFailing => ("hookbellDeliveriesFailing", "HOOKBELL_DELIVERIES_FAILING"),
            Self::HookbellDigest => ("hookbellDigest", "HOOKBELL_DIGEST"),
            Self::HookbellTunnelDown => ("hookbellTunnelDown", "HOOKBELL_TUNNEL_DOWN"),
            Self::HookbellUnusuallyLong => ("hookbellUnusuallyLong", "HOOKBELL_UNUSUALLY_LONG"),
            Self::HookbellUploadFailed => ("hookbellUploadFailed", "HOOKBELL_UPLOAD_FAILED"),
            Self::HookbellWebhookDisabled => ("hookbellWebhookDisabled", "HOOKBELL_WEBHOOK_DISABLED"),
        }
    }

    /// The spelling in `data.type`.
    #[must_use]
    pub const fn wire_name(self) -> &'static str {
        self.spellings().0
    }

    /// The spelling in subscriptions; `None` for the ping and for Hookbell's own types.
    #[must_use]
    pub fn subscription_name(self) -> Option<&'static str> {
        (self != Self::WebhookPingCreated && !self.is_own()).then(|| self.name())
    }

    /// The name in scripts and fixture files: the subscription's spelling, `PING`, or a name starting with `HOOKBELL_`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.spellings().1
    }

    /// Every spelling of the type seen in `data.type`.
    pub fn wire_names(self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.wire_name()).chain((self == Self::WebhookPingCreated).then_some(PING_RESOURCE))
    }

    /// Finds a type by its `data.type`. Also finds a ping by the API's resource name, which receivers in the wild have
    /// seen.
    #[must_use]
    pub fn from_wire_name(text: &str) -> Option<Self> {
        match text {
            PING_RESOURCE => Some(Self::WebhookPingCreated),
            _ => Self::known().find(|event_type| event_type.wire_name() == text),
        }
    }

    /// Finds a type by [`EventType::name`].
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        Self::known().find(|event_type| event_type.name() == text)
    }

    /// The type's label in a list of types, in App Store Connect's terms where it has them.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::AlternativeDistributionPackageAvailableUpdated => "Distribution package availability",
            Self::AlternativeDistributionPackageVersionCreated => "Distribution package version",
            Self::AlternativeDistributionTerritoryAvailabilityUpdated => "Marketplace territories",
            Self::AppStoreVersionAppVersionStateUpdated => "App version status",
            Self::BackgroundAssetVersionAppStoreReleaseStateUpdated => "Asset pack App Store status",
            Self::BackgroundAssetVersionExternalBetaReleaseStateUpdated => "Asset pack external testing",
            Self::BackgroundAssetVersionInternalBetaReleaseCreated => "Asset pack internal testing",
            Self::BackgroundAssetVersionStateUpdated => "Asset pack status",
            Self::BetaFeedbackCrashSubmissionCreated => "Crash feedback",
            Self::BetaFeedbackScreenshotSubmissionCreated => "Screenshot feedback",
            Self::BuildBetaDetailExternalBuildStateUpdated => "External build status",
            Self::BuildUploadStateUpdated => "Build upload status",
            Self::WebhookPingCreated => "Ping",
            Self::HookbellAgreementMissing => "Agreement required",
            Self::HookbellBuildDistributed => "Build distributed",
            Self::HookbellBuildExpiresSoon => "Build expires soon",
            Self::HookbellBuildNeedsYou => "Build needs attention",
            Self::HookbellBuildProcessed => "Build processed",
            Self::HookbellDeliveriesFailing => "Deliveries failing",
            Self::HookbellDigest => "Digest",
            Self::HookbellTunnelDown => "Tunnel down",
            Self::HookbellUnusuallyLong => "Unusually long",
            Self::HookbellUploadFailed => "Upload failed",
            Self::HookbellWebhookDisabled => "Webhook disabled",
        }
    }

    /// What kind of thing it is about.
    #[must_use]
    pub fn kind(self) -> EventKind {
        match self {
            Self::AlternativeDistributionPackageAvailableUpdated
            | Self::AlternativeDistributionPackageVersionCreated
            | Self::AlternativeDistributionTerritoryAvailabilityUpdated => EventKind::Distribution,
            Self::AppStoreVersionAppVersionStateUpdated => EventKind::Version,
            Self::BackgroundAssetVersionAppStoreReleaseStateUpdated
            | Self::BackgroundAssetVersionExternalBetaReleaseStateUpdated
            | Self::BackgroundAssetVersionInternalBetaReleaseCreated
            | Self::BackgroundAssetVersionStateUpdated => EventKind::Asset,
            Self::BetaFeedbackCrashSubmissionCreated => EventKind::Crash,
            Self::BetaFeedbackScreenshotSubmissionCreated => EventKind::Screenshot,
            Self::BuildBetaDetailExternalBuildStateUpdated => EventKind::Build,
            Self::BuildUploadStateUpdated => EventKind::Upload,
            Self::WebhookPingCreated => EventKind::Ping,
            Self::HookbellAgreementMissing
            | Self::HookbellBuildNeedsYou
            | Self::HookbellDeliveriesFailing
            | Self::HookbellTunnelDown
            | Self::HookbellUploadFailed
            | Self::HookbellWebhookDisabled => EventKind::Alert,
            Self::HookbellBuildDistributed
            | Self::HookbellBuildExpiresSoon
            | Self::HookbellBuildProcessed
            | Self::HookbellUnusuallyLong => EventKind::Reminder,
            Self::HookbellDigest => EventKind::Digest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_found_by_both_spellings() {
        assert_eq!((EventType::all().count(), EventType::known().count()), (13, 24));
        for event_type in EventType::known() {
            assert_eq!(EventType::from_wire_name(event_type.wire_name()), Some(event_type));
            assert_eq!(EventType::from_name(event_type.name()), Some(event_type));
            assert_eq!(serde_json::to_value(event_type).unwrap(), event_type.name());
            assert!(event_type.wire_names().all(|name| EventType::from_wire_name(name) == Some(event_type)));
        }
    }

    #[test]
    fn the_two_spellings_differ_only_in_their_case() {
        for event_type in EventType::known().filter(|event_type| *event_type != EventType::WebhookPingCreated) {
            let subscription = event_type.name();
            assert_eq!(subscription.replace('_', "").to_lowercase(), event_type.wire_name().to_lowercase());
        }
    }

    #[test]
    fn neither_a_ping_nor_hookbells_own_news_can_be_subscribed_to() {
        assert_eq!(EventType::WebhookPingCreated.subscription_name(), None);
        assert!(EventType::own().all(|own| own.is_own() && own.subscription_name().is_none()));
        assert!(EventType::all().all(|sent| !sent.is_own()));
    }
}
