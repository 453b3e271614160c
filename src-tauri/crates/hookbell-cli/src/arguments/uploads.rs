//! Arguments of `hookbell builds upload` and `hookbell builds uploads`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{
    plan::PlanArguments,
    shared::{AscArguments, PlainArguments},
};

#[derive(Debug, Args)]
pub(crate) struct UploadArguments {
    /// The build, an .ipa or .pkg
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The app's id, from `hookbell apps` [default: the app with the build's bundle ID]
    #[arg(long, value_name = "ID")]
    pub(crate) app: Option<String>,
    #[command(flatten)]
    pub(crate) plan: PlanArguments,
    /// Wait until the build is processed and its plan is done; otherwise the app or hookbell serve sees to the rest
    #[arg(long)]
    pub(crate) wait: bool,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

#[derive(Debug, Subcommand)]
pub(crate) enum UploadsCommand {
    /// List uploads, newest first
    List(PlainArguments),
    /// Pause an upload, even if another process is sending it
    Pause(PauseUploadArguments),
    /// Continue a paused or interrupted upload, or retry a failed one
    Resume(ResumeUploadArguments),
    /// Stop an upload and delete it from App Store Connect
    Cancel(CancelUploadArguments),
}

#[derive(Debug, Args)]
pub(crate) struct PauseUploadArguments {
    /// The upload's id, from `hookbell builds uploads list`
    #[arg(value_name = "ID")]
    pub(crate) id: i64,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct ResumeUploadArguments {
    /// The upload's id, from `hookbell builds uploads list`
    #[arg(value_name = "ID")]
    pub(crate) id: i64,
    /// Wait until the build is processed and its plan is done; otherwise the app or hookbell serve sees to the rest
    #[arg(long)]
    pub(crate) wait: bool,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

#[derive(Debug, Args)]
pub(crate) struct CancelUploadArguments {
    /// The upload's id, from `hookbell builds uploads list`
    #[arg(value_name = "ID")]
    pub(crate) id: i64,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}
