//! How a build gets to its testers, as the window and the command line show it.

pub use hookbell_store::{DistributionState, DistributionStepName, DistributionStepState};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is to happen with a build.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DistributionPlan {
    /// The groups that get it, by id.
    pub groups: Vec<String>,
    /// What to Test. A locale that is left out stays as it is.
    pub texts: Vec<WhatToTest>,
    /// The answer about encryption; none for the build's own, or the one that is remembered for the app.
    pub uses_non_exempt_encryption: Option<bool>,
    /// Whether that answer is remembered for the next builds of the app.
    pub remember_encryption: bool,
    /// Whether it is submitted to Beta App Review.
    pub review: ReviewChoice,
    /// Whether its testers are notified.
    pub notify: NotifyChoice,
}

/// What to Test of a build in one locale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WhatToTest {
    /// App Store Connect's name: `en-US`.
    pub locale: String,
    /// At most 4,000 bytes.
    pub text: String,
}

/// Whether a build is submitted to Beta App Review.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ReviewChoice {
    /// It is not.
    #[default]
    No,
    /// It is submitted, unless it was already.
    Submit,
    /// Once the build of the same version that is in review has been reviewed.
    AfterOther,
    /// After the build of the same version that is in review was expired.
    ExpireOther,
}

/// Whether testers are notified.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum NotifyChoice {
    /// They are not.
    #[default]
    No,
    /// By App Store Connect, when Beta App Review approves the build.
    WhenApproved,
    /// As soon as they can have it.
    Now,
}

/// A plan and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Distribution {
    /// Its number, never given to another one.
    pub id: i64,
    /// The upload that will become the build.
    pub upload: Option<i64>,
    /// The build, once there is one.
    pub build: Option<String>,
    /// The app's id.
    pub app: String,
    /// How far it is.
    pub state: DistributionState,
    /// What is done, as far as App Store Connect lets it.
    pub plan: DistributionPlan,
    /// All six steps, in their order.
    pub steps: Vec<DistributionStep>,
    /// Who planned it.
    pub by: DistributionPlanner,
    /// RFC 3339 in UTC, as all times here.
    pub written_at: String,
    /// When it was done or stopped.
    pub ended_at: Option<String>,
}

/// Who planned a distribution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum DistributionPlanner {
    /// Somebody in the window.
    Person,
    /// Somebody in a terminal, or a script.
    CommandLine,
    /// One whose action gives builds to testers.
    Rule {
        /// Its number. The rule may be gone.
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
    /// What it would meet, or met.
    #[serde(flatten)]
    pub check: DistributionCheck,
    /// When it reached its state; none if it was never looked at.
    pub at: Option<String>,
}

/// What a step would meet now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DistributionCheck {
    /// Which step.
    pub name: DistributionStepName,
    /// How far it is.
    pub state: DistributionStepState,
    /// The same in words.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// What a person may choose, where it is for them to decide.
    pub choices: Vec<DistributionChoice>,
}

/// Something to choose. It changes the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DistributionChoice {
    /// What the plan says about Beta App Review then.
    pub review: Option<ReviewChoice>,
    /// What the plan says about encryption then.
    pub uses_non_exempt_encryption: Option<bool>,
    /// On the button.
    pub label: String,
}

/// A plan for a build, or for an upload that is no build yet.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DistributeRequest {
    /// The account's id; none for the only one, or the key of the command line.
    pub account: Option<String>,
    /// The app's id.
    pub app: String,
    /// The build's id.
    pub build: Option<String>,
    /// As [`Upload::id`](super::Upload::id).
    pub upload: Option<i64>,
    /// What is to happen.
    pub plan: DistributionPlan,
}

/// Which plan a command is for.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct DistributionRequest {
    /// As [`Distribution::id`].
    pub id: i64,
}

/// What a person decided.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecideDistributionRequest {
    /// As [`Distribution::id`].
    pub id: i64,
    /// About Beta App Review.
    pub review: Option<ReviewChoice>,
    /// About encryption.
    pub uses_non_exempt_encryption: Option<bool>,
}

/// Which app's form is asked for.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DistributionDefaultsRequest {
    /// The app's id.
    pub app: String,
}
