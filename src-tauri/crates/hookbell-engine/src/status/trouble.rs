//! The most serious problem in the words of the banner, and what to do about it.

use hookbell_core::{SignatureError, words::one_line};

use super::clock_time;
use crate::{
    api::{ErrorCode, ListenerState, Trouble, TroubleKind, TunnelState},
    conditions::{Conditions, Refusing, TroubledRule},
    host::NotifyError,
    text::first_upper,
};

/// How much of a rule's name a title shows, because titles also appear in the tray menu.
const MAX_SHOWN_NAME_CHARS: usize = 40;

/// The most serious problem.
pub(super) fn trouble(conditions: &Conditions) -> Option<Trouble> {
    let plain = |kind, title: &str, detail: &str, hint: &str| {
        let [title, detail, hint] = [title, detail, hint].map(str::to_owned);
        Trouble { kind, title, detail, hint, path: None }
    };
    if let Some(reason) = &conditions.store {
        return Some(plain(
            TroubleKind::Store,
            "Events can’t be stored",
            &format!("{}. Deliveries will fail until this is fixed; redeliver them afterwards.", first_upper(reason)),
            "Free up disk space, or make the data directory writable.",
        ));
    }
    match &conditions.listener {
        ListenerState::PortTaken { port, holder, free } => {
            let by = holder.as_deref().unwrap_or("another program");
            let hint = free.map_or_else(
                || "Quit it, then try again.".to_owned(),
                |free| format!("Use port {free}, or quit it and try again."),
            );
            let detail = format!("In use by {by}. Hookbell can’t receive events until this is fixed.");
            return Some(plain(TroubleKind::Listener, &format!("Port {port} is taken"), &first_upper(&detail), &hint));
        }
        ListenerState::Failed { message, hint } => {
            let detail = format!("{}. Hookbell can’t receive events until this is fixed.", first_upper(message));
            return Some(plain(TroubleKind::Listener, "Hookbell can’t listen", &detail, &first_upper(hint)));
        }
        _ => {}
    }
    if let Some(error) = &conditions.keychain {
        let title = match error.code {
            ErrorCode::KeychainLocked => "The keychain is locked",
            ErrorCode::KeychainAbsent => "No keychain is running",
            ErrorCode::KeychainTimedOut => "The keychain isn’t responding",
            _ => "Keychain access denied",
        };
        let detail = "Deliveries will fail until Hookbell can read it; redeliver them afterwards.";
        let (kind, hint) = match error.code {
            ErrorCode::KeychainLocked => {
                (TroubleKind::KeychainLocked, "Unlock it and Hookbell will resume automatically.")
            }
            ErrorCode::KeychainTimedOut => {
                (TroubleKind::Keychain, "Answer its dialog and Hookbell will resume automatically.")
            }
            _ => (TroubleKind::Keychain, &*first_upper(&error.hint)),
        };
        return Some(plain(kind, title, detail, hint));
    }
    if let Some(trouble) = refusing_trouble(&conditions.refusing) {
        return Some(trouble);
    }
    if let Some(trouble) = tunnel_trouble(conditions) {
        return Some(trouble);
    }
    if let Some(error) = &conditions.notifications {
        let detail = format!("{}. Events still appear in the inbox.", first_upper(&error.to_string()));
        let hint = format!("{}.", first_upper(error.hint()));
        let (kind, title) = match error {
            NotifyError::NotAllowedYet => (TroubleKind::NotificationsNotAsked, "Notifications aren’t allowed yet"),
            _ => (TroubleKind::Notifications, "Notifications can’t be shown"),
        };
        return Some(plain(kind, title, &detail, &hint));
    }
    if let Some(reason) = &conditions.feedback {
        let detail =
            format!("{}. Events still arrive, and Hookbell downloads the screenshots later.", first_upper(reason));
        let hint = "Free up disk space, or make the data directory writable.";
        return Some(plain(TroubleKind::Feedback, "Screenshots can’t be saved", &detail, hint));
    }
    if let Some(trouble) = rule_trouble(&conditions.rules) {
        return Some(trouble);
    }
    if let Some(error) = &conditions.settings {
        let title = match error.code {
            ErrorCode::MadeByNewer => "These settings were saved by a newer version of Hookbell",
            _ => "Settings can’t be read",
        };
        let sentence = |text: &str| format!("{}.", first_upper(text));
        return Some(plain(TroubleKind::Settings, title, &sentence(&error.message), &sentence(&error.hint)));
    }
    if let Some(path) = &conditions.set_aside {
        return Some(Trouble {
            path: Some(path.display().to_string()),
            ..plain(
                TroubleKind::SetAside,
                "The database was damaged",
                "The damaged file was kept and a new database was created.",
                "Keep the file in case its events can be recovered.",
            )
        });
    }
    conditions.tray.as_ref().map(|hint| {
        let detail = "The window works without it. To reopen a closed window, start Hookbell again.";
        plain(TroubleKind::Tray, "No tray icon", detail, &format!("{}.", first_upper(hint)))
    })
}

fn refusing_trouble(refusing: &[Refusing]) -> Option<Trouble> {
    let newest = refusing.iter().max_by_key(|one| one.last_at)?;
    let title = match refusing {
        [one] => format!("“{}” is rejecting deliveries", one.name),
        many => format!("{} webhooks are rejecting deliveries", many.len()),
    };
    let hint = match newest.reason == SignatureError::Missing.to_string() {
        true => {
            "App Store Connect signs every delivery. Either something else is posting to this payload URL, or the tunnel \
             drops the header."
        }
        false => "Rotate the webhook’s secret so both sides have the same one, then redeliver the failed deliveries.",
    };
    Some(Trouble {
        kind: TroubleKind::Refused,
        title,
        detail: format!(
            "{} at {}. App Store Connect counts these deliveries as failed.",
            first_upper(&newest.reason),
            clock_time(newest.last_at)
        ),
        hint: hint.to_owned(),
        path: None,
    })
}

fn rule_trouble(rules: &[TroubledRule]) -> Option<Trouble> {
    let first = rules.first()?;
    let name = one_line(&first.name, MAX_SHOWN_NAME_CHARS);
    let (title, detail) = match rules {
        [one] => (format!("The rule “{name}” needs attention"), one.why.clone()),
        many => (format!("{} rules need attention", many.len()), format!("“{name}”: {}", first.why)),
    };
    let hint = "Open Rules, correct it, then enable it again.".to_owned();
    Some(Trouble { kind: TroubleKind::Rules, title, detail, hint, path: None })
}

fn tunnel_trouble(conditions: &Conditions) -> Option<Trouble> {
    let trouble = |title: String, detail: String, hint: String| {
        Some(Trouble { kind: TroubleKind::Tunnel, title, detail, hint, path: None })
    };
    match &conditions.tunnel.as_ref()?.tunnel {
        TunnelState::Failed { message, hint } => trouble(
            "Tunnel needs attention".to_owned(),
            format!("{}. Meanwhile, Hookbell fetches events every few minutes.", first_upper(message)),
            format!("{}.", first_upper(hint.trim_end_matches('.'))),
        ),
        TunnelState::Retrying { why, since, .. } => trouble(
            format!("Offline since {}", since.parse().map(clock_time).unwrap_or_default()),
            format!("{}. Hookbell fetches events until the tunnel is back.", first_upper(why)),
            "Retrying automatically.".to_owned(),
        ),
        _ => None,
    }
}
