//! Notifications on Windows: toasts of an application ID of our own, so that they come from Hookbell.
//!
//! A click comes back as an event of the toast, so nothing waits for it. Toasts that Windows can't show fail with an
//! event too, a moment after they were handed over.

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

/// The application ID (AUMID). The installer gives it to the entry in the Start menu too, as it is the identifier in
/// `tauri.conf.json`.
const APPLICATION_ID: &str = "dev.hookbell.app";

/// Where Windows looks for the name of an application ID that no entry of the Start menu has.
const APPLICATION_IDS: &str = r"Software\Classes\AppUserModelId";

/// How long a toast that was handed over may take to fail.
const FAILS_WITHIN: Duration = Duration::from_millis(200);

/// Shows it; Windows calls back when it is clicked, as long as the app runs.
pub(super) fn show(notification: &Notification, open: impl Fn() + Send + 'static) -> Result<(), NotifyError> {
    register();
    let failed = hand_over(notification, open).map_err(|error| NotifyError::Refused(error.message()))?;
    match failed {
        Some(failure) => Err(failure),
        None => Ok(()),
    }
}

/// Gives Windows the toast. What it answers a moment later, or what the person has set, is the failure that is given
/// back.
fn hand_over(
    notification: &Notification,
    open: impl Fn() + Send + 'static,
) -> windows::core::Result<Option<NotifyError>> {
    let notifier = ToastNotificationManager::CreateToastNotifierWithId(&HSTRING::from(APPLICATION_ID))?;
    // There is no setting yet for an application ID that has never shown anything.
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
        // Nobody listens any more if it failed late.
        let _ = failing.send(NotifyError::Refused(code.message()));
        Ok(())
    }))?;
    notifier.Show(&toast)?;
    Ok(failed.recv_timeout(FAILS_WITHIN).ok())
}

/// Tells Windows the name of our application ID, once in a run: there may be no entry in the Start menu.
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
