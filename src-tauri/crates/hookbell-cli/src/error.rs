//! Everything that can end a command, each in one line that says how to fix it.

use std::{io, path::PathBuf, process::ExitCode};

use hookbell_core::{SecretError, SignatureError, Slip, fixture};
use hookbell_engine::{
    DataDirError, OpenError, OptionsError,
    api::{ApiError, ErrorCode},
};
use hookbell_sim::SimulatorError;
use hookbell_store::StoreError;

use crate::{layout::counted, refusal, terminal};

/// How a command exits where somebody has to decide before it can go on.
const DECISION_NEEDED_CODE: u8 = 5;

/// Why a command ended without doing what it was asked for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    #[error("could not start a thread: {0}: close some programs and try again")]
    Runtime(io::Error),
    #[error("the environment variable {0} is not set: set it to the secret, and export it")]
    SecretEnvMissing(String),
    #[error("the environment variable {0} is not text: a secret is one line of UTF-8")]
    SecretEnvNotText(String),
    #[error("can't read the secret file {}: {error}", path.display())]
    SecretFile { path: PathBuf, error: io::Error },
    #[error("the secret file {} is not text: a secret is one line of UTF-8", .0.display())]
    SecretFileNotText(PathBuf),
    #[error("the secret file {} has more than {max_len} bytes: a secret is one line", path.display())]
    SecretFileTooLarge { path: PathBuf, max_len: u64 },
    #[error("{0}: use the webhook's secret from App Store Connect")]
    Secret(#[from] SecretError),
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    #[error("there is no data directory {dir}: check --data-dir, or create it with mkdir -p '{dir}'", dir = .0.display())]
    NoDataDir(PathBuf),
    #[error("{} is a file: choose a folder for the data directory", .0.display())]
    DataDirIsFile(PathBuf),
    #[error(transparent)]
    Options(#[from] OptionsError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("{0}; {hint}", hint = .0.hint())]
    Store(#[from] StoreError),
    #[error("{}", refusal::words(.0))]
    Engine(#[from] ApiError),
    /// A filter asks for something that is not here; the hint lists what is.
    #[error(transparent)]
    Filter(ApiError),
    #[error("no account yet: add one with hookbell accounts add, or pass --key-file")]
    NoAccount,
    #[error("there are {0} accounts: pass --account with one of the ids from hookbell accounts list")]
    WhichAccount(usize),
    #[error("there is no {what} with the id {id}: {list} shows the ids")]
    NoSuch { what: &'static str, id: String, list: &'static str },
    #[error("this deletes webhook {0} from App Store Connect and its secret from the keychain; pass --yes to confirm")]
    NotConfirmed(String),
    #[error("this deletes {0}; pass --yes to confirm")]
    Unconfirmed(String),
    #[error("this ends testing of build {0} for good; pass --yes to confirm")]
    NotExpired(String),
    #[error("can't read {}: {error}", path.display())]
    TextFile { path: PathBuf, error: io::Error },
    /// A step of a plan can't be done.
    #[error("{0}")]
    StepRefused(String),
    /// A plan waits for somebody's choice; the options that make it are in `hookbell builds distribute --help`.
    #[error("{0} Decide with --uses-encryption, --expire-other or --after-other.")]
    Undecided(String),
    #[error("can't read {}: {error}", path.display())]
    RuleFile { path: PathBuf, error: io::Error },
    #[error("{} has more than {max_kib} KiB: split it into several files", path.display())]
    RuleFileTooLarge { path: PathBuf, max_kib: u64 },
    #[error("{} has a list of rules: use hookbell rules import", .0.display())]
    RuleList(PathBuf),
    #[error("{}: {error}: docs/rules.md has every field", path.display())]
    RuleJson { path: PathBuf, error: serde_json::Error },
    #[error("{field}: {message}")]
    RuleFault { field: String, message: String },
    #[error("{} would fail; the reason is beside each", counted(*.0 as u64, "action", "actions"))]
    WouldFail(usize),
    #[error("the address is empty: put a URL such as https://hooks.slack.com/… into the file or variable")]
    NoAddress,
    #[error("{headline} {hint}")]
    Ping { headline: String, hint: String },
    #[error("{missing} of {} did not arrive{}", redeliveries(*total), because(why.as_ref()))]
    NotRedelivered { missing: u32, total: u32, why: Option<ApiError> },
    #[error("{} could not be updated; the reason is beside each", webhooks(*.0))]
    NotMoved(usize),
    #[error("the delivery log of {} could not be read; the reason is beside each", webhooks(*.0))]
    NotRead(usize),
    #[error("{} fixing; what to do is below each", if *.0 == 1 { "1 step needs".to_owned() } else { format!("{0} steps need", .0) })]
    Doctor(u32),
    #[error("{0}; {hint}", hint = .0.hint())]
    Simulator(#[from] SimulatorError),
    #[error("{0}")]
    NotListening(String),
    #[error("nothing was deleted; pass --yes to delete it")]
    NothingDeleted,
    #[error("the signature of event {0} is unknown: sign it with --secret-env or --secret-file")]
    Unsigned(String),
    #[error("the server did not accept it{}", .0.as_ref().map(|to| format!(": it redirects to {to}; send it there")).unwrap_or_default())]
    NotTaken(Option<String>),
    #[error("there is no event type {given}: use PING or one of {}", known.join(", "))]
    EventType { given: String, known: Vec<&'static str> },
    #[error("--events: there is no event type {given}: use all, or some of {}", known.join(", "))]
    Events { given: String, known: Vec<&'static str> },
    #[error("--set {text}: {error}")]
    Change { text: String, error: fixture::ChangeError },
    #[error("invalid --set: {0}")]
    Edit(#[from] fixture::EditError),
    #[error("--url: {0} is not a URL to post to: use http:// or https://, a host and a path")]
    Url(String),
    #[error("can't send requests: {0}")]
    NoClient(String),
    #[error("nothing answered at {url} ({why}): is hookbell listen, hookbell serve or the app running, on this port?")]
    NoAnswer { url: String, why: String },
    #[error("{} rejected", if *.sent == 1 { "the event was".to_owned() } else { format!("{refused} of {sent} events were") })]
    Refused { refused: u32, sent: u32 },
    #[error("can't write to {}: {error}", path.display())]
    Folder { path: PathBuf, error: io::Error },
    #[error("the system gave no random numbers: try again")]
    Random,
    #[error("invalid signature: {0}")]
    Signature(#[from] SignatureError),
    #[error("invalid signature: the secret has {}, and the signature would match without it", .0.words())]
    Slip(Slip),
    #[error("can't read stdin: {0}")]
    Input(io::Error),
    /// Whoever read our output went away; there is nobody to tell.
    #[error("stdout is closed")]
    OutputClosed,
    #[error("stdout can't be written: {0}")]
    Output(io::Error),
}

fn webhooks(count: usize) -> String {
    counted(count as u64, "webhook", "webhooks")
}

fn redeliveries(count: u32) -> String {
    counted(count.into(), "redelivery", "redeliveries")
}

fn because(why: Option<&ApiError>) -> String {
    why.map(|why| format!(": {}", refusal::words(why))).unwrap_or_default()
}

/// Says on stderr what the person should know about a command that goes on.
pub(crate) fn warn(words: &str) {
    terminal::say(&format!("hookbell: {}\n", words.replace('\n', " ")));
}

impl CliError {
    /// What a refusal means for somebody who gave an id: nothing has it, or whatever else was wrong.
    pub(crate) fn no_such(what: &'static str, id: String, list: &'static str) -> impl FnOnce(ApiError) -> Self {
        move |error| match error.code {
            ErrorCode::NotFound => Self::NoSuch { what, id, list },
            _ => error.into(),
        }
    }

    pub(crate) fn no_account(id: String) -> Self {
        Self::NoSuch { what: "account", id, list: "hookbell accounts list" }
    }

    pub(crate) fn no_event(id: String) -> Self {
        Self::NoSuch { what: "event", id, list: "hookbell events" }
    }

    pub(crate) fn no_feedback(id: String) -> impl FnOnce(ApiError) -> Self {
        Self::no_such("feedback", id, "hookbell feedback list")
    }

    /// Says it on stderr, in one line, and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        if matches!(self, Self::OutputClosed) {
            return ExitCode::SUCCESS;
        }
        terminal::say(&format!("hookbell: {}\n", self.to_string().replace('\n', " ")));
        match self {
            Self::NotConfirmed(_)
            | Self::Unconfirmed(_)
            | Self::NotExpired(_)
            | Self::Filter(_)
            | Self::NothingDeleted
            | Self::EventType { .. }
            | Self::Events { .. }
            | Self::Change { .. }
            | Self::Url(_) => ExitCode::from(2),
            Self::Undecided(_) => ExitCode::from(DECISION_NEEDED_CODE),
            _ => ExitCode::FAILURE,
        }
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::OutputClosed } else { Self::Output(error) }
    }
}
