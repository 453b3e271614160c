//! Arguments of `hookbell trackers`, and of `hookbell feedback` subcommands that use trackers.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::shared::{AscArguments, PlainArguments};

#[derive(Debug, Subcommand)]
pub(crate) enum TrackersCommand {
    /// Add a tracker; Hookbell checks its token and saves it in the keychain
    #[command(subcommand)]
    Add(AddTrackerCommand),
    /// List trackers, with how many of their issues are open and done
    List(PlainArguments),
    /// Check a tracker's token, and its repository, team or project
    Check(OneTrackerArguments),
    /// Give a tracker a new token
    Token(TrackerTokenArguments),
    /// Update the state of every issue from its tracker now
    Sweep(PlainArguments),
    /// Remove a tracker and its token; its issues aren't deleted
    Remove(RemoveTrackerArguments),
}

#[derive(Debug, Subcommand)]
pub(crate) enum AddTrackerCommand {
    /// A GitHub repository; the token needs read and write access to Issues and Contents, or the classic scope repo
    Github {
        /// The repository
        #[arg(long, value_name = "OWNER/NAME")]
        repo: String,
        /// The API's URL for GitHub Enterprise: https://HOST/api/v3 [default: github.com's]
        #[arg(long, value_name = "URL")]
        api_url: Option<String>,
        /// Allow an address in a private network
        #[arg(long)]
        allow_private_network: bool,
        #[command(flatten)]
        more: NewTrackerArguments,
    },
    /// A Linear team; the API key needs the permissions Read and Create issues
    Linear {
        /// The team's key, such as ENG
        #[arg(long, value_name = "KEY")]
        team: String,
        /// A different URL for the API
        #[arg(long, value_name = "URL")]
        api_url: Option<String>,
        #[command(flatten)]
        more: NewTrackerArguments,
    },
    /// A Jira Cloud project; the API token's owner needs permission to create issues, attachments and links in it
    Jira {
        /// The site, such as https://example.atlassian.net
        #[arg(long, value_name = "URL")]
        site: String,
        /// The project's key, such as BIRD
        #[arg(long, value_name = "KEY")]
        project: String,
        /// The email address of the token's owner
        #[arg(long, value_name = "EMAIL")]
        email: String,
        /// The issue type, by name or id [default: Bug, otherwise Task]
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
    /// A label for every issue; can be repeated
    #[arg(long = "label", value_name = "LABEL")]
    pub(crate) labels: Vec<String>,
    /// The name or id of the person to assign every issue to
    #[arg(long, value_name = "PERSON")]
    pub(crate) assignee: Option<String>,
    /// Only for feedback about the app with this id; can be repeated
    #[arg(long = "app", value_name = "ID")]
    pub(crate) apps: Vec<String>,
    /// A template for titles, with the names from `hookbell rules names`
    #[arg(long, value_name = "TEMPLATE")]
    pub(crate) title: Option<String>,
    /// A Markdown template for the text above the tester's words
    #[arg(long, value_name = "TEMPLATE")]
    pub(crate) body: Option<String>,
    /// Include the tester's name and email address in issues
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
    /// Read the token from this file; a trailing newline is ignored
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct OneTrackerArguments {
    /// The tracker's name or number, from `hookbell trackers list`
    #[arg(value_name = "TRACKER")]
    pub(crate) tracker: String,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct TrackerTokenArguments {
    /// The tracker's name or number, from `hookbell trackers list`
    #[arg(value_name = "TRACKER")]
    pub(crate) tracker: String,
    #[command(flatten)]
    pub(crate) token: TokenArguments,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct RemoveTrackerArguments {
    /// The tracker's name or number, from `hookbell trackers list`
    #[arg(value_name = "TRACKER")]
    pub(crate) tracker: String,
    /// Confirm the removal
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

/// What an issue has besides the tester's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum IssuePartArgument {
    /// The screenshots
    Screenshots,
    /// Device, system and build
    Facts,
    /// The crash log, as a file
    Log,
}

#[derive(Debug, Args)]
pub(crate) struct FileFeedbackArguments {
    /// The feedback's ids, from `hookbell feedback list`
    #[arg(value_name = "ID", required = true)]
    pub(crate) ids: Vec<String>,
    /// The tracker's name or number, from `hookbell trackers list`
    #[arg(long, value_name = "TRACKER")]
    pub(crate) to: String,
    /// The issue's title [default: from the tracker's template, the tester's words, or what crashed]
    #[arg(long, value_name = "TITLE")]
    pub(crate) title: Option<String>,
    /// A label to use instead of the tracker's; can be repeated
    #[arg(long = "label", value_name = "LABEL")]
    pub(crate) labels: Vec<String>,
    /// The assignee's name or id, instead of the tracker's
    #[arg(long, value_name = "PERSON")]
    pub(crate) assignee: Option<String>,
    /// Include the tester's name and email address in the issue
    #[arg(long)]
    pub(crate) include_tester: bool,
    /// Leave this out of the issue; can be repeated
    #[arg(long, value_name = "WHAT")]
    pub(crate) leave_out: Vec<IssuePartArgument>,
    /// File them all as one issue, such as several reports of one crash
    #[arg(long)]
    pub(crate) together: bool,
    /// Print what would be filed, without filing it
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
    /// Only issues done at or after this time: a date, a time, today or yesterday
    #[arg(long, value_name = "TIME", value_parser = super::time::time)]
    pub(crate) since: Option<jiff::Timestamp>,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}
