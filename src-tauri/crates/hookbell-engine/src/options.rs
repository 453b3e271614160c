//! The options that an engine is started with.

use std::{path::PathBuf, time::Duration};

use hookbell_asc::{BaseUrl, BaseUrlError};
use hookbell_core::Secret;
use hookbell_ingress::{
    listener::Limits,
    tunnel::{Programs, Rhythm},
};
use hookbell_vault::Vault;

use crate::{clock::Clock, given_key::GivenKey};

/// An unusable environment variable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OptionsError {
    /// `HOOKBELL_PORT` isn't a port.
    #[error("HOOKBELL_PORT is {0:?}, which is not a port: use a number from 0 (any free port) to 65535")]
    Port(String),
    /// `HOOKBELL_LOG` isn't a filter.
    #[error(
        "HOOKBELL_LOG is {0:?}, which is not a log level: use error, warn, info, debug, trace or off, or hookbell=debug,warn"
    )]
    Log(String),
    /// `HOOKBELL_ASC_URL` can't be the base of an API.
    #[error("HOOKBELL_ASC_URL can't be used: {0}")]
    AscUrl(#[from] BaseUrlError),
}

/// The options that an engine is started with.
#[derive(Debug, Clone)]
pub struct Options {
    /// The data directory; created if necessary.
    pub data_dir: PathBuf,
    /// Overrides the configured port; 0 picks any free one.
    pub port: Option<u16>,
    /// Where secrets are kept.
    pub vault: Vault,
    /// The source of time.
    pub clock: Clock,
    /// Where to look for the tunnel's program.
    pub programs: Programs,
    /// Serve only this webhook, whose secret was given by hand, without using the keychain.
    pub only: Option<GivenWebhook>,
    /// The listener's limits.
    pub limits: Limits,
    /// How often to check things, and how long to wait.
    pub pace: Pace,
    /// The base URL of App Store Connect's API, for accounts being added and for a key from the command line. A
    /// stored account uses its own address, and is refused if this names another.
    pub asc_url: Option<BaseUrl>,
    /// Timeouts and retries for App Store Connect.
    pub asc: hookbell_asc::ClientSettings,
    /// The key to use if no account is named, instead of one from the keychain.
    pub given_key: Option<GivenKey>,
    /// The value of `HOOKBELL_LOG`; overrides the settings.
    pub log: Option<String>,
    /// Whether this is a management command: it serves no webhook, so it doesn't read webhook secrets from the
    /// keychain.
    pub manages_only: bool,
    /// Whether notifications wait until [`crate::Notifications::announce`] is called: for a program that may still be
    /// refused after it started the engine, because nothing is announced twice.
    pub announces_later: bool,
}

/// How often to check things, and how long to wait. [`Pace::default`] is what the product uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pace {
    /// The timing of the tunnel's supervisor.
    pub tunnel: Rhythm,
    /// How often to check for missed events while the tunnel is up.
    pub catch_up: Duration,
    /// The length of a minute in the settings.
    pub minute: Duration,
    /// The first and the longest wait before retrying what App Store Connect couldn't do.
    pub again: (Duration, Duration),
    /// How long a notification waits for its event's details, from when the event was first seen here.
    pub details: Duration,
    /// The same for a feedback's screenshot, which can only be fetched once the details are known.
    pub picture: Duration,
    /// How long changes are gathered before Hookbell checks for own news.
    pub own_news: Duration,
    /// How long a secret stays on the clipboard.
    pub clipboard: Duration,
    /// The length of a second while an upload waits.
    pub upload_second: Duration,
    /// How often to retry secrets that couldn't be read, and to remove expired ones.
    pub secrets: Duration,
}

impl Default for Pace {
    /// Checks for missed events every 15 minutes; retries after half a minute at first, and every ten minutes at
    /// most. A notification is shown after three seconds with what is known, or after six without its screenshot.
    fn default() -> Self {
        Self {
            tunnel: Rhythm::default(),
            catch_up: Duration::from_secs(15 * 60),
            minute: Duration::from_secs(60),
            again: (Duration::from_secs(30), Duration::from_secs(600)),
            details: Duration::from_secs(3),
            picture: Duration::from_secs(6),
            own_news: Duration::from_secs(5),
            clipboard: Duration::from_secs(60),
            upload_second: Duration::from_secs(1),
            secrets: Duration::from_secs(10),
        }
    }
}

/// A webhook that lasts as long as the command that was given its secret.
#[derive(Debug, Clone)]
pub struct GivenWebhook {
    /// The last segment of its path; if `None`, the one used before or a new one.
    pub token: Option<String>,
    /// Its secret.
    pub secret: Secret,
}

impl Options {
    /// The defaults for a data directory, with the system's keychain and clock.
    #[must_use]
    pub fn new(data_dir: PathBuf) -> Self {
        Self {
            data_dir,
            port: None,
            vault: Vault::system(),
            clock: Clock::system(),
            programs: Programs::here(),
            only: None,
            limits: Limits::default(),
            pace: Pace::default(),
            asc_url: None,
            asc: hookbell_asc::ClientSettings::default(),
            given_key: None,
            log: None,
            manages_only: false,
            announces_later: false,
        }
    }

    /// Reads the port from `HOOKBELL_PORT`, the API's base URL from `HOOKBELL_ASC_URL` and the log filter from
    /// `HOOKBELL_LOG`, if they are set.
    ///
    /// # Errors
    /// [`OptionsError`] if one of them is unusable.
    pub fn with_environment(mut self) -> Result<Self, OptionsError> {
        if let Some(text) = std::env::var_os("HOOKBELL_PORT").filter(|text| !text.is_empty()) {
            let text = text.to_string_lossy();
            self.port = Some(text.parse().map_err(|_| OptionsError::Port(text.into_owned()))?);
        }
        if let Some(text) = std::env::var_os("HOOKBELL_ASC_URL").filter(|text| !text.is_empty()) {
            self.asc_url = Some(text.to_string_lossy().parse()?);
        }
        self.log = log_filter()?;
        Ok(self)
    }
}

/// The value of `HOOKBELL_LOG`, if set: levels, each for everything or, after a `=`, for the modules of a name.
///
/// # Errors
/// [`OptionsError::Log`] if part of it isn't a level. Taken as a module's name, it would silence the log without a
/// warning.
pub fn log_filter() -> Result<Option<String>, OptionsError> {
    let Some(text) = std::env::var_os("HOOKBELL_LOG").filter(|text| !text.is_empty()) else { return Ok(None) };
    let text = text.to_string_lossy().into_owned();
    let is_level = |part: &str| {
        let level = part.rsplit_once('=').map_or(part, |(_, level)| level).trim();
        ["off", "error", "warn", "info", "debug", "trace"].iter().any(|known| known.eq_ignore_ascii_case(level))
    };
    if text.split(',').all(is_level) { Ok(Some(text)) } else { Err(OptionsError::Log(text)) }
}
