//! Notifications on macOS and Windows, where waiting for a click blocks a thread.

use hookbell_engine::NotifyError;
use notify_rust::NotificationResponse;

/// Shows it, and listens for its click on a thread of its own until it is closed.
pub(super) fn show(native: notify_rust::Notification, open: impl FnOnce() + Send + 'static) -> Result<(), NotifyError> {
    let handle = native.show().map_err(|error| NotifyError::Refused(error.to_string()))?;
    let waiting = std::thread::Builder::new().name("notification".to_owned()).spawn(move || {
        let answered = handle.wait_for_response(move |response: &NotificationResponse| {
            if matches!(response, NotificationResponse::Default) {
                open();
            }
        });
        if let Err(error) = answered {
            tracing::warn!(%error, "a notification's click could not be waited for");
        }
    });
    waiting.map(|_| ()).map_err(|error| NotifyError::Refused(error.to_string()))
}
