//! Past and pending runs of rules, for the window and the command line.

pub use hookbell_store::RunState;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One action of one rule on one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// Its number; later runs have higher numbers.
    pub id: i64,
    /// The rule's number. The rule may no longer exist. Null if somebody only tried a rule.
    pub rule: Option<i64>,
    /// The rule's name at that time.
    pub rule_name: String,
    /// The action's name in the document: `forward`.
    pub action: String,
    /// Its name for people: "Slack".
    pub label: String,
    /// The event it is for; none once that was deleted.
    pub event: Option<RunEvent>,
    /// How far it is.
    pub state: RunState,
    /// The number of attempts.
    pub attempts: u32,
    /// When it was created, RFC 3339 in UTC.
    pub written_at: String,
    /// When the next attempt starts; none once it ended.
    pub due_at: Option<String>,
    /// When it ended, RFC 3339 in UTC; none while it waits or is in progress.
    pub ended_at: Option<String>,
    /// The response, or why it was skipped.
    pub answer: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
    /// A command's output, its last 64 kB. Only in replies to `run` and `tryRule`.
    pub output: Option<String>,
}

/// What a run is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RunEvent {
    /// Its number.
    pub seq: i64,
    /// What happened.
    pub title: String,
    /// The app's name.
    pub app: Option<String>,
}

/// Which runs to list, newest first.
#[derive(Debug, Clone, Copy, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct RunsRequest {
    /// Only those of a rule.
    pub rule: Option<i64>,
    /// Only those about an event.
    pub seq: Option<i64>,
    /// Only those in a state.
    pub state: Option<RunState>,
    /// The cursor: only those before this one.
    pub before: Option<i64>,
    /// At most this many, 1 to 200.
    pub limit: u32,
}

/// A page of runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RunsReply {
    /// The runs, without their output.
    pub runs: Vec<Run>,
    /// Whether there are more.
    pub more: bool,
}

/// Which run a command is for.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunIdRequest {
    /// As in [`Run::id`].
    pub id: i64,
}
