//! Notifications on Windows: toasts under our own application ID, so that they come from Hookbell.
//!
//! A click arrives as an event of the toast, so nothing waits for it. Toasts that Windows can't show also fail with an
//! event, a moment after we submit them.

use std::{
    sync::{Once, mpsc},
    time::Duration,
};

use hookbell_engine::{Notification, NotifyError, api::Importance};
use windows::{
    Data::Xml::Dom::XmlDocument,
    Foundation::TypedEventHandler,
    UI::Notifications::{
        NotificationSetting, ToastFailedEventArgs, ToastNotification, ToastNotificationManager,
        ToastNotificationPriority,
    },
    core::{HSTRING, Ref},
};
use windows_registry::CURRENT_USER;

use super::markup;

/// The application ID (AUMID). The installer also gives it to the Start menu entry, because it is the identifier in
/// `tauri.conf.json`.
const APPLICATION_ID: &str = "dev.hookbell.app";

/// Where Windows looks up the name of an application ID without a Start menu entry.
const APPLICATION_IDS: &str = r"Software\Classes\AppUserModelId";

/// How long to wait for a submitted toast to fail.
const FAILS_WITHIN: Duration = Duration::from_millis(200);

/// Shows it; Windows calls back on a click as long as the app runs.
pub(super) fn show(notification: &Notification, open: impl Fn() + Send + 'static) -> Result<(), NotifyError> {
    register();
    let failed = hand_over(notification, open).map_err(|error| NotifyError::Refused(error.message()))?;
    match failed {
        Some(failure) => Err(failure),
        None => Ok(()),
    }
}

/// Submits the toast. Returns an error if Windows reports one a moment later, or if the user's settings prevent it.
fn hand_over(
    notification: &Notification,
    open: impl Fn() + Send + 'static,
) -> windows::core::Result<Option<NotifyError>> {
    let notifier = ToastNotificationManager::CreateToastNotifierWithId(&HSTRING::from(APPLICATION_ID))?;
    // An application ID that has never shown anything has no setting yet.
    if notifier.Setting().is_ok_and(|setting| setting != NotificationSetting::Enabled) {
        return Ok(Some(NotifyError::TurnedOff));
    }
    let content = XmlDocument::new()?;
    content.LoadXml(&HSTRING::from(markup::toast(notification)))?;
    let toast = ToastNotification::CreateToastNotification(&content)?;
    if let Some(tag) = &notification.tag {
        toast.SetTag(&HSTRING::from(tag.as_str()))?;
    }
    toast.SetPriority(match notification.importance {
        Importance::NeedsYou | Importance::Bad => ToastNotificationPriority::High,
        Importance::Good | Importance::Info => ToastNotificationPriority::Default,
    })?;
    toast.Activated(&TypedEventHandler::new(move |_, _| {
        open();
        Ok(())
    }))?;
    let (failing, failed) = mpsc::channel();
    toast.Failed(&TypedEventHandler::new(move |_, why: Ref<'_, ToastFailedEventArgs>| {
        let code = why.ok()?.ErrorCode()?;
        // Nobody listens any more if it fails late.
        let _ = failing.send(NotifyError::Refused(code.message()));
        Ok(())
    }))?;
    notifier.Show(&toast)?;
    Ok(failed.recv_timeout(FAILS_WITHIN).ok())
}

/// Registers the name of our application ID with Windows, once per run: there might be no Start menu entry.
fn register() {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| {
        let told = CURRENT_USER
            .create(format!(r"{APPLICATION_IDS}\{APPLICATION_ID}"))
            .and_then(|key| key.set_string("DisplayName", "Hookbell"));
        if let Err(error) = told {
            tracing::warn!(%error, "Windows does not know the name that notifications come from");
        }
    });
}
