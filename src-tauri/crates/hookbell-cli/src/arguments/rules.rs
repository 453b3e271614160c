//! Arguments of `hookbell rules` and `hookbell runs`.

use std::path::PathBuf;

use clap::{
    Args, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};
use hookbell_engine::api::RunState;

use super::shared::{OutputArguments, PlaceArguments, PlainArguments, at_least_one};

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// List rules in order, each with its last run
    List(PlainArguments),
    /// Show a rule's document and what's wrong with it
    Show(OneRuleArguments),
    /// Add a rule from a file, after all others; a rule that runs a command stays disabled until you enable it
    Add(AddRuleArguments),
    /// Replace a rule with one from a file; it keeps its position and id
    Update(UpdateRuleArguments),
    /// Enable a rule; if it runs a command from a file, read it first
    Enable(OneRuleArguments),
    /// Disable a rule; runs already waiting still happen
    Disable(OneRuleArguments),
    /// Move a rule before another, or to the end
    Move(MoveRuleArguments),
    /// Delete a rule; its runs are kept
    Delete(DeleteRuleArguments),
    /// Test a rule against stored events: which match, why others don't, and what it would send; exits 1 if an action would fail
    Test(TestRuleArguments),
    /// Print rules as a file for import, without addresses from the keychain
    Export(ExportRulesArguments),
    /// Add all rules from a file, or none if one has an error; rules that run a command stay disabled until you enable them
    Import(ImportRulesArguments),
    /// List the names that conditions and templates can use
    Names(OutputArguments),
    /// List the ready-made rules, or print the document of one
    ReadyMade(ReadyMadeArguments),
    /// Manage destinations: named addresses in the keychain
    #[command(subcommand)]
    Destinations(DestinationsCommand),
}

#[derive(Debug, Args)]
pub(crate) struct OneRuleArguments {
    /// The rule's id, from `hookbell rules list`
    #[arg(value_name = "ID", value_parser = number)]
    pub(crate) id: i64,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct AddRuleArguments {
    /// A JSON file with one rule, as in docs/rules.md; - reads it from stdin
    #[arg(long, value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct UpdateRuleArguments {
    /// The rule's id, from `hookbell rules list`
    #[arg(value_name = "ID", value_parser = number)]
    pub(crate) id: i64,
    /// A JSON file with one rule; - reads it from stdin. If its command is new, the rule is disabled
    #[arg(long, value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct MoveRuleArguments {
    /// The rule's id, from `hookbell rules list`
    #[arg(value_name = "ID", value_parser = number)]
    pub(crate) id: i64,
    /// The id of the rule to put it before [default: the end of the list]
    #[arg(long, value_name = "ID", value_parser = number)]
    pub(crate) before: Option<i64>,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct DeleteRuleArguments {
    /// The rule's id, from `hookbell rules list`
    #[arg(value_name = "ID", value_parser = number)]
    pub(crate) id: i64,
    /// Confirm the deletion
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct TestRuleArguments {
    #[command(flatten)]
    pub(crate) which: WhichRuleArguments,
    #[command(flatten)]
    pub(crate) events: TestedEventsArguments,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

/// The rule to compare.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct WhichRuleArguments {
    /// The rule's id, from `hookbell rules list`
    #[arg(value_name = "ID", value_parser = number)]
    pub(crate) id: Option<i64>,
    /// A JSON file with one rule, which doesn't have to be added first; - reads it from stdin
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
}

/// The events to compare it with.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub(crate) struct TestedEventsArguments {
    /// Test against this event only, by its id from `hookbell events` [default: the events of the last 30 days]
    #[arg(long, value_name = "ID")]
    pub(crate) event: Option<String>,
    /// Test against the newest N events, with the reason where one doesn't match
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=200))]
    pub(crate) last: Option<u32>,
}

#[derive(Debug, Args)]
pub(crate) struct ExportRulesArguments {
    /// The ids of the rules, from `hookbell rules list` [default: all rules]
    #[arg(value_name = "ID", value_parser = number)]
    pub(crate) ids: Vec<i64>,
    #[command(flatten)]
    pub(crate) place: PlaceArguments,
}

#[derive(Debug, Args)]
pub(crate) struct ImportRulesArguments {
    /// A file from `hookbell rules export`; - reads it from stdin
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct ReadyMadeArguments {
    /// The id of one, to print its document [default: list them]
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DestinationsCommand {
    /// List destinations with the host of each address
    List(PlainArguments),
    /// Save or replace a named address in the keychain
    Set(SetDestinationArguments),
    /// Delete a destination from the keychain; rules that use it will fail
    Delete(DeleteDestinationArguments),
}

#[derive(Debug, Args)]
pub(crate) struct SetDestinationArguments {
    /// The name that rules refer to
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) url: AddressArguments,
    #[command(flatten)]
    pub(crate) secret: SigningSecretArguments,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

/// Where an address comes from. It is never an argument: other programs can read those.
#[derive(Debug, Clone, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct AddressArguments {
    /// Read the address from this environment variable
    #[arg(long, value_name = "NAME")]
    pub(crate) url_env: Option<String>,
    /// Read the address from this file; a trailing newline is ignored
    #[arg(long, value_name = "FILE")]
    pub(crate) url_file: Option<PathBuf>,
}

/// What events are signed with where a rule sends them signed.
#[derive(Debug, Clone, Args)]
#[group(multiple = false)]
pub(crate) struct SigningSecretArguments {
    /// Read the secret for `"as": "signed"` from this environment variable
    #[arg(long, value_name = "NAME")]
    pub(crate) secret_env: Option<String>,
    /// Read the secret for `"as": "signed"` from this file; a trailing newline is ignored
    #[arg(long, value_name = "FILE")]
    pub(crate) secret_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct DeleteDestinationArguments {
    /// The destination's name, from `hookbell rules destinations list`
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// Confirm the deletion
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RunsCommand {
    /// List past and waiting runs, newest first
    List(ListRunsArguments),
    /// Show a run with the service's response or the command's output
    Show(OneRunArguments),
    /// Retry a run that failed, was given up or is waiting; the app or hookbell serve carries it out
    Retry(OneRunArguments),
}

#[derive(Debug, Args)]
pub(crate) struct ListRunsArguments {
    /// Only runs of the rule with this id
    #[arg(long, value_name = "ID", value_parser = number)]
    pub(crate) rule: Option<i64>,
    /// Only runs for the event with this id, from `hookbell events`
    #[arg(long, value_name = "ID")]
    pub(crate) event: Option<String>,
    /// Only runs in this state
    #[arg(long, value_name = "STATE", ignore_case = true, value_parser = run_state())]
    pub(crate) state: Option<RunState>,
    /// Maximum number of results
    #[arg(long, value_name = "N", default_value_t = 50, allow_negative_numbers = true, value_parser = at_least_one)]
    pub(crate) limit: u32,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

#[derive(Debug, Args)]
pub(crate) struct OneRunArguments {
    /// The run's id, from `hookbell runs list`
    #[arg(value_name = "ID", value_parser = number)]
    pub(crate) id: i64,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

/// A numeric id. clap's own error would talk about digits.
fn number(text: &str) -> Result<i64, String> {
    text.parse().map_err(|_| "ids are numbers; the list shows them".to_owned())
}

fn run_state() -> impl TypedValueParser<Value = RunState> {
    let words = RunState::ALL.iter().map(|state| state.as_str());
    PossibleValuesParser::new(words).try_map(|word| {
        RunState::ALL.iter().copied().find(|state| state.as_str().eq_ignore_ascii_case(&word)).ok_or(word)
    })
}
