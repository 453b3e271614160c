//! News: a digest at nine in the morning with what arrived for which app, what is waiting, and what the person and
//! the rules did. Omitted if nothing arrived in the day or week and nothing is waiting.

use hookbell_core::{
    AppId, EventFilter, EventId, EventPlace, EventType,
    words::{Importance, OwnNews},
};
use hookbell_store::{RunState, Store, StoreError, own_news_webhook};
use jiff::{Timestamp, ToSpan, Zoned, civil::Weekday, tz::TimeZone};

use super::tell::{Found, Told, fact};
use crate::{
    api::{DigestPeriod, EventDetails, NewsFact},
    known_apps::KnownApps,
};

/// The hour of the day, in the person's local time.
const AT_HOUR: i8 = 9;

/// Counting stops here.
const MAX_COUNTED_EVENTS: u32 = 10_000;

/// The most apps with their own line: those with the most events.
const MAX_NAMED_APPS: usize = 10;

pub(super) async fn look(
    store: &Store,
    period: DigestPeriod,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<Found, StoreError> {
    let Some(Period { weekly, from, to, next }) = Period::of(period, &now.to_zoned(zone.clone())) else {
        return Ok(Found::default());
    };
    let mut found = Found { told: Vec::new(), due: Some(next.timestamp()) };
    let id = format!("hookbell-digest-{}-{}", if weekly { "week" } else { "day" }, to.strftime("%F"));
    if is_told(store, &id).await? {
        return Ok(found);
    }
    let within = |place| EventFilter {
        place,
        since: Some(from.timestamp()),
        until: Some(to.timestamp()),
        ..EventFilter::default()
    };
    let came = counted(store, within(EventPlace::Everywhere), now).await?;
    let done = counted(store, within(EventPlace::Archive), now).await?;
    let unread = EventFilter { unread: true, ..EventFilter::default() };
    let needs_you = EventFilter { importance: vec![Importance::NeedsYou], ..unread.clone() };
    let waiting = counted(store, needs_you, now).await?;
    if came == 0 && waiting == 0 {
        return Ok(found);
    }
    let unread = counted(store, unread, now).await?;
    let number = |number: usize| number.to_string();
    let mut facts = vec![
        fact("Arrived", number(came)),
        fact("Archived", number(done)),
        fact("Unread", number(unread)),
        fact("Needs attention", number(waiting)),
    ];
    facts.extend(of_rules(store, from.timestamp(), to.timestamp()).await?);
    facts.extend(of_apps(store, &within(EventPlace::Everywhere), now).await?);
    found.told.push(Told {
        id,
        news: OwnNews::Digest { weekly, came, waiting, done },
        instance: None,
        details: EventDetails { facts, ..EventDetails::default() },
    });
    Ok(found)
}

/// Whether this digest already exists. Checked often, and cheaper than counting.
async fn is_told(store: &Store, id: &str) -> Result<bool, StoreError> {
    let Ok(id) = EventId::new(id) else { return Ok(false) };
    Ok(store.unknown_events(&own_news_webhook(), [id].into()).await?.is_empty())
}

/// What rules did, if anything.
async fn of_rules(store: &Store, from: Timestamp, until: Timestamp) -> Result<Vec<NewsFact>, StoreError> {
    let ended = store.runs_ended(from, until).await?;
    let count = |states: &[RunState]| -> u32 { states.iter().filter_map(|state| ended.get(state)).sum() };
    let lines = [
        ("Runs of rules", count(&[RunState::Done])),
        ("Failed runs", count(&[RunState::Failed, RunState::GivenUp])),
        ("Skipped runs", count(&[RunState::Skipped])),
    ];
    let some = lines.into_iter().filter(|(_, count)| *count > 0);
    Ok(some.map(|(label, count)| fact(label, count.to_string())).collect())
}

/// The number of events for each app, highest first.
async fn of_apps(store: &Store, filter: &EventFilter, now: Timestamp) -> Result<Vec<NewsFact>, StoreError> {
    let mut counts = Vec::new();
    for app in KnownApps::read(store).await?.all() {
        let Ok(id) = AppId::new(app.id) else { continue };
        let count = counted(store, EventFilter { app: vec![id], ..filter.clone() }, now).await?;
        if count > 0 {
            counts.push((count, app.name));
        }
    }
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    counts.truncate(MAX_NAMED_APPS);
    Ok(counts.into_iter().map(|(count, name)| fact(&name, count.to_string())).collect())
}

/// The number of Apple's events that match a filter.
async fn counted(store: &Store, filter: EventFilter, now: Timestamp) -> Result<usize, StoreError> {
    let own = EventFilter { event_type: EventType::own().collect(), ..filter.clone() };
    let count = store.count(filter, now, MAX_COUNTED_EVENTS).await?;
    let own = store.count(own, now, MAX_COUNTED_EVENTS).await?;
    Ok(usize::try_from(count.saturating_sub(own)).unwrap_or_default())
}

/// The last complete day or week, and when the next one is complete.
#[derive(Debug, PartialEq)]
struct Period {
    weekly: bool,
    from: Zoned,
    to: Zoned,
    next: Zoned,
}

impl Period {
    fn of(period: DigestPeriod, now: &Zoned) -> Option<Self> {
        let days = match period {
            DigestPeriod::Off => return None,
            DigestPeriod::Daily => 1,
            DigestPeriod::Weekly => 7,
        };
        let weekly = days == 7;
        let nine = |date: jiff::civil::Date| date.at(AT_HOUR, 0, 0, 0).to_zoned(now.time_zone().clone()).ok();
        let since_monday = if weekly { i64::from(now.weekday().since(Weekday::Monday)) } else { 0 };
        let date = now.date().checked_sub(since_monday.days()).ok()?;
        let date = if nine(date)? > *now { date.checked_sub(days.days()).ok()? } else { date };
        Some(Self {
            weekly,
            from: nine(date.checked_sub(days.days()).ok()?)?,
            to: nine(date)?,
            next: nine(date.checked_add(days.days()).ok()?)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(period: DigestPeriod, now: &str) -> [String; 3] {
        let period = Period::of(period, &now.parse().unwrap()).unwrap();
        [period.from, period.to, period.next].map(|at| at.strftime("%F %H:%M").to_string())
    }

    #[test]
    fn a_day_ends_at_nine_and_a_week_on_monday_also_when_clocks_change() {
        let daily = days(DigestPeriod::Daily, "2026-10-25T08:59:00[Europe/Stockholm]");
        assert_eq!(daily, ["2026-10-23 09:00", "2026-10-24 09:00", "2026-10-25 09:00"]);
        let daily = days(DigestPeriod::Daily, "2026-10-25T09:00:00[Europe/Stockholm]");
        assert_eq!(daily, ["2026-10-24 09:00", "2026-10-25 09:00", "2026-10-26 09:00"]);
        let weekly = days(DigestPeriod::Weekly, "2026-11-29T23:00:00[Europe/Stockholm]");
        assert_eq!(weekly, ["2026-11-16 09:00", "2026-11-23 09:00", "2026-11-30 09:00"]);
        let weekly = days(DigestPeriod::Weekly, "2026-11-30T08:00:00[Europe/Stockholm]");
        assert_eq!(weekly, ["2026-11-16 09:00", "2026-11-23 09:00", "2026-11-30 09:00"]);
        assert_eq!(Period::of(DigestPeriod::Off, &Zoned::now()), None);
    }
}
