//! What an engine is started with.

use std::{path::PathBuf, time::Duration};

use hookbell_asc::{BaseUrl, BaseUrlError};
use hookbell_core::Secret;
use hookbell_ingress::{
    listener::Limits,
    tunnel::{Programs, Rhythm},
};
use hookbell_vault::Vault;

use crate::{clock::Clock, given_key::GivenKey};

/// An environment variable that can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OptionsError {
    /// `HOOKBELL_PORT` is no port.
    #[error("HOOKBELL_PORT is {0:?}, which is not a port: use a number from 0 (any free port) to 65535")]
    Port(String),
    /// `HOOKBELL_LOG` is no filter.
    #[error(
        "HOOKBELL_LOG is {0:?}, which is not a log level: use error, warn, info, debug, trace or off, or hookbell=debug,warn"
    )]
    Log(String),
    /// `HOOKBELL_ASC_URL` can't be the base of an API.
    #[error("HOOKBELL_ASC_URL can't be used: {0}")]
    AscUrl(#[from] BaseUrlError),
}

/// What an engine is started with.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where everything is kept; made if it isn't there.
    pub data_dir: PathBuf,
    /// Overrides the port of the settings; 0 is any free port.
    pub port: Option<u16>,
    /// Where secrets are kept.
    pub vault: Vault,
    /// Where the time is read.
    pub clock: Clock,
    /// Where the tunnel's program is looked for.
    pub programs: Programs,
    /// Serve only this webhook, whose secret was given by hand, and leave the keychain alone.
    pub only: Option<GivenWebhook>,
    /// How patient the listener is.
    pub limits: Limits,
    /// How often what is watched is looked at.
    pub pace: Pace,
    /// Where App Store Connect's API is, for accounts that are being added and for the key that a command was given.
    /// An account that is kept goes to its own address, and to none while this names another.
    pub asc_url: Option<BaseUrl>,
    /// How patient we are with App Store Connect.
    pub asc: hookbell_asc::ClientSettings,
    /// The key to use where no account is named; the keychain is not asked for one then.
    pub given_key: Option<GivenKey>,
    /// What `HOOKBELL_LOG` says, whatever the settings do.
    pub log: Option<String>,
    /// Whether this is a command that only manages: it answers for no webhook, so it asks the keychain
    /// for none of their secrets.
    pub manages_only: bool,
    /// Whether nothing is announced before [`crate::Notifications::announce`] is called: for a program that may still be
    /// refused after it started the engine, as what is announced once is never announced again.
    pub announces_later: bool,
}

/// How often what is watched is looked at. [`Pace::default`] is what the product runs with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pace {
    /// How patient the tunnel's supervisor is.
    pub tunnel: Rhythm,
    /// How often missed events are looked for while the tunnel is up.
    pub catch_up: Duration,
    /// How long a minute of the settings is.
    pub minute: Duration,
    /// The first and the longest wait before something that App Store Connect could not do is tried again.
    pub again: (Duration, Duration),
    /// How long a notification waits for its event's details, from when the event was first seen here.
    pub details: Duration,
    /// The same for the screenshot of a tester’s feedback, which can only be fetched once the details are known.
    pub picture: Duration,
    /// How long what happened is gathered before Hookbell looks whether it has news of its own.
    pub own_news: Duration,
    /// How long a secret stays on the clipboard.
    pub clipboard: Duration,
    /// How often secrets that could not be read are tried again, and old ones looked through.
    pub secrets: Duration,
}

impl Default for Pace {
    /// Missed events every 15 minutes; what failed after half a minute, and every ten minutes at last. A notification
    /// goes out after three seconds with what is known, or after six without its screenshot.
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
            secrets: Duration::from_secs(10),
        }
    }
}

/// A webhook that lives as long as the command that was given its secret.
#[derive(Debug, Clone)]
pub struct GivenWebhook {
    /// The last segment of its path; the one used before, or a new one, if there is none.
    pub token: Option<String>,
    /// Its secret.
    pub secret: Secret,
}

impl Options {
    /// The usual ones for a data directory, with the system's keychain and clock.
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

    /// Takes the port from `HOOKBELL_PORT`, the API's address from `HOOKBELL_ASC_URL` and what the log tells from
    /// `HOOKBELL_LOG`, where they are set.
    ///
    /// # Errors
    /// [`OptionsError`] if one is set to something that can't be used.
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

/// What `HOOKBELL_LOG` says, if it is set: levels, each for everything or, after a `=`, for the modules of a name.
///
/// # Errors
/// [`OptionsError::Log`] if part of it is no level. As the name of a module it would silence the log without a word.
pub fn log_filter() -> Result<Option<String>, OptionsError> {
    let Some(text) = std::env::var_os("HOOKBELL_LOG").filter(|text| !text.is_empty()) else { return Ok(None) };
    let text = text.to_string_lossy().into_owned();
    let is_level = |part: &str| {
        let level = part.rsplit_once('=').map_or(part, |(_, level)| level).trim();
        ["off", "error", "warn", "info", "debug", "trace"].iter().any(|known| known.eq_ignore_ascii_case(level))
    };
    if text.split(',').all(is_level) { Ok(Some(text)) } else { Err(OptionsError::Log(text)) }
}
