//! The app's arguments, and how it reports that it can't start.

use std::{ffi::OsString, process::ExitCode};

use hookbell_engine::{Link, LinkError};

/// The command line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Arguments {
    /// Start in the tray, without a window.
    pub(crate) hidden: bool,
    /// What to show: the desktop starts the app with the clicked link.
    pub(crate) link: Option<Link>,
}

/// Why the app doesn't start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StartError {
    /// Not an error: `--help` or `--version` was answered.
    #[error("{0}")]
    Answered(String),
    /// An unknown argument.
    #[error(
        "unknown argument {0:?}: the app takes only a link, --hidden, --version and --help; scripts use the hookbell command"
    )]
    Argument(String),
    /// An invalid link.
    #[error("{given:?} was ignored: {error}")]
    Link {
        /// The argument.
        given: String,
        /// What is wrong with it.
        error: LinkError,
    },
    /// There is no display.
    #[cfg(target_os = "linux")]
    #[error("there is no display (DISPLAY and WAYLAND_DISPLAY are not set): use hookbell serve, which needs none")]
    NoDisplay,
    /// An environment variable is invalid.
    #[error(transparent)]
    Options(#[from] hookbell_engine::OptionsError),
    /// There is no place for the data.
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
    /// Prints it to the terminal, and returns the exit code: 2 for a wrong command line, 1 for the rest.
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
            Self::Argument(_) | Self::Link { .. } => {
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
                    let usage = "Usage: hookbell-app [--hidden] [LINK]\n\n  LINK       show an event: hookbell://event/ID\n  --hidden   start in the tray, with no window\n  --version  print the version";
                    return Err(StartError::Answered(usage.to_owned()));
                }
                other if Link::is_meant(other) => {
                    let link = other.parse().map_err(|error| StartError::Link { given: other.to_owned(), error })?;
                    arguments.link = Some(link);
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
    fn takes_a_link_beside_the_rest() {
        let arguments = parse(&["--hidden", "hookbell://event/abc"]).unwrap();
        assert_eq!((arguments.hidden, arguments.link), (true, Some("hookbell://event/abc".parse().unwrap())));
    }

    #[test]
    fn a_link_that_leads_nowhere_is_ignored_with_words() {
        let error = parse(&["hookbell://delete/everything"]).unwrap_err();
        assert!(matches!(&error, StartError::Link { error: LinkError::Form, .. }));
        assert!(
            error.to_string().starts_with("\"hookbell://delete/everything\" was ignored: a link looks like "),
            "{error}"
        );
    }

    #[test]
    fn an_unknown_argument_is_named() {
        assert!(matches!(parse(&["--hiden"]), Err(StartError::Argument(name)) if name == "--hiden"));
    }
}
