//! Builds of an app, as the window and the command line show them. App Store Connect's states are its own constants; a
//! label for people stands beside them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Distribution, DistributionCheck, WhatToTest};

/// A build in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListedBuild {
    /// As App Store Connect has it.
    pub id: String,
    /// The app's id.
    pub app: String,
    /// The version it belongs to.
    pub version: Option<String>,
    /// The build number.
    pub number: String,
    /// `IOS`.
    pub platform: Option<String>,
    /// The same for people: "iOS".
    pub platform_label: Option<String>,
    /// RFC 3339 in UTC, as all times here.
    pub uploaded_at: Option<String>,
    /// When testers can no longer use it.
    pub expires_at: Option<String>,
    /// Whole days until then; none once it expired.
    pub days_left: Option<u32>,
    /// Whether it expired, or somebody expired it.
    pub expired: bool,
    /// `VALID`.
    pub processing: Option<String>,
    /// `IN_BETA_TESTING`.
    pub internal: Option<String>,
    /// `WAITING_FOR_BETA_REVIEW`.
    pub external: Option<String>,
    /// One state for people: "Waiting for Review".
    pub label: String,
    /// How good that is.
    pub tone: BuildTone,
    /// How far it is.
    pub track: BuildTrack,
    /// The groups that have it.
    pub groups: Vec<BuildGroup>,
    /// Of the stored feedback about it.
    pub crashes: u32,
    /// Of the stored feedback about it.
    pub feedback: u32,
    /// The answer about encryption.
    pub uses_non_exempt_encryption: Option<bool>,
    /// Whether App Store Connect notifies testers automatically.
    pub auto_notify: Option<bool>,
    /// `APP_STORE_ELIGIBLE`.
    pub audience: Option<String>,
    /// The newest plan for it.
    pub distribution: Option<Distribution>,
}

/// How good a build's state is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "they are names")]
pub enum BuildTone {
    Plain,
    Good,
    Attention,
    Bad,
}

/// How far a build is on its way to testers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct BuildTrack {
    /// The step it reached, or failed at.
    pub step: BuildTrackStep,
    /// Whether it failed there.
    pub failed: bool,
}

/// A step of a build's way, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum BuildTrackStep {
    /// App Store Connect processes it.
    Processed,
    /// It can be given to testers.
    Ready,
    /// Beta App Review looks at it.
    Review,
    /// Testers have it.
    Testing,
}

/// A group that has a build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BuildGroup {
    /// As App Store Connect has it.
    pub id: String,
    /// As the team named it.
    pub name: String,
    /// Whether it is of the team's own people.
    pub internal: bool,
    /// Whether it gets every build automatically.
    pub automatic: bool,
}

/// Which builds to list, the newest first.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct BuildsRequest {
    /// The account's id; none for the only one, or the key of the command line.
    pub account: Option<String>,
    /// The app's id.
    pub app: String,
    /// Whether App Store Connect is asked first.
    pub refresh: bool,
    /// The cursor: [`BuildsReply::more`].
    pub before: Option<String>,
    /// At most this many, 1 to 200.
    pub limit: u32,
}

/// A page of builds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BuildsReply {
    /// The newest first.
    pub builds: Vec<ListedBuild>,
    /// When they were read; none if they never were.
    pub read_at: Option<String>,
    /// The cursor of the next page.
    pub more: Option<String>,
    /// Why App Store Connect could not be asked.
    pub trouble: Option<BuildsTrouble>,
}

/// Why a list could not be read anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BuildsTrouble {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

/// Which build a command is for.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct BuildRequest {
    /// The account's id; none for the only one, or the key of the command line.
    pub account: Option<String>,
    /// The app's id.
    pub app: String,
    /// The build's id.
    pub build: String,
}

/// All about a build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BuildDetail {
    /// As in the list.
    pub build: ListedBuild,
    /// The states that events told, oldest first.
    pub track: Vec<BuildMoment>,
    /// What to Test.
    pub texts: Vec<WhatToTest>,
    /// The longest text of What to Test, in bytes.
    pub max_text_bytes: u32,
    /// What was fixed since the build before.
    pub fixed: Vec<FixedLine>,
    /// What stands against each step now.
    pub checks: Vec<DistributionCheck>,
    /// Its page in App Store Connect.
    pub page: String,
}

/// A state that a build reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BuildMoment {
    /// The state for people.
    pub label: String,
    /// When it reached it.
    pub at: String,
    /// The event that told.
    pub seq: Option<i64>,
}

/// Something that was fixed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FixedLine {
    /// The line as it would stand in What to Test.
    pub line: String,
    /// The address.
    pub link: Option<String>,
}

/// Builds to expire: all of an app but some.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExpireOlderBuildsRequest {
    /// The account's id; none for the only one, or the key of the command line.
    pub account: Option<String>,
    /// The app's id.
    pub app: String,
    /// The builds that stay.
    pub keep: Vec<String>,
}

/// What became of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExpireOlderBuildsReply {
    /// Those that are expired now.
    pub expired: Vec<String>,
    /// Those that are not.
    pub refused: Vec<RefusedBuild>,
}

/// A build that could not be expired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RefusedBuild {
    /// The build's id.
    pub build: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}
