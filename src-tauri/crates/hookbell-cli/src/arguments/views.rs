//! Arguments of `hookbell views`.

use clap::{Args, Subcommand};

use super::{filter::FilterArguments, shared::PlainArguments};

#[derive(Debug, Subcommand)]
pub(crate) enum ViewsCommand {
    /// List the saved views, with their unread counts
    List(PlainArguments),
    /// Save a filter of events under a name, or replace the filter of a view
    Save(SaveViewArguments),
    /// Delete a saved view; its events stay
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
