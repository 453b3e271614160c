//! Turns a filter into SQL: its conditions, and the index to scan.
//!
//! Every index is ordered by arrival within one value. So the rarest of the filter's values decides which index is
//! scanned, newest first, and the rest of the filter is checked row by row. How rare a value is comes from counting in
//! the index, up to a bound.

use hookbell_core::{AccountId, AppId, EventFilter, EventPlace, EventType, words::Importance};
use jiff::Timestamp;
use rusqlite::{CachedStatement, Connection, Rows, params_from_iter, types::Value};

/// Counting stops here: values above this bound are treated as equally frequent.
const MAX_COUNTED_EVENTS: usize = 8_000;

/// The parameter for the number of rows wanted.
pub(super) const WANTED: &str = "?3";
/// Restricts to the events within the bounds.
const WITHIN: &str = "event.seq BETWEEN ?1 AND ?2";
/// The number of parameters above.
const OWN_PARAMETERS: usize = 3;

/// A filter ready to run: its conditions, their values, and the index scans that together cover all of its events.
pub(super) struct Filtered {
    conditions: String,
    /// The first and last event to consider.
    bounds: (i64, i64),
    /// The number of rows wanted.
    wanted: i64,
    /// The values that the conditions bind in addition to these.
    values: Vec<Value>,
    paths: Vec<Path>,
}

/// One index scan, newest first.
struct Path {
    /// The table with its index. SQLite's planner would otherwise scan the table, which is slow when few rows are
    /// wanted.
    table: &'static str,
    /// The condition that selects the index; for a partial index, exactly the index's own condition.
    key: String,
}

impl Filtered {
    /// Prepares to read a filter's events before a position. `None` if no event can be there.
    pub(super) fn new(
        db: &Connection,
        filter: &EventFilter,
        now: Timestamp,
        before: Option<i64>,
    ) -> rusqlite::Result<Option<Self>> {
        let Some((first, last)) = bounds(db, filter.since(now), filter.until)? else { return Ok(None) };
        let last = last.min(before.unwrap_or(i64::MAX).saturating_sub(1));
        let (conditions, bounds) = (WITHIN.to_owned(), (first, last));
        let mut filtered = Self { conditions, bounds, wanted: 0, values: Vec::new(), paths: Vec::new() };
        let ways = filtered.ways(db, filter)?;
        filtered.add_times(filter, now);
        filtered.paths = filtered.rarest(db, ways)?;
        Ok(Some(filtered))
    }

    /// Adds a parameter with this value.
    pub(super) fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", OWN_PARAMETERS + self.values.len())
    }

    /// Sets the number of rows wanted.
    pub(super) fn want(&mut self, rows: usize) {
        self.wanted = i64::try_from(rows).unwrap_or(i64::MAX);
    }

    /// Restricts the events to those up to this one.
    pub(super) fn only_up_to(&mut self, seq: i64) {
        self.bounds.1 = self.bounds.1.min(seq);
    }

    /// The conditions, for a query that uses none of these indexes.
    pub(super) fn conditions(&self) -> &str {
        &self.conditions
    }

    /// Each table with its index, and its complete WHERE clause. No event is in two of them.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.paths.iter().map(|Path { table, key }| (*table, format!("{key} AND {}", self.conditions)))
    }

    /// Runs a statement built from these conditions.
    pub(super) fn query<'a>(&self, statement: &'a mut CachedStatement<'_>) -> rusqlite::Result<Rows<'a>> {
        // Parameters are numbered, so a statement may use only the first few of them.
        let own = [self.bounds.0, self.bounds.1, self.wanted].map(Value::from);
        let values = own.iter().chain(&self.values).take(statement.parameter_count());
        statement.query(params_from_iter(values))
    }

    /// How many events a scan has to visit, up to a bound.
    pub(super) fn walked(&self, db: &Connection) -> rusqlite::Result<usize> {
        self.candidates(db, &self.paths)
    }

    /// The number of events, up to `most`.
    pub(super) fn count(mut self, db: &Connection, most: usize) -> rusqlite::Result<usize> {
        self.want(most);
        let mut counted = 0;
        for (table, conditions) in self.parts() {
            let events = format!("SELECT 1 FROM {table} WHERE {conditions} LIMIT {WANTED}");
            counted += self.number(db, &format!("SELECT count(*) FROM ({events})"))?;
        }
        Ok(counted.min(most))
    }

    /// Adds every condition except times. Returns the possible index scans, rarest kind of value first: it wins a tie.
    fn ways(&mut self, db: &Connection, filter: &EventFilter) -> rusqlite::Result<Vec<Vec<Path>>> {
        let mut ways = Vec::new();
        if !filter.state.is_empty() {
            ways.push(self.of_state(&filter.state));
        }
        if !filter.event_type.is_empty() {
            ways.push(self.of_type(&filter.event_type));
        }
        if !filter.app.is_empty() {
            ways.push(self.of_app(db, &filter.app)?);
        }
        if !filter.account.is_empty() {
            ways.push(self.of_account(db, &filter.account)?);
        }
        if !filter.importance.is_empty() {
            ways.extend(self.of_importance(&filter.importance, filter.place));
        }
        let whole = self.in_place(filter);
        if ways.is_empty() || filter.place != EventPlace::Everywhere {
            ways.push(vec![whole]);
        }
        Ok(ways)
    }

    fn of_state(&mut self, states: &[String]) -> Vec<Path> {
        let values = self.bind_each(states.iter().cloned());
        self.only_among("event.to_state", &values, "event INDEXED BY event_of_state")
    }

    fn of_type(&mut self, types: &[EventType]) -> Vec<Path> {
        let names = types.iter().flat_map(|event_type| event_type.wire_names()).map(str::to_owned);
        let values = self.bind_each(names);
        self.only_among("event.type_name", &values, "event INDEXED BY event_of_type")
    }

    /// Restricts a column to these values, and returns an index scan for each of them.
    fn only_among(&mut self, column: &str, values: &[String], table: &'static str) -> Vec<Path> {
        self.add(&format!("{column} IN ({})", values.join(", ")));
        values.iter().map(|value| Path { table, key: format!("{column} = {value}") }).collect()
    }

    /// Events that name one of the apps, and events that name none but came through a webhook of such an app.
    fn of_app(&mut self, db: &Connection, apps: &[AppId]) -> rusqlite::Result<Vec<Path>> {
        let values = self.bind_each(apps.iter().map(AppId::to_string));
        let among = values.join(", ");
        self.add(&format!(
            "(event.app_id IN ({among}) OR event.app_id IS NULL
              AND event.webhook_id IN (SELECT webhook_id FROM apple_webhook WHERE app_id IN ({among})))"
        ));
        let mut paths = self.of_webhooks(db, "app_id", apps.iter().map(AppId::as_str), " AND event.app_id IS NULL")?;
        let named = |value| Path { table: "event INDEXED BY event_of_app", key: format!("event.app_id = {value}") };
        paths.extend(values.iter().map(named));
        Ok(paths)
    }

    fn of_account(&mut self, db: &Connection, accounts: &[AccountId]) -> rusqlite::Result<Vec<Path>> {
        let among = self.bind_each(accounts.iter().map(AccountId::to_string)).join(", ");
        self.add(&format!("event.webhook_id IN (SELECT webhook_id FROM apple_webhook WHERE account_id IN ({among}))"));
        self.of_webhooks(db, "account_id", accounts.iter().map(AccountId::as_str), "")
    }

    fn of_webhooks<'a>(
        &mut self,
        db: &Connection,
        column: &str,
        owners: impl Iterator<Item = &'a str>,
        and: &str,
    ) -> rusqlite::Result<Vec<Path>> {
        let mut webhooks = db.prepare_cached(&format!("SELECT webhook_id FROM apple_webhook WHERE {column} = ?"))?;
        let mut ids: Vec<String> = Vec::new();
        for owner in owners {
            for id in webhooks.query_map([owner], |row| row.get(0))? {
                ids.push(id?);
            }
        }
        let path =
            |id| Path { table: "event INDEXED BY event_of_webhook", key: format!("event.webhook_id = {id}{and}") };
        Ok(self.bind_each(ids).into_iter().map(path).collect())
    }

    /// No index for informational events: they are the majority.
    fn of_importance(&mut self, importances: &[Importance], place: EventPlace) -> Option<Vec<Path>> {
        let values = distinct(importances.iter().map(|importance| format!("'{importance}'")));
        self.add(&format!("event.importance IN ({})", values.join(", ")));
        if importances.contains(&Importance::Info) {
            return None;
        }
        let (table, and) = match (importances, place) {
            ([Importance::NeedsYou], EventPlace::Inbox) => ("event INDEXED BY event_needs_you", "event.archived = 0"),
            _ => ("event INDEXED BY event_of_importance", "event.importance <> 'info'"),
        };
        Some(values.iter().map(|value| Path { table, key: format!("event.importance = {value} AND {and}") }).collect())
    }

    /// A parameter for each distinct value, so that no event is in two scans.
    fn bind_each(&mut self, values: impl IntoIterator<Item = String>) -> Vec<String> {
        distinct(values).into_iter().map(|value| self.bind(value)).collect()
    }

    fn in_place(&mut self, filter: &EventFilter) -> Path {
        if filter.unread {
            self.add("event.read = 0");
        }
        let (table, key) = match (filter.place, filter.unread) {
            (EventPlace::Inbox, true) => ("event INDEXED BY event_unread", "event.read = 0 AND event.archived = 0"),
            (EventPlace::Inbox, false) => ("event INDEXED BY event_inbox", "event.archived = 0"),
            (EventPlace::Archive, _) => ("event INDEXED BY event_archived", "event.archived = 1"),
            (EventPlace::Everywhere, _) => ("event", "1"),
        };
        self.add(key);
        Path { table, key: key.to_owned() }
    }

    fn add_times(&mut self, filter: &EventFilter, now: Timestamp) {
        for (time, holds) in [(filter.since(now), ">="), (filter.until, "<")] {
            if let Some(time) = time {
                let value = self.bind(time.as_millisecond());
                self.add(&format!("event.received_ms {holds} {value}"));
            }
        }
    }

    fn add(&mut self, condition: &str) {
        self.conditions.push_str(" AND ");
        self.conditions.push_str(condition);
    }

    /// The scans with the fewest events; the first on a tie.
    fn rarest(&self, db: &Connection, mut ways: Vec<Vec<Path>>) -> rusqlite::Result<Vec<Path>> {
        if ways.len() == 1 {
            return Ok(ways.remove(0));
        }
        let mut rarest = (usize::MAX, Vec::new());
        for way in ways {
            let count = self.candidates(db, &way)?;
            if count < rarest.0 {
                rarest = (count, way);
            }
        }
        Ok(rarest.1)
    }

    fn candidates(&self, db: &Connection, paths: &[Path]) -> rusqlite::Result<usize> {
        let mut count = 0;
        for Path { table, key } in paths {
            let counted = format!("SELECT 1 FROM {table} WHERE {key} AND {WITHIN} LIMIT {MAX_COUNTED_EVENTS}");
            count += self.number(db, &format!("SELECT count(*) FROM ({counted})"))?;
        }
        Ok(count.min(MAX_COUNTED_EVENTS))
    }

    fn number(&self, db: &Connection, sql: &str) -> rusqlite::Result<usize> {
        let mut statement = db.prepare_cached(sql)?;
        let mut rows = self.query(&mut statement)?;
        let count: i64 = rows.next()?.map_or(Ok(0), |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or_default())
    }
}

/// The distinct values.
fn distinct(values: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for value in values {
        if !once.contains(&value) {
            once.push(value);
        }
    }
    once
}

/// The first and last event that arrived within these times; `None` if there are none. Arrival order and times may
/// disagree, as the clock may have been changed.
fn bounds(db: &Connection, since: Option<Timestamp>, until: Option<Timestamp>) -> rusqlite::Result<Option<(i64, i64)>> {
    if since.is_none() && until.is_none() {
        return Ok(Some((1, i64::MAX)));
    }
    let since = since.unwrap_or(Timestamp::MIN).as_millisecond();
    let until = until.map_or(i64::MAX, Timestamp::as_millisecond);
    let within: (Option<i64>, Option<i64>) = db
        .prepare_cached(
            "SELECT min(seq), max(seq) FROM event INDEXED BY event_received WHERE received_ms >= ? AND received_ms < ?",
        )?
        .query_row([since, until], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(within.0.zip(within.1))
}
