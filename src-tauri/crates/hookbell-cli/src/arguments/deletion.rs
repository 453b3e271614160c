//! Arguments for received events and feedback: `hookbell events delete` and `resend`, `hookbell feedback delete`.

use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::{resend::ResendArguments, shared::PlainArguments, time::time};

#[derive(Debug, Subcommand)]
pub(crate) enum EventsCommand {
    /// Permanently delete events from this computer; App Store Connect keeps its copy
    Delete(DeleteReceivedArguments),
    /// Send a stored event to any URL, byte for byte; exits 1 unless the response is 2xx
    Resend(ResendArguments),
}

#[derive(Debug, Args)]
pub(crate) struct DeleteReceivedArguments {
    #[command(flatten)]
    pub(crate) chosen: ChosenArguments,
    /// Delete them; otherwise, only print what would be deleted and exit with 2
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

/// Which of it.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct ChosenArguments {
    /// The event or feedback with this id
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
    /// Everything received before this time: 2026-11-01, 2026-11-01T09:30, 2026-11-01T09:30:00Z, today or yesterday
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) before: Option<Timestamp>,
    /// Everything received through this account's webhooks or fetched with its key
    #[arg(long, value_name = "ID")]
    pub(crate) account: Option<String>,
    /// Everything about the app with this id, or received through its webhooks
    #[arg(long, value_name = "ID")]
    pub(crate) app: Option<String>,
}
