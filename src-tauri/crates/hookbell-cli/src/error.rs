//! Everything that can end a command, each in one line that says how to fix it.

use std::{io, path::PathBuf, process::ExitCode};

use hookbell_core::{SecretError, SignatureError, Slip, fixture};
use hookbell_engine::{DataDirError, OpenError, OptionsError, api::ApiError};
use hookbell_sim::SimulatorError;
use hookbell_store::StoreError;

use crate::terminal;

/// Why a command ended without doing what it was asked for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    #[error("the system gives no threads: {0}")]
    Runtime(io::Error),
    #[error("the environment variable {0} is not set: set it to the webhook's secret")]
    SecretEnvMissing(String),
    #[error("the environment variable {0} is not text")]
    SecretEnvNotText(String),
    #[error("the secret file {} can't be read: {error}", path.display())]
    SecretFile { path: PathBuf, error: io::Error },
    #[error("the secret file {} is not text: a secret is one line of UTF-8", .0.display())]
    SecretFileNotText(PathBuf),
    #[error("the secret file {} has more than {max_len} bytes: a secret is one line", path.display())]
    SecretFileTooLarge { path: PathBuf, max_len: u64 },
    #[error("{0}: put the webhook's secret there, as it is in App Store Connect")]
    Secret(#[from] SecretError),
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    #[error(transparent)]
    Options(#[from] OptionsError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("{0}; {hint}", hint = .0.hint())]
    Store(#[from] StoreError),
    #[error(transparent)]
    Engine(#[from] ApiError),
    #[error("this deletes the webhook {0} in App Store Connect, and its secret here: say --yes if that is meant")]
    NotConfirmed(String),
    #[error("{headline} {hint}")]
    Ping { headline: String, hint: String },
    #[error("{missing} of {total} did not arrive{}", why.as_ref().map(|why| format!(": {why}")).unwrap_or_default())]
    NotRedelivered { missing: u32, total: u32, why: Option<ApiError> },
    #[error("{0} of the webhooks could not be moved; what to do stands at each")]
    NotMoved(usize),
    #[error("the log of {0} of the webhooks could not be read; why stands at each")]
    NotRead(usize),
    #[error("{0} of the steps need something; what to do stands at each")]
    Doctor(u32),
    #[error(transparent)]
    Simulator(#[from] SimulatorError),
    #[error("{0}")]
    NotListening(String),
    #[error("nothing was deleted: say --yes to delete it")]
    NothingDeleted,
    #[error("no feedback here has the id {0}: hookbell feedback list shows what there is")]
    NoSuchFeedback(String),
    #[error("no stored event has the id {0}: hookbell events lists what there is")]
    NoSuchEvent(String),
    #[error("there is no event type {given}: use PING or one of {}", known.join(", "))]
    EventType { given: String, known: Vec<&'static str> },
    #[error("--set {text}: {error}")]
    Change { text: String, error: fixture::ChangeError },
    #[error("the sample can't be changed so: {0}")]
    Edit(#[from] fixture::EditError),
    #[error("{0} is no URL to post to: use http:// or https://, a host and a path")]
    Url(String),
    #[error("nothing answered: {0}")]
    NoAnswer(String),
    #[error("{refused} of {sent} were answered with something else than 2xx")]
    Refused { refused: u32, sent: u32 },
    #[error("{} can't be written: {error}", path.display())]
    Folder { path: PathBuf, error: io::Error },
    #[error("the system gives no random numbers")]
    Random,
    #[error("bad signature: {0}")]
    Signature(#[from] SignatureError),
    #[error("bad signature: the secret has {}, and the signature would match if it did not", .0.words())]
    Slip(Slip),
    #[error("stdin can't be read: {0}")]
    Input(io::Error),
    /// Whoever read our output went away; there is nobody to tell.
    #[error("stdout is closed")]
    OutputClosed,
    #[error("stdout can't be written: {0}")]
    Output(io::Error),
}

/// Says on stderr what the person should know about a command that goes on.
pub(crate) fn warn(words: &str) {
    terminal::say(&format!("hookbell: {}\n", words.replace('\n', " ")));
}

impl CliError {
    /// Says it on stderr, in one line, and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        if matches!(self, Self::OutputClosed) {
            return ExitCode::SUCCESS;
        }
        terminal::say(&format!("hookbell: {}\n", self.to_string().replace('\n', " ")));
        match self {
            Self::NotConfirmed(_)
            | Self::NothingDeleted
            | Self::EventType { .. }
            | Self::Change { .. }
            | Self::Url(_) => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::OutputClosed } else { Self::Output(error) }
    }
}
