//! Builds of an app for the window and the command line. App Store Connect's states are its own constants, each with
//! a label for people.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Distribution, DistributionCheck, WhatToTest};

/// A build in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListedBuild {
    /// Its id in App Store Connect.
    pub id: String,
    /// The app's id.
    pub app: String,
    /// The version it belongs to.
    pub version: Option<String>,
    /// The build number.
    pub number: String,
    /// `IOS`.
    pub platform: Option<String>,
    /// The platform for people: "iOS".
    pub platform_label: Option<String>,
    /// When it was made, RFC 3339 in UTC.
    pub uploaded_at: Option<String>,
    /// When testers can no longer use it.
    pub expires_at: Option<String>,
    /// Whole days until then; null once it has expired.
    pub days_left: Option<u32>,
    /// Whether it has expired, or somebody expired it.
    pub expired: bool,
    /// `VALID`.
    pub processing: Option<String>,
    /// `IN_BETA_TESTING`.
    pub internal: Option<String>,
    /// `WAITING_FOR_BETA_REVIEW`.
    pub external: Option<String>,
    /// One state for people: "Waiting for Review".
    pub label: String,
    /// What that means for the reader.
    pub tone: BuildTone,
    /// How far it has come.
    pub track: BuildTrack,
    /// The groups that have it.
    pub groups: Vec<BuildGroup>,
    /// Stored feedback about it.
    pub crashes: u32,
    /// Stored feedback about it.
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

/// What a build's state means for the reader.
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
    /// The step it reached or failed at.
    pub step: BuildTrackStep,
    /// Whether it failed there.
    pub failed: bool,
}

/// A step on a build's way, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum BuildTrackStep {
    /// App Store Connect has processed it.
    Processed,
    /// It can be given to testers.
    Ready,
    /// It is in Beta App Review.
    Review,
    /// Testers have it.
    Testing,
}

/// A group that has a build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BuildGroup {
    /// Its id in App Store Connect.
    pub id: String,
    /// The name that the team gave it.
    pub name: String,
    /// Whether it is internal: for members of the team.
    pub internal: bool,
    /// Whether it gets every build automatically.
    pub automatic: bool,
}

/// Which builds to list, newest first.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct BuildsRequest {
    /// The account's id; omit for the only one, or for the key of the command line.
    pub account: Option<String>,
    /// The app's id.
    pub app: String,
    /// Whether to ask App Store Connect first.
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
    /// Newest first.
    pub builds: Vec<ListedBuild>,
    /// When they were read; null if never.
    pub read_at: Option<String>,
    /// The cursor of the next page.
    pub more: Option<String>,
    /// Why App Store Connect couldn't be asked.
    pub trouble: Option<BuildsTrouble>,
}

/// Why a list couldn't be refreshed.
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
    /// The account's id; omit for the only one, or for the key of the command line.
    pub account: Option<String>,
    /// The app's id.
    pub app: String,
    /// The build's id.
    pub build: String,
}

/// Everything about a build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BuildDetail {
    /// As in the list.
    pub build: ListedBuild,
    /// The states from events, oldest first.
    pub track: Vec<BuildMoment>,
    /// What to Test.
    pub texts: Vec<WhatToTest>,
    /// The maximum length of What to Test, in bytes.
    pub max_text_bytes: u32,
    /// What was fixed between the upload of the previous build and of the next one, newest first.
    pub fixed: Vec<FixedLine>,
    /// What each step would meet now.
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
    /// The event that reported it.
    pub seq: Option<i64>,
}

/// A fixed issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FixedLine {
    /// The line for What to Test: "Fixed: Save is hidden".
    pub line: String,
    /// The URL.
    pub link: Option<String>,
}

/// Builds to expire: all of an app except some.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExpireOlderBuildsRequest {
    /// The account's id; omit for the only one, or for the key of the command line.
    pub account: Option<String>,
    /// The app's id.
    pub app: String,
    /// The builds to keep.
    pub keep: Vec<String>,
}

/// The result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExpireOlderBuildsReply {
    /// Those that are now expired.
    pub expired: Vec<String>,
    /// Those that couldn't be.
    pub refused: Vec<RefusedBuild>,
}

/// A build that couldn't be expired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RefusedBuild {
    /// The build's id.
    pub build: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}
