//! The overall state, as the tray, the sidebar and a banner show it.

mod trouble;

use jiff::Timestamp;

use self::trouble::trouble;
use crate::{
    api::{ListenerState, Platform, Status, TrayState, TroubleKind, TunnelState, TunnelStatus},
    conditions::Conditions,
    context::Context,
    text::first_upper,
};

/// The overall state.
pub(crate) fn status(context: &Context) -> Status {
    let conditions = context.conditions.borrow().clone();
    let (headline, detail) = headline(&conditions);
    Status {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        tray: tray(&conditions),
        headline,
        detail,
        trouble: trouble(&conditions),
        listener: conditions.listener,
        tunnel: conditions.tunnel,
        paused_until: conditions.paused_until.map(|until| until.to_string()),
        unread: conditions.unread,
        data_dir: context.data_dir().display().to_string(),
        platform: Platform::current(),
    }
}

fn tray(conditions: &Conditions) -> TrayState {
    let offline = !matches!(
        conditions.listener,
        ListenerState::Listening { .. } | ListenerState::Elsewhere { .. } | ListenerState::Starting
    );
    match trouble(conditions).map(|trouble| trouble.kind) {
        Some(TroubleKind::Listener) => TrayState::Offline,
        Some(TroubleKind::Tunnel) if !needs_somebody(conditions) => TrayState::Offline,
        Some(_) => TrayState::Attention,
        None if offline => TrayState::Offline,
        None if conditions.paused_until.is_some() => TrayState::Paused,
        None if conditions.unread > 0 => TrayState::Unread,
        None => TrayState::Idle,
    }
}

/// Whether the tunnel waits for a person, rather than for a retry.
fn needs_somebody(conditions: &Conditions) -> bool {
    matches!(conditions.tunnel, Some(TunnelStatus { tunnel: TunnelState::Failed { .. }, .. }))
}

fn headline(conditions: &Conditions) -> (String, String) {
    let (headline, detail) = match &conditions.listener {
        ListenerState::Starting => ("Starting".to_owned(), String::new()),
        ListenerState::PortTaken { port, .. } => (format!("Port {port} is taken"), "No events can arrive".to_owned()),
        ListenerState::Failed { .. } => ("Not listening".to_owned(), "No events can arrive".to_owned()),
        ListenerState::Listening { .. } | ListenerState::Elsewhere { .. } => reach(conditions),
    };
    // A missing tray icon says nothing about what Hookbell does.
    let trouble = trouble(conditions).filter(|trouble| trouble.kind != TroubleKind::Tray);
    match (trouble, conditions.paused_until, conditions.details_wait_until) {
        (Some(trouble), ..) if !matches!(trouble.kind, TroubleKind::Listener | TroubleKind::Tunnel) => {
            (trouble.title, headline)
        }
        (None, Some(until), _) => (format!("Paused until {}", clock_time(until)), headline),
        (None, None, Some(until)) => {
            (headline, format!("API limit almost used up, details resume at {}", clock_time(until)))
        }
        _ => (headline, detail),
    }
}

/// The tunnel's state on one line that begins like a headline about it; `None` while it is off.
pub(crate) fn tunnel_line(context: &Context) -> Option<String> {
    let conditions = context.conditions.borrow();
    let status = conditions.tunnel.as_ref()?;
    let (headline, _) = reach(&conditions);
    match &status.tunnel {
        TunnelState::Off => None,
        TunnelState::Up { .. } => Some(match verified_at(status) {
            Some(at) => format!("{headline}, verified at {at}"),
            None => headline,
        }),
        TunnelState::Failed { message, .. } => Some(format!("{headline}: {message}")),
        TunnelState::Starting | TunnelState::Retrying { .. } => Some(headline),
    }
}

/// When the public address was last verified, in the reader's local time.
fn verified_at(status: &TunnelStatus) -> Option<String> {
    status.proof.as_ref().and_then(|proof| proof.at.parse().ok()).map(clock_time)
}

/// From where the listener can be reached.
fn reach(conditions: &Conditions) -> (String, String) {
    if let Some(status) = &conditions.tunnel {
        match &status.tunnel {
            TunnelState::Up { .. } => {
                let verified = verified_at(status).map(|at| format!("Verified at {at}"));
                return ("Reachable".to_owned(), verified.unwrap_or_default());
            }
            TunnelState::Starting => return ("Tunnel starting".to_owned(), "This computer only".to_owned()),
            TunnelState::Retrying { why, since, .. } => {
                let since = since.parse().map(clock_time).unwrap_or_default();
                return (format!("Offline since {since}, events are fetched later"), first_upper(why));
            }
            TunnelState::Failed { message, .. } => return ("Tunnel needs attention".to_owned(), first_upper(message)),
            TunnelState::Off => {}
        }
    }
    match &conditions.listener {
        ListenerState::Listening { port, .. } => (format!("Listening on port {port}"), "This computer only".to_owned()),
        ListenerState::Elsewhere { pid, .. } => ("Listening".to_owned(), format!("In another Hookbell (PID {pid})")),
        _ => (String::new(), String::new()),
    }
}

/// A time of today in the reader's local time.
fn clock_time(time: Timestamp) -> String {
    time.to_zoned(jiff::tz::TimeZone::system()).strftime("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::NotifyError;

    #[test]
    fn a_missing_tray_icon_is_told_after_everything_else_and_leaves_the_headline_alone() {
        let mut conditions = Conditions { tray: Some("install a library".to_owned()), ..Conditions::default() };
        let told = trouble(&conditions).unwrap();
        assert_eq!((told.kind, told.hint.as_str()), (TroubleKind::Tray, "Install a library."));
        assert_eq!(headline(&conditions).0, "Starting");
        conditions.set_aside = Some("hookbell.db.damaged".into());
        assert_eq!(trouble(&conditions).unwrap().kind, TroubleKind::SetAside);
    }

    #[test]
    fn what_keeps_notifications_away_says_what_to_do() {
        let told = |error: NotifyError| {
            let trouble = trouble(&Conditions { notifications: Some(error), ..Conditions::default() }).unwrap();
            let waits = trouble.kind == TroubleKind::NotificationsNotAsked;
            assert_eq!(
                trouble.title,
                if waits { "Notifications aren’t allowed yet" } else { "Notifications can’t be shown" }
            );
            (trouble.detail, trouble.hint)
        };
        let (detail, hint) = told(NotifyError::TurnedOff);
        assert_eq!(detail, "Notifications are turned off for Hookbell. Events still appear in the inbox.");
        assert!(hint.starts_with("Turn them on in the system settings"), "{hint}");
        let (_, hint) = told(NotifyError::NotAllowedYet);
        assert_eq!(hint, "Allow notifications, and waiting ones appear.");
        let (_, hint) = told(NotifyError::NoService);
        assert_eq!(hint, "Start a notification service, and waiting notifications appear.");
        let (detail, hint) = told(NotifyError::NotInstalled);
        assert!(detail.starts_with("Only installed apps can show notifications on macOS"), "{detail}");
        assert_eq!(hint, "Open Hookbell.app instead of the program inside it.");
    }
}
