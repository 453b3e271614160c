//! The overall state, for the tray, the sidebar and a banner.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    AppWebhooks, BackfillProgress, ListedRule, RedeliveryProgress, SavedView, StoredChanges, TunnelStatus,
    UpdateStatus, Upload,
};

/// The tray icon's five states; of those that apply, the last one wins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TrayState {
    /// All is well, and everything is read.
    #[default]
    Idle,
    /// Something is unread.
    Unread,
    /// Notifications are paused.
    Paused,
    /// Nothing can arrive.
    Offline,
    /// Something needs fixing.
    Attention,
}

/// The operating system, for wording that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "they are names")]
pub enum Platform {
    Linux,
    Macos,
    Windows,
}

impl Platform {
    /// The one that this binary was built for.
    #[must_use]
    pub const fn current() -> Self {
        if cfg!(target_os = "macos") {
            Self::Macos
        } else if cfg!(windows) {
            Self::Windows
        } else {
            Self::Linux
        }
    }
}

/// What the listener is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(rename = "Listener")]
pub enum ListenerState {
    /// It hasn't started yet.
    Starting,
    /// It listens.
    Listening {
        /// `http://127.0.0.1:PORT`
        url: String,
        /// The port in `url`.
        port: u16,
    },
    /// Another program uses the port.
    PortTaken {
        /// The requested port.
        port: u16,
        /// The other program, if known: `node (PID 4127)`.
        holder: Option<String>,
        /// A port that is free.
        free: Option<u16>,
    },
    /// Another Hookbell process listens for the same data directory.
    Elsewhere {
        /// Where its listener accepts events on this computer.
        url: String,
        /// Its process id.
        pid: u32,
    },
    /// It can't listen.
    Failed {
        /// What is wrong.
        message: String,
        /// How to fix it.
        hint: String,
    },
}

/// What a lasting condition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TroubleKind {
    /// The store can't be written.
    Store,
    /// Nothing can arrive.
    Listener,
    /// The tunnel needs attention, or leads nowhere for the moment.
    Tunnel,
    /// Secrets can't be read.
    Keychain,
    /// The same, until the person unlocks the keychain.
    KeychainLocked,
    /// Deliveries of a webhook are rejected here.
    Refused,
    /// Notifications can't be shown.
    Notifications,
    /// The same, until the person allows them.
    NotificationsNotAsked,
    /// Testers' pictures and logs can't be stored.
    Feedback,
    /// Hookbell disabled a rule, or can't parse it.
    Rules,
    /// The stored settings can't be used.
    Settings,
    /// A damaged database was set aside at the start.
    SetAside,
    /// The desktop shows no tray icon.
    Tray,
}

/// A lasting condition that somebody should know about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Trouble {
    /// What it is about.
    pub kind: TroubleKind,
    /// What is wrong.
    pub title: String,
    /// Why, and what still works.
    pub detail: String,
    /// How to fix it.
    pub hint: String,
    /// A file it is about.
    pub path: Option<String>,
}

/// The overall state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// Hookbell's version.
    pub version: String,
    /// What the tray icon shows.
    pub tray: TrayState,
    /// One line: "Listening on port 8377".
    pub headline: String,
    /// A second, less prominent line; may be empty.
    pub detail: String,
    /// What the listener is doing.
    pub listener: ListenerState,
    /// What the tunnel is doing; null if none is configured.
    pub tunnel: Option<TunnelStatus>,
    /// The most serious lasting condition.
    pub trouble: Option<Trouble>,
    /// Until when notifications are paused, RFC 3339 in UTC.
    pub paused_until: Option<String>,
    /// How many events are unread.
    pub unread: u64,
    /// The data directory.
    pub data_dir: String,
    /// The operating system.
    pub platform: Platform,
}

/// How long to pause.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PauseRequest {
    /// 1 to 1440 minutes.
    pub minutes: u32,
}

/// Where to listen.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PortRequest {
    /// The port, from 1024 to 65535.
    pub port: u16,
}

/// What the engine pushes to an open window.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Push {
    /// The store has changed, here or in another process.
    Stored {
        /// The changed rows, by kind.
        changes: Box<StoredChanges>,
    },
    /// The overall state has changed.
    Status {
        /// The new one.
        status: Box<Status>,
    },
    /// The saved views or their unread counts have changed.
    Views {
        /// All of them, in order.
        views: Vec<SavedView>,
    },
    /// The rules or their last runs have changed.
    Rules {
        /// All of them, in order.
        rules: Vec<ListedRule>,
    },
    /// Runs have changed: a view that shows some reads them again.
    Runs,
    /// Uploads have changed.
    Uploads {
        /// Unfinished uploads, and those that ended since the last push; newest first.
        uploads: Vec<Upload>,
    },
    /// The webhooks of one app, while those of a whole account are being read.
    AppWebhooks {
        /// The app and its webhooks.
        webhooks: Box<AppWebhooks>,
    },
    /// The progress of redelivering failed deliveries.
    Redelivery {
        /// How many deliveries are done, of how many.
        progress: RedeliveryProgress,
    },
    /// The progress of reading existing feedback.
    Backfill {
        /// How much feedback has been read so far.
        progress: BackfillProgress,
    },
    /// Builds of an app or plans for them have changed: a view that shows some reads them again.
    Builds {
        /// The id of the app.
        app: String,
    },
    /// The update status has changed.
    Update {
        /// The result of the check for updates.
        status: UpdateStatus,
    },
    /// Show this place, for example `#/inbox/42`.
    Open {
        /// The place.
        route: String,
    },
}
