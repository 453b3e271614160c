//! Declares the command line: a file for each larger command, plus shared arguments.

pub(crate) mod accounts;
pub(crate) mod builds;
pub(crate) mod deletion;
pub(crate) mod feedback;
pub(crate) mod filter;
pub(crate) mod mcp;
pub(crate) mod plan;
pub(crate) mod resend;
pub(crate) mod rules;
pub(crate) mod shared;
mod time;
pub(crate) mod trackers;
pub(crate) mod tunnel;
pub(crate) mod uploads;
pub(crate) mod views;
pub(crate) mod webhooks;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use self::{
    accounts::{AccountsCommand, AppsArguments},
    builds::{BuildsCommand, GroupsCommand},
    deletion::EventsCommand,
    feedback::FeedbackCommand,
    filter::FilterArguments,
    mcp::McpArguments,
    rules::{RulesCommand, RunsCommand},
    shared::{OutputArguments, PlaceArguments, PlainArguments, SecretArguments, at_least_one},
    trackers::TrackersCommand,
    tunnel::{CatchUpArguments, TunnelCommand},
    views::ViewsCommand,
    webhooks::WebhooksCommand,
};

/// The end of the long help and of the manual page.
const ENVIRONMENT: &str = "\
Environment:
  HOOKBELL_DATA_DIR  the data directory, instead of the system's usual place
  HOOKBELL_PORT      the port to listen on; 0 picks a free one
  HOOKBELL_ASC_URL   the App Store Connect address for accounts add and
                     --key-file, such as the simulator's
  HOOKBELL_LOG       the log level: error, warn, info, debug, trace or off

Exit codes: 0 success, 1 failure, 2 invalid command line or not confirmed,
5 a decision is needed, 130 an upload was interrupted and can be resumed.";

/// Receive, test and manage App Store Connect webhooks from a terminal.
#[derive(Debug, Parser)]
#[command(name = "hookbell", version, arg_required_else_help = true, after_long_help = ENVIRONMENT)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Listen for a single webhook whose secret you provide, and print new events
    Listen(ListenArguments),
    /// Run Hookbell without a window: listen for all webhooks, and print events and notifications
    Serve(ServeArguments),
    /// List stored events, newest first, or delete some
    Events(Box<EventsArguments>),
    /// Manage saved views: named event filters
    #[command(subcommand)]
    Views(Box<ViewsCommand>),
    /// Sign a sample event and send it to a payload URL
    Trigger(TriggerArguments),
    /// Verify the signature of a payload from stdin
    Verify(VerifyArguments),
    /// Add, list and remove App Store Connect accounts
    #[command(subcommand)]
    Accounts(AccountsCommand),
    /// List the apps of an account
    Apps(AppsArguments),
    /// Manage and test webhooks in App Store Connect
    #[command(subcommand)]
    Webhooks(Box<WebhooksCommand>),
    /// Upload builds, manage them in TestFlight and distribute them to testers
    #[command(subcommand)]
    Builds(Box<BuildsCommand>),
    /// List an app's tester groups
    #[command(subcommand)]
    Groups(GroupsCommand),
    /// List, show, export and delete testers' feedback from TestFlight
    #[command(subcommand)]
    Feedback(Box<FeedbackCommand>),
    /// Manage trackers: where feedback becomes issues, on GitHub, Linear or Jira
    #[command(subcommand)]
    Trackers(Box<TrackersCommand>),
    /// Manage rules: what happens when an event arrives
    #[command(subcommand)]
    Rules(Box<RulesCommand>),
    /// List, show and retry runs: what rules did
    #[command(subcommand)]
    Runs(RunsCommand),
    /// Manage the tunnel that lets Apple reach this computer
    #[command(subcommand)]
    Tunnel(TunnelCommand),
    /// Fetch missed events from App Store Connect now
    CatchUp(CatchUpArguments),
    /// Show, export and import the settings
    #[command(subcommand)]
    Settings(SettingsCommand),
    /// Check the whole setup, from keychain to notifications; exits 1 if a check fails
    Doctor(PlainArguments),
    /// Serve events and feedback to a coding agent, using the Model Context Protocol on stdin and stdout
    Mcp(McpArguments),
    /// Run a simulated App Store Connect on this computer
    Simulator(SimulatorArguments),
    /// Print a shell completion script
    Completions(CompletionsArguments),
    /// Write the manual pages to a folder
    #[command(hide = true)]
    Manual(ManualArguments),
}

#[derive(Debug, Subcommand)]
pub(crate) enum SettingsCommand {
    /// Show the settings, and which ones environment variables override
    Show(PlainArguments),
    /// Print a settings file; it contains no secrets
    Export {
        #[command(flatten)]
        place: PlaceArguments,
    },
    /// Import a settings file; nothing changes unless the whole file is valid
    Import {
        /// A file from `hookbell settings export`; fields it leaves out stay unchanged
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        plain: PlainArguments,
    },
}

#[derive(Debug, Args)]
pub(crate) struct ListenArguments {
    /// The port; 0 picks a free one [default: HOOKBELL_PORT, the setting, or 8377]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(crate) port: Option<u16>,
    /// The path of the payload URL, /hooks/NAME [default: an unguessable one, reused next time]
    #[arg(long, value_name = "PATH", value_parser = token)]
    pub(crate) path: Option<String>,
    #[command(flatten)]
    pub(crate) secret: SecretArguments,
    #[command(flatten)]
    pub(crate) place: PlaceArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
pub(crate) struct ServeArguments {
    /// The port; 0 picks a free one [default: HOOKBELL_PORT, the setting, or 8377]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(crate) port: Option<u16>,
    #[command(flatten)]
    pub(crate) place: PlaceArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct EventsArguments {
    #[command(subcommand)]
    pub(crate) command: Option<EventsCommand>,
    #[command(flatten)]
    pub(crate) filter: FilterArguments,
    /// Only the events of this saved view, from `hookbell views list`
    #[arg(long, value_name = "NAME")]
    #[arg(conflicts_with_all = ["app", "account", "event_type", "importance", "state", "since", "until", "archived"])]
    #[arg(conflicts_with = "search")]
    pub(crate) view: Option<String>,
    /// Maximum number of results
    #[arg(long, value_name = "N", default_value_t = 50, allow_negative_numbers = true, value_parser = at_least_one)]
    pub(crate) limit: u32,
    /// Print this event's payload, byte for byte
    #[arg(long, value_name = "ID", conflicts_with_all = ["limit", "json"])]
    pub(crate) raw: Option<String>,
    #[command(flatten)]
    pub(crate) place: PlaceArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
pub(crate) struct TriggerArguments {
    /// The event type in Apple's spelling, such as BUILD_UPLOAD_STATE_UPDATED, or PING
    #[arg(value_name = "EVENT_TYPE")]
    pub(crate) event_type: String,
    /// The payload URL to send to
    #[arg(long, value_name = "URL", required_unless_present = "print")]
    pub(crate) url: Option<String>,
    #[command(flatten)]
    pub(crate) secret: SecretArguments,
    /// Change a value in the sample, by JSON pointer; can be repeated
    #[arg(long, value_name = "/json/pointer=value")]
    pub(crate) set: Vec<String>,
    /// Use a fresh event ID, so it isn't treated as a duplicate
    #[arg(long)]
    pub(crate) new_id: bool,
    /// Send it N times; with --new-id each is a separate event
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) count: u32,
    /// Print the signed request; without --url nothing is sent
    #[arg(long)]
    pub(crate) print: bool,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyArguments {
    /// The value of the x-apple-signature header
    #[arg(long, value_name = "HEADER")]
    pub(crate) signature: String,
    #[command(flatten)]
    pub(crate) secret: SecretArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArguments {
    /// The shell; for bash, save the output as ~/.local/share/bash-completion/completions/hookbell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManualArguments {
    /// The folder; created if missing
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct SimulatorArguments {
    /// The port; 0 picks a free one
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true)]
    pub(crate) port: u16,
    /// Keep keys and state in this folder for next time [default: discard them]
    #[arg(long, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

/// The last segment of a payload URL's path.
fn token(path: &str) -> Result<String, String> {
    let name = path.strip_prefix("/hooks/").ok_or("start the path with /hooks/, such as /hooks/studio")?;
    let plain = |character: char| character.is_ascii_alphanumeric() || "-._~".contains(character);
    match name {
        "" => Err("add a name after /hooks/, such as /hooks/studio".to_owned()),
        "." | ".." => Err("the name can't be only dots".to_owned()),
        _ if name.len() > 128 => Err("use at most 128 characters in the name".to_owned()),
        _ if !name.chars().all(plain) => Err("use only letters, digits and - . _ ~ in the name".to_owned()),
        _ => Ok(name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_path_is_hooks_and_one_plain_name() {
        assert_eq!(token("/hooks/studio-1").unwrap(), "studio-1");
        for wrong in ["studio", "/hooks/", "/hooks/a/b", "/hooks/ä", "/hooks/..", "/hook/a"] {
            assert!(token(wrong).is_err(), "{wrong}");
        }
    }
}
