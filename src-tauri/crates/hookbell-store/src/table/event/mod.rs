//! Events: one row each, however often they arrive.
//!
//! The row has what a list shows; the body is in a separate table. `seq` is the order of arrival. Events can be
//! deleted, but a number is never reused, so cursors stay valid forever.

mod apps;
mod arrived;
mod changed;
mod fetch;
mod filter;
mod follow;
mod insert;
mod page;
mod state;

use hookbell_core::{EventId, EventKind, Instance, Signature, WebhookId, words::Importance};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};

pub(crate) use self::insert::insert;
pub use self::{
    arrived::{Arrived, FirstArrival},
    changed::{Changed, ChangedApps, ChangedThings, StateChange, Subject},
    follow::Tally,
    insert::{Inserted, NewEvent, own_news_webhook},
    page::{EventPage, EventQuery, MAX_PAGE},
    state::Redescription,
};
use crate::{
    Source, Store, StoreError,
    column::{Text, word_or},
};

pub(crate) const MIGRATION: &str = include_str!("../../../migrations/001-event.sql");
/// What insights need: computed columns and their indexes.
pub(crate) const INSIGHTS: &str = include_str!("../../../migrations/021-insights.sql");
/// The signature of a body.
pub(crate) const SIGNATURE: &str = include_str!("../../../migrations/026-signature.sql");

/// The indexes for filtering lists.
pub(crate) const FILTER: &str = include_str!("../../../migrations/024-filter.sql");

/// An event as it is stored, without its body.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredEvent {
    /// Its position in order of arrival, starting at 1.
    pub seq: i64,
    /// The webhook it came through.
    pub webhook: WebhookId,
    /// That webhook's current or last name; `None` if it was never added here.
    pub webhook_name: Option<String>,
    /// The event's own id.
    pub id: EventId,
    /// Apple's `data.type`.
    pub type_name: Option<String>,
    /// The resource it is about.
    pub instance: Option<Instance>,
    /// The state before, in Apple's spelling.
    pub from: Option<String>,
    /// The state after, in Apple's spelling.
    pub to: Option<String>,
    /// When it happened.
    pub timestamp: Option<Timestamp>,
    /// The timestamp as Apple wrote it.
    pub timestamp_text: Option<String>,
    /// What kind of resource it is about. A kind that only a newer Hookbell knows reads as [`EventKind::Unknown`].
    pub kind: EventKind,
    /// How important it is. A value that only a newer Hookbell knows reads as [`Importance::Info`].
    pub importance: Importance,
    /// What happened, in a few words.
    pub title: String,
    /// What happened, in a sentence.
    pub sentence: String,
    /// What enrichment found, if it ran.
    pub details: Option<serde_json::Value>,
    /// When it first arrived.
    pub received_at: Timestamp,
    /// How it first arrived.
    pub source: Source,
    /// The number of arrivals.
    pub deliveries: u32,
    /// Whether it was read.
    pub read: bool,
    /// Whether it was archived.
    pub archived: bool,
    /// When its notification was claimed; `None` if unclaimed.
    pub notified_at: Option<Timestamp>,
    /// What a rule sets for its notification, as JSON.
    pub notice: Option<String>,
    /// Whether a rule shows it even in quiet hours and pauses.
    pub urgent: bool,
}

/// A body as it arrived, and its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedBody {
    /// The first body of the event, byte for byte.
    pub body: Vec<u8>,
    /// Its signature; `None` if the event was fetched or predates the storing of signatures.
    pub signature: Option<Signature>,
}

impl Store {
    /// One event, without its body.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn event(&self, seq: i64) -> Result<Option<StoredEvent>, StoreError> {
        let sql = selection("event", "event.seq = ?");
        self.read(move |db| db.prepare_cached(&sql)?.query_row([seq], from_row).optional()).await
    }

    /// The newest event with this id, across all webhooks.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn find(&self, id: &EventId) -> Result<Option<StoredEvent>, StoreError> {
        let sql = selection("event", "event.event_id = ? ORDER BY event.seq DESC LIMIT 1");
        let id = id.clone();
        self.read(move |db| db.prepare_cached(&sql)?.query_row([id.as_str()], from_row).optional()).await
    }

    /// The first body of an event, byte for byte.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn body(&self, seq: i64) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(move |db| {
            db.prepare_cached("SELECT bytes FROM body WHERE seq = ?")?.query_row([seq], |row| row.get(0)).optional()
        })
        .await
    }

    /// The first body of an event, with its signature.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn signed_body(&self, seq: i64) -> Result<Option<SignedBody>, StoreError> {
        self.read(move |db| {
            db.prepare_cached("SELECT bytes, signature FROM body WHERE seq = ?")?
                .query_row([seq], |row| Ok(SignedBody { body: row.get(0)?, signature: signature(row, 1)? }))
                .optional()
        })
        .await
    }
}

/// Those of these events that exist.
pub(crate) fn all_of(db: &Connection, seqs: &[i64]) -> rusqlite::Result<Vec<StoredEvent>> {
    let mut one = db.prepare_cached(&selection("event", "event.seq = ?"))?;
    let found = seqs.iter().map(|seq| one.query_row([seq], from_row).optional());
    found.filter_map(rusqlite::Result::transpose).collect()
}

/// Events after this one that rules have not decided about.
pub(crate) fn unjudged(db: &Connection, after: i64, limit: u32) -> rusqlite::Result<Vec<StoredEvent>> {
    let wanted = "event.to_judge = 1 AND event.seq > ? ORDER BY event.seq LIMIT ?";
    db.prepare_cached(&selection("event INDEXED BY event_to_judge", wanted))?
        .query_map(rusqlite::params![after, limit], from_row)?
        .collect()
}

/// Every distinct value of an indexed column. `after` returns the first value after another, or no row: it seeks from
/// one value to the next, however many rows share it.
fn each_value(mut after: impl FnMut(&str) -> rusqlite::Result<String>) -> rusqlite::Result<Vec<String>> {
    let mut values: Vec<String> = Vec::new();
    while let Some(next) = after(values.last().map_or("", String::as_str)).optional()? {
        values.push(next);
    }
    Ok(values)
}

/// The stored signature, if any.
pub(crate) fn signature(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Signature>> {
    Ok(row.get::<_, Option<[u8; 32]>>(column)?.map(Signature::from_bytes))
}

/// The statement that reads whole rows: `from` names the table `event`, `rest` is the WHERE clause.
fn selection(from: &str, rest: &str) -> String {
    format!(
        "SELECT event.seq, webhook_id, webhook.name, event_id, type_name, instance_type, instance_id,
                from_state, to_state, happened_at, happened_at_text, kind, importance, title, sentence,
                details, received_at, source, deliveries, read, archived, notified_at, notice, urgent
         FROM {from} LEFT JOIN webhook ON webhook.id = event.webhook_id WHERE {rest}"
    )
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<StoredEvent> {
    let time = |column| Ok::<_, rusqlite::Error>(row.get::<_, Option<Text<Timestamp>>>(column)?.map(|time| time.0));
    let instance: (Option<String>, Option<String>) = (row.get(5)?, row.get(6)?);
    Ok(StoredEvent {
        seq: row.get(0)?,
        webhook: row.get::<_, Text<_>>(1)?.0,
        webhook_name: row.get(2)?,
        id: row.get::<_, Text<_>>(3)?.0,
        type_name: row.get(4)?,
        instance: instance.0.zip(instance.1).map(|(kind, id)| Instance { kind, id }),
        from: row.get(7)?,
        to: row.get(8)?,
        timestamp: time(9)?,
        timestamp_text: row.get(10)?,
        kind: word_or(row, 11, EventKind::Unknown)?,
        importance: word_or(row, 12, Importance::Info)?,
        title: row.get(13)?,
        sentence: row.get(14)?,
        details: row.get::<_, Option<Text<_>>>(15)?.map(|details| details.0),
        received_at: row.get::<_, Text<_>>(16)?.0,
        source: row.get::<_, Text<_>>(17)?.0,
        deliveries: row.get(18)?,
        read: row.get(19)?,
        archived: row.get(20)?,
        notified_at: time(21)?,
        notice: row.get(22)?,
        urgent: row.get(23)?,
    })
}
