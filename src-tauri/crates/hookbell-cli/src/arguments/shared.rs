//! Arguments that several commands share.

use std::path::PathBuf;

use clap::Args;
use hookbell_engine::data_dir;

use crate::error::CliError;

/// Parses a count. clap's own error would name the maximum instead.
pub(super) fn at_least_one(text: &str) -> Result<u32, String> {
    text.parse().ok().filter(|count| *count > 0).ok_or_else(|| "use a whole number, 1 or more".to_owned())
}

#[derive(Debug, Clone, Args)]
pub(crate) struct PlaceArguments {
    /// The data directory; it must exist [default: HOOKBELL_DATA_DIR, or the system's usual place, created if missing]
    #[arg(long, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
}

impl PlaceArguments {
    /// The data directory. One named on the command line must exist: a typo would otherwise create another, empty one.
    pub(crate) fn existing(&self) -> Result<PathBuf, CliError> {
        let dir = data_dir(self.data_dir.clone())?;
        match dir.metadata() {
            Ok(there) if !there.is_dir() => Err(CliError::DataDirIsFile(dir)),
            Err(_) if self.data_dir.is_some() => Err(CliError::NoDataDir(dir)),
            _ => Ok(dir),
        }
    }
}

#[derive(Debug, Clone, Args)]
pub(crate) struct OutputArguments {
    /// Print JSON, even to a terminal
    #[arg(long)]
    pub(crate) json: bool,
}

/// What every command takes that works with what is stored here.
#[derive(Debug, Clone, Args)]
pub(crate) struct PlainArguments {
    #[command(flatten)]
    pub(crate) place: PlaceArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

/// With which key App Store Connect is asked.
#[derive(Debug, Clone, Args)]
pub(crate) struct KeyArguments {
    /// The account to use, by its id from `hookbell accounts list` [default: the only one]
    #[arg(long, value_name = "ID", conflicts_with_all = ["key_id", "issuer_id", "key_file"])]
    pub(crate) account: Option<String>,
    /// Use this API key instead of an account's; the keychain isn't used
    #[arg(long, value_name = "ID", requires = "key_file")]
    pub(crate) key_id: Option<String>,
    /// That key's issuer ID [default: from a JSON file]; leave it out for an individual key
    #[arg(long, value_name = "ID", requires = "key_file")]
    pub(crate) issuer_id: Option<String>,
    /// That key's .p8 file, or a JSON file that contains the key, such as fastlane's
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
}

/// What every command about App Store Connect takes.
#[derive(Debug, Clone, Args)]
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
    /// Read the webhook's secret from this environment variable
    #[arg(long, value_name = "NAME")]
    pub(crate) secret_env: Option<String>,
    /// Read the webhook's secret from this file; a trailing newline is ignored
    #[arg(long, value_name = "FILE")]
    pub(crate) secret_file: Option<PathBuf>,
}

/// Where a secret comes from, if one is given. It is never an argument: other programs can read those.
#[derive(Debug, Clone, Args)]
#[group(multiple = false)]
pub(crate) struct MaybeSecretArguments {
    /// Read the secret from this environment variable [default: a new one, kept in the keychain]
    #[arg(long, value_name = "NAME")]
    pub(crate) secret_env: Option<String>,
    /// Read the secret from this file; a trailing newline is ignored
    #[arg(long, value_name = "FILE")]
    pub(crate) secret_file: Option<PathBuf>,
}

/// What something is signed with, if not with the signature it came with.
#[derive(Debug, Clone, Args)]
#[group(multiple = false)]
pub(crate) struct SigningArguments {
    /// Sign with the secret in this environment variable [default: keep the original signature]
    #[arg(long, value_name = "NAME")]
    pub(crate) secret_env: Option<String>,
    /// Sign with the secret in this file; a trailing newline is ignored
    #[arg(long, value_name = "FILE")]
    pub(crate) secret_file: Option<PathBuf>,
}

impl From<SigningArguments> for MaybeSecretArguments {
    fn from(SigningArguments { secret_env, secret_file }: SigningArguments) -> Self {
        Self { secret_env, secret_file }
    }
}
