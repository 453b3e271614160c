//! Arguments of `hookbell builds` and `hookbell groups`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::shared::{AscArguments, at_least_one};

#[derive(Debug, Subcommand)]
pub(crate) enum BuildsCommand {
    /// List the builds of an app, newest first
    List(ListBuildsArguments),
    /// Show one build: its state, its groups, What to Test, and what stands against giving it to testers
    Show(OneBuildArguments),
    /// End testing of a build; this can't be undone
    Expire(ExpireBuildArguments),
    /// Give a build to groups of testers, submit it to Beta App Review, and notify
    Distribute(Box<DistributeArguments>),
}

#[derive(Debug, Subcommand)]
pub(crate) enum GroupsCommand {
    /// List the groups of testers of an app
    List(ListGroupsArguments),
}

#[derive(Debug, Args)]
pub(crate) struct ListBuildsArguments {
    /// The app's id, from `hookbell apps`
    #[arg(long, value_name = "ID")]
    pub(crate) app: String,
    /// Maximum number of results
    #[arg(long, value_name = "N", default_value_t = 50, allow_negative_numbers = true, value_parser = at_least_one)]
    pub(crate) limit: u32,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

#[derive(Debug, Args)]
pub(crate) struct OneBuildArguments {
    /// The build's id, from `hookbell builds list`
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

#[derive(Debug, Args)]
pub(crate) struct ExpireBuildArguments {
    /// The build's id, from `hookbell builds list`
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Really expire it
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

#[derive(Debug, Args)]
pub(crate) struct ListGroupsArguments {
    /// The app's id, from `hookbell apps`
    #[arg(long, value_name = "ID")]
    pub(crate) app: String,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum YesNoArgument {
    Yes,
    No,
}

#[derive(Debug, Args)]
pub(crate) struct DistributeArguments {
    /// The build's id, from `hookbell builds list`
    #[arg(value_name = "BUILD")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) plan: PlanArguments,
    /// Wait until testers have it; without it the app finishes it
    #[arg(long)]
    pub(crate) wait: bool,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

/// What is to become of a build.
#[derive(Debug, Clone, Args)]
pub(crate) struct PlanArguments {
    /// Give it to the group with this name or id; can be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) group: Vec<String>,
    /// The text for testers
    #[arg(long, value_name = "TEXT", conflicts_with = "what_to_test_file")]
    pub(crate) what_to_test: Option<String>,
    /// Read the text for testers from this file
    #[arg(long, value_name = "FILE")]
    pub(crate) what_to_test_file: Option<PathBuf>,
    /// The text's locale, such as en-US [default: the build's first one]
    #[arg(long, value_name = "LOCALE")]
    pub(crate) locale: Option<String>,
    /// Whether the build uses encryption that is not exempt, where it does not say so itself
    #[arg(long, value_name = "ANSWER")]
    pub(crate) uses_encryption: Option<YesNoArgument>,
    /// Submit it to Beta App Review
    #[arg(long)]
    pub(crate) submit: bool,
    /// If another build of the version is in review, expire that one first; this can't be undone
    #[arg(long, requires = "submit", conflicts_with = "after_other")]
    pub(crate) expire_other: bool,
    /// If another build of the version is in review, submit this one after it
    #[arg(long, requires = "submit")]
    pub(crate) after_other: bool,
    /// Notify testers once they can have it
    #[arg(long)]
    pub(crate) notify: bool,
}
