//! Arguments of `hookbell trackers`, and of what `hookbell feedback` does with them.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::shared::{AscArguments, PlainArguments};

#[derive(Debug, Subcommand)]
pub(crate) enum TrackersCommand {
    /// Add a tracker; its token is checked, then kept in the keychain
    #[command(subcommand)]
    Add(AddTrackerCommand),
    /// List the trackers, each with its issues
    List(PlainArguments),
    /// Check a tracker's token and place
    Check(OneTrackerArguments),
    /// Give a tracker a new token
    Token(TrackerTokenArguments),
    /// Read the states of all issues from the trackers now
    Sweep(PlainArguments),
    /// Remove a tracker and its token; its issues stay at the service
    Remove(RemoveTrackerArguments),
}

#[derive(Debug, Subcommand)]
pub(crate) enum AddTrackerCommand {
    /// A repository at GitHub; the token needs Issues and Contents to read and write, or the classic scope repo
    Github {
        /// The repository
        #[arg(long, value_name = "OWNER/NAME")]
        repo: String,
        /// The API's address, for GitHub Enterprise: https://HOST/api/v3 [default: github.com's]
        #[arg(long, value_name = "URL")]
        api_url: Option<String>,
        /// Allow an address in a private network
        #[arg(long)]
        allow_private_network: bool,
        #[command(flatten)]
        more: NewTrackerArguments,
    },
    /// A team at Linear; the API key needs the permissions Read and Create issues
    Linear {
        /// The team's key, such as ENG
        #[arg(long, value_name = "KEY")]
        team: String,
        /// Another address of the API
        #[arg(long, value_name = "URL")]
        api_url: Option<String>,
        #[command(flatten)]
        more: NewTrackerArguments,
    },
    /// A project in Jira Cloud; the API token's owner must be allowed to create issues, attachments and links there
    Jira {
        /// The site, such as https://example.atlassian.net
        #[arg(long, value_name = "URL")]
        site: String,
        /// The project's key, such as BIRD
        #[arg(long, value_name = "KEY")]
        project: String,
        /// The e-mail address that the token belongs to
        #[arg(long, value_name = "EMAIL")]
        email: String,
        /// The type of issue, by name or id [default: Bug, or else Task]
        #[arg(long, value_name = "TYPE")]
        issue_type: Option<String>,
        #[command(flatten)]
        more: NewTrackerArguments,
    },
}

/// What every tracker is added with.
#[derive(Debug, Args)]
pub(crate) struct NewTrackerArguments {
    #[command(flatten)]
    pub(crate) token: TokenArguments,
    /// A label that every issue gets; can be repeated
    #[arg(long = "label", value_name = "LABEL")]
    pub(crate) labels: Vec<String>,
    /// Only for feedback about the app with this id; can be repeated
    #[arg(long = "app", value_name = "ID")]
    pub(crate) apps: Vec<String>,
    /// A template for titles, with the names from `hookbell rules names`
    #[arg(long, value_name = "TEMPLATE")]
    pub(crate) title: Option<String>,
    /// A template for Markdown above the tester's words
    #[arg(long, value_name = "TEMPLATE")]
    pub(crate) body: Option<String>,
    /// Put the tester's name and e-mail address into issues
    #[arg(long)]
    pub(crate) include_tester: bool,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

/// Where a token comes from. It is never an argument: other programs can read those.
#[derive(Debug, Clone, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct TokenArguments {
    /// Read the token from this environment variable
    #[arg(long, value_name = "NAME")]
    pub(crate) token_env: Option<String>,
    /// Read the token from this file, without its final line break
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct OneTrackerArguments {
    /// The tracker, by its id or name from `hookbell trackers list`
    #[arg(value_name = "TRACKER")]
    pub(crate) tracker: String,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct TrackerTokenArguments {
    /// The tracker, by its id or name from `hookbell trackers list`
    #[arg(value_name = "TRACKER")]
    pub(crate) tracker: String,
    #[command(flatten)]
    pub(crate) token: TokenArguments,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct RemoveTrackerArguments {
    /// The tracker, by its id or name from `hookbell trackers list`
    #[arg(value_name = "TRACKER")]
    pub(crate) tracker: String,
    /// Confirm the removal
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct FileFeedbackArguments {
    /// The feedback's ids, from `hookbell feedback list`
    #[arg(value_name = "ID", required = true)]
    pub(crate) ids: Vec<String>,
    /// The tracker, by its id or name from `hookbell trackers list`
    #[arg(long, value_name = "TRACKER")]
    pub(crate) to: String,
    /// The issue's title [default: the tracker's, the tester's words, or what crashed]
    #[arg(long, value_name = "TITLE")]
    pub(crate) title: Option<String>,
    /// A label, instead of the tracker's; can be repeated
    #[arg(long = "label", value_name = "LABEL")]
    pub(crate) labels: Vec<String>,
    /// File all of them as one issue, such as reports of the same crash
    #[arg(long)]
    pub(crate) together: bool,
    /// Print what would be filed, and file nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) asc: AscArguments,
}

#[derive(Debug, Args)]
pub(crate) struct FixedArguments {
    /// The app's id, from `hookbell apps`
    #[arg(long, value_name = "ID")]
    pub(crate) app: String,
    /// Only what was done at this time or later: a day, a time, today or yesterday
    #[arg(long, value_name = "TIME", value_parser = super::time::time)]
    pub(crate) since: Option<jiff::Timestamp>,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}
