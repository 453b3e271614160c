//! The state of the whole, as the tray, the sidebar and a banner tell it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    AppWebhooks, BackfillProgress, ListedRule, RedeliveryProgress, SavedView, StoredChanges, TunnelStatus, UpdateStatus,
};

/// The tray icon's five states; the first that holds, from the bottom up, wins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TrayState {
    /// All is well and read.
    #[default]
    Idle,
    /// Something is unread.
    Unread,
    /// Notifications are paused.
    Paused,
    /// Nothing can arrive.
    Offline,
    /// Something has to be fixed.
    Attention,
}

/// The system it runs on, for the words that differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "they are names")]
pub enum Platform {
    Linux,
    Macos,
    Windows,
}

impl Platform {
    /// The one this binary was built for.
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

/// What the listener does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(rename = "Listener")]
pub enum ListenerState {
    /// Not there yet.
    Starting,
    /// It listens.
    Listening {
        /// `http://127.0.0.1:PORT`
        url: String,
        /// The one in `url`.
        port: u16,
    },
    /// Another program has the port.
    PortTaken {
        /// The port that was asked for.
        port: u16,
        /// The other program, as far as it can be told: `node (PID 4127)`.
        holder: Option<String>,
        /// A port that is free.
        free: Option<u16>,
    },
    /// Another Hookbell process listens for the same data directory.
    Elsewhere {
        /// Where.
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

/// What a lasting trouble is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TroubleKind {
    /// The store can't be written.
    Store,
    /// Nothing can arrive.
    Listener,
    /// The tunnel needs somebody, or leads nowhere for the moment.
    Tunnel,
    /// Secrets can't be read.
    Keychain,
    /// The same, until the person unlocks the keychain.
    KeychainLocked,
    /// Deliveries of a webhook are refused here.
    Refused,
    /// Notifications can't be shown.
    Notifications,
    /// The same, until the person allows them.
    NotificationsNotAsked,
    /// Testers' pictures and logs can't be kept.
    Feedback,
    /// A rule was disabled by Hookbell, or it can't be read.
    Rules,
    /// The stored settings can't be used.
    Settings,
    /// A damaged database was set aside at the start.
    SetAside,
    /// The desktop shows no tray icon.
    Tray,
}

/// A lasting condition that somebody has to know of.
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

/// The state of the whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// Hookbell's version.
    pub version: String,
    /// What the tray icon shows.
    pub tray: TrayState,
    /// One line: "Listening on port 8377".
    pub headline: String,
    /// A second, quieter line, or nothing.
    pub detail: String,
    /// What the listener does.
    pub listener: ListenerState,
    /// What the tunnel does; none if none is set up.
    pub tunnel: Option<TunnelStatus>,
    /// The worst lasting condition.
    pub trouble: Option<Trouble>,
    /// Until when notifications are paused, RFC 3339 in UTC.
    pub paused_until: Option<String>,
    /// How many events are unread.
    pub unread: u64,
    /// Where everything is kept.
    pub data_dir: String,
    /// The system.
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

/// What the engine tells an open window of its own accord.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Push {
    /// Something stored has changed, here or in another process.
    Stored {
        /// Which rows, by what they are about.
        changes: Box<StoredChanges>,
    },
    /// The state of the whole has changed.
    Status {
        /// The new one.
        status: Box<Status>,
    },
    /// The saved views or their unread counts have changed.
    Views {
        /// All of them, in their order.
        views: Vec<SavedView>,
    },
    /// The rules or their last runs have changed.
    Rules {
        /// All of them, in their order.
        rules: Vec<ListedRule>,
    },
    /// Runs have changed: whoever shows some reads them again.
    Runs,
    /// The webhooks of one app, while all of an account's are read.
    AppWebhooks {
        /// The app and its webhooks.
        webhooks: Box<AppWebhooks>,
    },
    /// How far sending failed deliveries again has come.
    Redelivery {
        /// How far.
        progress: RedeliveryProgress,
    },
    /// How far reading existing feedback has come.
    Backfill {
        /// How far.
        progress: BackfillProgress,
    },
    /// Builds of an app or plans for them have changed: whoever shows some reads them again.
    Builds {
        /// The id of the app.
        app: String,
    },
    /// What is known of newer versions.
    Update {
        /// What the check for updates found.
        status: UpdateStatus,
    },
    /// Show this place, for instance `#/inbox/42`.
    Open {
        /// The place.
        route: String,
    },
}
