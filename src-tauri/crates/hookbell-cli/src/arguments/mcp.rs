//! Arguments of `hookbell mcp`.

use clap::Args;

use super::shared::{KeyArguments, PlaceArguments};

#[derive(Debug, Args)]
pub(crate) struct McpArguments {
    /// Let the agent archive, file issues, ping and redeliver; without this it can only read
    #[arg(long)]
    pub(crate) allow_changes: bool,
    #[command(flatten)]
    pub(crate) key: KeyArguments,
    #[command(flatten)]
    pub(crate) place: PlaceArguments,
}
