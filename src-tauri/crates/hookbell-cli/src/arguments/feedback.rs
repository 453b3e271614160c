//! Arguments of `hookbell feedback`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;

use super::{
    deletion::DeleteReceivedArguments,
    shared::{AscArguments, at_least_one},
    time::time,
    trackers::{FileFeedbackArguments, FixedArguments},
};

#[derive(Debug, Subcommand)]
pub(crate) enum FeedbackCommand {
    /// List the feedback on this computer, newest first
    List(ListFeedbackArguments),
    /// Show feedback with its details and crash report
    Show(OneFeedbackArguments),
    /// Export feedback to a folder: JSON, Markdown, screenshots and crash log
    Export(ExportArguments),
    /// File feedback as issues in a tracker; filing again prints the existing issue
    File(FileFeedbackArguments),
    /// List fixed feedback as lines for What to Test: its issues that are done
    Fixed(FixedArguments),
    /// Permanently delete feedback from this computer; App Store Connect keeps its copy
    Delete(DeleteReceivedArguments),
}

/// What a tester sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum KindArgument {
    Screenshot,
    Crash,
}

/// Which issue it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum IssueArgument {
    With,
    Without,
    Open,
    Fixed,
}

#[derive(Debug, Args)]
pub(crate) struct ListFeedbackArguments {
    /// Only feedback about the app with this id; can be repeated
    #[arg(long, value_name = "ID")]
    pub(crate) app: Vec<String>,
    /// Only feedback about the build with this id
    #[arg(long, value_name = "ID")]
    pub(crate) build: Option<String>,
    /// Only this kind of feedback
    #[arg(long)]
    pub(crate) kind: Option<KindArgument>,
    /// Only feedback with an issue at a tracker, without one, with an open one, or with a fixed one
    #[arg(long)]
    pub(crate) issue: Option<IssueArgument>,
    /// Only feedback sent at this time or later: a day, a time, today or yesterday
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) since: Option<Timestamp>,
    /// Only feedback sent before this time
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) until: Option<Timestamp>,
    /// Only archived feedback
    #[arg(long)]
    pub(crate) archived: bool,
    /// Only unread feedback
    #[arg(long)]
    pub(crate) unread: bool,
    /// Only feedback that contains these words; parts of words match too
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub(crate) search: String,
    /// Maximum number of results
    #[arg(long, value_name = "N", default_value_t = 50, allow_negative_numbers = true, value_parser = at_least_one)]
    pub(crate) limit: u32,
    /// Fetch feedback from App Store Connect first
    #[arg(long)]
    pub(crate) refresh: bool,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

#[derive(Debug, Args)]
pub(crate) struct OneFeedbackArguments {
    /// The feedback's id, from `hookbell feedback list`
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArguments {
    /// The feedback's id, from `hookbell feedback list`
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// The folder; created if missing
    #[arg(long, value_name = "DIR")]
    pub(crate) to: PathBuf,
    /// Replace the files of an earlier export
    #[arg(long)]
    pub(crate) replace: bool,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}
