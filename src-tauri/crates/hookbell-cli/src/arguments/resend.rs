//! Arguments of `hookbell events resend`.

use clap::Args;

use super::shared::{PlainArguments, SigningArguments};

#[derive(Debug, Args)]
pub(crate) struct ResendArguments {
    /// The event's id, as `hookbell events` lists it
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// The URL to send it to, http or https; redirects aren't followed
    #[arg(long, value_name = "URL")]
    pub(crate) to: String,
    #[command(flatten)]
    pub(crate) signing: SigningArguments,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}
