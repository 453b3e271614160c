//! Updates through Tauri's updater: from the repository's releases, verified with a key that is built in.
//!
//! The updater is created on first use, as most runs never need it; the window has no permission for its commands. A
//! build without a key can't verify updates, so it gets none.

use std::sync::{Mutex, PoisonError};

use hookbell_engine::{Release, UpdateError};
use tauri::{AppHandle, utils::platform};
use tauri_plugin_updater::{Error, Update, UpdaterExt};

/// The public half of the releases' key, from the repository (see `build.rs`); empty if it has none.
const KEY: &str = env!("HOOKBELL_UPDATE_KEY");

/// The available update, if any.
#[derive(Default)]
pub(crate) struct Updates {
    found: Mutex<Option<Update>>,
    /// Whether the updater exists.
    made: Mutex<bool>,
}

/// The key, if this build can replace itself: it has a key, and came from a package.
fn key() -> Option<&'static str> {
    (!KEY.is_empty() && platform::bundle_type().is_some()).then_some(KEY)
}

impl Updates {
    /// Whether this build can update itself. Sends no request.
    pub(crate) fn can_update() -> bool {
        key().is_some()
    }

    /// Checks the releases for a newer version, and remembers it.
    pub(crate) fn look(&self, app: &AppHandle) -> Result<Option<Release>, UpdateError> {
        self.make(app)?;
        let looking = async { app.updater()?.check().await };
        let found = tauri::async_runtime::block_on(looking).map_err(|error| explain(&error))?;
        let release =
            found.as_ref().map(|update| Release { version: update.version.clone(), notes: update.body.clone() });
        *self.found.lock().unwrap_or_else(PoisonError::into_inner) = found;
        Ok(release)
    }

    /// Downloads the found update, verifies its signature, installs it, and restarts into it.
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

/// The updater's errors, by what the user can do about them.
fn explain(error: &Error) -> UpdateError {
    match error {
        Error::Reqwest(_) | Error::Network(_) | Error::ReleaseNotFound => UpdateError::Unreachable(error.to_string()),
        Error::Minisign(_) | Error::Base64(_) | Error::SignatureUtf8(_) | Error::MissingSignedVersion => {
            UpdateError::Untrue(error.to_string())
        }
        _ => UpdateError::Refused(error.to_string()),
    }
}
