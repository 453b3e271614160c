//! Arguments of `hookbell builds` and `hookbell groups`.

use clap::{Args, Subcommand};

use super::{
    plan::PlanArguments,
    shared::{AscArguments, at_least_one},
    uploads::{UploadArguments, UploadsCommand},
};

#[derive(Debug, Subcommand)]
pub(crate) enum BuildsCommand {
    /// List the builds of an app, newest first
    List(ListBuildsArguments),
    /// Show a build: its state, groups, What to Test, and what keeps it from testers
    Show(OneBuildArguments),
    /// Expire a build, which ends its testing; this can't be undone
    Expire(ExpireBuildArguments),
    /// Distribute a build to groups, submit it to Beta App Review and notify testers
    Distribute(Box<DistributeArguments>),
    /// Upload a build to App Store Connect; run it again to continue an interrupted upload
    Upload(Box<UploadArguments>),
    /// List, pause, resume and cancel uploads
    #[command(subcommand)]
    Uploads(UploadsCommand),
}

#[derive(Debug, Subcommand)]
pub(crate) enum GroupsCommand {
    /// List an app's tester groups
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
    /// Confirm expiring it
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

#[derive(Debug, Args)]
pub(crate) struct DistributeArguments {
    /// The build's id, from `hookbell builds list`
    #[arg(value_name = "BUILD")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) plan: PlanArguments,
    /// Wait until testers have it; otherwise the app or hookbell serve carries out the plan
    #[arg(long)]
    pub(crate) wait: bool,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}
