//! Uploads of builds to App Store Connect, for the window and the command line.

pub use hookbell_store::UploadStage;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::DistributionPlan;

/// Which file to inspect. Nothing is written or sent.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct BuildFileRequest {
    /// An `.ipa` or `.pkg`.
    pub path: String,
}

/// A build file's metadata, and where it would go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BuildFileSummary {
    /// As requested.
    pub path: String,
    /// The file's name without its folder.
    pub file_name: String,
    /// Its format.
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
    /// The platform for people: "iOS".
    pub platform_label: String,
    /// The oldest system version that it runs on.
    pub min_os_version: Option<String>,
    /// The file's own answer about encryption.
    pub uses_non_exempt_encryption: Option<bool>,
    /// `data:image/png;base64,…`, at most 1 MiB.
    pub icon: Option<String>,
    /// The apps with exactly this bundle ID among the accounts: usually one.
    pub apps: Vec<UploadTarget>,
    /// What prevents the upload although the file can be read.
    pub trouble: Option<UploadTrouble>,
    /// The existing upload of this build.
    pub existing: Option<i64>,
}

/// The two formats of a build file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum BuildFileForm {
    /// A zip with the folder `Payload`.
    Ipa,
    /// An installer package.
    Pkg,
}

/// An app that a build could be uploaded to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UploadTarget {
    /// The account's id; null for the key of the command line.
    pub account: Option<String>,
    /// The account's name.
    pub account_name: Option<String>,
    /// The app's id.
    pub app: String,
    /// The app's name.
    pub app_name: String,
}

/// What prevents an upload before it starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UploadTrouble {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// The next free number, if the number is the problem.
    pub next_number: Option<String>,
}

/// An upload of a build to App Store Connect.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Upload {
    /// Its number, never reused.
    pub id: i64,
    /// The app's id.
    pub app: String,
    /// The app's name, if known.
    pub app_name: Option<String>,
    /// The account's id; null for the key of the command line.
    pub account: Option<String>,
    /// The file's name.
    pub file_name: String,
    /// App Store Connect's constant: `IOS`.
    pub platform: String,
    /// The platform for people: "iOS".
    pub platform_label: String,
    /// `CFBundleShortVersionString`.
    pub version: String,
    /// The build number.
    pub number: String,
    /// How far it has come.
    pub stage: UploadStage,
    /// Whether a person paused it. Its stage stays the same.
    pub paused: bool,
    /// Why it isn't progressing, although it isn't paused.
    pub waits: Option<UploadWait>,
    /// The file's length in bytes.
    pub size_bytes: u64,
    /// The bytes that App Store Connect has confirmed. They are never sent again.
    pub confirmed_bytes: u64,
    /// Those, plus what was sent of the parts in progress, if this process is sending.
    pub sent_bytes: u64,
    /// How many parts there are, once App Store Connect has said.
    pub parts: Option<u32>,
    /// How many of them it has confirmed.
    pub confirmed_parts: u32,
    /// Over the last ten seconds; none while it waits or another process sends.
    pub bytes_per_second: Option<u64>,
    /// The seconds left at that speed.
    pub seconds_left: Option<u64>,
    /// Whether a process is working on it now.
    pub active: bool,
    /// Its id in App Store Connect.
    pub asc_id: Option<String>,
    /// The build it became.
    pub build: Option<String>,
    /// Why it failed.
    pub failure: Option<UploadFailure>,
    /// App Store Connect's warnings about an otherwise valid build.
    pub warnings: Vec<UploadFinding>,
    /// The plan for the build.
    pub plan: Option<DistributionPlan>,
    /// That plan's number, as in [`super::Distribution::id`].
    pub distribution: Option<i64>,
    /// Where the news came from that processing ended; none until then.
    pub told_by: Option<UploadTeller>,
    /// Its page in App Store Connect.
    pub page: Option<String>,
    /// When it was made, RFC 3339 in UTC.
    pub started_at: String,
    /// When App Store Connect had all of it.
    pub committed_at: Option<String>,
    /// When it was done, failed or was canceled.
    pub ended_at: Option<String>,
}

/// Why an upload isn't progressing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UploadWait {
    /// What it waits for.
    pub message: String,
    /// What to do about it, or that it continues automatically.
    pub hint: String,
    /// When it is retried, RFC 3339 in UTC.
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
    /// App Store Connect's findings.
    pub problems: Vec<UploadFinding>,
    /// The next free build number, if this one is taken.
    pub next_number: Option<String>,
    /// Whether the same file can be tried again.
    pub can_retry: bool,
}

/// One finding of App Store Connect about a build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UploadFinding {
    /// For machines: `90062`.
    pub code: Option<String>,
    /// App Store Connect's wording.
    pub said: String,
    /// Our wording, if the code is known.
    pub message: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
}

/// Where the news came from that processing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct UploadTeller {
    /// The event's number; null if Hookbell asked.
    pub seq: Option<i64>,
}

/// Which uploads to list, newest first.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct UploadsRequest {
    /// Only those of an app.
    pub app: Option<String>,
    /// Only unfinished ones.
    pub open: bool,
    /// At most this many, 1 to 200.
    pub limit: u32,
}

/// Which upload a command is for.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct UploadRequest {
    /// As in [`Upload::id`].
    pub id: i64,
}

/// A build to upload.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StartUploadRequest {
    /// An `.ipa` or `.pkg`.
    pub path: String,
    /// As in [`UploadTarget::account`]; omit for the only target.
    pub account: Option<String>,
    /// As in [`UploadTarget::app`]; omit for the only target.
    pub app: Option<String>,
    /// The plan for the build.
    pub plan: Option<DistributionPlan>,
}
