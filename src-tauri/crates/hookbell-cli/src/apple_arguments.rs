//! The part of the command line that is about App Store Connect, declared.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::arguments::{OutputArguments, PlaceArguments};

/// With which key App Store Connect is asked.
#[derive(Debug, Clone, Args)]
pub(crate) struct KeyArguments {
    /// The account to use, by its id [default: the only one]
    #[arg(long, value_name = "ID", conflicts_with_all = ["key_id", "issuer_id", "key_file"])]
    pub(crate) account: Option<String>,
    /// Use this API key instead of an account's, and leave the keychain alone
    #[arg(long, value_name = "ID", requires = "key_file")]
    pub(crate) key_id: Option<String>,
    /// The issuer ID of that key [default: from a JSON file]; none for an individual key
    #[arg(long, value_name = "ID", requires = "key_file")]
    pub(crate) issuer_id: Option<String>,
    /// The .p8 file of that key, or a JSON file with the key in it such as fastlane's
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
}

/// What every command about App Store Connect takes.
#[derive(Debug, Args)]
pub(crate) struct Common {
    #[command(flatten)]
    pub(crate) key: KeyArguments,
    #[command(flatten)]
    pub(crate) place: PlaceArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AccountsCommand {
    /// Check an API key and keep it in the keychain
    Add(AddAccountArguments),
    /// List the accounts
    List(PlainArguments),
    /// Remove an account and its key; its webhooks stay in App Store Connect, and what was received stays here
    Remove(RemoveAccountArguments),
}

#[derive(Debug, Args)]
pub(crate) struct AddAccountArguments {
    /// The API key's ID [default: from the file, or its name AuthKey_<ID>.p8 or ApiKey_<ID>.p8]
    #[arg(long, value_name = "ID")]
    pub(crate) key_id: Option<String>,
    /// The team's issuer ID [default: from a JSON file]; none for an individual key
    #[arg(long, value_name = "ID")]
    pub(crate) issuer_id: Option<String>,
    /// The .p8 file, or a JSON file with the key in it such as fastlane's
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: PathBuf,
    /// A name for the account [default: after the key]
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct RemoveAccountArguments {
    /// The account's id
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Also delete the events and the feedback that were received through it
    #[arg(long)]
    pub(crate) delete_received: bool,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct PlainArguments {
    #[command(flatten)]
    pub(crate) place: PlaceArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
pub(crate) struct AppsArguments {
    /// Only apps whose name, bundle ID or id has these words
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub(crate) search: String,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Debug, Subcommand)]
pub(crate) enum WebhooksCommand {
    /// List the webhooks of an app
    List(ListArguments),
    /// Make a webhook
    Create(CreateArguments),
    /// Change a webhook; what is not given stays as it is
    Update(UpdateArguments),
    /// Delete a webhook
    Delete(DeleteArguments),
    /// Send a test and say what became of it; exits 1 if it was not taken
    Ping(OneArguments),
    /// List the deliveries of the last ten days, newest first
    Deliveries(DeliveriesArguments),
    /// Send a delivery again, or everything that failed
    Redeliver(RedeliverArguments),
}

#[derive(Debug, Args)]
pub(crate) struct ListArguments {
    /// The app's id
    #[arg(long, value_name = "ID")]
    pub(crate) app: String,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// Where a secret comes from, if one is given. It is never an argument: other programs can read those.
#[derive(Debug, Clone, Args)]
#[group(multiple = false)]
pub(crate) struct MaybeSecretArguments {
    /// Take the secret from this environment variable [default: a new one, kept in the keychain]
    #[arg(long, value_name = "NAME")]
    pub(crate) secret_env: Option<String>,
    /// Take the secret from this file; a byte order mark and the line break at its end are no part of it
    #[arg(long, value_name = "FILE")]
    pub(crate) secret_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct CreateArguments {
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
    pub(crate) common: Common,
}

#[derive(Debug, Args)]
pub(crate) struct UpdateArguments {
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
    pub(crate) common: Common,
}

#[derive(Debug, Args)]
pub(crate) struct DeleteArguments {
    /// The webhook's id
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Yes, delete it
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Debug, Args)]
pub(crate) struct OneArguments {
    /// The webhook's id
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) common: Common,
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
    pub(crate) common: Common,
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
    pub(crate) common: Common,
}

#[derive(Debug, Args)]
pub(crate) struct SimulatorArguments {
    /// The port; 0 is any free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) port: u16,
    /// Where keys and state are kept for the next time [default: nowhere]
    #[arg(long, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}
