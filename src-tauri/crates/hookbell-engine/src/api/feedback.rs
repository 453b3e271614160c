//! Testers' feedback as the window shows it.

use hookbell_core::{AppIcon, FeedbackKind};
use hookbell_store::FileState;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ApiError;

/// A page of feedback of all apps.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct FeedbackRequest {
    /// Only of the apps with these ids; of all where there are none.
    pub app: Vec<String>,
    /// Only what was read with the key of this account.
    #[ts(optional)]
    pub account: Option<String>,
    /// Only what was sent at this time or later, RFC 3339.
    #[ts(optional)]
    pub since: Option<String>,
    /// Only what was sent before this time, RFC 3339.
    #[ts(optional)]
    pub until: Option<String>,
    /// Only of the build with this id.
    pub build: Option<String>,
    /// Only of this kind.
    pub kind: Option<FeedbackKind>,
    /// Only what was not read.
    pub unread: bool,
    /// What was archived, instead of what was not.
    pub archived: bool,
    /// Words, or parts of words, of the comment, the tester, the device or the app; empty for no search.
    pub search: String,
    /// The cursor: `next` of the page before.
    pub before: Option<String>,
    /// At most this many, 1 to 500.
    pub limit: u32,
}

/// A page of feedback, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackReply {
    /// Those that match the request, at most `limit` of them.
    pub feedback: Vec<FeedbackRow>,
    /// The cursor of the next page; none at the end.
    pub next: Option<String>,
    /// How many of all are unread.
    pub unread: u64,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackRow {
    /// Its id in App Store Connect.
    pub id: String,
    /// What was sent.
    pub kind: FeedbackKind,
    /// The tester's words; "Crash: index out of range" for a crash; what it is where nobody said anything.
    pub title: String,
    /// Who, about what: "Mira Okafor · Backyard Birds 3.3 (418)".
    pub subtitle: String,
    /// What else: "2 pictures · iPhone 15 Pro", or why the pictures are not here.
    pub note: String,
    /// The app's id.
    pub app: Option<String>,
    /// The app's name.
    pub app_name: Option<String>,
    /// What the app is drawn as.
    pub icon: Option<AppIcon>,
    /// The version of the app that the tester used, such as "3.3".
    pub version: Option<String>,
    /// The build number.
    pub build: Option<String>,
    /// Who sent it; "Anonymous" if App Store Connect does not say.
    pub tester: String,
    /// The tester's words.
    pub comment: Option<String>,
    /// The device as people call it.
    pub device: Option<String>,
    /// How many pictures it has.
    pub pictures: u32,
    /// The first picture that has a thumbnail: `pictureUrl(thumbnail, "thumb")`.
    pub thumbnail: Option<i64>,
    /// How far the first picture, or the crash's log, is.
    pub state: Option<FileState>,
    /// When it was sent, RFC 3339 in UTC.
    pub sent_at: String,
    /// Whether it was read, as the events that told of it.
    pub read: bool,
    /// Whether it was taken out of the list.
    pub archived: bool,
}

/// How many there are of what, to be filtered by. Nothing that was archived is counted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackCounts {
    /// Everything.
    pub all: u64,
    /// What was not read.
    pub unread: u64,
    /// How many are screenshots with a comment.
    pub screenshots: u64,
    /// How many are crash reports.
    pub crashes: u64,
    /// By app, the one with the newest feedback first.
    pub apps: Vec<FeedbackApp>,
}

/// An app that has feedback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackApp {
    /// Its id; none where App Store Connect did not name the app.
    pub id: Option<String>,
    /// As App Store Connect shows it, or that it is not known.
    pub name: String,
    /// How many.
    pub all: u64,
    /// How many of them were not read.
    pub unread: u64,
    /// By build, the one with the newest feedback first.
    pub builds: Vec<FeedbackBuild>,
}

/// A build that has feedback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackBuild {
    /// Its id; none where App Store Connect did not name the build.
    pub id: Option<String>,
    /// Version and build number: "3.3 (418)".
    pub name: String,
    /// How many.
    pub all: u64,
    /// How many of them were not read.
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
    /// Read, or unread again.
    pub read: bool,
}

/// The feedback that was marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MarkedFeedback {
    /// Their ids: those that were unread, so that it can be undone.
    pub ids: Vec<String>,
}

/// Feedback to archive.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ArchiveFeedbackRequest {
    /// Their ids.
    pub ids: Vec<String>,
    /// Away, or back into the list.
    pub archived: bool,
}

/// All there is to know about one feedback.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackDetail {
    /// Its line in the list.
    pub feedback: FeedbackRow,
    /// The device and the app at that moment, in the order to show them; what is not known is left out.
    pub facts: Vec<Fact>,
    /// The tester's address.
    pub email: Option<String>,
    /// The page of it on App Store Connect.
    pub page: Option<String>,
    /// The newest event that told of it.
    pub event: Option<i64>,
    /// The screenshots, in Apple's order.
    pub pictures: Vec<Picture>,
    /// The crash's log; none with screenshots.
    pub log: Option<LogFile>,
    /// Why it can't be read any more, such as that it was deleted.
    pub trouble: Option<String>,
}

/// One fact in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Fact {
    /// What it is about, for scripts: `device`, `system`, `screen`, `language`, `connection`, `battery`, `disk`,
    /// `uptime`, `timeZone`, `tester`, `architecture`, `watch`, `bundleId`.
    pub name: String,
    /// The same for people: "App open for".
    pub label: String,
    /// The fact: "38.2 of 256 GB free".
    pub value: String,
    /// The numbers in it, for a reader whose system writes numbers otherwise.
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
        /// Bytes that are free.
        free: u64,
        /// Bytes of all of it.
        total: u64,
    },
}

/// A screenshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Picture {
    /// Its id: `pictureUrl(id, "full")`.
    pub id: i64,
    /// Its place, from 1.
    pub number: u32,
    /// How far it is.
    pub state: FileState,
    /// Why it is not here, in a sentence.
    pub reason: Option<String>,
    /// "PNG", "JPEG" or "HEIC", once it is here.
    pub format: Option<String>,
    /// Pixels from left to right; as Apple announced it until it is here.
    pub width: Option<u32>,
    /// Pixels from top to bottom; as Apple announced it until it is here.
    pub height: Option<u32>,
    /// Its size in bytes.
    pub bytes: Option<u64>,
    /// Whether a window can show it. HEIC is for the system's viewer.
    pub showable: bool,
    /// Whether it has a thumbnail: `pictureUrl(id, "thumb")`.
    pub thumbnail: bool,
    /// When it is tried next, RFC 3339 in UTC, while it waits after a failure.
    pub next_try: Option<String>,
}

/// The log of a crash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogFile {
    /// How far it is.
    pub state: FileState,
    /// Why it is not here, in a sentence.
    pub reason: Option<String>,
    /// Its size in bytes.
    pub bytes: Option<u64>,
    /// When it is tried next, RFC 3339 in UTC, while it waits after a failure.
    pub next_try: Option<String>,
}

/// Which screenshot a command is for.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PictureRequest {
    /// As [`Picture::id`].
    pub id: i64,
}

/// Some pictures, in the order to use them.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PicturesRequest {
    /// Their ids.
    pub ids: Vec<i64>,
}

/// What became of saving.
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

/// What an export wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportFeedbackReply {
    /// The new folders, one for each feedback; empty if the dialog was closed.
    pub folders: Vec<String>,
    /// What could not be fetched, and why.
    pub missing: Vec<String>,
}

/// Existing feedback to read from App Store Connect.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct BackfillRequest {
    /// Only this account's; all accounts' if it is left out.
    pub account: Option<String>,
    /// Only of the app with this id.
    pub app: Option<String>,
}

/// How far reading existing feedback has come.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BackfillProgress {
    /// How many apps there are to look through; 0 until that is known.
    pub apps: u32,
    /// How many were looked through.
    pub apps_done: u32,
    /// How much feedback was read.
    pub found: u64,
    /// How much of it was not here yet.
    pub added: u64,
    /// Whether it is over.
    pub done: bool,
    /// Whether it was stopped before its end.
    pub stopped: bool,
    /// The first thing that App Store Connect refused.
    pub trouble: Option<ApiError>,
}

/// How much room feedback takes, and how much it may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackStorage {
    /// How many pictures and logs are kept.
    pub files: u64,
    /// Bytes of all of them.
    pub bytes: u64,
    /// How many days pictures and logs are kept.
    pub days: u32,
    /// How many bytes they may take; the oldest go first.
    pub max_bytes: u64,
    /// Where they lie.
    pub folder: String,
    /// Why nothing can be kept at the moment, such as a full disk.
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
