//! Arguments of `hookbell events resend`.

use clap::Args;

use super::shared::{PlainArguments, SigningArguments};

#[derive(Debug, Args)]
pub(crate) struct ResendArguments {
    /// The event's id, as `hookbell events` lists it
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Where to send it: http or https; redirects are not followed
    #[arg(long, value_name = "URL")]
    pub(crate) to: String,
    #[command(flatten)]
    pub(crate) signing: SigningArguments,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}
