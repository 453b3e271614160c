//! Arguments of `hookbell views`.

use clap::{Args, Subcommand};

use super::{filter::FilterArguments, shared::PlainArguments};

#[derive(Debug, Subcommand)]
pub(crate) enum ViewsCommand {
    /// List saved views with their unread counts
    List(PlainArguments),
    /// Save an event filter as a view, or replace a view's filter
    Save(SaveViewArguments),
    /// Delete a saved view; its events are kept
    Delete(DeleteViewArguments),
}

#[derive(Debug, Args)]
pub(crate) struct SaveViewArguments {
    /// The view's name
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) filter: FilterArguments,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct DeleteViewArguments {
    /// The view's name, from `hookbell views list`
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}
