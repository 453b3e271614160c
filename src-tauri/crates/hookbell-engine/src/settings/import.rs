//! Parses a settings file, which anybody may have written: everything is validated before anything is changed, and an
//! error names the field and says how to fix it.

use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::document::DOCUMENT_VERSION;
use crate::api::{
    Announce, ApiError, ErrorCode, OwnNewsChoice, QuietHours, Retention, Settings, TimeOfDay, UploadSettings,
};

/// The largest file that is read, in bytes; an export has about one thousand.
pub(crate) const MAX_FILE_BYTES: u64 = 1 << 20;

/// How much of a wrong value an error repeats, in characters.
const MAX_REPEATED_CHARS: usize = 40;

/// The contents of a file. Missing fields stay as they are.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Import {
    pub(crate) settings: Settings,
    pub(crate) start_at_login: Option<bool>,
}

/// Applies a file to the current settings.
pub(crate) fn imported(bytes: &[u8], now: Settings) -> Result<Import, ApiError> {
    let before = now.clone();
    let not_ours =
        |message: String| ApiError::new(ErrorCode::InvalidInput, message, "choose a file that Hookbell exported");
    let file: Value = serde_json::from_slice(bytes).map_err(|error| not_ours(format!("not valid JSON: {error}")))?;
    let Value::Object(file) = file else { return Err(not_ours("not a Hookbell settings file".to_owned())) };
    let mut file = Fields { at: String::new(), fields: file };
    // Check this first: a newer file may have everything in another place.
    match file.fields.remove("version").as_ref().map(Value::as_u64) {
        Some(Some(DOCUMENT_VERSION)) => {}
        Some(Some(newer)) if newer > DOCUMENT_VERSION => {
            let by = file.fields.get("madeBy").and_then(Value::as_str).map(|by| format!(" ({})", short(by)));
            let message = format!(
                "this file was saved by a newer version of Hookbell{}: its format is {newer}, and this one reads {DOCUMENT_VERSION}",
                by.unwrap_or_default()
            );
            return Err(ApiError::field("version", message, "update Hookbell, then import it again"));
        }
        Some(_) => return Err(ApiError::field("version", "the file’s version is unknown", "use 1")),
        None => return Err(not_ours("not a Hookbell settings file: it has no version".to_owned())),
    }
    let _: Option<String> = file.take("madeBy", "use text, or leave it out")?;
    let Some(mut fields) = file.object("settings")? else {
        return Err(ApiError::field("settings", "the file has no “settings”", "add it, or choose another file"));
    };
    file.nothing_else()?;
    // Errors name a setting as everywhere else, not by its position in the file.
    fields.at.clear();
    let read = Import {
        start_at_login: fields.take("startAtLogin", TRUE_OR_FALSE)?,
        settings: Settings {
            hide_from_dock: fields.take("hideFromDock", TRUE_OR_FALSE)?.unwrap_or(now.hide_from_dock),
            announce: announce(&mut fields, now.announce)?,
            own_news: own_news(&mut fields, now.own_news)?,
            sound: fields.take("sound", "use \"never\", \"needsYou\" or \"everything\"")?.unwrap_or(now.sound),
            quiet_hours: quiet_hours(&mut fields, now.quiet_hours)?,
            retention: retention(&mut fields, now.retention)?,
            port: fields.take("port", "use a number from 1024 to 65535")?.unwrap_or(now.port),
            log_level: fields
                .take("logLevel", "use \"error\", \"warn\", \"info\", \"debug\" or \"trace\"")?
                .unwrap_or(now.log_level),
            text_size: fields.take("textSize", "use 100, 110, 125 or 150")?.unwrap_or(now.text_size),
            look_for_updates: fields.take("lookForUpdates", TRUE_OR_FALSE)?.unwrap_or(now.look_for_updates),
            uploads: uploads(&mut fields, now.uploads)?,
        },
    };
    fields.nothing_else()?;
    Ok(Import { settings: read.settings.checked(&before)?, ..read })
}

const TRUE_OR_FALSE: &str = "use true or false";
const FOR_DAYS: &str = "use a number from 1 to 3650, or null to keep them forever";
const A_TIME: &str = "use a time from \"00:00\" to \"23:59\"";

fn announce(fields: &mut Fields, now: Announce) -> Result<Announce, ApiError> {
    let Some(mut fields) = fields.object("announce")? else { return Ok(now) };
    let read = Announce {
        needs_you: fields.take("needsYou", TRUE_OR_FALSE)?.unwrap_or(now.needs_you),
        bad: fields.take("bad", TRUE_OR_FALSE)?.unwrap_or(now.bad),
        good: fields.take("good", TRUE_OR_FALSE)?.unwrap_or(now.good),
        info: fields.take("info", TRUE_OR_FALSE)?.unwrap_or(now.info),
    };
    fields.nothing_else()?;
    Ok(read)
}

fn own_news(fields: &mut Fields, now: OwnNewsChoice) -> Result<OwnNewsChoice, ApiError> {
    let Some(mut fields) = fields.object("ownNews")? else { return Ok(now) };
    let read = OwnNewsChoice {
        failing: fields.take("failing", TRUE_OR_FALSE)?.unwrap_or(now.failing),
        disabled: fields.take("disabled", TRUE_OR_FALSE)?.unwrap_or(now.disabled),
        tunnel: fields.take("tunnel", TRUE_OR_FALSE)?.unwrap_or(now.tunnel),
        expiry: fields.take("expiry", TRUE_OR_FALSE)?.unwrap_or(now.expiry),
        unusually_long: fields.take("unusuallyLong", TRUE_OR_FALSE)?.unwrap_or(now.unusually_long),
        agreement: fields.take("agreement", TRUE_OR_FALSE)?.unwrap_or(now.agreement),
        digest: fields.take("digest", "use \"off\", \"daily\" or \"weekly\"")?.unwrap_or(now.digest),
    };
    fields.nothing_else()?;
    Ok(read)
}

fn quiet_hours(fields: &mut Fields, now: QuietHours) -> Result<QuietHours, ApiError> {
    let Some(mut fields) = fields.object("quietHours")? else { return Ok(now) };
    let a_day = "use days such as [\"monday\", \"sunday\"]";
    let read = QuietHours {
        on: fields.take("on", TRUE_OR_FALSE)?.unwrap_or(now.on),
        from: fields.time("from")?.unwrap_or(now.from),
        to: fields.time("to")?.unwrap_or(now.to),
        days: fields.take("days", a_day)?.unwrap_or(now.days),
        time_zone: fields
            .take("timeZone", "use a name such as \"Europe/Stockholm\", or null for this computer’s")?
            .unwrap_or(now.time_zone),
    };
    fields.nothing_else()?;
    Ok(read)
}

fn retention(fields: &mut Fields, now: Retention) -> Result<Retention, ApiError> {
    let Some(mut fields) = fields.object("retention")? else { return Ok(now) };
    let read = Retention {
        days: fields.take("days", "use a number from 1 to 3650")?.unwrap_or(now.days),
        max_bytes: fields
            .take("maxBytes", "use a number of bytes from 50000000 to 1100000000000")?
            .unwrap_or(now.max_bytes),
        event_days: fields.take("eventDays", FOR_DAYS)?.unwrap_or(now.event_days),
        feedback_days: fields.take("feedbackDays", FOR_DAYS)?.unwrap_or(now.feedback_days),
    };
    fields.nothing_else()?;
    Ok(read)
}

fn uploads(fields: &mut Fields, now: UploadSettings) -> Result<UploadSettings, ApiError> {
    let Some(mut fields) = fields.object("uploads")? else { return Ok(now) };
    let a_limit = "use a number from 16 to 1000000, or null for no limit";
    let limit = fields.take("limitKilobytesPerSecond", a_limit)?.unwrap_or(now.limit_kilobytes_per_second);
    fields.nothing_else()?;
    Ok(UploadSettings { limit_kilobytes_per_second: limit })
}

/// The remaining fields of an object.
struct Fields {
    /// The path of the object, with a trailing dot; empty for the root.
    at: String,
    fields: Map<String, Value>,
}

impl Fields {
    /// Removes and returns a field, if it exists.
    fn take<T: DeserializeOwned>(&mut self, name: &str, fix: &str) -> Result<Option<T>, ApiError> {
        let Some(value) = self.fields.shift_remove(name) else { return Ok(None) };
        T::deserialize(&value).map(Some).map_err(|_| self.wrong(name, &value, fix))
    }

    fn time(&mut self, name: &str) -> Result<Option<TimeOfDay>, ApiError> {
        let Some(value) = self.fields.shift_remove(name) else { return Ok(None) };
        let time = value.as_str().and_then(|text| TimeOfDay::from_str(text).ok());
        time.map(Some).ok_or_else(|| self.wrong(name, &value, A_TIME))
    }

    fn object(&mut self, name: &str) -> Result<Option<Self>, ApiError> {
        match self.fields.shift_remove(name) {
            None => Ok(None),
            Some(Value::Object(fields)) => Ok(Some(Self { at: format!("{}{name}.", self.at), fields })),
            Some(other) => Err(self.wrong(name, &other, "put its fields between { and }")),
        }
    }

    /// Rejects unknown fields: a misspelt name would silently change nothing.
    fn nothing_else(self) -> Result<(), ApiError> {
        let names: Vec<_> = self.fields.keys().map(|name| format!("{}{}", self.at, short(name))).collect();
        let [first, ..] = names.as_slice() else { return Ok(()) };
        let (field, names) = (first.clone(), names.join("”, “"));
        let message = format!("Hookbell doesn’t know “{names}”");
        Err(ApiError::field(&field, message, "correct the name, or remove the field from the file"))
    }

    fn wrong(&self, name: &str, value: &Value, fix: &str) -> ApiError {
        let field = format!("{}{name}", self.at);
        let message = format!("“{field}” can’t be {}", short(&value.to_string()));
        ApiError::field(&field, message, fix)
    }
}

fn short(text: &str) -> String {
    crate::text::cut(text, MAX_REPEATED_CHARS)
}
