//! Arguments of `hookbell accounts` and `hookbell apps`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::shared::{AscArguments, PlainArguments};

#[derive(Debug, Subcommand)]
pub(crate) enum AccountsCommand {
    /// Check an API key and save it in the keychain
    Add(AddAccountArguments),
    /// List the accounts
    List(PlainArguments),
    /// Remove an account and its key; its webhooks stay in App Store Connect, and its events on this computer
    Remove(RemoveAccountArguments),
}

#[derive(Debug, Args)]
pub(crate) struct AddAccountArguments {
    /// The API key's ID [default: from the file, or its name AuthKey_<ID>.p8 or ApiKey_<ID>.p8]
    #[arg(long, value_name = "ID")]
    pub(crate) key_id: Option<String>,
    /// The team's issuer ID [default: from a JSON file]; leave it out for an individual key
    #[arg(long, value_name = "ID")]
    pub(crate) issuer_id: Option<String>,
    /// The .p8 file, or a JSON file that contains the key, such as fastlane's
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: PathBuf,
    /// A name for the account [default: the key ID]
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct RemoveAccountArguments {
    /// The account's id, from `hookbell accounts list`
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Also delete the events and feedback received through it
    #[arg(long)]
    pub(crate) delete_received: bool,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct AppsArguments {
    /// Only apps whose name, bundle ID or id contains these words
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub(crate) search: String,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}
