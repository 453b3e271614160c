//! The state of the whole, and how the tray, the sidebar and a banner tell it.

use std::{path::PathBuf, time::Duration};

use jiff::{Timestamp, ToSpan};
use tokio::{sync::oneshot, time::timeout};

use crate::{
    Hookbell,
    api::{
        ApiError, ErrorCode, ListenerState, PauseRequest, Platform, PortRequest, Status, TrayState, Trouble,
        TroubleKind, TunnelState, TunnelStatus,
    },
    engine::Inner,
    host::NotifyError,
    listening::{Order, Wish},
    refused::Refusing,
};

/// The setting that holds until when notifications are paused.
pub(crate) const PAUSED_UNTIL: &str = "pausedUntil";

/// How long an order to the listener is waited for; a listener that moves lets its senders finish first.
const ORDER: Duration = Duration::from_secs(5);

/// Everything that can be the matter, as facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Conditions {
    pub(crate) listener: ListenerState,
    pub(crate) tunnel: Option<TunnelStatus>,
    pub(crate) keychain: Option<ApiError>,
    pub(crate) refusing: Vec<Refusing>,
    pub(crate) notifications: Option<NotifyError>,
    pub(crate) store: Option<String>,
    pub(crate) feedback: Option<String>,
    pub(crate) settings: Option<ApiError>,
    pub(crate) set_aside: Option<PathBuf>,
    pub(crate) tray: Option<String>,
    pub(crate) paused_until: Option<Timestamp>,
    /// Until when details of events are not read, as the hourly limit of a key is nearly used up.
    pub(crate) details_wait_until: Option<Timestamp>,
    pub(crate) unread: u64,
}

impl Default for Conditions {
    fn default() -> Self {
        Self {
            listener: ListenerState::Starting,
            tunnel: None,
            keychain: None,
            refusing: Vec::new(),
            notifications: None,
            store: None,
            feedback: None,
            settings: None,
            set_aside: None,
            tray: None,
            paused_until: None,
            details_wait_until: None,
            unread: 0,
        }
    }
}

impl Hookbell {
    /// The state of the whole.
    ///
    /// # Errors
    /// None; the shape is that of every command.
    pub async fn status(&self) -> Result<Status, ApiError> {
        Ok(self.inner.status())
    }

    /// Keeps notifications back for a while. What arrives meanwhile is shown afterwards.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] for 0 or more than 1440 minutes.
    pub async fn pause(&self, request: PauseRequest) -> Result<Status, ApiError> {
        if !(1..=1440).contains(&request.minutes) {
            return Err(ApiError::field("minutes", "a pause has 1 to 1440 minutes", "pause again when it is over"));
        }
        let now = self.inner.clock.now();
        let until = now.saturating_add(i64::from(request.minutes).minutes()).unwrap_or(now);
        self.inner.store.set_setting(PAUSED_UNTIL, &until).await?;
        self.inner.change(|conditions| conditions.paused_until = Some(until));
        self.status().await
    }

    /// Ends the pause.
    ///
    /// # Errors
    /// [`ErrorCode::StoreUnwritable`] if it can't be remembered.
    pub async fn resume(&self) -> Result<Status, ApiError> {
        self.inner.store.remove_setting(PAUSED_UNTIL).await?;
        self.inner.change(|conditions| conditions.paused_until = None);
        self.status().await
    }

    /// Listens on another port from now on.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] at `port` if it can't be or if another program has it: then everything stays as it
    /// is, and a listener that listens goes on.
    pub async fn use_port(&self, request: PortRequest) -> Result<Status, ApiError> {
        self.inner.set_port(request.port).await?;
        self.status().await
    }

    /// Tries to listen again now.
    ///
    /// # Errors
    /// [`ErrorCode::NotListening`] if the engine is not running.
    pub async fn retry_listener(&self) -> Result<Status, ApiError> {
        self.order(Wish::Again).await
    }

    /// Takes news off the screen that can only be read: a damaged database was set aside, or there is no tray icon.
    ///
    /// # Errors
    /// None; the shape is that of every command.
    pub async fn dismiss_trouble(&self) -> Result<Status, ApiError> {
        self.inner.change(|conditions| match conditions.set_aside {
            Some(_) => conditions.set_aside = None,
            None => conditions.tray = None,
        });
        self.status().await
    }

    /// Tells that this desktop shows no tray icon, and what the person can do about it: a sentence without its full
    /// stop.
    pub fn tray_is_absent(&self, hint: &str) {
        self.inner.change(|conditions| conditions.tray = Some(hint.to_owned()));
    }

    /// Answers with the state that came of it: the state from before could reach a window after the
    /// news of the one that came, and stand there.
    async fn order(&self, wish: Wish) -> Result<Status, ApiError> {
        self.inner.order(wish).await?;
        self.status().await
    }
}

impl Inner {
    /// Has the listener do something, and waits until it is tried: why it could not be done, where nothing was changed.
    pub(crate) async fn order(&self, wish: Wish) -> Result<(), ApiError> {
        let not_running = |_| ApiError::new(ErrorCode::NotListening, "Hookbell is ending", "start it again");
        let (tried, coming) = oneshot::channel();
        self.orders.send(Order { wish, tried }).await.map_err(not_running)?;
        match timeout(ORDER, coming).await {
            Ok(Ok(refused)) => Err(refused),
            // The other side is dropped once the listener's state tells what came of it; or it takes too long.
            Ok(Err(_)) | Err(_) => Ok(()),
        }
    }

    pub(crate) fn status(&self) -> Status {
        let conditions = self.conditions.borrow().clone();
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
            data_dir: self.data_dir().display().to_string(),
            platform: Platform::current(),
            demo: self.demo_place(),
        }
    }

    /// Forgets a pause whose time is over.
    pub(crate) async fn end_pause_when_due(&self) {
        let now = self.clock.now();
        if self.conditions.borrow().paused_until.is_some_and(|until| until <= now) {
            if let Err(error) = self.store.remove_setting(PAUSED_UNTIL).await {
                tracing::warn!(%error, "the end of a pause could not be remembered");
            }
            self.change(|conditions| conditions.paused_until = None);
        }
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

/// Whether the tunnel waits for somebody, and not only for better times.
fn needs_somebody(conditions: &Conditions) -> bool {
    matches!(conditions.tunnel, Some(TunnelStatus { tunnel: TunnelState::Failed { .. }, .. }))
}

fn headline(conditions: &Conditions) -> (String, String) {
    let (headline, detail) = match &conditions.listener {
        ListenerState::Starting => ("Starting".to_owned(), String::new()),
        ListenerState::PortTaken { port, .. } => (format!("Port {port} is taken"), "Nothing can arrive".to_owned()),
        ListenerState::Failed { .. } => ("Not listening".to_owned(), "Nothing can arrive".to_owned()),
        ListenerState::Listening { .. } | ListenerState::Elsewhere { .. } => reach(conditions),
    };
    // A missing tray icon is no state of what Hookbell does.
    let trouble = trouble(conditions).filter(|trouble| trouble.kind != TroubleKind::Tray);
    match (trouble, conditions.paused_until, conditions.details_wait_until) {
        (Some(trouble), ..) if !matches!(trouble.kind, TroubleKind::Listener | TroubleKind::Tunnel) => {
            (trouble.title, headline)
        }
        (None, Some(until), _) => (format!("Paused until {}", clock_time(until)), headline),
        (None, None, Some(until)) => {
            (headline, format!("Hourly limit nearly used up, details from {} on", clock_time(until)))
        }
        _ => (headline, detail),
    }
}

/// How far the listener can be reached.
fn reach(conditions: &Conditions) -> (String, String) {
    if let Some(TunnelStatus { tunnel, proof, .. }) = &conditions.tunnel {
        let proved = proof.as_ref().and_then(|proof| proof.at.parse().ok()).map(clock_time);
        match tunnel {
            TunnelState::Up { .. } => {
                return ("Reachable".to_owned(), proved.map(|at| format!("Proved at {at}")).unwrap_or_default());
            }
            TunnelState::Starting => return ("Tunnel starting".to_owned(), "This computer only".to_owned()),
            TunnelState::Retrying { why, since, .. } => {
                let since = since.parse().map(clock_time).unwrap_or_default();
                return (format!("Offline since {since}, events are fetched later"), first_upper(why));
            }
            TunnelState::Failed { message, .. } => return ("The tunnel needs you".to_owned(), first_upper(message)),
            TunnelState::Off => {}
        }
    }
    match &conditions.listener {
        ListenerState::Listening { port, .. } => (format!("Listening on port {port}"), "This computer only".to_owned()),
        ListenerState::Elsewhere { pid, .. } => ("Listening".to_owned(), format!("In another Hookbell, process {pid}")),
        _ => (String::new(), String::new()),
    }
}

/// A time of today as the reader's clock shows it.
fn clock_time(time: Timestamp) -> String {
    time.to_zoned(jiff::tz::TimeZone::system()).strftime("%H:%M").to_string()
}

/// The worst of what is the matter.
fn trouble(conditions: &Conditions) -> Option<Trouble> {
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
    Some(Trouble {
        kind: TroubleKind::Refused,
        title,
        detail: format!(
            "{}, at {}. App Store Connect counts such a delivery as failed.",
            first_upper(&newest.reason),
            clock_time(newest.last_at)
        ),
        hint:
            "Rotate the webhook’s secret so that both sides have the same one, then send the failed deliveries again."
                .to_owned(),
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

pub(crate) fn first_upper(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(trouble.title, "Notifications can’t be shown");
            (trouble.detail, trouble.hint)
        };
        let (detail, hint) = told(NotifyError::TurnedOff);
        assert_eq!(detail, "The system’s settings turn Hookbell’s notifications off. Events are kept in the inbox.");
        assert!(hint.starts_with("Turn them on in the system’s settings"), "{hint}");
        let (_, hint) = told(NotifyError::NotAllowedYet);
        assert_eq!(hint, "Allow them in the system’s question; what waits is shown then.");
        let (_, hint) = told(NotifyError::NoService);
        assert_eq!(hint, "Start a notification service; what waits is shown then.");
        let (detail, hint) = told(NotifyError::NotInstalled);
        assert!(detail.starts_with("Only installed apps can show notifications on macOS"), "{detail}");
        assert_eq!(hint, "Start Hookbell.app instead of the program inside it.");
    }
}
