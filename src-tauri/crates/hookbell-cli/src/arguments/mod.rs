//! The command line, declared: a file for each larger command, and what they share beside them.

pub(crate) mod accounts;
pub(crate) mod deletion;
pub(crate) mod feedback;
pub(crate) mod shared;
pub(crate) mod tunnel;
pub(crate) mod webhooks;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use self::{
    accounts::{AccountsCommand, AppsArguments},
    deletion::EventsCommand,
    feedback::FeedbackCommand,
    shared::{OutputArguments, PlaceArguments, PlainArguments, SecretArguments},
    tunnel::{CatchUpArguments, TunnelCommand},
    webhooks::WebhooksCommand,
};

/// What stands below the long help and in the manual.
const ENVIRONMENT: &str = "\
Environment:
  HOOKBELL_DATA_DIR  where events are kept, instead of the platform's place
  HOOKBELL_PORT      the port; 0 is any free one
  HOOKBELL_ASC_URL   where App Store Connect is for accounts add and --key-file, for instance the simulator
  HOOKBELL_LOG       how much is logged: error, warn, info, debug, trace or off

Exit codes: 0 done, 1 refused or failed, 2 a command line that can't be understood.";

/// Receive, try and check App Store Connect webhooks from a terminal.
#[derive(Debug, Parser)]
#[command(name = "hookbell", version, arg_required_else_help = true, after_long_help = ENVIRONMENT)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Listen for one webhook and print each new event, without an account or a window
    Listen(ListenArguments),
    /// Run without a window: listen for every webhook, print each new event and what would be notified
    Serve(ServeArguments),
    /// List what is stored, newest first, or delete some of it
    Events(EventsArguments),
    /// Sign a sample event and send it to a payload URL
    Trigger(TriggerArguments),
    /// Check the signature of a body read from stdin
    Verify(VerifyArguments),
    /// Add, list and remove App Store Connect accounts
    #[command(subcommand)]
    Accounts(AccountsCommand),
    /// List the apps of an account
    Apps(AppsArguments),
    /// Manage webhooks in App Store Connect, and try them
    #[command(subcommand)]
    Webhooks(Box<WebhooksCommand>),
    /// List, show, export and delete what testers sent through TestFlight
    #[command(subcommand)]
    Feedback(Box<FeedbackCommand>),
    /// Set up, start and stop the way from the internet to here
    #[command(subcommand)]
    Tunnel(TunnelCommand),
    /// Fetch now what App Store Connect could not deliver
    CatchUp(CatchUpArguments),
    /// Show, export and import what is set
    #[command(subcommand)]
    Settings(SettingsCommand),
    /// Check every step from the keychain to the notification; exits 1 if one needs fixing
    Doctor(PlainArguments),
    /// Run a simulated App Store Connect on this computer
    Simulator(SimulatorArguments),
    /// Print what makes a shell complete these commands
    Completions(CompletionsArguments),
    /// Write the manual's pages into a folder
    #[command(hide = true)]
    Manual(ManualArguments),
}

#[derive(Debug, Subcommand)]
pub(crate) enum SettingsCommand {
    /// Show what is set, and what the environment decides instead
    Show(PlainArguments),
    /// Print a settings file; it has no secret
    Export {
        #[command(flatten)]
        place: PlaceArguments,
    },
    /// Take a settings file over; it is checked as a whole before anything is changed
    Import {
        /// The file, as an export writes it; a field that it leaves out stays as it is
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        place: PlaceArguments,
    },
}

#[derive(Debug, Args)]
pub(crate) struct ListenArguments {
    /// The port; 0 is any free one [default: HOOKBELL_PORT, the setting, or 8377]
    #[arg(long, value_name = "N")]
    pub(crate) port: Option<u16>,
    /// The path of the payload URL, /hooks/NAME [default: one that can't be guessed, kept for the next time]
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
    /// The port; 0 is any free one [default: HOOKBELL_PORT, the setting, or 8377]
    #[arg(long, value_name = "N")]
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
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) limit: u32,
    /// Print the body of this event instead, byte for byte
    #[arg(long, value_name = "ID", conflicts_with_all = ["limit", "json"])]
    pub(crate) raw: Option<String>,
    #[command(flatten)]
    pub(crate) place: PlaceArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
pub(crate) struct TriggerArguments {
    /// The event type as it is subscribed to, for instance BUILD_UPLOAD_STATE_UPDATED, or PING
    #[arg(value_name = "EVENT_TYPE")]
    pub(crate) event_type: String,
    /// The payload URL to send to
    #[arg(long, value_name = "URL", required_unless_present = "print")]
    pub(crate) url: Option<String>,
    #[command(flatten)]
    pub(crate) secret: SecretArguments,
    /// Change the sample: a JSON pointer and a value; may be given more than once
    #[arg(long, value_name = "/json/pointer=value")]
    pub(crate) set: Vec<String>,
    /// Give the event an id of its own, so that it is news
    #[arg(long)]
    pub(crate) new_id: bool,
    /// Send it so many times; with --new-id each is an event of its own
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) count: u32,
    /// Print the signed request as well; without --url nothing is sent
    #[arg(long)]
    pub(crate) print: bool,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyArguments {
    /// The value of the x-apple-signature header
    #[arg(long, value_name = "HEADER")]
    pub(crate) signature: String,
    #[command(flatten)]
    pub(crate) secret: SecretArguments,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArguments {
    /// The shell: for bash, put the output into ~/.local/share/bash-completion/completions/hookbell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManualArguments {
    /// The folder; made if it isn't there
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct SimulatorArguments {
    /// The port; 0 is any free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) port: u16,
    /// Where keys and state are kept for the next time [default: nowhere]
    #[arg(long, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

/// The last segment of a payload URL's path.
fn token(path: &str) -> Result<String, String> {
    let name = path.strip_prefix("/hooks/").ok_or("a path begins with /hooks/, for instance /hooks/studio")?;
    let plain = |character: char| character.is_ascii_alphanumeric() || "-._~".contains(character);
    match name {
        "" => Err("the path needs a name after /hooks/".to_owned()),
        "." | ".." => Err("a name can't be only dots".to_owned()),
        _ if name.len() > 128 => Err("the name has more than 128 characters".to_owned()),
        _ if !name.chars().all(plain) => Err("a name has only letters, digits, and - . _ ~".to_owned()),
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
