//! What the app can be started with, and how it says that it can't start.

use std::{ffi::OsString, process::ExitCode};

/// The command line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Arguments {
    /// Start in the tray, with no window.
    pub(crate) hidden: bool,
}

/// Why the app does not start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StartError {
    /// Not an error: the question was answered.
    #[error("{0}")]
    Answered(String),
    /// An argument nobody knows.
    #[error(
        "unknown argument {0:?}: the app takes only --hidden, --version and --help; scripts use the hookbell command"
    )]
    Argument(String),
    /// No display to show anything on.
    #[cfg(target_os = "linux")]
    #[error("there is no display (DISPLAY and WAYLAND_DISPLAY are not set): use hookbell listen, which needs none")]
    NoDisplay,
    /// A setting of the environment is wrong.
    #[error(transparent)]
    Options(#[from] hookbell_engine::OptionsError),
    /// No place for the data.
    #[error(transparent)]
    DataDir(#[from] hookbell_engine::DataDirError),
    /// The engine can't be opened.
    #[error(transparent)]
    Open(#[from] hookbell_engine::OpenError),
    /// The log can't be written.
    #[error("the log can’t be written to {0}: make the data directory writable")]
    Log(String),
    /// Tauri can't start.
    #[error("the desktop can’t be used: {0}")]
    Desktop(#[from] tauri::Error),
}

impl StartError {
    /// Says it on the terminal, and gives the exit code: 2 for a wrong command line, 1 for the rest.
    #[allow(
        clippy::print_stderr,
        clippy::print_stdout,
        reason = "before there is a window, the terminal is all there is"
    )]
    pub(crate) fn report(&self) -> ExitCode {
        match self {
            Self::Answered(text) => {
                println!("{text}");
                ExitCode::SUCCESS
            }
            Self::Argument(_) => {
                eprintln!("hookbell-app: {self}");
                ExitCode::from(2)
            }
            _ => {
                eprintln!("hookbell-app: {self}");
                ExitCode::FAILURE
            }
        }
    }
}

impl Arguments {
    pub(crate) fn from_command_line(given: impl IntoIterator<Item = OsString>) -> Result<Self, StartError> {
        let mut arguments = Self::default();
        for argument in given {
            match argument.to_string_lossy().as_ref() {
                "--hidden" => arguments.hidden = true,
                "--version" | "-V" => {
                    return Err(StartError::Answered(format!("hookbell-app {}", env!("CARGO_PKG_VERSION"))));
                }
                "--help" | "-h" => {
                    let usage = "Usage: hookbell-app [--hidden]\n\n  --hidden   start in the tray, with no window\n  --version  print the version";
                    return Err(StartError::Answered(usage.to_owned()));
                }
                other => return Err(StartError::Argument(other.to_owned())),
            }
        }
        Ok(arguments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(given: &[&str]) -> Result<Arguments, StartError> {
        Arguments::from_command_line(given.iter().map(OsString::from))
    }

    #[test]
    fn starts_with_a_window_unless_hidden() {
        assert!(!parse(&[]).unwrap().hidden);
        assert!(parse(&["--hidden"]).unwrap().hidden);
    }

    #[test]
    fn an_unknown_argument_is_named() {
        assert!(matches!(parse(&["--hiden"]), Err(StartError::Argument(name)) if name == "--hiden"));
    }
}
