//! Reads the list page by page, newest first, with or without a search.

use hookbell_core::EventFilter;
use jiff::Timestamp;
use rusqlite::Connection;

use super::{
    StoredEvent,
    filter::{Filtered, WANTED},
    from_row, selection,
};
use crate::{
    Store, StoreError,
    search::{self, Query, words::PAYLOAD_SEARCHED_BYTES},
};

/// The maximum number of events per page.
pub const MAX_PAGE: u32 = 500;

/// With at most this many candidate events, a search reads them one by one: a common word may be in a million others,
/// and an index search would visit them all.
const MAX_READ_THROUGH_EVENTS: usize = 2_000;

/// What to show.
#[derive(Debug, Clone, Default)]
pub struct EventQuery {
    /// Which events. A search accepts any text; text without a word doesn't search.
    pub filter: EventFilter,
    /// The current time, from which the filter's days count.
    pub now: Timestamp,
    /// Only events before this position: [`EventPage::next`] of the previous page.
    pub before: Option<i64>,
    /// How many, from 1 to [`MAX_PAGE`]; other values are clamped.
    pub limit: u32,
}

/// Events, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct EventPage {
    /// The events.
    pub events: Vec<StoredEvent>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<i64>,
}

impl Store {
    /// One page of events. Events that arrive in the meantime neither shift nor repeat any.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn page(&self, query: EventQuery) -> Result<EventPage, StoreError> {
        self.read(move |db| page(db, &query)).await
    }

    /// The number of events that match a filter, up to `most`.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn count(&self, filter: EventFilter, now: Timestamp, most: u32) -> Result<u64, StoreError> {
        self.read(move |db| Ok(count(db, &filter, now, most as usize)? as u64)).await
    }
}

fn page(db: &Connection, query: &EventQuery) -> rusqlite::Result<EventPage> {
    let limit = query.limit.clamp(1, MAX_PAGE) as usize;
    // One more than requested shows whether there is a next page.
    let mut events = match Filtered::new(db, &query.filter, query.now, query.before)? {
        Some(filtered) => found(db, filtered, &query.filter.search, limit + 1)?,
        None => Vec::new(),
    };
    let more = events.len() > limit;
    events.truncate(limit);
    let next = if more { events.last().map(|event| event.seq) } else { None };
    Ok(EventPage { events, next })
}

fn count(db: &Connection, filter: &EventFilter, now: Timestamp, most: usize) -> rusqlite::Result<usize> {
    match Filtered::new(db, filter, now, None)? {
        Some(filtered) if Query::parse(&filter.search).is_some() => {
            Ok(found(db, filtered, &filter.search, most)?.len())
        }
        Some(filtered) => filtered.count(db, most),
        None => Ok(0),
    }
}

/// The newest events that match the search, if there is one.
fn found(db: &Connection, mut filtered: Filtered, search: &str, wanted: usize) -> rusqlite::Result<Vec<StoredEvent>> {
    let Some(search) = Query::parse(search) else { return listed(db, filtered, wanted) };
    let few = filtered.walked(db)? <= MAX_READ_THROUGH_EVENTS;
    let mark = if few { 0 } else { search::index::mark(db)? };
    let mut events = read_through(db, &filtered, &search, mark, wanted)?;
    if mark > 0 && events.len() < wanted {
        filtered.only_up_to(mark);
        events.extend(indexed(db, filtered, &search, wanted - events.len())?);
    }
    Ok(events)
}

fn listed(db: &Connection, mut filtered: Filtered, wanted: usize) -> rusqlite::Result<Vec<StoredEvent>> {
    filtered.want(wanted);
    let mut events = Vec::new();
    for (table, conditions) in filtered.parts() {
        let rest = format!("{conditions} ORDER BY event.seq DESC LIMIT {WANTED}");
        let mut statement = db.prepare_cached(&selection(table, &rest))?;
        let mut rows = filtered.query(&mut statement)?;
        while let Some(row) = rows.next()? {
            events.push(from_row(row)?);
        }
    }
    Ok(newest(events, wanted))
}

/// The hits past the mark, found by reading the events themselves.
fn read_through(
    db: &Connection,
    filtered: &Filtered,
    search: &Query,
    mark: i64,
    wanted: usize,
) -> rusqlite::Result<Vec<StoredEvent>> {
    let mut event = db.prepare_cached(&selection("event", "event.seq = ?"))?;
    let mut hits = Vec::new();
    for (table, conditions) in filtered.parts() {
        let mut candidates = db.prepare_cached(&format!(
            "SELECT event.seq, title, sentence, coalesce(substr(bytes, 1, {PAYLOAD_SEARCHED_BYTES}), x'')
             FROM {table} CROSS JOIN body ON body.seq = event.seq WHERE {conditions} ORDER BY event.seq DESC"
        ))?;
        let mut rows = filtered.query(&mut candidates)?;
        let mut found = 0;
        while found < wanted
            && let Some(row) = rows.next()?
        {
            let seq: i64 = row.get(0)?;
            if seq <= mark {
                break;
            }
            let (title, sentence) = (row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_str()?);
            if search.matches(title, sentence, row.get_ref(3)?.as_blob()?) {
                hits.push(event.query_row([seq], from_row)?);
                found += 1;
            }
        }
    }
    Ok(newest(hits, wanted))
}

/// The hits from the index, which returns them newest first without collecting them all.
fn indexed(
    db: &Connection,
    mut filtered: Filtered,
    search: &Query,
    wanted: usize,
) -> rusqlite::Result<Vec<StoredEvent>> {
    filtered.want(wanted);
    let words = filtered.bind(search.to_fts(db)?);
    let rest = format!(
        "event_search MATCH {words} AND event_search.rowid BETWEEN ?1 AND ?2 AND {}
         ORDER BY event_search.rowid DESC LIMIT {WANTED}",
        filtered.conditions()
    );
    let from = "event_search CROSS JOIN event ON event.seq = event_search.rowid";
    let mut statement = db.prepare_cached(&selection(from, &rest))?;
    let mut rows = filtered.query(&mut statement)?;
    let mut hits = Vec::new();
    while let Some(row) = rows.next()? {
        hits.push(from_row(row)?);
    }
    Ok(hits)
}

/// The newest of the events found by several scans.
fn newest(mut events: Vec<StoredEvent>, wanted: usize) -> Vec<StoredEvent> {
    events.sort_unstable_by_key(|event| std::cmp::Reverse(event.seq));
    events.truncate(wanted);
    events
}
