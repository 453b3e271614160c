//! Quiet hours: decides about a moment, in a time zone with its daylight saving changes.
//!
//! A time of day that a spring night skips is shifted by as much as the clocks; of a time that an autumn night has
//! twice, the first counts. So quiet hours are sometimes an hour shorter or longer, as on a wall clock.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
    tz::TimeZone,
};

use crate::api::{Day, QuietHours, TimeOfDay};

/// Consecutive whole days may be quiet; a full week is rejected when it is set.
const IN_A_ROW: usize = 8;

impl QuietHours {
    /// When quiet hours end, if the moment is within them. Adjacent periods are merged.
    pub(crate) fn until(&self, moment: Timestamp) -> Option<Timestamp> {
        if !self.on {
            return None;
        }
        let zone = self.zone();
        let mut until = None;
        for _ in 0..IN_A_ROW {
            match self.end_at(until.unwrap_or(moment), &zone) {
                Some(end) => until = Some(end),
                None => break,
            }
        }
        until
    }

    /// The configured time zone; the system's if this computer doesn't know it.
    pub(crate) fn zone(&self) -> TimeZone {
        let named = self.time_zone.as_deref().and_then(|name| TimeZone::get(name).ok());
        named.unwrap_or_else(TimeZone::system)
    }

    /// The end of the period that contains this moment. It began today or yesterday.
    fn end_at(&self, moment: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let today = moment.to_zoned(zone.clone()).date();
        let begun = [today.yesterday().ok(), Some(today)];
        let hours = begun.into_iter().flatten().filter_map(|date| self.hours_of(date, zone));
        hours.filter(|(from, to)| *from <= moment && moment < *to).map(|(_, to)| to).max()
    }

    fn hours_of(&self, date: Date, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
        if !self.days.contains(&Day::from(date.weekday())) {
            return None;
        }
        let ends = if self.to > self.from { date } else { date.checked_add(1.day()).ok()? };
        let moment = |date: Date, time: TimeOfDay| {
            zone.to_ambiguous_timestamp(date.at(time.hour, time.minute, 0, 0)).compatible().ok()
        };
        Some((moment(date, self.from)?, moment(ends, self.to)?))
    }
}

impl From<Weekday> for Day {
    fn from(day: Weekday) -> Self {
        match day {
            Weekday::Monday => Self::Monday,
            Weekday::Tuesday => Self::Tuesday,
            Weekday::Wednesday => Self::Wednesday,
            Weekday::Thursday => Self::Thursday,
            Weekday::Friday => Self::Friday,
            Weekday::Saturday => Self::Saturday,
            Weekday::Sunday => Self::Sunday,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK: [Day; 7] =
        [Day::Monday, Day::Tuesday, Day::Wednesday, Day::Thursday, Day::Friday, Day::Saturday, Day::Sunday];

    fn quiet(from: &str, to: &str, days: &[Day], zone: &str) -> QuietHours {
        QuietHours {
            on: true,
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
            days: days.to_vec(),
            time_zone: Some(zone.to_owned()),
        }
    }

    /// A moment, and until when it is quiet then.
    fn check(hours: &QuietHours, cases: &[(&str, Option<&str>)]) {
        for (moment, until) in cases {
            let said = hours.until(moment.parse().unwrap());
            assert_eq!(said, until.map(|until| until.parse().unwrap()), "at {moment}");
        }
    }

    #[test]
    fn hours_over_midnight_belong_to_the_day_they_begin_on() {
        // 20 November 2026 is a Friday; Stockholm is an hour ahead of UTC.
        let workdays =
            QuietHours { days: QuietHours::default().days, ..quiet("19:00", "08:30", &[], "Europe/Stockholm") };
        check(
            &workdays,
            &[
                ("2026-11-20T17:59:59Z", None),
                ("2026-11-20T18:00:00Z", Some("2026-11-21T07:30:00Z")),
                ("2026-11-21T07:29:59Z", Some("2026-11-21T07:30:00Z")),
                ("2026-11-21T07:30:00Z", None),
                // Saturday evening and Monday morning aren't quiet: nothing begins on Saturday or Sunday.
                ("2026-11-21T20:00:00Z", None),
                ("2026-11-23T05:00:00Z", None),
                ("2026-11-23T19:00:00Z", Some("2026-11-24T07:30:00Z")),
            ],
        );
        check(&QuietHours { on: false, ..workdays }, &[("2026-11-20T18:00:00Z", None)]);
    }

    #[test]
    fn hours_within_a_day_end_on_it() {
        let lunch = quiet("12:00", "13:00", &[Day::Friday], "UTC");
        check(
            &lunch,
            &[
                ("2026-11-20T12:30:00Z", Some("2026-11-20T13:00:00Z")),
                ("2026-11-20T13:00:00Z", None),
                ("2026-11-19T12:30:00Z", None),
            ],
        );
    }

    #[test]
    fn the_same_time_is_a_whole_day_and_days_in_a_row_are_one() {
        let weekend = quiet("00:00", "00:00", &[Day::Saturday, Day::Sunday], "UTC");
        check(
            &weekend,
            &[
                ("2026-11-20T23:59:59Z", None),
                ("2026-11-21T00:00:00Z", Some("2026-11-23T00:00:00Z")),
                ("2026-11-22T12:00:00Z", Some("2026-11-23T00:00:00Z")),
                ("2026-11-23T00:00:00Z", None),
            ],
        );
    }

    #[test]
    fn summer_time_moves_the_hours_with_the_clock_on_the_wall() {
        let night = quiet("22:00", "07:00", &WEEK, "Europe/Stockholm");
        check(
            &night,
            &[
                // The clocks go forward on 28 March 2027 at 01:00 UTC: this night has eight hours.
                ("2027-03-27T21:00:00Z", Some("2027-03-28T05:00:00Z")),
                ("2027-03-28T05:00:00Z", None),
                // They go back on 25 October 2026 at 01:00 UTC: this night has ten.
                ("2026-10-24T20:00:00Z", Some("2026-10-25T06:00:00Z")),
                ("2026-10-25T05:59:59Z", Some("2026-10-25T06:00:00Z")),
            ],
        );
    }

    #[test]
    fn a_time_that_a_night_leaves_out_or_has_twice_is_still_one_moment() {
        // 02:30 does not exist on 28 March 2027; it comes twice on 25 October 2026, and the first counts.
        let until_half_past_two = quiet("22:00", "02:30", &WEEK, "Europe/Stockholm");
        check(
            &until_half_past_two,
            &[
                ("2027-03-28T00:59:59Z", Some("2027-03-28T01:30:00Z")),
                ("2026-10-24T23:00:00Z", Some("2026-10-25T00:30:00Z")),
                ("2026-10-25T00:30:00Z", None),
                ("2026-10-25T01:15:00Z", None),
            ],
        );
    }

    #[test]
    fn no_days_are_no_quiet_hours() {
        check(&quiet("00:00", "00:00", &[], "UTC"), &[("2026-11-21T00:00:00Z", None)]);
    }
}
