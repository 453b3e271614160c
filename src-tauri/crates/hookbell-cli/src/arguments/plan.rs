//! Arguments for a build's plan, both for existing builds and for uploads.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum YesNoArgument {
    Yes,
    No,
}

/// What is to become of a build.
#[derive(Debug, Clone, Args)]
pub(crate) struct PlanArguments {
    /// Distribute to the group with this name or id; can be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) group: Vec<String>,
    /// The text for testers
    #[arg(long, value_name = "TEXT", conflicts_with = "what_to_test_file")]
    pub(crate) what_to_test: Option<String>,
    /// Read the text for testers from this file
    #[arg(long, value_name = "FILE")]
    pub(crate) what_to_test_file: Option<PathBuf>,
    /// The text's locale, such as en-US [default: the build's first one]
    #[arg(long, value_name = "LOCALE")]
    pub(crate) locale: Option<String>,
    /// Whether the build uses non-exempt encryption, if it doesn't say so itself
    #[arg(long, value_name = "ANSWER")]
    pub(crate) uses_encryption: Option<YesNoArgument>,
    /// Submit it to Beta App Review
    #[arg(long)]
    pub(crate) submit: bool,
    /// If another build of the version is in review, expire that one first; this can't be undone
    #[arg(long, requires = "submit", conflicts_with = "after_other")]
    pub(crate) expire_other: bool,
    /// If another build of the version is in review, submit this one after it
    #[arg(long, requires = "submit")]
    pub(crate) after_other: bool,
    /// Notify testers once the build is available to them
    #[arg(long)]
    pub(crate) notify: bool,
}

impl PlanArguments {
    /// Whether there is nothing to do with the build.
    pub(crate) fn is_empty(&self) -> bool {
        let has_text = self.what_to_test.is_some() || self.what_to_test_file.is_some();
        self.group.is_empty() && !has_text && self.uses_encryption.is_none() && !self.submit && !self.notify
    }
}
