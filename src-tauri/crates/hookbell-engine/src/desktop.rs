//! Calls to the desktop. They may wait for a person, so they run off the async threads.

use std::{path::PathBuf, sync::Arc};

use crate::{
    api::{ApiError, ErrorCode, NotificationPermission},
    context::Context,
    host::{Choice, DesktopError, NotifyError, Target},
};

/// Runs a blocking function off the async threads.
pub(crate) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ApiError> {
    let ended = tokio::task::spawn_blocking(work).await;
    ended.map_err(|error| ApiError::new(ErrorCode::Internal, error.to_string(), "try again"))
}

impl Context {
    /// Opens something in the desktop's program for it.
    pub(crate) async fn open_on_desktop(&self, target: Target) -> Result<(), ApiError> {
        let host = Arc::clone(&self.host);
        blocking(move || host.open(&target)).await?.map_err(refused)
    }

    /// Starts dragging files out of the window.
    pub(crate) async fn drag_out(&self, files: Vec<PathBuf>, image: PathBuf) -> Result<(), ApiError> {
        let host = Arc::clone(&self.host);
        blocking(move || host.drag(&files, &image)).await?.map_err(refused)
    }

    /// Asks for a file or folder; `None` if the dialog was closed.
    pub(crate) async fn choose(&self, choice: Choice) -> Result<Option<PathBuf>, ApiError> {
        let host = Arc::clone(&self.host);
        blocking(move || host.choose(&choice)).await?.map_err(refused)
    }

    /// Whether the system lets Hookbell show notifications.
    pub(crate) async fn notification_permission(&self) -> Result<NotificationPermission, ApiError> {
        let host = Arc::clone(&self.host);
        Ok(match blocking(move || host.may_notify()).await? {
            Err(NotifyError::NotAllowedYet) => NotificationPermission::NotAsked,
            Err(NotifyError::TurnedOff) => NotificationPermission::TurnedOff,
            // Any other failure becomes a condition once a notification fails.
            Ok(()) | Err(_) => NotificationPermission::Allowed,
        })
    }

    /// Whether the system starts the app at login.
    pub(crate) async fn starts_at_login(&self) -> Result<Result<bool, DesktopError>, ApiError> {
        let host = Arc::clone(&self.host);
        blocking(move || host.starts_at_login()).await
    }

    /// Has the system start the app at login, or stops that.
    pub(crate) async fn start_at_login(&self, on: bool) -> Result<(), ApiError> {
        let host = Arc::clone(&self.host);
        blocking(move || host.start_at_login(on)).await?.map_err(|error| {
            let what = if on { "can’t be started" } else { "can’t be kept from starting" };
            let hint = "check the login items in the system settings";
            let refused = ApiError::new(ErrorCode::Internal, format!("Hookbell {what} at login: {error}"), hint);
            ApiError { field: Some("startAtLogin".to_owned()), ..refused }
        })
    }
}

fn refused(error: DesktopError) -> ApiError {
    ApiError::new(ErrorCode::Internal, error.to_string(), "try again")
}
