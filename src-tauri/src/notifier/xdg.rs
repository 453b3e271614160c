//! Notifications over D-Bus (freedesktop.org Desktop Notifications 1.2).

use hookbell_engine::NotifyError;
use notify_rust::NotificationResponse;

/// Shows it, and listens for its click until it is closed.
pub(super) fn show(native: notify_rust::Notification, open: impl FnOnce() + Send + 'static) -> Result<(), NotifyError> {
    let handle = tauri::async_runtime::block_on(native.show_async()).map_err(|error| refusal(&error))?;
    tauri::async_runtime::spawn(async move {
        handle
            .wait_for_action_async(|response: &NotificationResponse| {
                if matches!(response, NotificationResponse::Default) {
                    open();
                }
            })
            .await;
    });
    Ok(())
}

fn refusal(error: &notify_rust::error::Error) -> NotifyError {
    let text = error.to_string();
    match text.contains("ServiceUnknown") || text.contains("NameHasNoOwner") {
        true => NotifyError::NoService,
        false => NotifyError::Refused(text),
    }
}
