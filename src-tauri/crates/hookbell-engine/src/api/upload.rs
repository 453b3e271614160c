//! Builds on their way to App Store Connect, as the window and the command line show them.

pub use hookbell_store::UploadStage;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::DistributionPlan;

/// Which file to read. Nothing is written or sent.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct BuildFileRequest {
    /// An `.ipa` or `.pkg`.
    pub path: String,
}

/// What a build file says of itself, and where it would go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BuildFileSummary {
    /// As it was asked for.
    pub path: String,
    /// The file's name alone.
    pub file_name: String,
    /// Which of the two forms it has.
    pub form: BuildFileForm,
    /// Its length in bytes.
    pub size_bytes: u64,
    /// `CFBundleIdentifier`.
    pub bundle_id: String,
    /// `CFBundleShortVersionString`.
    pub version: String,
    /// `CFBundleVersion`.
    pub number: String,
    /// App Store Connect's constant: `IOS`.
    pub platform: String,
    /// The same for people: "iOS".
    pub platform_label: String,
    /// The oldest system it runs on.
    pub min_os_version: Option<String>,
    /// The file's own answer about encryption.
    pub uses_non_exempt_encryption: Option<bool>,
    /// `data:image/png;base64,…`, of at most 1 MiB.
    pub icon: Option<String>,
    /// The apps with exactly this bundle ID among the accounts: one as a rule.
    pub apps: Vec<UploadTarget>,
    /// What stands against the upload though the file can be read.
    pub trouble: Option<UploadTrouble>,
    /// The upload of this build that is here already.
    pub existing: Option<i64>,
}

/// The two forms of a build file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum BuildFileForm {
    /// A zip with the folder `Payload`.
    Ipa,
    /// An installer package.
    Pkg,
}

/// An app that a build could go to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UploadTarget {
    /// The account's id; none for the key of the command line.
    pub account: Option<String>,
    /// The account's name.
    pub account_name: Option<String>,
    /// The app's id.
    pub app: String,
    /// The app's name.
    pub app_name: String,
}

/// What stands against an upload before it began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UploadTrouble {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// The next number that is free, where the number is the trouble.
    pub next_number: Option<String>,
}

/// A build on its way to App Store Connect.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Upload {
    /// Its number, never given to another one.
    pub id: i64,
    /// The app's id.
    pub app: String,
    /// The app's name, where it is known.
    pub app_name: Option<String>,
    /// The account's id; none for the key of the command line.
    pub account: Option<String>,
    /// The file's name.
    pub file_name: String,
    /// App Store Connect's constant: `IOS`.
    pub platform: String,
    /// The same for people: "iOS".
    pub platform_label: String,
    /// `CFBundleShortVersionString`.
    pub version: String,
    /// The build number.
    pub number: String,
    /// How far it is.
    pub stage: UploadStage,
    /// A person paused it. It stays in its stage.
    pub paused: bool,
    /// Why nothing moves though it is not paused.
    pub waits: Option<UploadWait>,
    /// The file's length in bytes.
    pub size_bytes: u64,
    /// The bytes that App Store Connect confirmed. They are never sent again.
    pub confirmed_bytes: u64,
    /// Those, and what was sent of the parts under way, where this process sends.
    pub sent_bytes: u64,
    /// How many parts App Store Connect asks for, once it has said so.
    pub parts: Option<u32>,
    /// How many of them it confirmed.
    pub confirmed_parts: u32,
    /// Over the last ten seconds; none while it waits, and where another process sends.
    pub bytes_per_second: Option<u64>,
    /// At that speed.
    pub seconds_left: Option<u64>,
    /// Whether a process works on it now.
    pub active: bool,
    /// Its id in App Store Connect.
    pub asc_id: Option<String>,
    /// The build it became.
    pub build: Option<String>,
    /// Why it failed.
    pub failure: Option<UploadFailure>,
    /// What App Store Connect warned of, where it is fine otherwise.
    pub warnings: Vec<UploadFinding>,
    /// What is to happen with the build.
    pub plan: Option<DistributionPlan>,
    /// Who told that processing ended; none until it has.
    pub told_by: Option<UploadTeller>,
    /// Its page in App Store Connect.
    pub page: Option<String>,
    /// RFC 3339 in UTC, as all times here.
    pub started_at: String,
    /// When App Store Connect had all of it.
    pub committed_at: Option<String>,
    /// When it was done, failed or was canceled.
    pub ended_at: Option<String>,
}

/// Why an upload does not move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UploadWait {
    /// What it waits for.
    pub message: String,
    /// What to do about it, or that it goes on by itself.
    pub hint: String,
    /// When it is tried again, RFC 3339 in UTC.
    pub until: Option<String>,
}

/// Why an upload failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UploadFailure {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// What App Store Connect found.
    pub problems: Vec<UploadFinding>,
    /// The next number that is free, where the number was used.
    pub next_number: Option<String>,
    /// Whether the same file may be tried again.
    pub can_retry: bool,
}

/// One thing that App Store Connect found in a build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UploadFinding {
    /// For machines: `90062`.
    pub code: Option<String>,
    /// In App Store Connect's words.
    pub said: String,
    /// In ours, where the code is known.
    pub message: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
}

/// Who told that processing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct UploadTeller {
    /// The event's number; none if Hookbell asked.
    pub seq: Option<i64>,
}

/// Which uploads to list, newest first.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct UploadsRequest {
    /// Those of an app.
    pub app: Option<String>,
    /// Only those that have not ended.
    pub open: bool,
    /// At most this many, 1 to 200.
    pub limit: u32,
}

/// Which upload a command is for.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct UploadRequest {
    /// As [`Upload::id`].
    pub id: i64,
}

/// A build to upload.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StartUploadRequest {
    /// An `.ipa` or `.pkg`.
    pub path: String,
    /// As [`UploadTarget::account`]; none for the only target there is.
    pub account: Option<String>,
    /// As [`UploadTarget::app`]; none for the only target there is.
    pub app: Option<String>,
    /// What is to happen with the build.
    pub plan: Option<DistributionPlan>,
}
