//! Distribution of builds to testers, for the window and the command line.

pub use hookbell_store::{DistributionState, DistributionStepName, DistributionStepState};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is planned for a build.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DistributionPlan {
    /// The ids of the groups that get it.
    pub groups: Vec<String>,
    /// What to Test. Locales that are left out stay unchanged.
    pub texts: Vec<WhatToTest>,
    /// The answer about encryption; none to use the build's own or the one remembered for the app.
    pub uses_non_exempt_encryption: Option<bool>,
    /// Whether to remember that answer for the app's next builds.
    pub remember_encryption: bool,
    /// Whether to submit it to Beta App Review.
    pub review: ReviewChoice,
    /// Whether to notify its testers.
    pub notify: NotifyChoice,
}

/// A build's What to Test in one locale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WhatToTest {
    /// App Store Connect's name for it: `en-US`.
    pub locale: String,
    /// At most 4,000 bytes.
    pub text: String,
}

/// Whether to submit a build to Beta App Review.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ReviewChoice {
    /// Don't submit it.
    #[default]
    No,
    /// Submit it, unless it already was.
    Submit,
    /// Submit it once the build of the same version that is in review has been reviewed.
    AfterOther,
    /// Expire the build of the same version that is in review, then submit this one.
    ExpireOther,
}

/// Whether to notify testers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum NotifyChoice {
    /// Don't notify them.
    #[default]
    No,
    /// App Store Connect notifies them when Beta App Review approves the build.
    WhenApproved,
    /// Notify them as soon as they can have it.
    Now,
}

/// A plan and its progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Distribution {
    /// Its number, never reused.
    pub id: i64,
    /// The upload that will become the build.
    pub upload: Option<i64>,
    /// The build, once there is one.
    pub build: Option<String>,
    /// The app's id.
    pub app: String,
    /// How far it has come.
    pub state: DistributionState,
    /// What the plan does, as far as App Store Connect allows it.
    pub plan: DistributionPlan,
    /// All six steps, in order.
    pub steps: Vec<DistributionStep>,
    /// Who made the plan.
    pub by: DistributionPlanner,
    /// When it was made, RFC 3339 in UTC.
    pub written_at: String,
    /// When it was done or stopped.
    pub ended_at: Option<String>,
}

/// Who made a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum DistributionPlanner {
    /// A person in the window.
    Person,
    /// A person in a terminal, or a script.
    CommandLine,
    /// A rule whose action gives builds to testers.
    Rule {
        /// Its number. The rule may no longer exist.
        rule: Option<i64>,
        /// Its name at that time.
        name: String,
        /// The run's number.
        run: i64,
    },
}

/// A step of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DistributionStep {
    /// What it would do, or did.
    #[serde(flatten)]
    pub check: DistributionCheck,
    /// When it reached its state; none if it was never checked.
    pub at: Option<String>,
}

/// What a step would meet if it ran now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DistributionCheck {
    /// Which step.
    pub name: DistributionStepName,
    /// How far it has come.
    pub state: DistributionStepState,
    /// The state in words.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The choices, if a person has to decide.
    pub choices: Vec<DistributionChoice>,
}

/// A choice. It changes the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DistributionChoice {
    /// What the plan then says about Beta App Review.
    pub review: Option<ReviewChoice>,
    /// What the plan then says about encryption.
    pub uses_non_exempt_encryption: Option<bool>,
    /// The text of its button.
    pub label: String,
}

/// A plan for a build, or for an upload that isn't a build yet.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DistributeRequest {
    /// The account's id; omit for the only one, or for the key of the command line.
    pub account: Option<String>,
    /// The app's id.
    pub app: String,
    /// The build's id.
    pub build: Option<String>,
    /// As in [`Upload::id`](super::Upload::id).
    pub upload: Option<i64>,
    /// What to do.
    pub plan: DistributionPlan,
}

/// Which plan a command is for.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct DistributionRequest {
    /// As in [`Distribution::id`].
    pub id: i64,
}

/// A person's decision.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecideDistributionRequest {
    /// As in [`Distribution::id`].
    pub id: i64,
    /// About Beta App Review.
    pub review: Option<ReviewChoice>,
    /// About encryption.
    pub uses_non_exempt_encryption: Option<bool>,
}

/// The app whose form needs defaults.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DistributionDefaultsRequest {
    /// The app's id.
    pub app: String,
}
