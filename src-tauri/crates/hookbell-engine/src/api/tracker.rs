//! Trackers and the issues of feedback, for the window and the command line. No reply contains a token.

use hookbell_core::{IssueProgress, TrackerKind};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ApiError, GivenSecret, NamedThing};

/// A place where issues are created. Its token is in the keychain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Tracker {
    /// Its number, never reused.
    pub id: i64,
    /// Its kind.
    pub service: TrackerKind,
    /// The place's name for people: `halden/backyard-birds`, `ENG · Engineering`.
    pub name: String,
    /// The names that rules and commands accept. The first is unique.
    pub names: Vec<String>,
    /// The service's identifier of the place: `owner/name`, a team's UUID, a project's key.
    pub place: String,
    /// The API's or the site's URL; null for github.com and Linear.
    pub url: Option<String>,
    /// The token's owner.
    pub owner: String,
    /// What was chosen for its issues.
    pub settings: TrackerSettings,
    /// What has to be changed before it works again.
    pub trouble: Option<ApiError>,
    /// How many of its issues are open.
    pub open: u32,
    /// How many of its issues are done.
    pub done: u32,
}

/// A tracker's settings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct TrackerSettings {
    /// Feedback about the apps with these ids goes here by default; empty for all apps.
    pub apps: Vec<String>,
    /// Names of labels that every issue gets.
    pub labels: Vec<String>,
    /// The service's id of the person every issue is assigned to.
    pub assignee: Option<NamedThing>,
    /// A template for the title, with the names from rules; none for the tester's words or what crashed.
    pub title: Option<String>,
    /// A Markdown template for the text above the tester's words, if any.
    pub body: Option<String>,
    /// Whether to include the tester's name and email address.
    pub include_tester: bool,
}

/// How to access a tracker, from a form.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrackerAccess {
    /// Its kind.
    pub service: TrackerKind,
    /// The URL of GitHub Enterprise's API, of Jira's site, or of another Linear API. Required for Jira.
    pub url: Option<String>,
    /// Jira's only: the email address that belongs to the token.
    pub email: Option<String>,
    /// A personal access token or an API key.
    #[ts(type = "string")]
    pub token: GivenSecret,
    /// Whether the address may be in a private network.
    #[serde(default)]
    pub allow_private_network: bool,
}

/// What a token can access.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TrackerPlaces {
    /// The token's owner.
    pub owner: String,
    /// Where issues can be made.
    pub places: Vec<NamedThing>,
}

/// A place to inspect before adding its tracker.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrackerPlaceRequest {
    /// How to access it.
    pub access: TrackerAccess,
    /// As in [`TrackerPlaces::places`]; for Linear, also the team's key.
    pub place: String,
    /// Jira only: the id of an issue type.
    pub issue_type: Option<String>,
}

/// The properties that an issue can have in a place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrackerChoices {
    /// Labels. Jira accepts any word.
    pub labels: Vec<NamedThing>,
    /// People to assign.
    pub people: Vec<NamedThing>,
    /// Jira's issue types.
    pub issue_types: Vec<NamedThing>,
    /// Fields that Jira requires and Hookbell doesn't fill in. If there are any, no issue can be made.
    pub demanded: Vec<String>,
}

/// A tracker to add.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddTrackerRequest {
    /// Where, and how to access it.
    #[serde(flatten)]
    pub place: TrackerPlaceRequest,
    /// What to choose for its issues.
    #[serde(default)]
    pub settings: TrackerSettings,
}

/// A tracker to change.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeTrackerRequest {
    /// As in [`Tracker::id`].
    pub id: i64,
    /// The person's settings, all of them.
    pub settings: TrackerSettings,
}

/// A new token for a tracker.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RenewTrackerTokenRequest {
    /// As in [`Tracker::id`].
    pub id: i64,
    /// The new token.
    #[ts(type = "string")]
    pub token: GivenSecret,
}

/// Which tracker a command is for.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrackerRequest {
    /// As in [`Tracker::id`].
    pub id: i64,
}

/// The issue filed for feedback, or why there is none although one was requested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackIssue {
    /// The feedback's id.
    pub feedback: String,
    /// As in [`Tracker::id`].
    pub tracker: i64,
    /// The name of the tracker's place.
    pub tracker_name: String,
    /// The tracker's kind.
    pub service: TrackerKind,
    /// None until it is known to exist.
    pub issue: Option<Issue>,
    /// Whether a try may have made it, as its answer was lost. The next try looks first.
    pub unsure: bool,
    /// How many other feedback have the same issue.
    pub others: u32,
    /// What the issue is missing, one sentence each.
    pub notes: Vec<String>,
    /// Why the last attempt failed. Trying again never creates a second issue.
    pub error: Option<ApiError>,
}

/// An existing issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Issue {
    /// Its name for people: `#214`, `ENG-12`.
    pub reference: String,
    /// The URL of its page.
    pub url: String,
    /// Its current title at the tracker.
    pub title: String,
    /// Whether it is open.
    pub progress: IssueProgress,
    /// Its state in the tracker's own words: "In Review".
    pub state: String,
    /// The person it is assigned to.
    pub assignee: Option<String>,
    /// The version that it was fixed in, as the tracker has it: a milestone named after it, or Jira's fix versions. None
    /// while it is not done, and where the tracker says none.
    pub fixed_in: Option<String>,
    /// When it was filed, RFC 3339 in UTC.
    pub filed_at: String,
    /// When it was first seen done, RFC 3339 in UTC.
    pub done_at: Option<String>,
}

/// What an issue includes in addition to the tester's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IssueParts {
    /// The screenshots.
    pub pictures: bool,
    /// Device, system and build.
    pub facts: bool,
    /// The crash log, as a file.
    pub log: bool,
    /// The tester's name and email address.
    pub tester: bool,
}

/// Feedback to file.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FileIssuesRequest {
    /// The feedback's ids.
    pub feedback: Vec<String>,
    /// As in [`Tracker::id`].
    pub tracker: i64,
    /// The title, for a single issue only; null for the tracker's.
    #[serde(default)]
    pub title: Option<String>,
    /// The labels; null for the tracker's.
    #[serde(default)]
    pub labels: Option<Vec<String>>,
    /// Whom it is assigned to, by the service's id; empty for nobody, none for the tracker's.
    #[serde(default)]
    #[ts(optional)]
    pub assignee: Option<String>,
    /// What to include; null for everything but the tester's name and address, unless the tracker's settings include
    /// them.
    #[serde(default)]
    pub parts: Option<IssueParts>,
    /// All of them as one issue, that of the first; else one each. It has the words and files of the first twenty, and at
    /// most twenty files.
    #[serde(default)]
    pub together: bool,
}

/// A preview of what would be filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IssuePreview {
    /// On one line.
    pub title: String,
    /// The text as Markdown, without its files. Jira gets the same in its own format.
    pub markdown: String,
    /// The labels' names in the tracker.
    pub labels: Vec<String>,
    /// The files to attach.
    pub files: Vec<IssueFile>,
    /// What is omitted, and why.
    pub notes: Vec<String>,
    /// The feedback's existing issue there; filing again creates none.
    pub existing: Option<FeedbackIssue>,
    /// Other feedback with a crash in the same app that has the same innermost frames.
    pub similar: SimilarCrashes,
}

/// A file attached to an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct IssueFile {
    /// Its file name in the issue.
    pub name: String,
    /// Its size.
    pub bytes: u64,
}

/// Feedback about the same crash.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct SimilarCrashes {
    /// Their ids, newest first, without the feedback itself.
    pub ids: Vec<String>,
    /// The issue that one of them has in this tracker.
    pub issue: Option<FeedbackIssue>,
}

/// Feedback whose issues to look up.
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
    /// As in [`Tracker::id`].
    pub tracker: i64,
}

/// Which fixes to list.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FixedLinesRequest {
    /// The app's id.
    pub app: String,
    /// Only what was done at this time or later, RFC 3339.
    pub since: Option<String>,
}

/// Which issue to open: one of [`FixedIssueLine`].
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OpenFixedIssueRequest {
    /// The app's id.
    pub app: String,
    /// As [`FixedIssueLine::url`].
    pub url: String,
}

/// What was fixed, ready for What to Test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FixedIssueLine {
    /// "Fixed: Save button is hidden behind the keyboard", or "Fixed in 3.5: …" where the tracker says a version.
    pub text: String,
    /// As [`Issue::fixed_in`].
    pub fixed_in: Option<String>,
    /// The feedback's id.
    pub feedback: String,
    /// The issue's reference, such as `#12`.
    pub reference: String,
    /// The URL of its page.
    pub url: String,
    /// When it was first seen done, RFC 3339 in UTC.
    pub done_at: String,
}
