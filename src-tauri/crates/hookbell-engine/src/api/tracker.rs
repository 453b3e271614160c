//! Trackers and the issues of feedback as the window and the command line show them. No reply has a token.

use hookbell_core::{IssueProgress, TrackerKind};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ApiError, GivenSecret, NamedThing};

/// A place where issues are made. Its token is in the keychain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Tracker {
    /// Its number. It is never given twice.
    pub id: i64,
    /// Which kind it is.
    pub service: TrackerKind,
    /// What people call the place: `halden/backyard-birds`, `ENG · Engineering`.
    pub name: String,
    /// What the service calls the place: `owner/name`, a team's UUID, a project's key.
    pub place: String,
    /// The API's or the site's address; none for github.com and Linear.
    pub url: Option<String>,
    /// Whose token it is.
    pub owner: String,
    /// What the person set.
    pub settings: TrackerSettings,
    /// Why nothing can be done there until a person changes something.
    pub trouble: Option<ApiError>,
    /// How many of its issues of feedback wait for somebody.
    pub open: u32,
    /// How many of them were done.
    pub done: u32,
}

/// What a person sets for a tracker.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct TrackerSettings {
    /// Feedback of the apps with these ids goes here unless somebody chooses; of all apps where there are none.
    pub apps: Vec<String>,
    /// Names of labels that every issue gets.
    pub labels: Vec<String>,
    /// Whom every issue is assigned to, by the service's id.
    pub assignee: Option<NamedThing>,
    /// A template for the title, with the names of rules; none for the tester's words or what crashed.
    pub title: Option<String>,
    /// A template for Markdown above the tester's words; none for nothing.
    pub body: Option<String>,
    /// Whether the tester's name and e-mail address go along.
    pub include_tester: bool,
}

/// How a tracker is reached, from a form.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrackerAccess {
    /// Which kind it is.
    pub service: TrackerKind,
    /// GitHub Enterprise's API, Jira's site, or another address of Linear's API. Needed for Jira.
    pub url: Option<String>,
    /// Jira's only: the e-mail address that belongs to the token.
    pub email: Option<String>,
    /// A personal access token or an API key.
    #[ts(type = "string")]
    pub token: GivenSecret,
    /// Whether the address may lie in a private network.
    #[serde(default)]
    pub allow_private_network: bool,
}

/// What a token reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TrackerPlaces {
    /// Whose token it is.
    pub owner: String,
    /// Where issues can be made.
    pub places: Vec<NamedThing>,
}

/// A place to look at before its tracker is added.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrackerPlaceRequest {
    /// How it is reached.
    pub access: TrackerAccess,
    /// As in [`TrackerPlaces::places`]; for Linear, the team's key will do too.
    pub place: String,
    /// Jira's only: the id of an issue type.
    pub issue_type: Option<String>,
}

/// What an issue of a place can have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrackerChoices {
    /// Labels. Jira takes any word.
    pub labels: Vec<NamedThing>,
    /// People to assign.
    pub people: Vec<NamedThing>,
    /// Jira's types of issue.
    pub issue_types: Vec<NamedThing>,
    /// Fields that Jira demands and Hookbell does not fill in. Where there are some, no issue can be made.
    pub demanded: Vec<String>,
}

/// A tracker to add.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddTrackerRequest {
    /// Where, and how it is reached.
    #[serde(flatten)]
    pub place: TrackerPlaceRequest,
    /// What the person set.
    #[serde(default)]
    pub settings: TrackerSettings,
}

/// A tracker to change.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeTrackerRequest {
    /// As [`Tracker::id`].
    pub id: i64,
    /// What the person set; all of it.
    pub settings: TrackerSettings,
}

/// Another token for a tracker.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RenewTrackerTokenRequest {
    /// As [`Tracker::id`].
    pub id: i64,
    /// The new token.
    #[ts(type = "string")]
    pub token: GivenSecret,
}

/// Which tracker a command is for.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrackerRequest {
    /// As [`Tracker::id`].
    pub id: i64,
}

/// The issue of a feedback, or why there is none although one was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackIssue {
    /// The feedback's id.
    pub feedback: String,
    /// As [`Tracker::id`].
    pub tracker: i64,
    /// What people call the place.
    pub tracker_name: String,
    /// Which kind the tracker is.
    pub service: TrackerKind,
    /// None until it is known to be there.
    pub issue: Option<Issue>,
    /// How many other feedback have the same issue.
    pub others: u32,
    /// What the issue lacks, a sentence each.
    pub notes: Vec<String>,
    /// Why the last try failed. Trying again never makes a second issue.
    pub error: Option<ApiError>,
}

/// An issue that is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Issue {
    /// What people call it: `#214`, `ENG-12`.
    pub reference: String,
    /// Where a browser opens it.
    pub url: String,
    /// The title as it is at the tracker.
    pub title: String,
    /// Whether it waits for somebody.
    pub progress: IssueProgress,
    /// The state in the tracker's own word: "In Review".
    pub state: String,
    /// Whom it is assigned to.
    pub assignee: Option<String>,
    /// When it was filed, RFC 3339 in UTC.
    pub filed_at: String,
    /// When it was first seen done, RFC 3339 in UTC.
    pub done_at: Option<String>,
}

/// What goes into an issue besides the tester's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IssueParts {
    /// The screenshots.
    pub pictures: bool,
    /// Device, system and build.
    pub facts: bool,
    /// The crash log, as a file.
    pub log: bool,
    /// The tester's name and e-mail address.
    pub tester: bool,
}

/// Feedback to file.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FileIssuesRequest {
    /// The feedback's ids.
    pub feedback: Vec<String>,
    /// As [`Tracker::id`].
    pub tracker: i64,
    /// The title, for one issue only; none for the tracker's.
    #[serde(default)]
    pub title: Option<String>,
    /// The labels; none for the tracker's.
    #[serde(default)]
    pub labels: Option<Vec<String>>,
    /// What goes in; none for everything but the tester's name and address, unless the tracker says so.
    #[serde(default)]
    pub parts: Option<IssueParts>,
    /// All of them as one issue, that of the first; else one each.
    #[serde(default)]
    pub together: bool,
}

/// What would be filed. Nothing was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IssuePreview {
    /// On one line.
    pub title: String,
    /// The text as Markdown, without its files. Jira gets the same in its own form.
    pub markdown: String,
    /// Names, as the tracker has them.
    pub labels: Vec<String>,
    /// The files that go along.
    pub files: Vec<IssueFile>,
    /// What is left out, and why.
    pub notes: Vec<String>,
    /// The issue that the feedback has there already; filing again makes none.
    pub existing: Option<FeedbackIssue>,
    /// Other feedback whose crash has the same innermost calls, in the same app.
    pub similar: SimilarCrashes,
}

/// What goes along with an issue beside its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct IssueFile {
    /// What it is called.
    pub name: String,
    /// Its size.
    pub bytes: u64,
}

/// Feedback about the same crash.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct SimilarCrashes {
    /// Their ids, the newest first, without the feedback itself.
    pub ids: Vec<String>,
    /// The issue that one of them has at this tracker.
    pub issue: Option<FeedbackIssue>,
}

/// Feedback to look up issues of.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FeedbackIssuesRequest {
    /// The feedback's ids.
    pub ids: Vec<String>,
}

/// Which feedback's issue to open.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OpenIssueRequest {
    /// The feedback's id.
    pub feedback: String,
    /// As [`Tracker::id`].
    pub tracker: i64,
}

/// Which fixes to gather.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FixedLinesRequest {
    /// The app's id.
    pub app: String,
    /// Only what was done at this time or later, RFC 3339.
    pub since: Option<String>,
}

/// What was fixed, ready for What to Test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FixedIssueLine {
    /// "Fixed: Save button is hidden behind the keyboard".
    pub text: String,
    /// The feedback's id.
    pub feedback: String,
    /// What people call the issue.
    pub reference: String,
    /// Where a browser opens it.
    pub url: String,
    /// When it was first seen done, RFC 3339 in UTC.
    pub done_at: String,
}
