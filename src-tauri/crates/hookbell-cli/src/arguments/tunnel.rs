//! Arguments of `hookbell tunnel` and `hookbell catch-up`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::shared::PlainArguments;

#[derive(Debug, Subcommand)]
pub(crate) enum TunnelCommand {
    /// List the tunnel providers, with what is installed and what each needs
    Providers(PlainArguments),
    /// Choose a tunnel provider; whoever listens for this data directory starts it at once
    Set(SetTunnelArguments),
    /// Say what the tunnel does
    Status(PlainArguments),
    /// Start the tunnel that is chosen
    Start(PlainArguments),
    /// Stop the tunnel; it stays stopped until it is started
    Stop(PlainArguments),
    /// End the tunnel's program and start it anew
    Restart(PlainArguments),
    /// Point every webhook that still leads to a former address here
    Heal(PlainArguments),
}

#[derive(Debug, Args)]
pub(crate) struct SetTunnelArguments {
    /// The tunnel provider, as `hookbell tunnel providers` names it, or none
    #[arg(value_name = "PROVIDER")]
    pub(crate) provider: String,
    /// Fill a field in; may be given more than once
    #[arg(long = "field", value_name = "NAME=VALUE", value_parser = field)]
    pub(crate) fields: Vec<(String, String)>,
    #[command(flatten)]
    pub(crate) token: TokenArguments,
    /// Leave it stopped
    #[arg(long)]
    pub(crate) stopped: bool,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

/// Where a token comes from, if one is given. It is never an argument: other programs can read those.
#[derive(Debug, Clone, Args)]
#[group(multiple = false)]
pub(crate) struct TokenArguments {
    /// Take the token from this environment variable [default: the one in the keychain]
    #[arg(long, value_name = "NAME")]
    pub(crate) token_env: Option<String>,
    /// Take the token from this file; a line break at its end is not part of it
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// Take the token out of the keychain
    #[arg(long)]
    pub(crate) forget_token: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CatchUpArguments {
    /// From now on ask every so many minutes while there is no tunnel
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=60))]
    pub(crate) every: Option<u32>,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

fn field(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("a field is its name, an equals sign and its value, for instance server=bore.example.com".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_a_name_and_a_value_that_may_have_anything_in_it() {
        assert_eq!(
            field("url=https://a.example/?b=c").unwrap(),
            ("url".to_owned(), "https://a.example/?b=c".to_owned())
        );
        assert_eq!(field("url=").unwrap(), ("url".to_owned(), String::new()));
        assert!(field("url").is_err() && field("=x").is_err());
    }
}
