//! Errors when a simulator starts, executes a control or saves its state. The text says what is wrong,
//! [`SimulatorError::hint`] how to fix it.

mod control;

use std::{io, path::PathBuf};

pub use self::control::ControlError;

/// Why the simulator could not start or continue.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// The port is taken or not permitted.
    #[error("port {port} on 127.0.0.1 can't be opened: {source}")]
    Port {
        /// The requested port.
        port: u16,
        /// The system's error.
        source: io::Error,
    },
    /// A file or folder of the data directory can't be read or written.
    #[error("{} can't be used: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// Another simulator uses the data directory.
    #[error("another simulator uses {}", .0.display())]
    InUse(PathBuf),
    /// The saved state wasn't written by this version.
    #[error("{} can't be read: {source}", path.display())]
    State {
        /// The state file.
        path: PathBuf,
        /// Where the JSON is wrong.
        source: serde_json::Error,
    },
    /// A built-in fixture is not valid JSON:API. Only happens in a broken build.
    #[error("the built-in fixture {name} can't be read: {source}")]
    Fixture {
        /// The fixture's name.
        name: &'static str,
        /// Where the JSON is wrong.
        source: serde_json::Error,
    },
    /// A `.p8` file in the data directory is not a P-256 key.
    #[error("{} is not a P-256 private key", .0.display())]
    Key(PathBuf),
    /// The system gave no randomness or could not generate a key.
    #[error("no P-256 key could be created on this system")]
    KeyGeneration,
    /// The sender's HTTP client can't be set up.
    #[error("the sender can't be set up: {0}")]
    Sender(#[source] reqwest::Error),
    /// A control requested something nonexistent or impossible.
    #[error(transparent)]
    Control(#[from] ControlError),
}

impl SimulatorError {
    /// How to fix it, in a few words without a full stop.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Port { .. } => "choose another one, or 0 for any free port",
            Self::File { .. } => "check that the folder exists and is writable",
            Self::InUse(_) => "stop it first, or choose another folder",
            Self::State { .. } => "move it away to start with a fresh state",
            Self::Key(_) => "remove it, and the simulator creates a new one",
            Self::KeyGeneration => "try again",
            Self::Fixture { .. } | Self::Sender(_) => "please report this",
            Self::Control(control) => control.hint(),
        }
    }

    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}
