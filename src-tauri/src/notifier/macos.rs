//! Notifications on macOS, through the UserNotifications framework.
//!
//! The framework identifies apps by their bundle, so the bare binary from cargo can't show any. macOS asks once whether
//! Hookbell can show notifications, when the user presses the button that explains why; until then, notifications wait
//! in the store, as on a desktop without a notification service.

use std::{io, path::Path, time::Duration};

use hookbell_engine::{Notification, NotifyError, Sound, api::Importance};
use mac_usernotifications::{self as user, AuthorizationStatus, Error, NotificationHandle};
use tempfile::TempPath;

/// How long the Notification Center keeps an untouched notification. Also limits how long we wait for a click, because
/// macOS doesn't report that *Clear All* removed it.
const KEPT_FOR: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// How long macOS gets to answer.
const SHOWN_WITHIN: Duration = Duration::from_secs(10);

/// Shows it, and listens for a click without a dedicated thread.
pub(super) fn show(notification: &Notification, open: impl Fn() + Send + 'static) -> Result<(), NotifyError> {
    let handle = tauri::async_runtime::block_on(async {
        let shown = tokio::time::timeout(SHOWN_WITHIN, send(notification)).await;
        shown.unwrap_or_else(|_| Err(unanswered()))
    })?;
    tauri::async_runtime::spawn(async move {
        // Returns an error when another notification replaces it.
        if handle.response().await.is_ok_and(|response| response.is_default_action()) {
            open();
        }
    });
    Ok(())
}

/// Whether macOS lets Hookbell show notifications.
pub(crate) fn may_notify() -> Result<(), NotifyError> {
    tauri::async_runtime::block_on(async {
        let allowed = tokio::time::timeout(SHOWN_WITHIN, allowed()).await;
        allowed.unwrap_or_else(|_| Err(unanswered()))
    })
}

/// Makes macOS ask the user, who can take any time to answer. It asks only once; later System Settings decide.
pub(crate) fn ask_to_notify() -> Result<(), NotifyError> {
    match tauri::async_runtime::block_on(user::request_auth()).map_err(refusal)? {
        true => Ok(()),
        false => Err(NotifyError::TurnedOff),
    }
}

async fn allowed() -> Result<(), NotifyError> {
    match user::get_notification_settings().await.map_err(refusal)?.authorization_status {
        AuthorizationStatus::Denied => Err(NotifyError::TurnedOff),
        AuthorizationStatus::NotDetermined => Err(NotifyError::NotAllowedYet),
        _ => Ok(()),
    }
}

fn unanswered() -> NotifyError {
    NotifyError::Refused("macOS isn’t responding".to_owned())
}

async fn send(notification: &Notification) -> Result<NotificationHandle, NotifyError> {
    allowed().await?;
    let picture = notification.image.as_deref().and_then(|image| match copy(image) {
        Ok(copy) => Some(copy),
        Err(error) => {
            tracing::warn!(%error, "a notification goes without its picture");
            None
        }
    });
    native(notification, picture.as_deref()).send().await.map_err(refusal)
}

fn native(notification: &Notification, picture: Option<&Path>) -> user::Notification {
    let mut native = user::Notification::new()
        .title(&notification.title)
        .message(&notification.body)
        .timeout(KEPT_FOR)
        // From 0 to 1. macOS's notification summaries start with the highest score.
        .relevance_score(match notification.importance {
            Importance::NeedsYou => 1.0,
            Importance::Bad => 0.8,
            Importance::Good => 0.5,
            Importance::Info => 0.2,
        });
    if let Some(tag) = &notification.tag {
        native = native.id(tag);
    }
    if notification.sound == Sound::Usual {
        native = native.default_sound();
    }
    match picture {
        Some(picture) => native.image_path(picture.display()),
        None => native,
    }
}

/// A copy of a picture, because macOS moves the file into its own store. Deleted on drop, unless macOS has moved it by
/// then.
fn copy(picture: &Path) -> io::Result<TempPath> {
    let extension = picture.extension().map(|extension| format!(".{}", extension.display())).unwrap_or_default();
    let copy = tempfile::Builder::new().prefix("hookbell-").suffix(&extension).tempfile()?.into_temp_path();
    std::fs::copy(picture, &copy)?;
    Ok(copy)
}

fn refusal(error: Error) -> NotifyError {
    match error {
        Error::NoBundleIdentifier => NotifyError::NotInstalled,
        error => NotifyError::Refused(error.to_string()),
    }
}
