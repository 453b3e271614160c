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

/// The exit code if somebody must decide first.
const DECISION_NEEDED_CODE: u8 = 5;

/// The exit code after Ctrl-C before the work was done, as in shells.
const INTERRUPTED_CODE: u8 = 130;

/// Why a command failed.
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
    /// A filter names something that doesn't exist; the hint lists what does.
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
    #[error("this permanently ends testing of build {0}; pass --yes to confirm")]
    NotExpired(String),
    #[error("can't read {}: {error}", path.display())]
    TextFile { path: PathBuf, error: io::Error },
    /// A step of a plan can't be done.
    #[error("{0}")]
    StepRefused(String),
    /// A plan needs a decision; `hookbell builds distribute --help` lists the options for it.
    #[error("{0} Decide with --uses-encryption, --expire-other or --after-other.")]
    Undecided(String),
    /// The file, its number or its app is wrong; nothing was sent.
    #[error("{}", refusal::words(.0))]
    NotUploaded(ApiError),
    /// App Store Connect rejected the upload, or made no build of it.
    #[error("{0}")]
    UploadFailed(String),
    #[error("upload {id} is paused: continue it with hookbell builds uploads resume {id}{}", if *.given_key { " and the same key" } else { ", or in the app" })]
    UploadPaused { id: i64, given_key: bool },
    #[error("only this command has the key from --key-file, so the app can't carry out the plan: add --wait")]
    PlanNeedsWait,
    #[error("upload {0} was started with --key-file: pass that key again")]
    UploadNeedsKey(i64),
    #[error("can't read {}: {error}", path.display())]
    RuleFile { path: PathBuf, error: io::Error },
    #[error("{} has more than {max_kib} KiB: split it into several files", path.display())]
    RuleFileTooLarge { path: PathBuf, max_kib: u64 },
    #[error("{} has a list of rules: use hookbell rules import", .0.display())]
    RuleList(PathBuf),
    #[error("{}: {error}: see docs/rules.md", path.display())]
    RuleJson { path: PathBuf, error: serde_json::Error },
    #[error("{field}: {message}")]
    RuleFault { field: String, message: String },
    #[error("{} would fail; see the reason next to each", counted(*.0 as u64, "action", "actions"))]
    WouldFail(usize),
    #[error("the address is empty: put a URL such as https://hooks.slack.com/… into the file or variable")]
    NoAddress,
    #[error("{headline} {hint}")]
    Ping { headline: String, hint: String },
    #[error("{missing} of {} did not arrive{}", redeliveries(*total), because(why.as_ref()))]
    NotRedelivered { missing: u32, total: u32, why: Option<ApiError> },
    #[error("{} could not be updated; see the reason next to each", webhooks(*.0))]
    NotMoved(usize),
    #[error("the delivery log of {} could not be read; see the reason next to each", webhooks(*.0))]
    NotRead(usize),
    #[error("{} fixing; see below each what to do", if *.0 == 1 { "1 step needs".to_owned() } else { format!("{0} steps need", .0) })]
    Doctor(u32),
    #[error("{0}; {hint}", hint = .0.hint())]
    Simulator(#[from] SimulatorError),
    #[error("{0}")]
    NotListening(String),
    #[error("nothing was deleted; pass --yes to delete it")]
    NothingDeleted,
    #[error("the signature of event {0} is unknown: sign it with --secret-env or --secret-file")]
    Unsigned(String),
    #[error("the server did not accept the event{}", .0.as_ref().map(|to| format!(": it redirects to {to}; send it \
                                                                                   there instead")).unwrap_or_default())]
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
    #[error("no response from {url} ({why}): is hookbell listen, hookbell serve or the app running on this port?")]
    NoAnswer { url: String, why: String },
    #[error("{} rejected", if *.sent == 1 { "the event was".to_owned() } else { format!("{refused} of {sent} events were") })]
    Refused { refused: u32, sent: u32 },
    #[error("can't write to {}: {error}", path.display())]
    Folder { path: PathBuf, error: io::Error },
    #[error("the system provides no random numbers: try again")]
    Random,
    #[error("invalid signature: {0}")]
    Signature(#[from] SignatureError),
    #[error("invalid signature: the secret has {}, and the signature would match without it", .0.words())]
    Slip(Slip),
    #[error("can't read stdin: {0}")]
    Input(io::Error),
    /// The reader of our output went away; there is nobody to tell.
    #[error("stdout is closed")]
    OutputClosed,
    #[error("can't write to stdout: {0}")]
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

/// Prints a warning on stderr for a command that continues.
pub(crate) fn warn(words: &str) {
    terminal::say(&format!("hookbell: {}\n", words.replace('\n', " ")));
}

impl CliError {
    /// Interprets an error for a given id: it doesn't exist, or some other problem.
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

    /// Prints it on stderr, in one line, and returns the exit code.
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
            | Self::NotUploaded(_)
            | Self::PlanNeedsWait
            | Self::UploadNeedsKey(_)
            | Self::EventType { .. }
            | Self::Events { .. }
            | Self::Change { .. }
            | Self::Url(_) => ExitCode::from(2),
            Self::Undecided(_) => ExitCode::from(DECISION_NEEDED_CODE),
            Self::UploadPaused { .. } => ExitCode::from(INTERRUPTED_CODE),
            _ => ExitCode::FAILURE,
        }
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::OutputClosed } else { Self::Output(error) }
    }
}
