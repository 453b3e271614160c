//! Updates by Tauri's updater: from the repository's releases, verified by a key that this build was made with.
//!
//! The updater is made when it is first asked for, as most starts never do; the window has no right to any of its
//! commands. A build without a key has nothing to prove an update with, so it has none.

use std::sync::{Mutex, PoisonError};

use hookbell_engine::{Release, UpdateError};
use tauri::{AppHandle, utils::platform};
use tauri_plugin_updater::{Error, Update, UpdaterExt};

/// The public half of the releases' key, from the repository (see `build.rs`); empty if it has none.
const KEY: &str = env!("HOOKBELL_UPDATE_KEY");

/// The update that was found, if one was.
#[derive(Default)]
pub(crate) struct Updates {
    found: Mutex<Option<Update>>,
    /// Whether the updater was made.
    made: Mutex<bool>,
}

/// The key, if this build can be replaced by another: it has a key, and came from a package.
fn key() -> Option<&'static str> {
    (!KEY.is_empty() && platform::bundle_type().is_some()).then_some(KEY)
}

impl Updates {
    /// Whether this build can update itself. Asks nobody.
    pub(crate) fn can_update() -> bool {
        key().is_some()
    }

    /// Asks the releases for a newer version, and remembers it.
    pub(crate) fn look(&self, app: &AppHandle) -> Result<Option<Release>, UpdateError> {
        self.make(app)?;
        let looking = async { app.updater()?.check().await };
        let found = tauri::async_runtime::block_on(looking).map_err(|error| explain(&error))?;
        let release =
            found.as_ref().map(|update| Release { version: update.version.clone(), notes: update.body.clone() });
        *self.found.lock().unwrap_or_else(PoisonError::into_inner) = found;
        Ok(release)
    }

    /// Fetches what was found, proves its signature, installs it, and starts it in this one's place.
    pub(crate) fn install(&self, app: &AppHandle) -> Result<(), UpdateError> {
        let update = self.found.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or(UpdateError::Absent)?;
        let installing = update.download_and_install(|_, _| {}, || {});
        tauri::async_runtime::block_on(installing).map_err(|error| explain(&error))?;
        app.request_restart();
        Ok(())
    }

    fn make(&self, app: &AppHandle) -> Result<(), UpdateError> {
        let key = key().ok_or(UpdateError::Absent)?;
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if !*made {
            let updater = tauri_plugin_updater::Builder::new().pubkey(key).build();
            app.plugin(updater).map_err(|error| UpdateError::Refused(error.to_string()))?;
            *made = true;
        }
        Ok(())
    }
}

/// The updater's words, by what one can do about it.
fn explain(error: &Error) -> UpdateError {
    match error {
        Error::Reqwest(_) | Error::Network(_) | Error::ReleaseNotFound => UpdateError::Unreachable(error.to_string()),
        Error::Minisign(_) | Error::Base64(_) | Error::SignatureUtf8(_) | Error::MissingSignedVersion => {
            UpdateError::Untrue(error.to_string())
        }
        _ => UpdateError::Refused(error.to_string()),
    }
}
