//! Testers' feedback for the window.

use hookbell_core::{AppIcon, FeedbackKind, IssueFilter};
use hookbell_store::FileState;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ApiError;

/// A page of the feedback of all apps.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct FeedbackRequest {
    /// Only for the apps with these ids; empty for all.
    pub app: Vec<String>,
    /// Only what was read with this account's key.
    #[ts(optional)]
    pub account: Option<String>,
    /// Only what was sent at this time or later, RFC 3339.
    #[ts(optional)]
    pub since: Option<String>,
    /// Only what was sent before this time, RFC 3339.
    #[ts(optional)]
    pub until: Option<String>,
    /// Only for the build with this id.
    pub build: Option<String>,
    /// Only of this kind.
    pub kind: Option<FeedbackKind>,
    /// Only what has such an issue at one of the trackers, or none at any.
    #[ts(optional)]
    pub issue: Option<IssueFilter>,
    /// Only what was not read.
    pub unread: bool,
    /// Archived feedback, instead of what isn't archived.
    pub archived: bool,
    /// Words, or parts of words, in the comment, the tester, the device or the app; empty for no search.
    pub search: String,
    /// The cursor: `next` of the previous page.
    pub before: Option<String>,
    /// At most this many, 1 to 500.
    pub limit: u32,
}

/// A page of feedback, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackReply {
    /// Those that match the request, at most `limit`.
    pub feedback: Vec<FeedbackRow>,
    /// The cursor of the next page; null at the end.
    pub next: Option<String>,
    /// How many in total are unread.
    pub unread: u64,
}

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackRow {
    /// Its id in App Store Connect.
    pub id: String,
    /// What was sent.
    pub kind: FeedbackKind,
    /// The tester's words; "Crash: index out of range" for a crash; the kind of feedback if there are no words.
    pub title: String,
    /// Who sent it about what: "Mira Okafor · Backyard Birds 3.3 (418)".
    pub subtitle: String,
    /// More: "2 screenshots · iPhone 15 Pro", or why the screenshots are missing.
    pub note: String,
    /// The app's id.
    pub app: Option<String>,
    /// The app's name.
    pub app_name: Option<String>,
    /// The app's icon.
    pub icon: Option<AppIcon>,
    /// The version of the app that the tester used, such as "3.3".
    pub version: Option<String>,
    /// The build number.
    pub build: Option<String>,
    /// Who sent it; "Anonymous" if App Store Connect doesn't say.
    pub tester: String,
    /// The tester's words.
    pub comment: Option<String>,
    /// The device's marketing name.
    pub device: Option<String>,
    /// How many screenshots it has.
    pub pictures: u32,
    /// The first screenshot that has a thumbnail: `pictureUrl(thumbnail, "thumb")`.
    pub thumbnail: Option<i64>,
    /// The state of the first screenshot, or of the crash log.
    pub state: Option<FileState>,
    /// When it was sent, RFC 3339 in UTC.
    pub sent_at: String,
    /// Whether it was read, like the events about it.
    pub read: bool,
    /// Whether it was taken out of the list.
    pub archived: bool,
}

/// Counts for filters. Archived feedback isn't counted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackCounts {
    /// Everything.
    pub all: u64,
    /// Unread feedback.
    pub unread: u64,
    /// Screenshots with a comment.
    pub screenshots: u64,
    /// Crash reports.
    pub crashes: u64,
    /// By app, starting with the one with the newest feedback.
    pub apps: Vec<FeedbackApp>,
}

/// An app that has feedback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackApp {
    /// Its id; null if App Store Connect didn't name the app.
    pub id: Option<String>,
    /// Its name in App Store Connect, or a note that it is unknown.
    pub name: String,
    /// How many.
    pub all: u64,
    /// How many of them are unread.
    pub unread: u64,
    /// By build, starting with the one with the newest feedback.
    pub builds: Vec<FeedbackBuild>,
}

/// A build that has feedback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackBuild {
    /// Its id; null if App Store Connect didn't name the build.
    pub id: Option<String>,
    /// Version and build number: "3.3 (418)".
    pub name: String,
    /// How many.
    pub all: u64,
    /// How many of them are unread.
    pub unread: u64,
}

/// Which feedback a command is for.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackIdRequest {
    /// Its id in App Store Connect.
    pub id: String,
}

/// Feedback to mark.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MarkFeedbackRequest {
    /// Their ids.
    pub ids: Vec<String>,
    /// Mark it as read, or as unread.
    pub read: bool,
}

/// The feedback that was marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MarkedFeedback {
    /// The ids of those that were unread, so that this can be undone.
    pub ids: Vec<String>,
}

/// Feedback to archive.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ArchiveFeedbackRequest {
    /// Their ids.
    pub ids: Vec<String>,
    /// Archive it, or put it back into the list.
    pub archived: bool,
}

/// Everything about one feedback.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackDetail {
    /// Its row in the list.
    pub feedback: FeedbackRow,
    /// The device and the app at that moment, in display order; unknown facts are left out.
    pub facts: Vec<Fact>,
    /// The tester's email address; `None` for a tester who joined through a public link.
    pub email: Option<String>,
    /// Its page in App Store Connect.
    pub page: Option<String>,
    /// The newest event about it.
    pub event: Option<i64>,
    /// The screenshots, in Apple's order.
    pub pictures: Vec<Picture>,
    /// The crash log; null for screenshots.
    pub log: Option<LogFile>,
    /// Why it can no longer be read, for example because it was deleted.
    pub trouble: Option<String>,
}

/// One fact in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Fact {
    /// What it is about, for scripts: `device`, `system`, `screen`, `language`, `connection`, `battery`, `disk`,
    /// `uptime`, `timeZone`, `tester`, `architecture`, `watch`, `bundleId`.
    pub name: String,
    /// Its label for people: "App open for".
    pub label: String,
    /// The fact: "38.2 of 256 GB free".
    pub value: String,
    /// The numbers in it, for locales that write numbers differently.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub amount: Option<Amount>,
}

/// The numbers of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum Amount {
    /// A battery's charge.
    Percent {
        /// 0 to 100.
        percent: i64,
    },
    /// Space on a disk.
    Disk {
        /// Free bytes.
        free: u64,
        /// Bytes in total.
        total: u64,
    },
}

/// A screenshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Picture {
    /// Its id: `pictureUrl(id, "full")`.
    pub id: i64,
    /// Its position, from 1.
    pub number: u32,
    /// How far it has come.
    pub state: FileState,
    /// Why it is missing, in a sentence.
    pub reason: Option<String>,
    /// "PNG", "JPEG" or "HEIC", once it is downloaded.
    pub format: Option<String>,
    /// Width in pixels; Apple's value until it is downloaded.
    pub width: Option<u32>,
    /// Height in pixels; Apple's value until it is downloaded.
    pub height: Option<u32>,
    /// Its size in bytes.
    pub bytes: Option<u64>,
    /// Whether a window can show it. HEIC needs the system's viewer.
    pub showable: bool,
    /// Whether it has a thumbnail: `pictureUrl(id, "thumb")`.
    pub thumbnail: bool,
    /// The next attempt after a failure, RFC 3339 in UTC.
    pub next_try: Option<String>,
}

/// The log of a crash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogFile {
    /// How far it has come.
    pub state: FileState,
    /// Why it is missing, in a sentence.
    pub reason: Option<String>,
    /// Its size in bytes.
    pub bytes: Option<u64>,
    /// The next attempt after a failure, RFC 3339 in UTC.
    pub next_try: Option<String>,
}

/// Which screenshot a command is for.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PictureRequest {
    /// As in [`Picture::id`].
    pub id: i64,
}

/// Some pictures, in the order to use them.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PicturesRequest {
    /// Their ids.
    pub ids: Vec<i64>,
}

/// The result of saving.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveReply {
    /// The files that were written; empty if the dialog was closed.
    pub files: Vec<String>,
}

/// Feedback to export. The system's own dialog asks for the folder.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportFeedbackRequest {
    /// Their ids in App Store Connect.
    pub ids: Vec<String>,
}

/// The result of an export.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportFeedbackReply {
    /// The new folders, one for each feedback; empty if the dialog was closed.
    pub folders: Vec<String>,
    /// What couldn't be fetched, and why.
    pub missing: Vec<String>,
}

/// Existing feedback to read from App Store Connect.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct BackfillRequest {
    /// Only for this account; all accounts if omitted.
    pub account: Option<String>,
    /// Only for the app with this id.
    pub app: Option<String>,
}

/// The progress of reading existing feedback.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BackfillProgress {
    /// How many apps there are to read; 0 until known.
    pub apps: u32,
    /// How many were read.
    pub apps_done: u32,
    /// How much feedback was read.
    pub found: u64,
    /// How much of it was new.
    pub added: u64,
    /// Whether it is over.
    pub done: bool,
    /// Whether it was stopped early.
    pub stopped: bool,
    /// App Store Connect's first error.
    pub trouble: Option<ApiError>,
}

/// How much space feedback takes and may take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackStorage {
    /// How many pictures and logs are kept.
    pub files: u64,
    /// Their total size in bytes.
    pub bytes: u64,
    /// How many days pictures and logs are kept.
    pub days: u32,
    /// How many bytes they may take; the oldest are deleted first.
    pub max_bytes: u64,
    /// The path of their folder.
    pub folder: String,
    /// Why nothing can be stored at the moment, for example a full disk.
    pub trouble: Option<String>,
}

/// How long pictures and logs are kept.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RetentionRequest {
    /// 1 to 3650 days.
    pub days: u32,
    /// 50 MB to 1.1 TB, in bytes.
    pub max_bytes: u64,
}
