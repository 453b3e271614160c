//! What each event type is about, and the order of its states.
//!
//! The chains are the usual states of a version, build, upload or asset pack. After the last state an instance starts
//! over, so that a simulator never runs out of events. For an asset pack Apple announces only how a step ended: an
//! import that failed, and a release that was rejected or became available.

use hookbell_core::EventType;

/// The subject of an event.
pub(super) enum About {
    /// An instance that moves from one state to the next.
    Progress(Progress),
    /// New feedback from a tester; the resource type.
    Feedback(&'static str),
    /// An existing instance; the resource type.
    Instance(&'static str),
    /// The app as a whole.
    App,
}

/// How an instance's state is stored and announced.
pub(super) struct Progress {
    pub(super) kind: &'static str,
    /// The resource's state, as a path of attributes.
    pub(super) state: &'static [&'static str],
    /// The event's attributes with the state before and after.
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    /// The usual sequence; the last state is final.
    pub(super) way: &'static [&'static str],
    /// Whether Apple announces only the final states.
    pub(super) end_only: bool,
}

impl Progress {
    /// The next step that Apple announces: the states before and after.
    pub(super) fn step<'a>(&self, state: Option<&'a str>) -> (Option<&'a str>, &'static str) {
        if self.end_only
            && let [.., last_but_one, last] = self.way
        {
            return (Some(last_but_one), last);
        }
        let place = state.and_then(|state| self.way.iter().position(|step| *step == state));
        let next = place.map_or(0, |place| (place + 1) % self.way.len());
        (state, self.way.get(next).copied().unwrap_or_default())
    }

    pub(super) fn is_over(&self, state: Option<&str>) -> bool {
        state.is_none_or(|state| !self.way.iter().rev().skip(1).any(|step| *step == state))
    }
}

pub(super) fn about(event_type: EventType) -> About {
    use EventType as T;

    match event_type {
        T::AppStoreVersionAppVersionStateUpdated => About::Progress(Progress {
            kind: "appStoreVersions",
            state: &["appVersionState"],
            from: "oldValue",
            to: "newValue",
            way: &[
                "PREPARE_FOR_SUBMISSION",
                "READY_FOR_REVIEW",
                "WAITING_FOR_REVIEW",
                "IN_REVIEW",
                "PENDING_DEVELOPER_RELEASE",
                "PROCESSING_FOR_DISTRIBUTION",
                "READY_FOR_DISTRIBUTION",
            ],
            end_only: false,
        }),
        T::BuildBetaDetailExternalBuildStateUpdated => About::Progress(Progress {
            kind: "buildBetaDetails",
            state: &["externalBuildState"],
            from: "oldExternalBuildState",
            to: "newExternalBuildState",
            way: &[
                "PROCESSING",
                "READY_FOR_BETA_SUBMISSION",
                "WAITING_FOR_BETA_REVIEW",
                "IN_BETA_REVIEW",
                "BETA_APPROVED",
                "IN_BETA_TESTING",
            ],
            end_only: false,
        }),
        T::BuildUploadStateUpdated => About::Progress(Progress {
            kind: "buildUploads",
            state: &["state", "state"],
            from: "oldState",
            to: "newState",
            way: &["AWAITING_UPLOAD", "PROCESSING", "COMPLETE"],
            end_only: false,
        }),
        T::BackgroundAssetVersionStateUpdated => {
            asset("backgroundAssetVersions", &["AWAITING_UPLOAD", "PROCESSING", "FAILED"])
        }
        T::BackgroundAssetVersionAppStoreReleaseStateUpdated => asset(
            "backgroundAssetVersionAppStoreReleases",
            &[
                "PREPARE_FOR_SUBMISSION",
                "READY_FOR_REVIEW",
                "WAITING_FOR_REVIEW",
                "IN_REVIEW",
                "ACCEPTED",
                "PROCESSING_FOR_DISTRIBUTION",
                "READY_FOR_DISTRIBUTION",
            ],
        ),
        T::BackgroundAssetVersionExternalBetaReleaseStateUpdated => asset(
            "backgroundAssetVersionExternalBetaReleases",
            &[
                "READY_FOR_BETA_SUBMISSION",
                "WAITING_FOR_REVIEW",
                "IN_REVIEW",
                "PROCESSING_FOR_TESTING",
                "READY_FOR_TESTING",
            ],
        ),
        T::BackgroundAssetVersionInternalBetaReleaseCreated => {
            About::Instance("backgroundAssetVersionInternalBetaReleases")
        }
        T::BetaFeedbackScreenshotSubmissionCreated => About::Feedback("betaFeedbackScreenshotSubmissions"),
        T::BetaFeedbackCrashSubmissionCreated => About::Feedback("betaFeedbackCrashSubmissions"),
        T::AlternativeDistributionPackageAvailableUpdated => About::Instance("alternativeDistributionPackages"),
        T::AlternativeDistributionPackageVersionCreated => About::Instance("alternativeDistributionPackageVersions"),
        T::AlternativeDistributionTerritoryAvailabilityUpdated | T::WebhookPingCreated => About::App,
        // Hookbell's own news is never delivered.
        T::HookbellAgreementMissing
        | T::HookbellBuildDistributed
        | T::HookbellBuildExpiresSoon
        | T::HookbellBuildNeedsYou
        | T::HookbellBuildProcessed
        | T::HookbellDeliveriesFailing
        | T::HookbellDigest
        | T::HookbellTunnelDown
        | T::HookbellUnusuallyLong
        | T::HookbellUploadFailed
        | T::HookbellWebhookDisabled => About::App,
    }
}

fn asset(kind: &'static str, way: &'static [&'static str]) -> About {
    About::Progress(Progress { kind, state: &["state"], from: "oldState", to: "newState", way, end_only: true })
}
