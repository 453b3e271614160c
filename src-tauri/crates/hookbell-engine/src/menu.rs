//! What the tray's menu says; a native menu has only plain lines.

use std::sync::Arc;

use crate::{
    api::{ApiError, EventsRequest, ListenerState, TrayState},
    context::Context,
    events::Events,
    status::status,
    text::{age, cut},
};

/// The longest title in the menu.
const MAX_TITLE_CHARS: usize = 48;

/// How many events the menu has.
const MAX_EVENTS: u32 = 5;

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

/// The room of the tray's menu.
#[derive(Debug)]
pub struct Menu {
    context: Context,
    events: Arc<Events>,
}

impl Menu {
    pub(crate) fn new(context: Context, events: Arc<Events>) -> Self {
        Self { context, events }
    }

    /// What the menu says now.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn read(&self) -> Result<TrayMenu, ApiError> {
        let status = status(&self.context);
        let request = EventsRequest { limit: MAX_EVENTS, ..EventsRequest::default() };
        let now = self.context.clock.now();
        let events = self.events.page(request).await?.events.into_iter().map(|event| {
            let dot = if event.read { "" } else { "● " };
            let age = event.received_at.parse().map(|at| age(at, now)).unwrap_or_default();
            MenuEvent { seq: event.seq, line: format!("{dot}{} · {age}", cut(&event.title, MAX_TITLE_CHARS)) }
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
