//! What the tray's menu says; a native menu has only plain lines.

use hookbell_store::EventQuery;

use crate::{
    api::{ApiError, ListenerState, TrayState},
    context::Context,
    event_words,
    known_apps::KnownApps,
    status::status,
    text::age,
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
    /// "● Backyard Birds 3.2 rejected · 4 min"; the dot means unread.
    pub line: String,
}

/// The room of the tray's menu.
#[derive(Debug)]
pub struct Menu {
    context: Context,
}

impl Menu {
    pub(crate) fn new(context: Context) -> Self {
        Self { context }
    }

    /// What the menu says now.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn read(&self) -> Result<TrayMenu, ApiError> {
        let status = status(&self.context);
        let now = self.context.clock.now();
        let newest = EventQuery { limit: MAX_EVENTS, ..EventQuery::default() };
        let page = self.context.store.page(newest).await?;
        let apps = KnownApps::read(&self.context.store).await?;
        let events = page.events.iter().map(|event| {
            let dot = if event.read { "" } else { "● " };
            let words = event_words::line(event, &apps, MAX_TITLE_CHARS);
            MenuEvent { seq: event.seq, line: format!("{dot}{words} · {}", age(event.received_at, now)) }
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
