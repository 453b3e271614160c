//! Arguments of what is done to received events and feedback: `hookbell events delete` and `resend`, `hookbell feedback delete`.

use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::{resend::ResendArguments, shared::PlainArguments, time::time};

#[derive(Debug, Subcommand)]
pub(crate) enum EventsCommand {
    /// Delete events from this computer for good; App Store Connect keeps its own
    Delete(DeleteReceivedArguments),
    /// Send a stored event to an address of your choice, byte for byte; exits 1 unless it answers with 2xx
    Resend(ResendArguments),
}

#[derive(Debug, Args)]
pub(crate) struct DeleteReceivedArguments {
    #[command(flatten)]
    pub(crate) chosen: ChosenArguments,
    /// Delete them; without this, only say what would be deleted, and exit with 2
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
    /// Everything that came before this time: 2026-11-01, 2026-11-01T09:30, 2026-11-01T09:30:00Z, today or yesterday
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) before: Option<Timestamp>,
    /// Everything that came through this account's webhooks or was read with its key
    #[arg(long, value_name = "ID")]
    pub(crate) account: Option<String>,
    /// Everything about the app with this id, or that came through its webhooks
    #[arg(long, value_name = "ID")]
    pub(crate) app: Option<String>,
}
