//! Arguments of `hookbell webhooks`.

use clap::{ArgGroup, Args, Subcommand, ValueEnum};
use jiff::Timestamp;

use super::{
    shared::{AscArguments, MaybeSecretArguments, PlainArguments, SecretArguments},
    time::time,
};

#[derive(Debug, Subcommand)]
pub(crate) enum WebhooksCommand {
    #[command(flatten)]
    Asc(AscCommand),
    /// Add a webhook without an account: you create it in App Store Connect with the same secret
    Add(AddWebhookArguments),
}

/// What is done in App Store Connect, with a key.
#[derive(Debug, Subcommand)]
pub(crate) enum AscCommand {
    /// List the webhooks of an app
    List(ListWebhooksArguments),
    /// Create a webhook in App Store Connect
    Create(CreateWebhookArguments),
    /// Change a webhook; anything you leave out stays unchanged
    Update(UpdateWebhookArguments),
    /// Delete a webhook from App Store Connect, and its secret from the keychain
    Delete(DeleteWebhookArguments),
    /// Ask Apple for a ping and wait for it; exits 1 if it fails
    Ping(OneWebhookArguments),
    /// List the deliveries of the last ten days, newest first
    Deliveries(DeliveriesArguments),
    /// Redeliver one delivery, or all failed ones
    Redeliver(RedeliverArguments),
}

#[derive(Debug, Args)]
pub(crate) struct ListWebhooksArguments {
    /// The app's id, from `hookbell apps`
    #[arg(long, value_name = "ID")]
    pub(crate) app: String,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

#[derive(Debug, Args)]
pub(crate) struct AddWebhookArguments {
    /// The webhook's name in Hookbell
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) secret: SecretArguments,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct CreateWebhookArguments {
    /// The app's id, from `hookbell apps`
    #[arg(long, value_name = "ID")]
    pub(crate) app: String,
    /// The webhook's name
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,
    /// The event types in Apple's spelling, separated by commas, or all
    #[arg(long, value_name = "A,B", value_delimiter = ',', required = true)]
    pub(crate) events: Vec<String>,
    /// The payload URL [default: the tunnel's address for this webhook]
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
    #[command(flatten)]
    pub(crate) secret: MaybeSecretArguments,
    /// Create it disabled
    #[arg(long)]
    pub(crate) disabled: bool,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("change").required(true).multiple(true).args([
    "name", "url", "here", "events", "enable", "disable", "rotate_secret", "secret_env", "secret_file",
]))]
pub(crate) struct UpdateWebhookArguments {
    /// The webhook's id
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// A new name
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// A new payload URL
    #[arg(long, value_name = "URL", conflicts_with = "here")]
    pub(crate) url: Option<String>,
    /// Send to this computer; a webhook created elsewhere gets a new secret
    #[arg(long)]
    pub(crate) here: bool,
    /// The event types to send from now on, separated by commas, or all
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub(crate) events: Option<Vec<String>>,
    /// Enable it
    #[arg(long, conflicts_with = "disable")]
    pub(crate) enable: bool,
    /// Disable it
    #[arg(long)]
    pub(crate) disable: bool,
    /// Give it a new secret; Hookbell accepts the old one for 24 more hours
    #[arg(long)]
    pub(crate) rotate_secret: bool,
    #[command(flatten)]
    pub(crate) secret: MaybeSecretArguments,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

#[derive(Debug, Args)]
pub(crate) struct DeleteWebhookArguments {
    /// The webhook's id
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Confirm the deletion
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

#[derive(Debug, Args)]
pub(crate) struct OneWebhookArguments {
    /// The webhook's id
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

/// A delivery's state on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StateArgument {
    Succeeded,
    Failed,
    Pending,
}

#[derive(Debug, Args)]
pub(crate) struct DeliveriesArguments {
    /// The webhook's id
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Only deliveries in this state; can be repeated
    #[arg(long, value_name = "STATE", ignore_case = true)]
    pub(crate) state: Vec<StateArgument>,
    /// Only deliveries since this time: 2026-11-01, 2026-11-01T09:30, 2026-11-01T09:30:00Z, today or yesterday
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) since: Option<Timestamp>,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

#[derive(Debug, Args)]
pub(crate) struct RedeliverArguments {
    /// The delivery's id; if its event has been redelivered since, the newest attempt is used
    #[arg(value_name = "DELIVERY_ID", required_unless_present = "failed")]
    pub(crate) delivery: Option<String>,
    /// Redeliver all of this webhook's failed deliveries whose events never arrived, oldest first
    #[arg(long, value_name = "WEBHOOK_ID", conflicts_with = "delivery")]
    pub(crate) failed: Option<String>,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}
