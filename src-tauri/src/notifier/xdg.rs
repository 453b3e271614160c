//! Notifications over D-Bus (freedesktop.org Desktop Notifications 1.2).
//!
//! A server interprets the body as markup only if it declares so (`body-markup`). The others show it verbatim, and
//! would show the escapes too.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use hookbell_engine::{Notification, NotifyError, Sound, api::Importance};
use notify_rust::{Hint, NotificationResponse, Urgency};
use tauri::async_runtime::JoinHandle;

use super::markup::escaped;

/// The icon's name in the icon theme, as packages install it.
const ICON: &str = "hookbell-app";

/// The desktop entry's name without its extension, as packages install it.
const DESKTOP_ENTRY: &str = "Hookbell";

/// The capability of servers that interpret the body as markup.
const BODY_MARKUP: &str = "body-markup";

/// The tagged notifications on the screen: their id there, and the task that waits for their click.
static TAGGED: Mutex<BTreeMap<String, (u32, JoinHandle<()>)>> = Mutex::new(BTreeMap::new());

/// Shows it, and listens for its click until it closes.
pub(super) fn show(notification: &Notification, open: impl Fn() + Send + 'static) -> Result<(), NotifyError> {
    let capabilities = notify_rust::get_capabilities().map_err(|error| refusal(&error))?;
    let mut native = native(notification, &capabilities);
    let mut tagged = TAGGED.lock().unwrap_or_else(PoisonError::into_inner);
    let before = notification.tag.as_ref().and_then(|tag| tagged.get(tag));
    if let Some((number, _)) = before {
        native.id(*number);
    }
    let handle = tauri::async_runtime::block_on(native.show_async()).map_err(|error| refusal(&error))?;
    let number = handle.id();
    let tag = notification.tag.clone();
    let waiting = tauri::async_runtime::spawn(async move {
        handle
            .wait_for_action_async(move |response: &NotificationResponse| {
                if matches!(response, NotificationResponse::Default) {
                    open();
                }
            })
            .await;
        if let Some(tag) = tag {
            TAGGED.lock().unwrap_or_else(PoisonError::into_inner).remove(&tag);
        }
    });
    // Stop waiting for the notification that it replaced.
    if let Some(tag) = &notification.tag
        && let Some((_, before)) = tagged.insert(tag.clone(), (number, waiting))
    {
        before.abort();
    }
    Ok(())
}

fn native(notification: &Notification, capabilities: &[String]) -> notify_rust::Notification {
    let mut native = notify_rust::Notification::new();
    if let Some(image) = notification.image.as_deref().and_then(std::path::Path::to_str) {
        native.image_path(image);
    }
    native.appname("Hookbell").summary(&notification.title).action("default", "Open").icon(ICON);
    if capabilities.iter().any(|capability| capability == BODY_MARKUP) {
        native.body(&escaped(&notification.body));
    } else {
        native.body(&notification.body);
    }
    native.urgency(match notification.importance {
        Importance::NeedsYou | Importance::Bad => Urgency::Normal,
        Importance::Good | Importance::Info => Urgency::Low,
    });
    native.hint(Hint::DesktopEntry(DESKTOP_ENTRY.to_owned()));
    native.hint(Hint::SuppressSound(notification.sound == Sound::Silent));
    native
}

fn refusal(error: &notify_rust::error::Error) -> NotifyError {
    let text = error.to_string();
    match text.contains("ServiceUnknown") || text.contains("NameHasNoOwner") {
        true => NotifyError::NoService,
        false => NotifyError::Refused(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notifier::markup::tests::notification;

    #[test]
    fn the_body_is_escaped_only_for_a_server_that_reads_markup() {
        let said = notification("Tom & Jerry: <b>5 > 4</b>");
        let body = |capabilities: &[&str]| {
            let capabilities: Vec<_> = capabilities.iter().map(ToString::to_string).collect();
            native(&said, &capabilities).body
        };
        assert_eq!(body(&["actions", "body"]), "Tom & Jerry: <b>5 > 4</b>");
        assert_eq!(body(&["body", "body-markup"]), "Tom &amp; Jerry: &lt;b&gt;5 &gt; 4&lt;/b&gt;");
    }
}
