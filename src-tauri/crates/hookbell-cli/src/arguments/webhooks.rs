//! Arguments of `hookbell webhooks`.

use clap::{Args, Subcommand, ValueEnum};

use super::shared::{AscArguments, MaybeSecretArguments};

#[derive(Debug, Subcommand)]
pub(crate) enum WebhooksCommand {
    /// List the webhooks of an app
    List(ListWebhooksArguments),
    /// Make a webhook
    Create(CreateWebhookArguments),
    /// Change a webhook; what is not given stays as it is
    Update(UpdateWebhookArguments),
    /// Delete a webhook
    Delete(DeleteWebhookArguments),
    /// Send a test and say what became of it; exits 1 if it was not taken
    Ping(OneWebhookArguments),
    /// List the deliveries of the last ten days, newest first
    Deliveries(DeliveriesArguments),
    /// Send a delivery again, or everything that failed
    Redeliver(RedeliverArguments),
}

#[derive(Debug, Args)]
pub(crate) struct ListWebhooksArguments {
    /// The app's id
    #[arg(long, value_name = "ID")]
    pub(crate) app: String,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

#[derive(Debug, Args)]
pub(crate) struct CreateWebhookArguments {
    /// The app's id
    #[arg(long, value_name = "ID")]
    pub(crate) app: String,
    /// Its name
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,
    /// What to send, in Apple's spelling and with commas between, or all
    #[arg(long, value_name = "A,B", value_delimiter = ',', required = true)]
    pub(crate) events: Vec<String>,
    /// The payload URL [default: this computer's]
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
    #[command(flatten)]
    pub(crate) secret: MaybeSecretArguments,
    /// Make it switched off
    #[arg(long)]
    pub(crate) disabled: bool,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

#[derive(Debug, Args)]
pub(crate) struct UpdateWebhookArguments {
    /// The webhook's id
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Another name
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Another payload URL
    #[arg(long, value_name = "URL", conflicts_with = "here")]
    pub(crate) url: Option<String>,
    /// Send to this computer; one that was made elsewhere gets a new secret
    #[arg(long)]
    pub(crate) here: bool,
    /// What to send, all of it
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub(crate) events: Option<Vec<String>>,
    /// Switch it on
    #[arg(long, conflicts_with = "disable")]
    pub(crate) enable: bool,
    /// Switch it off
    #[arg(long)]
    pub(crate) disable: bool,
    /// Give it a new secret; the old one stays good here for 24 hours
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
    /// Yes, delete it
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
    /// Only those that went like this
    #[arg(long, value_name = "STATE", ignore_case = true)]
    pub(crate) state: Option<StateArgument>,
    /// Only those from this time on, such as 2026-01-31T09:00:00Z
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<String>,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

#[derive(Debug, Args)]
pub(crate) struct RedeliverArguments {
    /// The delivery's id. Where its event was sent again since, the newest attempt is sent again
    #[arg(value_name = "DELIVERY_ID", required_unless_present = "failed")]
    pub(crate) delivery: Option<String>,
    /// Everything of this webhook that failed and did not arrive otherwise, the oldest first
    #[arg(long, value_name = "WEBHOOK_ID", conflicts_with = "delivery")]
    pub(crate) failed: Option<String>,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}
