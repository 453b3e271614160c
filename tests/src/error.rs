//! Why a test could not go on, in words that say where to look.

use std::{io, path::PathBuf, process::ExitStatus, time::Duration};

/// Everything that can go wrong around the app under test.
///
/// A test that returns or unwraps an error prints its debug output, so that is the display text instead of the fields.
#[derive(thiserror::Error)]
pub enum Error {
    /// A program the harness starts is not on the `PATH`.
    #[error("{program} is not installed (Debian package {package})")]
    MissingProgram {
        /// The program's file name.
        program: &'static str,
        /// The Debian package that contains it.
        package: &'static str,
    },
    /// The app under test was not built.
    #[error("{} is not there; build it with: cargo build -p hookbell-app", .0.display())]
    MissingApp(PathBuf),
    /// The Debian package under test was not built.
    #[error("there is no package in {}; build it with: .dev/package --debug --bundles deb", .0.display())]
    MissingPackage(PathBuf),
    /// Cargo could not say where it builds.
    #[error("cargo metadata failed: {0}")]
    Metadata(#[from] cargo_metadata::Error),
    /// A program could not be started, or its output could not be read.
    #[error("{program} could not be run: {source}")]
    Run {
        /// The program's file name.
        program: String,
        /// What the system said.
        source: io::Error,
    },
    /// A program ended although it should have continued, or it failed.
    #[error("{program} ended with {status} and said: {said}")]
    Ended {
        /// The program's file name.
        program: String,
        /// How it ended.
        status: ExitStatus,
        /// The last lines it wrote.
        said: String,
    },
    /// A file or directory could not be used.
    #[error("{}: {source}", .path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A picture could not be decoded.
    #[error("{} is not a picture that can be read: {source}", .path.display())]
    Picture {
        /// The file.
        path: PathBuf,
        /// What the decoder said.
        source: png::DecodingError,
    },
    /// Something didn't happen in time.
    #[error("waited {limit:?} for {what}; {seen}")]
    Late {
        /// What was waited for.
        what: String,
        /// How long.
        limit: Duration,
        /// What was found instead.
        seen: String,
    },
    /// The session bus or a program on it returned an error.
    #[error("the session bus said: {0}")]
    Bus(#[from] zbus::Error),
    /// A value on the bus doesn't have the type that its interface specifies.
    #[error("a value on the session bus has another type: {0}")]
    BusValue(#[from] zbus::zvariant::Error),
    /// The tray menu has no such entry.
    #[error("the tray menu has no {label:?}, only {menu:?}")]
    NoMenuEntry {
        /// The wanted label.
        label: String,
        /// The existing labels.
        menu: Vec<String>,
    },
    /// The tray menu's entry can't be clicked.
    #[error("the tray menu's {0:?} is greyed out")]
    DisabledMenuEntry(String),
    /// The browser engine's driver could not open a session.
    #[error("no WebDriver session on the app: {0}")]
    Session(Box<fantoccini::error::NewSessionError>),
    /// A WebDriver command failed.
    #[error("WebDriver said: {}", said(.0))]
    WebDriver(Box<fantoccini::error::CmdError>),
    /// A script in the page returned something unexpected.
    #[error("the page answered {0}")]
    Page(serde_json::Value),
    /// A request to the listener got no answer.
    #[error("the request got no answer: {0}")]
    Http(#[from] reqwest::Error),
}

impl Error {
    /// For `map_err`: names the file or directory that could not be used.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }

    /// For `map_err`: names the program that could not be run.
    pub(crate) fn run(program: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let program = program.into();
        move |source| Self::Run { program, source }
    }
}

// Boxed by hand: the driver's errors are large, and every other result would carry their size.
impl From<fantoccini::error::NewSessionError> for Error {
    fn from(error: fantoccini::error::NewSessionError) -> Self {
        Self::Session(Box::new(error))
    }
}

impl From<fantoccini::error::CmdError> for Error {
    fn from(error: fantoccini::error::CmdError) -> Self {
        Self::WebDriver(Box::new(error))
    }
}

/// The driver often reports only an error code, which the error's own text leaves out.
fn said(error: &fantoccini::error::CmdError) -> String {
    match error {
        fantoccini::error::CmdError::Standard(refused) => format!("{} {}", refused.error, refused.message),
        other => other.to_string(),
    }
}

impl std::fmt::Debug for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}
