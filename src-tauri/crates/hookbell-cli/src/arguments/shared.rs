//! Arguments that several commands share.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct PlaceArguments {
    /// Where events are kept [default: HOOKBELL_DATA_DIR, or the platform's place]
    #[arg(long, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct OutputArguments {
    /// Print lines of JSON, even to a terminal
    #[arg(long)]
    pub(crate) json: bool,
}

/// What every command takes that works with what is stored here.
#[derive(Debug, Args)]
pub(crate) struct PlainArguments {
    #[command(flatten)]
    pub(crate) place: PlaceArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

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
pub(crate) struct AscArguments {
    #[command(flatten)]
    pub(crate) key: KeyArguments,
    #[command(flatten)]
    pub(crate) place: PlaceArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

/// Where a secret comes from. It is never an argument: other programs can read those.
#[derive(Debug, Clone, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct SecretArguments {
    /// Take the webhook's secret from this environment variable
    #[arg(long, value_name = "NAME")]
    pub(crate) secret_env: Option<String>,
    /// Take the webhook's secret from this file; a byte order mark and the line break at its end are no part of it
    #[arg(long, value_name = "FILE")]
    pub(crate) secret_file: Option<PathBuf>,
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
