//! What is the matter, in the words of the banner: the worst of it, and what to do.

use hookbell_core::SignatureError;

use super::clock_time;
use crate::{
    api::{ErrorCode, ListenerState, Trouble, TroubleKind, TunnelState},
    conditions::{Conditions, Refusing},
    text::first_upper,
};

/// The worst of what is the matter.
pub(super) fn trouble(conditions: &Conditions) -> Option<Trouble> {
    let plain = |kind, title: &str, detail: &str, hint: &str| {
        let [title, detail, hint] = [title, detail, hint].map(str::to_owned);
        Trouble { kind, title, detail, hint, path: None }
    };
    if let Some(reason) = &conditions.store {
        return Some(plain(
            TroubleKind::Store,
            "Events can’t be stored",
            &format!("{}. Until then deliveries fail at Apple, and can be sent again from there.", first_upper(reason)),
            "Make room on the disk, or make the data directory writable.",
        ));
    }
    match &conditions.listener {
        ListenerState::PortTaken { port, holder, free } => {
            let by = holder.as_deref().unwrap_or("another program");
            let hint = free.map_or_else(
                || "End it, then try again.".to_owned(),
                |free| format!("Use port {free}, or end it and try again."),
            );
            let detail = format!("{by} listens there. Until Hookbell listens, nothing can arrive.");
            return Some(plain(TroubleKind::Listener, &format!("Port {port} is taken"), &first_upper(&detail), &hint));
        }
        ListenerState::Failed { message, hint } => {
            let detail = format!("{}. Nothing can arrive.", first_upper(message));
            return Some(plain(TroubleKind::Listener, "Hookbell can’t listen", &detail, &first_upper(hint)));
        }
        _ => {}
    }
    if let Some(error) = &conditions.keychain {
        let title = match error.code {
            ErrorCode::KeychainLocked => "The keychain is locked",
            ErrorCode::KeychainAbsent => "No keychain is running",
            ErrorCode::KeychainTimedOut => "The keychain does not answer",
            _ => "The keychain refuses",
        };
        let detail = "Until it can be read, deliveries fail at Apple. They can be sent again from there.";
        let (kind, hint) = match error.code {
            ErrorCode::KeychainLocked => (TroubleKind::KeychainLocked, "Unlock it; Hookbell goes on by itself."),
            ErrorCode::KeychainTimedOut => (TroubleKind::Keychain, "Answer its dialog; Hookbell goes on by itself."),
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
        let detail = format!("{}. Events are kept in the inbox.", first_upper(&error.to_string()));
        let hint = format!("{}.", first_upper(error.hint()));
        return Some(plain(TroubleKind::Notifications, "Notifications can’t be shown", &detail, &hint));
    }
    if let Some(reason) = &conditions.feedback {
        let detail = format!("{}. Events still arrive, and the pictures are fetched later.", first_upper(reason));
        let hint = "Make room on the disk, or make the data directory writable.";
        return Some(plain(TroubleKind::Feedback, "Testers’ pictures can’t be kept", &detail, hint));
    }
    if let Some(error) = &conditions.settings {
        let title = match error.code {
            ErrorCode::MadeByNewer => "The settings are of a newer Hookbell",
            _ => "The settings can’t be read",
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
                "It was set aside, and a new one was begun. Nothing of it was overwritten.",
                "Keep the file if you want to have it looked at.",
            )
        });
    }
    conditions.tray.as_ref().map(|hint| {
        let detail = "The window works without it. Start Hookbell again to open the window once it is closed.";
        plain(TroubleKind::Tray, "There is no tray icon", detail, &format!("{}.", first_upper(hint)))
    })
}

fn refusing_trouble(refusing: &[Refusing]) -> Option<Trouble> {
    let newest = refusing.iter().max_by_key(|one| one.last_at)?;
    let title = match refusing {
        [one] => format!("“{}” refuses its deliveries", one.name),
        many => format!("{} webhooks refuse their deliveries", many.len()),
    };
    let hint = match newest.reason == SignatureError::Missing.to_string() {
        true => {
            "App Store Connect signs every delivery. Either something else posts to this payload URL, or the tunnel \
             drops the header."
        }
        false => {
            "Rotate the webhook’s secret so that both sides have the same one, then send the failed deliveries again."
        }
    };
    Some(Trouble {
        kind: TroubleKind::Refused,
        title,
        detail: format!(
            "{}, at {}. App Store Connect counts such a delivery as failed.",
            first_upper(&newest.reason),
            clock_time(newest.last_at)
        ),
        hint: hint.to_owned(),
        path: None,
    })
}

fn tunnel_trouble(conditions: &Conditions) -> Option<Trouble> {
    let trouble = |title: String, detail: String, hint: String| {
        Some(Trouble { kind: TroubleKind::Tunnel, title, detail, hint, path: None })
    };
    match &conditions.tunnel.as_ref()?.tunnel {
        TunnelState::Failed { message, hint } => trouble(
            "The tunnel needs you".to_owned(),
            format!("{}. Until then events are fetched every few minutes.", first_upper(message)),
            format!("{}.", first_upper(hint.trim_end_matches('.'))),
        ),
        TunnelState::Retrying { why, since, .. } => trouble(
            format!("Offline since {}", since.parse().map(clock_time).unwrap_or_default()),
            format!("{}. Events are fetched until the tunnel is back.", first_upper(why)),
            "It is tried again by itself.".to_owned(),
        ),
        _ => None,
    }
}
