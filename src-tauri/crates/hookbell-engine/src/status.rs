//! The state of the whole, and how the tray, the sidebar and a banner tell it.

mod trouble;

use jiff::{Timestamp, ToSpan};

use self::trouble::trouble;
use crate::{
    Hookbell,
    api::{
        ApiError, ListenerState, PauseRequest, Platform, PortRequest, Status, TrayState, TroubleKind, TunnelState,
        TunnelStatus,
    },
    conditions::Conditions,
    engine::Inner,
    listener_handle::Wish,
    text::first_upper,
};

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
    /// [`crate::api::ErrorCode::InvalidInput`] for 0 or more than 1440 minutes.
    pub async fn pause(&self, request: PauseRequest) -> Result<Status, ApiError> {
        if !(1..=1440).contains(&request.minutes) {
            return Err(ApiError::field("minutes", "a pause has 1 to 1440 minutes", "pause again when it is over"));
        }
        let now = self.inner.clock.now();
        let until = now.saturating_add(i64::from(request.minutes).minutes()).unwrap_or(now);
        self.inner.notifications.pause_until(until).await?;
        self.status().await
    }

    /// Ends the pause.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if it can't be remembered.
    pub async fn resume(&self) -> Result<Status, ApiError> {
        self.inner.notifications.end_pause().await?;
        self.status().await
    }

    /// Listens on another port from now on.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `port` if it can't be or if another program has it: then everything stays as it
    /// is, and a listener that listens goes on.
    pub async fn use_port(&self, request: PortRequest) -> Result<Status, ApiError> {
        self.inner.set_port(request.port).await?;
        self.status().await
    }

    /// Tries to listen again now.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotListening`] if the engine is not running.
    pub async fn retry_listener(&self) -> Result<Status, ApiError> {
        self.order(Wish::Again).await
    }

    /// Asks the person to unlock the keychain, and reads the secrets that waited for it. What came of it is in the
    /// status.
    ///
    /// # Errors
    /// None; the shape is that of every command.
    pub async fn unlock_keychain(&self) -> Result<Status, ApiError> {
        self.inner.intake.unlock_keychain().await;
        self.status().await
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
        self.inner.listener.order(wish).await?;
        self.status().await
    }
}

impl Inner {
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
