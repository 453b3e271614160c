//! The person's settings: one typed document, its patch, and the replies about it.
//!
//! The store and a settings file use this same type. It has no field for a secret: keys and webhooks' secrets are in
//! the keychain, and neither an export nor an import touches them.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ApiError;

/// All settings, including defaults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// Whether to hide the app's icon in the Dock (macOS only).
    pub hide_from_dock: bool,
    /// What a notification is shown for. Everything still appears in the inbox.
    pub announce: Announce,
    /// Which of Hookbell's own news appear in the inbox.
    pub own_news: OwnNewsChoice,
    /// Which notifications play a sound.
    pub sound: SoundChoice,
    /// When to hold notifications back, every week.
    pub quiet_hours: QuietHours,
    /// How long testers' screenshots and logs are kept.
    pub retention: Retention,
    /// The listener's port, from 1 to 65535.
    pub port: u16,
    /// How much is logged.
    pub log_level: LogLevel,
    /// The size of the window's text in percent: 100, 110, 125 or 150.
    pub text_size: u16,
    /// Whether Hookbell checks for updates once a day; off until somebody turns it on.
    pub look_for_updates: bool,
    /// How builds are uploaded.
    pub uploads: UploadSettings,
}

/// The port if neither a setting nor `HOOKBELL_PORT` says otherwise.
pub const DEFAULT_PORT: u16 = 8377;

impl Default for Settings {
    fn default() -> Self {
        Self {
            hide_from_dock: true,
            announce: Announce::default(),
            own_news: OwnNewsChoice::default(),
            sound: SoundChoice::default(),
            quiet_hours: QuietHours::default(),
            retention: Retention::default(),
            port: DEFAULT_PORT,
            log_level: LogLevel::default(),
            text_size: 100,
            look_for_updates: false,
            uploads: UploadSettings::default(),
        }
    }
}

/// Which events to show notifications for, by importance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Announce {
    /// Nothing continues until somebody acts.
    pub needs_you: bool,
    /// Something went wrong.
    pub bad: bool,
    /// Something went well.
    pub good: bool,
    /// Everything else.
    pub info: bool,
}

impl Default for Announce {
    fn default() -> Self {
        Self { needs_you: true, bad: true, good: true, info: true }
    }
}

/// Which of Hookbell's own news appear in the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct OwnNewsChoice {
    /// A webhook's deliveries fail.
    pub failing: bool,
    /// Somebody else disabled a webhook.
    pub disabled: bool,
    /// The tunnel has been down for 15 minutes.
    pub tunnel: bool,
    /// The newest build of an app expires in 14, 7 and 1 days.
    pub expiry: bool,
    /// A version or a build has been in one state unusually long.
    pub unusually_long: bool,
    /// An agreement is missing.
    pub agreement: bool,
    /// A digest of a day or a week.
    pub digest: DigestPeriod,
}

impl Default for OwnNewsChoice {
    /// Everything except the digest.
    fn default() -> Self {
        Self {
            failing: true,
            disabled: true,
            tunnel: true,
            expiry: true,
            unusually_long: true,
            agreement: true,
            digest: DigestPeriod::Off,
        }
    }
}

/// How often a digest is sent, at nine in the morning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DigestPeriod {
    /// Never.
    #[default]
    Off,
    /// Every day, for the previous day.
    Daily,
    /// Every Monday, for the previous week.
    Weekly,
}

/// Which notifications play a sound.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SoundChoice {
    /// None.
    Never,
    /// Those that need attention.
    #[default]
    NeedsYou,
    /// All.
    Everything,
}

/// Hours of the week in which notifications wait. One summary follows afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct QuietHours {
    /// Whether they are on.
    pub on: bool,
    /// When they start.
    #[ts(type = "string")]
    pub from: TimeOfDay,
    /// When they end; on the next day if that isn't after the start. The same time means a whole day.
    #[ts(type = "string")]
    pub to: TimeOfDay,
    /// The days on which they start, each once, from Monday.
    pub days: Vec<Day>,
    /// The time zone's IANA name, such as `Europe/Stockholm`; none for the system's.
    pub time_zone: Option<String>,
}

impl Default for QuietHours {
    /// Disabled; from 19:00 to 08:30, Monday to Friday, once enabled.
    fn default() -> Self {
        Self {
            on: false,
            from: TimeOfDay { hour: 19, minute: 0 },
            to: TimeOfDay { hour: 8, minute: 30 },
            days: vec![Day::Monday, Day::Tuesday, Day::Wednesday, Day::Thursday, Day::Friday],
            time_zone: None,
        }
    }
}

/// A wall-clock time, to the minute: `"08:30"` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay {
    pub(crate) hour: i8,
    pub(crate) minute: i8,
}

/// A text that isn't a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a time of day: write one from \"00:00\" to \"23:59\"")]
pub struct NoTimeOfDay;

impl FromStr for TimeOfDay {
    type Err = NoTimeOfDay;

    fn from_str(text: &str) -> Result<Self, NoTimeOfDay> {
        let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        let (hour, minute) = text.split_once(':').filter(|(h, m)| digits(h) && digits(m)).ok_or(NoTimeOfDay)?;
        let number = |part: &str| part.parse::<i8>().map_err(|_| NoTimeOfDay);
        match (number(hour)?, number(minute)?) {
            (hour @ 0..24, minute @ 0..60) => Ok(Self { hour, minute }),
            _ => Err(NoTimeOfDay),
        }
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = NoTimeOfDay;

    fn try_from(text: String) -> Result<Self, NoTimeOfDay> {
        text.parse()
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "they are names")]
pub enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// How long received data is kept, and how many screenshots and logs. The oldest are deleted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Retention {
    /// How long screenshots and logs are kept: 1 to 3650 days.
    pub days: u32,
    /// 50 MB to 1.1 TB, in bytes.
    pub max_bytes: u64,
    /// How long events are kept: 1 to 3650 days, or forever.
    pub event_days: Option<u32>,
    /// How long feedback is kept: 1 to 3650 days, or forever.
    pub feedback_days: Option<u32>,
}

impl Default for Retention {
    fn default() -> Self {
        Self { days: 90, max_bytes: 2_000_000_000, event_days: None, feedback_days: None }
    }
}

/// How builds are uploaded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct UploadSettings {
    /// The limit for all uploads together, 16 to 1,000,000 kB (1,000 bytes) per second; none for no limit.
    pub limit_kilobytes_per_second: Option<u32>,
}

/// The log level, from least to most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LogLevel {
    /// Failures.
    Error,
    /// Also anything odd.
    Warn,
    /// Also what happened.
    #[default]
    Info,
    /// Also why.
    Debug,
    /// Everything.
    Trace,
}

impl LogLevel {
    /// Its name, as in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}

/// A patch: omitted fields stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[ts(optional_fields)]
#[allow(missing_docs, reason = "the fields are those of Settings")]
pub struct ChangeSettingsRequest {
    /// Whether the system starts the app at login.
    pub start_at_login: Option<bool>,
    pub hide_from_dock: Option<bool>,
    pub announce: Option<Announce>,
    pub own_news: Option<OwnNewsChoice>,
    pub sound: Option<SoundChoice>,
    pub quiet_hours: Option<QuietHours>,
    pub retention: Option<Retention>,
    pub port: Option<u16>,
    pub log_level: Option<LogLevel>,
    pub text_size: Option<u16>,
    pub look_for_updates: Option<bool>,
    pub uploads: Option<UploadSettings>,
}

/// The settings, and what affects them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SettingsReply {
    /// What is set.
    pub settings: Settings,
    /// Whether the system starts the app at login.
    pub start_at_login: StartAtLogin,
    /// The system's time zone by its IANA name, if known.
    pub time_zone: Option<String>,
    /// When the current quiet hours end, RFC 3339 in UTC.
    pub quiet_until: Option<String>,
    /// What the environment or the command line overrides.
    pub overrides: Overrides,
    /// Whether the system lets Hookbell show notifications.
    pub notifications: NotificationPermission,
    /// Why nothing can be changed: the document is from a newer Hookbell, or can't be read. Then the defaults apply.
    pub trouble: Option<ApiError>,
}

/// Whether the system starts the app at login. Queried each time, because the system's own settings can change it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "camelCase")]
pub enum StartAtLogin {
    /// It does.
    On,
    /// It does not.
    Off,
    /// Unknown; also reported by a command without a desktop.
    Unknown {
        /// The system's error, for people.
        why: String,
    },
}

/// Whether the system lets Hookbell show notifications. Only macOS asks the person first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum NotificationPermission {
    /// Yes, as far as it says.
    Allowed,
    /// The person has not been asked: `allowNotifications` asks them.
    NotAsked,
    /// The person turned notifications off in the system's settings.
    TurnedOff,
}

/// What the environment or the command line decides while this process runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Overrides {
    /// The port from `HOOKBELL_PORT` or the command line; 0 picks a free one.
    pub port: Option<u16>,
    /// The log level from `HOOKBELL_LOG`.
    pub log: Option<String>,
}

/// The file that settings were written to or read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SettingsFileReply {
    /// The file; null if the dialog was closed and nothing was done.
    pub path: Option<String>,
}
