//! What the tray's menu says; a native menu has only plain lines.

use crate::{
    Hookbell,
    api::{ApiError, EventsRequest, Filter, ListenerState, TrayState},
    text::{age, cut},
};

/// The longest title in the menu, in characters.
const LONGEST: usize = 48;

const EVENTS: u32 = 5;

/// The menu from top to bottom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrayMenu {
    /// What the icon shows.
    pub icon: TrayState,
    /// The state in one line.
    pub headline: String,
    /// The last events, newest first.
    pub events: Vec<MenuEvent>,
    /// Whether anything is unread.
    pub unread: bool,
    /// Whether notifications are paused.
    pub paused: bool,
    /// A port to listen on instead, while the wanted one is taken.
    pub free_port: Option<u16>,
}

/// One event in the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuEvent {
    /// Its number.
    pub seq: i64,
    /// "● Rejected: build 42 needs changes · 4 min"; the dot means unread.
    pub line: String,
}

impl Hookbell {
    /// What the menu says now.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn tray_menu(&self) -> Result<TrayMenu, ApiError> {
        let status = self.status().await?;
        let request = EventsRequest { filter: Filter::All, limit: EVENTS, ..EventsRequest::default() };
        let now = self.inner.clock.now();
        let events = self.inner.events.page(request).await?.events.into_iter().map(|event| {
            let dot = if event.read { "" } else { "● " };
            let age = event.received_at.parse().map(|at| age(at, now)).unwrap_or_default();
            MenuEvent { seq: event.seq, line: format!("{dot}{} · {age}", cut(&event.title, LONGEST)) }
        });
        Ok(TrayMenu {
            free_port: match status.listener {
                ListenerState::PortTaken { free, .. } => free,
                _ => None,
            },
            events: events.collect(),
            icon: status.tray,
            headline: status.headline,
            unread: status.unread > 0,
            paused: status.paused_until.is_some(),
        })
    }
}
