//! The contents of the tray menu; a native menu has only plain lines.
//!
//! Unread events that need attention come first, however many others are newer.

use std::sync::Arc;

use hookbell_core::{EventFilter, words::Importance};
use hookbell_store::{EventQuery, StoredEvent};

use crate::{
    api::{ApiError, ListenerState, TrayState, TroubleKind, Upload, UploadStage, UploadsRequest},
    context::Context,
    event_words,
    known_apps::KnownApps,
    status::{status, tunnel_line},
    text::{age, cut},
    uploads::Uploads,
};

/// The longest title in the menu.
const MAX_TITLE_CHARS: usize = 48;

/// The longest line about the tunnel, which may quote why it failed.
const MAX_TUNNEL_CHARS: usize = 72;

/// How many unfinished uploads the menu shows.
const MAX_UPLOADS: u32 = 3;

/// The menu is rebuilt on every change, so it shows progress in steps and not in bytes.
const STEP_PERCENT: u64 = 10;

/// How many events the menu shows.
const MAX_EVENTS: u8 = 5;

/// The menu from top to bottom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrayMenu {
    /// What the icon shows.
    pub icon: TrayState,
    /// The state in one line.
    pub headline: String,
    /// The tunnel's state, if there is a tunnel and the headline is about something else.
    pub tunnel: Option<String>,
    /// Whether the headline says that the keychain is locked, which the person can unlock.
    pub locked: bool,
    /// Unfinished uploads, newest first.
    pub uploads: Vec<MenuUpload>,
    /// Unread events that need attention, then the latest ones; each newest first.
    pub events: Vec<MenuEvent>,
    /// Whether anything is unread.
    pub unread: bool,
    /// Whether notifications are paused.
    pub paused: bool,
    /// A port to listen on instead, while the configured one is taken.
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

/// One upload in the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuUpload {
    /// Its number.
    pub id: i64,
    /// "Uploading Backyard Birds 3.3 (430) · 40%".
    pub line: String,
}

/// The room of the tray's menu.
#[derive(Debug)]
pub struct Menu {
    context: Context,
    uploads: Arc<Uploads>,
}

impl Menu {
    pub(crate) fn new(context: Context, uploads: Arc<Uploads>) -> Self {
        Self { context, uploads }
    }

    /// The current contents.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn read(&self) -> Result<TrayMenu, ApiError> {
        let status = status(&self.context);
        let now = self.context.clock.now();
        let apps = KnownApps::read(&self.context.store).await?;
        let events = self.events().await?;
        let events = events.iter().map(|event| {
            let dot = if event.read { "" } else { "● " };
            let words = event_words::line(event, &apps, MAX_TITLE_CHARS);
            MenuEvent { seq: event.seq, line: format!("{dot}{words} · {}", age(event.received_at, now)) }
        });
        let tunnel = tunnel_line(&self.context).map(|line| cut(&line, MAX_TUNNEL_CHARS));
        let (headline, tunnel) = match tunnel {
            Some(tunnel) if tunnel.starts_with(&status.headline) => (tunnel, None),
            tunnel => (status.headline, tunnel),
        };
        let uploads = self.uploads.list(UploadsRequest { app: None, open: true, limit: MAX_UPLOADS }).await?;
        let uploads = uploads.iter().map(|upload| MenuUpload { id: upload.id, line: upload_line(upload) });
        Ok(TrayMenu {
            free_port: match status.listener {
                ListenerState::PortTaken { free, .. } => free,
                _ => None,
            },
            locked: status.trouble.is_some_and(|trouble| trouble.kind == TroubleKind::KeychainLocked),
            uploads: uploads.collect(),
            events: events.collect(),
            icon: status.tray,
            headline,
            tunnel,
            unread: status.unread > 0,
            paused: status.paused_until.is_some(),
        })
    }

    async fn events(&self) -> Result<Vec<StoredEvent>, ApiError> {
        let asking = EventFilter { unread: true, importance: vec![Importance::NeedsYou], ..EventFilter::default() };
        let mut events = self.newest(asking).await?;
        for event in self.newest(EventFilter::default()).await? {
            if events.iter().all(|one| one.seq != event.seq) {
                events.push(event);
            }
        }
        events.truncate(usize::from(MAX_EVENTS));
        Ok(events)
    }

    async fn newest(&self, filter: EventFilter) -> Result<Vec<StoredEvent>, ApiError> {
        let query = EventQuery { filter, limit: MAX_EVENTS.into(), ..EventQuery::default() };
        Ok(self.context.store.page(query).await?.events)
    }
}

/// The state of an upload, on one line.
fn upload_line(upload: &Upload) -> String {
    let build = format!("{} ({})", upload.version, upload.number);
    let build = upload.app_name.as_ref().map_or(build.clone(), |app| format!("{app} {build}"));
    let build = cut(&build, MAX_TITLE_CHARS);
    let percent = (upload.sent_bytes * 100).checked_div(upload.size_bytes).unwrap_or_default();
    let percent = percent / STEP_PERCENT * STEP_PERCENT;
    match upload.stage {
        UploadStage::Processing => format!("{build} · Processing"),
        UploadStage::Canceling => format!("Canceling {build}"),
        _ if upload.paused => format!("{build} · Paused at {percent}%"),
        _ if upload.waits.is_some() => format!("{build} · Waiting at {percent}%"),
        _ => format!("Uploading {build} · {percent}%"),
    }
}
