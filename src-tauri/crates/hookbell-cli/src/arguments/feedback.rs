//! Arguments of `hookbell feedback`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{deletion::DeleteReceivedArguments, shared::AscArguments};

#[derive(Debug, Subcommand)]
pub(crate) enum FeedbackCommand {
    /// List what testers sent, newest first, as far as it is kept here
    List(ListFeedbackArguments),
    /// Show one feedback with everything known about it, and its crash report
    Show(OneFeedbackArguments),
    /// Write one feedback into a folder: feedback.json, feedback.md, its screenshots, its crash log
    Export(ExportArguments),
    /// Delete feedback here for good, with its pictures and its log; App Store Connect keeps what it has
    Delete(DeleteReceivedArguments),
}

/// What a tester sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum KindArgument {
    Screenshot,
    Crash,
}

#[derive(Debug, Args)]
pub(crate) struct ListFeedbackArguments {
    /// Only of the app with this id
    #[arg(long, value_name = "ID")]
    pub(crate) app: Option<String>,
    /// Only of the build with this id
    #[arg(long, value_name = "ID")]
    pub(crate) build: Option<String>,
    /// Only of this kind
    #[arg(long)]
    pub(crate) kind: Option<KindArgument>,
    /// Only what was not read
    #[arg(long)]
    pub(crate) unread: bool,
    /// Only what has these words, or parts of words
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub(crate) search: String,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) limit: u32,
    /// Read existing feedback from App Store Connect first
    #[arg(long)]
    pub(crate) refresh: bool,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

#[derive(Debug, Args)]
pub(crate) struct OneFeedbackArguments {
    /// The feedback's id
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArguments {
    /// The feedback's id
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// The folder; made if it is missing
    #[arg(long, value_name = "DIR")]
    pub(crate) to: PathBuf,
    /// Replace files of an earlier export
    #[arg(long)]
    pub(crate) replace: bool,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}
