//! What a person sets: one typed document, its patch, and the answers about it.
//!
//! The same type is what the store keeps and what a settings file holds. It has no field for a secret: keys and
//! webhooks' secrets are in the keychain, and neither an export nor an import touches them.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ApiError;

/// All settings, with the defaults where nobody chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// Whether the app has no icon in the Dock (macOS only).
    pub hide_from_dock: bool,
    /// What a notification is shown for. What is not announced still waits in the inbox.
    pub announce: Announce,
    /// Which of Hookbell's own news come into the inbox.
    pub own_news: OwnNewsChoice,
    /// What is heard.
    pub sound: SoundChoice,
    /// When notifications are held back, every week.
    pub quiet_hours: QuietHours,
    /// How long testers' pictures and logs are kept.
    pub retention: Retention,
    /// The listener's port, from 1 to 65535.
    pub port: u16,
    /// How much the log tells.
    pub log_level: LogLevel,
    /// The size of the window's text in percent: 100, 110, 125 or 150.
    pub text_size: u16,
    /// Whether newer versions are looked for, once a day. Nobody is asked for them before.
    pub look_for_updates: bool,
}

/// The port unless a setting or `HOOKBELL_PORT` says otherwise.
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
        }
    }
}

/// What a notification is shown for, by what the event means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Announce {
    /// Nothing goes on until somebody acts.
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

/// Which of Hookbell's own news come into the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct OwnNewsChoice {
    /// A webhook's deliveries fail.
    pub failing: bool,
    /// Somebody else disabled a webhook.
    pub disabled: bool,
    /// The tunnel is down for 15 minutes.
    pub tunnel: bool,
    /// The newest build of an app expires in 14, 7 and 1 days.
    pub expiry: bool,
    /// A version or a build is in one state for unusually long.
    pub unusually_long: bool,
    /// An agreement is missing.
    pub agreement: bool,
    /// A digest of a day or a week.
    pub digest: DigestPeriod,
}

impl Default for OwnNewsChoice {
    /// All but the digest.
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

/// How often a digest comes, at nine in the morning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DigestPeriod {
    /// Never.
    #[default]
    Off,
    /// Every day, of the day before.
    Daily,
    /// Every Monday, of the week before.
    Weekly,
}

/// Which notifications are heard.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SoundChoice {
    /// None.
    Never,
    /// Those of what needs somebody.
    #[default]
    NeedsYou,
    /// All.
    Everything,
}

/// Hours of the week in which notifications wait. Afterwards one summary tells what came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct QuietHours {
    /// Whether they hold.
    pub on: bool,
    /// When they begin.
    #[ts(type = "string")]
    pub from: TimeOfDay,
    /// When they end: on the next day, if that is not after they begin. The same time is a whole day.
    #[ts(type = "string")]
    pub to: TimeOfDay,
    /// The days on which they begin, each once, from Monday on.
    pub days: Vec<Day>,
    /// The time zone by its IANA name, such as `Europe/Stockholm`; the system's if there is none.
    pub time_zone: Option<String>,
}

impl Default for QuietHours {
    /// Off; from 19:00 to 08:30 from Monday to Friday once they are switched on.
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

/// A time as a clock on the wall shows it, to the minute: `"08:30"` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay {
    pub(crate) hour: i8,
    pub(crate) minute: i8,
}

/// A text that is no time of day.
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

/// How long what was received is kept, and how much of testers' pictures and logs. The oldest go first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Retention {
    /// How long pictures and logs are kept: 1 to 3650 days.
    pub days: u32,
    /// 50 MB to 1.1 TB, in bytes.
    pub max_bytes: u64,
    /// How long events are kept: 1 to 3650 days, or for good.
    pub event_days: Option<u32>,
    /// How long feedback with its words is kept: 1 to 3650 days, or for good.
    pub feedback_days: Option<u32>,
}

impl Default for Retention {
    fn default() -> Self {
        Self { days: 90, max_bytes: 2_000_000_000, event_days: None, feedback_days: None }
    }
}

/// How much the log tells, from little to much.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LogLevel {
    /// What failed.
    Error,
    /// And what was odd.
    Warn,
    /// And what happened.
    #[default]
    Info,
    /// And why.
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

/// A patch: what is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[ts(optional_fields)]
#[allow(missing_docs, reason = "the fields are those of Settings")]
pub struct ChangeSettingsRequest {
    /// Whether the system starts the app when its user logs in.
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
}

/// What is set, and what bears on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SettingsReply {
    /// What is set.
    pub settings: Settings,
    /// What the system does when its user logs in.
    pub start_at_login: StartAtLogin,
    /// The system's time zone by its IANA name, where it is known.
    pub time_zone: Option<String>,
    /// Until when it is quiet, if it is now; RFC 3339 in UTC.
    pub quiet_until: Option<String>,
    /// What the environment or the command line decides, whatever is set.
    pub overrides: Overrides,
    /// Whether the system lets Hookbell show notifications.
    pub notifications: NotificationPermission,
    /// Why nothing can be changed: the document is a newer Hookbell's, or can't be read. The defaults apply then.
    pub trouble: Option<ApiError>,
}

/// Whether the system starts the app when its user logs in. It is asked each time: the system's own settings may
/// have changed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "camelCase")]
pub enum StartAtLogin {
    /// It does.
    On,
    /// It does not.
    Off,
    /// There is no telling; a command without a desktop says so, too.
    Unknown {
        /// What the system answered, for people.
        why: String,
    },
}

/// Whether the system lets Hookbell show notifications. Only macOS asks the person first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum NotificationPermission {
    /// It does, as far as it says.
    Allowed,
    /// The person has not been asked: `allowNotifications` asks them.
    NotAsked,
    /// The person turned notifications off, in the system's settings.
    TurnedOff,
}

/// What is decided from outside for as long as this process runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Overrides {
    /// The port of `HOOKBELL_PORT` or the command line; 0 is any free one.
    pub port: Option<u16>,
    /// What `HOOKBELL_LOG` says.
    pub log: Option<String>,
}

/// Where settings were written to, or read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SettingsFileReply {
    /// The file; none if the dialog was closed, and nothing was done.
    pub path: Option<String>,
}
