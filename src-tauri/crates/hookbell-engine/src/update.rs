//! Updates: checked for only with consent, and installed only on request.
//!
//! The host knows where newer versions are and how to verify their signature; this module handles consent, timing and
//! what the window shows. Deliberately absent: updates that install themselves.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, sleep_until};

use crate::{
    api::{ApiError, ErrorCode, Push, UpdateStatus},
    context::Context,
    desktop::blocking,
    host::UpdateError,
};

/// How long after its start the app first checks, so as not to slow down the start.
const FIRST_CHECK_AFTER: Duration = Duration::from_secs(60);

/// How often it checks afterwards.
const CHECK_EVERY: Duration = Duration::from_secs(24 * 3600);

/// The error if the updater ends without an answer.
const BROKE_DOWN: &str = "the updater broke down";

/// The room of updates.
#[derive(Debug)]
pub struct Updates {
    context: Context,
    status: Mutex<UpdateStatus>,
    /// Serializes checks and installations.
    busy: tokio::sync::Mutex<()>,
}

impl Updates {
    pub(crate) fn new(context: Context) -> Self {
        Self { context, status: Mutex::default(), busy: tokio::sync::Mutex::default() }
    }

    /// What is known about newer versions. Asks nobody.
    ///
    /// # Errors
    /// None; every command has this signature.
    pub async fn status(&self) -> Result<UpdateStatus, ApiError> {
        Ok(self.known())
    }

    /// Checks for a newer version now.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if this build can't update itself, [`ErrorCode::InvalidInput`] at `lookForUpdates` if
    /// that is off, [`ErrorCode::Busy`] if a check is already running. A missing answer is a state and not an error.
    pub async fn check_now(&self) -> Result<UpdateStatus, ApiError> {
        self.may_check()?;
        self.check().await?;
        Ok(self.known())
    }

    /// Installs the newer version found earlier, and starts it. Returns only if that failed.
    ///
    /// # Errors
    /// As [`Updates::check_now`], and [`ErrorCode::NotFound`] if none was found; [`ErrorCode::Internal`] if it
    /// couldn't be fetched, its signature is invalid, or the system refused to install it. Nothing is changed then.
    pub async fn install(&self) -> Result<(), ApiError> {
        self.may_check()?;
        self.install_known().await
    }

    /// Checks once a day while the setting is on.
    pub(crate) async fn run(&self) {
        if !self.context.host.can_update() {
            return;
        }
        let mut settings = self.context.settings.subscribe();
        let mut due = Instant::now() + FIRST_CHECK_AFTER;
        let checking = async {
            loop {
                let wished = settings.borrow_and_update().look_for_updates;
                let changed = async { settings.changed().await.is_ok() };
                if !wished {
                    if !changed.await {
                        return;
                    }
                    // Somebody who turns it on wants to know now.
                    due = Instant::now();
                    continue;
                }
                tokio::select! {
                    () = sleep_until(due) => {
                        if let Err(error) = self.check().await {
                            tracing::debug!(%error, "no update was checked for");
                        }
                        // After a failed check, don't wait a whole day.
                        let failed = matches!(self.known(), UpdateStatus::Failed { .. });
                        due = Instant::now() + if failed { self.context.options.pace.again.1 } else { CHECK_EVERY };
                    }
                    goes_on = changed => if !goes_on { return },
                }
            }
        };
        self.context.unless_stopped(checking).await;
    }

    fn known(&self) -> UpdateStatus {
        let known = self.status.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match known {
            UpdateStatus::Absent if self.context.host.can_update() => UpdateStatus::Unknown,
            known => known,
        }
    }

    fn set(&self, status: UpdateStatus) {
        self.status.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&status);
        self.context.push_now(&Push::Update { status });
    }

    /// Whether checking for a newer version is allowed.
    fn may_check(&self) -> Result<(), ApiError> {
        if !self.context.host.can_update() {
            return Err(absent());
        }
        match self.context.settings.borrow().look_for_updates {
            true => Ok(()),
            false => {
                let message = "checking for updates is off";
                Err(ApiError::field("lookForUpdates", message, "turn it on in Settings first"))
            }
        }
    }

    async fn check(&self) -> Result<(), ApiError> {
        let _busy = self.busy.try_lock().map_err(|_| busy())?;
        self.set(UpdateStatus::Looking);
        let host = Arc::clone(&self.context.host);
        let found = blocking(move || host.look_for_update()).await;
        self.set(match found.unwrap_or_else(|_| Err(UpdateError::Unreachable(BROKE_DOWN.to_owned()))) {
            Ok(Some(release)) => UpdateStatus::Available { version: release.version, notes: release.notes },
            Ok(None) => UpdateStatus::Newest { looked_at: self.context.clock.now().to_string() },
            Err(error) => UpdateStatus::Failed { error: error.into() },
        });
        Ok(())
    }

    async fn install_known(&self) -> Result<(), ApiError> {
        let _busy = self.busy.try_lock().map_err(|_| busy())?;
        let UpdateStatus::Available { version, notes } = self.known() else {
            let hint = "check for updates first";
            return Err(ApiError::new(ErrorCode::NotFound, "no newer version was found", hint));
        };
        self.set(UpdateStatus::Installing { version: version.clone() });
        let host = Arc::clone(&self.context.host);
        let installed = blocking(move || host.install_update()).await;
        // It is still available, whatever the result.
        self.set(UpdateStatus::Available { version, notes });
        installed.unwrap_or_else(|_| Err(UpdateError::Refused(BROKE_DOWN.to_owned()))).map_err(ApiError::from)
    }
}

fn absent() -> ApiError {
    let hint = "install a newer version the way this one was installed";
    ApiError::new(ErrorCode::NotFound, "this build does not update itself", hint)
}

fn busy() -> ApiError {
    ApiError::new(ErrorCode::Busy, "Hookbell is already checking for or installing an update", "wait until it finishes")
}

impl From<UpdateError> for ApiError {
    fn from(error: UpdateError) -> Self {
        let hint = match &error {
            UpdateError::Absent => return absent(),
            UpdateError::Unreachable(_) => "check the connection and try again",
            UpdateError::Untrue(_) => "nothing was installed; please report this",
            UpdateError::Refused(_) => "try again, or install it the way this version was installed",
        };
        Self::new(ErrorCode::Internal, error.to_string(), hint)
    }
}
