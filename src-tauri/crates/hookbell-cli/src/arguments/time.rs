//! A time on the command line: a day, a date and time, or a word for a day.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime},
    tz::TimeZone,
};

/// What can be written, for errors and help.
const FORMS: &str = "use a date such as 2026-11-01, a time such as 2026-11-01T09:30 (local) or 2026-11-01T09:30:00Z, \
                     today or yesterday";

/// Parses a text as an instant. A day means its first moment in this computer's time zone.
pub(crate) fn time(text: &str) -> Result<Timestamp, String> {
    let zone = TimeZone::system();
    let today = Timestamp::now().to_zoned(zone.clone()).date();
    time_on(text, today, &zone).ok_or_else(|| FORMS.to_owned())
}

fn time_on(text: &str, today: Date, zone: &TimeZone) -> Option<Timestamp> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time);
    }
    let day = match text {
        "today" => Some(today),
        "yesterday" => today.checked_sub(1.day()).ok(),
        // The parser would also accept dates without dashes, even `2026110`.
        _ => text.parse::<Date>().ok().filter(|day| text == day.to_string()),
    };
    let here = match day {
        Some(day) => day.at(0, 0, 0, 0),
        None => text.parse::<DateTime>().ok().filter(|time| text.starts_with(&format!("{}T", time.date())))?,
    };
    here.to_zoned(zone.clone()).ok().map(|time| time.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_day_or_a_time_here_or_an_instant() {
        let zone = TimeZone::get("Europe/Stockholm").unwrap();
        let read = |text| time_on(text, "2026-11-01".parse().unwrap(), &zone).unwrap().to_string();
        assert_eq!(read("2026-11-01T12:00:00Z"), "2026-11-01T12:00:00Z");
        assert_eq!(read("2026-11-01"), "2026-10-31T23:00:00Z");
        assert_eq!(read("2026-11-01T09:30"), "2026-11-01T08:30:00Z");
        assert_eq!((read("today"), read("yesterday")), ("2026-10-31T23:00:00Z".into(), "2026-10-30T23:00:00Z".into()));
    }

    #[test]
    fn what_is_no_time_is_answered_with_every_form() {
        for wrong in ["last week", "2026-11", "2026-13-01", "20261101", "09:30", ""] {
            let said = time(wrong).unwrap_err();
            assert!(
                ["2026-11-01", "2026-11-01T09:30:00Z", "yesterday"].iter().all(|form| said.contains(form)),
                "{said}"
            );
        }
    }
}
