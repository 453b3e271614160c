//! Arguments of `hookbell tunnel` and `hookbell catch-up`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::shared::PlainArguments;

#[derive(Debug, Subcommand)]
pub(crate) enum TunnelCommand {
    /// List tunnel providers and what each needs
    Providers(PlainArguments),
    /// Choose a tunnel provider; the running app or hookbell serve starts it at once
    Set(SetTunnelArguments),
    /// Show the tunnel's state
    Status(PlainArguments),
    /// Start the chosen tunnel
    Start(PlainArguments),
    /// Stop the tunnel until you start it again
    Stop(PlainArguments),
    /// Restart the tunnel's program
    Restart(PlainArguments),
    /// Update webhooks that still use an old address
    Heal(PlainArguments),
}

#[derive(Debug, Args)]
pub(crate) struct SetTunnelArguments {
    /// The provider's id from `hookbell tunnel providers`, or none
    #[arg(value_name = "PROVIDER")]
    pub(crate) provider: String,
    /// A field that the provider asks for; can be repeated
    #[arg(long = "field", value_name = "NAME=VALUE", value_parser = field)]
    pub(crate) fields: Vec<(String, String)>,
    #[command(flatten)]
    pub(crate) token: TokenArguments,
    /// Don't start it yet
    #[arg(long)]
    pub(crate) stopped: bool,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

/// Where a token comes from, if one is given. It is never an argument: other programs can read those.
#[derive(Debug, Clone, Args)]
#[group(multiple = false)]
pub(crate) struct TokenArguments {
    /// Read the token from this environment variable [default: the one in the keychain]
    #[arg(long, value_name = "NAME")]
    pub(crate) token_env: Option<String>,
    /// Read the token from this file; a trailing newline is ignored
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// Remove the token from the keychain
    #[arg(long)]
    pub(crate) forget_token: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CatchUpArguments {
    /// While there is no tunnel, check every N minutes from now on
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=60))]
    pub(crate) every: Option<u32>,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

fn field(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("use NAME=VALUE, such as server=bore.example.com".to_owned()),
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
