//! Reading the list, page by page, newest first, with or without a search.

use hookbell_core::WebhookId;
use rusqlite::{Connection, params};

use super::{StoredEvent, from_row, selection};
use crate::{
    Store, StoreError,
    search::{self, Query, words::PAYLOAD_SEARCHED_BYTES},
};

/// The most events on one page.
pub const MAX_PAGE: u32 = 500;

/// Where so few events come into question, a search reads them one by one: a common word may be in a
/// million others, and the index would go through them all.
const MAX_READ_THROUGH_EVENTS: i64 = 2_000;

/// Which events a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filter {
    /// Every one that was not archived: the inbox.
    #[default]
    All,
    /// Those of the inbox that were not read.
    Unread,
    /// Those of the inbox whose importance is `needsYou`.
    NeedsYou,
    /// Those that were archived.
    Archived,
    /// Every one that is stored, archived or not.
    Everything,
}

/// What to show.
#[derive(Debug, Clone, Default)]
pub struct EventQuery {
    /// Which events.
    pub filter: Filter,
    /// Words that must all be in the title, the sentence or the first 64 KiB of the payload; the last
    /// may be the beginning of one. Any text will do; one without a word in it asks for nothing.
    pub search: Option<String>,
    /// Only those of one webhook.
    pub webhook: Option<WebhookId>,
    /// Only those before this place; [`EventPage::next`] of the page before.
    pub before: Option<i64>,
    /// How many, from 1 to [`MAX_PAGE`]; others are taken for the nearest of these.
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
    /// One page of events. New ones that come meanwhile neither shift nor repeat anything.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn page(&self, query: EventQuery) -> Result<EventPage, StoreError> {
        self.read(move |db| {
            // One snapshot for the mark, the index and the events.
            let snapshot = db.unchecked_transaction()?;
            let page = page(&snapshot, &query)?;
            snapshot.finish()?;
            Ok(page)
        })
        .await
    }
}

fn page(db: &Connection, query: &EventQuery) -> rusqlite::Result<EventPage> {
    let limit = query.limit.clamp(1, MAX_PAGE) as usize;
    // One more than asked for shows whether there is a next page.
    let wanted = limit + 1;
    let mut events = match query.search.as_deref().and_then(Query::parse) {
        None => listed(db, query, wanted)?,
        Some(search) => {
            let mark = if are_few(db, query)? { 0 } else { search::index::mark(db)? };
            let mut events = read_through(db, query, &search, mark, wanted)?;
            if mark > 0 && events.len() < wanted {
                events.extend(indexed(db, query, &search, mark, wanted - events.len())?);
            }
            events
        }
    };
    let more = events.len() > limit;
    events.truncate(limit);
    let next = if more { events.last().map(|event| event.seq) } else { None };
    Ok(EventPage { events, next })
}

impl EventQuery {
    fn before(&self) -> i64 {
        self.before.unwrap_or(i64::MAX)
    }

    /// The condition, with the webhook as parameter 1.
    fn condition(&self) -> String {
        let webhook = if self.webhook.is_some() { "event.webhook_id = ?1" } else { "?1 IS NULL" };
        match self.filter.condition() {
            Some(filter) => format!("{filter} AND {webhook}"),
            None => webhook.to_owned(),
        }
    }

    /// The table with the index to walk along. Left to itself SQLite would rather walk along the table,
    /// which takes long where few rows are wanted.
    fn table(&self) -> &'static str {
        match (self.filter, &self.webhook) {
            (Filter::Unread, _) => "event INDEXED BY event_unread",
            (Filter::NeedsYou, _) => "event INDEXED BY event_needs_you",
            (_, Some(_)) => "event INDEXED BY event_of_webhook",
            (Filter::All, None) => "event INDEXED BY event_inbox",
            (Filter::Archived, None) => "event INDEXED BY event_archived",
            (Filter::Everything, None) => "event",
        }
    }
}

impl Filter {
    /// The condition exactly as it stands at the partial index.
    fn condition(self) -> Option<&'static str> {
        match self {
            Self::All => Some("event.archived = 0"),
            Self::Unread => Some("event.read = 0 AND event.archived = 0"),
            Self::NeedsYou => Some("event.importance = 'needsYou' AND event.archived = 0"),
            Self::Archived => Some("event.archived = 1"),
            Self::Everything => None,
        }
    }
}

fn listed(db: &Connection, query: &EventQuery, wanted: usize) -> rusqlite::Result<Vec<StoredEvent>> {
    let rest = format!("{} AND event.seq < ?2 ORDER BY event.seq DESC LIMIT ?3", query.condition());
    let webhook = query.webhook.as_ref().map(WebhookId::as_str);
    db.prepare_cached(&selection(query.table(), &rest))?
        .query_map(params![webhook, query.before(), wanted as i64], from_row)?
        .collect()
}

fn are_few(db: &Connection, query: &EventQuery) -> rusqlite::Result<bool> {
    let webhook = query.webhook.as_ref().map(WebhookId::as_str);
    let counted = format!(
        "SELECT count(*) FROM (SELECT 1 FROM {} WHERE {} AND event.seq < ?2 LIMIT ?3)",
        query.table(),
        query.condition()
    );
    let count: i64 = db
        .prepare_cached(&counted)?
        .query_row(params![webhook, query.before(), MAX_READ_THROUGH_EVENTS + 1], |row| row.get(0))?;
    Ok(count <= MAX_READ_THROUGH_EVENTS)
}

/// The hits past the mark, by reading the events themselves.
fn read_through(
    db: &Connection,
    query: &EventQuery,
    search: &Query,
    mark: i64,
    wanted: usize,
) -> rusqlite::Result<Vec<StoredEvent>> {
    let webhook = query.webhook.as_ref().map(WebhookId::as_str);
    let mut candidates = db.prepare_cached(&format!(
        "SELECT event.seq, title, sentence, substr(bytes, 1, ?4) FROM {} CROSS JOIN body ON body.seq = event.seq
         WHERE {} AND event.seq < ?2 AND event.seq > ?3 ORDER BY event.seq DESC",
        query.table(),
        query.condition()
    ))?;
    let mut event = db.prepare_cached(&selection("event", "event.seq = ?"))?;
    let mut rows = candidates.query(params![webhook, query.before(), mark, PAYLOAD_SEARCHED_BYTES as i64])?;
    let mut hits = Vec::new();
    while hits.len() < wanted
        && let Some(row) = rows.next()?
    {
        let (title, sentence) = (row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_str()?);
        if search.matches(title, sentence, row.get_ref(3)?.as_blob()?) {
            hits.push(event.query_row([row.get::<_, i64>(0)?], from_row)?);
        }
    }
    Ok(hits)
}

/// The hits up to the mark, from the index, which gives them newest first without collecting them all.
fn indexed(
    db: &Connection,
    query: &EventQuery,
    search: &Query,
    mark: i64,
    wanted: usize,
) -> rusqlite::Result<Vec<StoredEvent>> {
    let rest = format!(
        "event_search MATCH ?2 AND event_search.rowid <= ?3 AND {} ORDER BY event_search.rowid DESC LIMIT ?4",
        query.condition()
    );
    let webhook = query.webhook.as_ref().map(WebhookId::as_str);
    let last = mark.min(query.before().saturating_sub(1));
    let from = "event_search CROSS JOIN event ON event.seq = event_search.rowid";
    db.prepare_cached(&selection(from, &rest))?
        .query_map(params![webhook, search.to_fts(db)?, last, wanted as i64], from_row)?
        .collect()
}
