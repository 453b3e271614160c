//! Validates settings: each error names its field and how to fix it.

use std::ops::RangeInclusive;

use jiff::tz::TimeZone;

use crate::api::{ApiError, ChangeSettingsRequest, QuietHours, Retention, Settings};

const DAYS: RangeInclusive<u32> = 1..=3_650;
const BYTES: RangeInclusive<u64> = 50_000_000..=1_100_000_000_000;
/// Kilobytes per second.
const UPLOAD_LIMITS: RangeInclusive<u32> = 16..=1_000_000;
/// Lower ports are reserved by the system.
const FIRST_PORT: u16 = 1024;
/// Percent.
const TEXT_SIZES: [u16; 4] = [100, 110, 125, 150];

const RETENTION: &str = "retention.";

impl ChangeSettingsRequest {
    /// The settings after this change.
    pub(crate) fn applied_to(self, now: Settings) -> Settings {
        Settings {
            hide_from_dock: self.hide_from_dock.unwrap_or(now.hide_from_dock),
            announce: self.announce.unwrap_or(now.announce),
            own_news: self.own_news.unwrap_or(now.own_news),
            sound: self.sound.unwrap_or(now.sound),
            quiet_hours: self.quiet_hours.unwrap_or(now.quiet_hours),
            retention: self.retention.unwrap_or(now.retention),
            port: self.port.unwrap_or(now.port),
            log_level: self.log_level.unwrap_or(now.log_level),
            text_size: self.text_size.unwrap_or(now.text_size),
            look_for_updates: self.look_for_updates.unwrap_or(now.look_for_updates),
            uploads: self.uploads.unwrap_or(now.uploads),
        }
    }
}

impl Settings {
    /// Normalizes and validates the settings against the previous ones. An old port that is no longer allowed may
    /// stay.
    pub(crate) fn checked(mut self, before: &Self) -> Result<Self, ApiError> {
        self.quiet_hours = self.quiet_hours.checked()?;
        self.retention.check()?;
        if self.port < FIRST_PORT && self.port != before.port {
            let message = format!("{} isn’t a valid port", self.port);
            return Err(ApiError::field("port", message, "choose a number from 1024 to 65535"));
        }
        if !TEXT_SIZES.contains(&self.text_size) {
            let message = format!("text can’t be shown at {}%", self.text_size);
            return Err(ApiError::field("textSize", message, "choose 100, 110, 125 or 150"));
        }
        if self.uploads.limit_kilobytes_per_second.is_some_and(|limit| !UPLOAD_LIMITS.contains(&limit)) {
            let message = "uploads can be limited to 16 to 1,000,000 kB/s";
            let field = "uploads.limitKilobytesPerSecond";
            return Err(ApiError::field(field, message, "choose a number in this range, or no limit"));
        }
        Ok(self)
    }
}

impl QuietHours {
    fn checked(mut self) -> Result<Self, ApiError> {
        self.days.sort_unstable();
        self.days.dedup();
        if let Some(name) = &self.time_zone {
            let zone = TimeZone::get(name).map_err(|_| {
                let message = format!("unknown time zone “{}”", name.chars().take(60).collect::<String>());
                let hint = "use an IANA name such as Europe/Stockholm, or this computer’s time zone";
                ApiError::field("quietHours.timeZone", message, hint)
            })?;
            self.time_zone = zone.iana_name().map(str::to_owned);
        }
        if self.on && self.from == self.to && self.days.len() == 7 {
            let message = "quiet hours would never end, and nothing would ever notify you";
            return Err(ApiError::field("quietHours.to", message, "leave out a day or an hour"));
        }
        Ok(self)
    }
}

impl Retention {
    fn check(self) -> Result<(), ApiError> {
        if !DAYS.contains(&self.days) {
            let message = "screenshots can be kept for 1 to 3650 days";
            return Err(ApiError::field(&format!("{RETENTION}days"), message, "choose a number in this range"));
        }
        for (field, what, days) in
            [("eventDays", "events", self.event_days), ("feedbackDays", "feedback", self.feedback_days)]
        {
            if days.is_some_and(|days| !DAYS.contains(&days)) {
                let message = format!("{what} can be kept for 1 to 3650 days, or forever");
                let hint = "choose a number in this range, or none";
                return Err(ApiError::field(&format!("{RETENTION}{field}"), message, hint));
            }
        }
        if !BYTES.contains(&self.max_bytes) {
            let message = "screenshots can use 50 MB to 1.1 TB";
            return Err(ApiError::field(&format!("{RETENTION}maxBytes"), message, "choose a size in this range"));
        }
        Ok(())
    }
}

/// Converts an error about the whole document to one about its retention only.
pub(crate) fn retention_field(error: ApiError) -> ApiError {
    let field = error.field.map(|field| field.trim_start_matches(RETENTION).to_owned());
    ApiError { field, ..error }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Day;

    fn field(change: impl FnOnce(&mut Settings)) -> Option<String> {
        let mut settings = Settings::default();
        change(&mut settings);
        settings.checked(&Settings::default()).err()?.field
    }

    #[test]
    fn the_usual_settings_can_be() {
        assert_eq!(field(|_| ()), None);
    }

    #[test]
    fn each_refusal_names_its_field() {
        for port in [0, 80, 1023] {
            assert_eq!(field(|settings| settings.port = port).as_deref(), Some("port"), "{port}");
        }
        assert_eq!(field(|settings| settings.port = 1024), None);
        assert_eq!(field(|settings| settings.text_size = 90).as_deref(), Some("textSize"));
        assert_eq!(field(|settings| settings.retention.days = 0).as_deref(), Some("retention.days"));
        assert_eq!(field(|settings| settings.retention.max_bytes = 1).as_deref(), Some("retention.maxBytes"));
        assert_eq!(field(|settings| settings.retention.event_days = Some(0)).as_deref(), Some("retention.eventDays"));
        assert_eq!(
            field(|settings| settings.retention.feedback_days = Some(3_651)).as_deref(),
            Some("retention.feedbackDays")
        );
        for (limit, refused) in [(15, true), (16, false), (1_000_000, false), (1_000_001, true)] {
            let field = field(|settings| settings.uploads.limit_kilobytes_per_second = Some(limit));
            assert_eq!(field.as_deref(), refused.then_some("uploads.limitKilobytesPerSecond"), "{limit}");
        }
        let zone = |settings: &mut Settings| settings.quiet_hours.time_zone = Some("Mars/Base".to_owned());
        assert_eq!(field(zone).as_deref(), Some("quietHours.timeZone"));
    }

    #[test]
    fn hours_that_never_end_are_refused() {
        let all = |settings: &mut Settings| {
            let quiet = &mut settings.quiet_hours;
            (quiet.on, quiet.to) = (true, quiet.from);
            quiet.days.extend([Day::Sunday, Day::Saturday, Day::Monday]);
        };
        assert_eq!(field(all).as_deref(), Some("quietHours.to"));
    }

    #[test]
    fn days_are_kept_once_and_in_order() {
        let mut settings = Settings::default();
        settings.quiet_hours.days = vec![Day::Sunday, Day::Monday, Day::Sunday];
        assert_eq!(settings.checked(&Settings::default()).unwrap().quiet_hours.days, [Day::Monday, Day::Sunday]);
    }
}
