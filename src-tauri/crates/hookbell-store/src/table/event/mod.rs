//! Events: one row each, however often they come.
//!
//! The row holds what a list shows; the body has a table of its own. `seq` is the order of arrival. Events can
//! be deleted, but a number is never given twice, so a cursor stays good for ever.

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
/// What insights are drawn from: columns that are worked out, and their indexes.
pub(crate) const INSIGHTS: &str = include_str!("../../../migrations/021-insights.sql");
/// The signature that a body came with.
pub(crate) const SIGNATURE: &str = include_str!("../../../migrations/026-signature.sql");

/// The indexes that lists are filtered by.
pub(crate) const FILTER: &str = include_str!("../../../migrations/024-filter.sql");

/// An event as it is stored, without its body.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredEvent {
    /// Its place in the order of arrival, from 1 on.
    pub seq: i64,
    /// The webhook it came through.
    pub webhook: WebhookId,
    /// That webhook's name, or the last one it had; `None` if it was never added here.
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
    /// The same, as Apple wrote it.
    pub timestamp_text: Option<String>,
    /// What sort of thing it is about. One that only a newer Hookbell knows reads as [`EventKind::Unknown`].
    pub kind: EventKind,
    /// How much it matters. One that only a newer Hookbell knows reads as [`Importance::Info`].
    pub importance: Importance,
    /// What happened, in a few words.
    pub title: String,
    /// What happened, in a sentence.
    pub sentence: String,
    /// What enrichment found out, if it has.
    pub details: Option<serde_json::Value>,
    /// When it first arrived.
    pub received_at: Timestamp,
    /// How it first arrived.
    pub source: Source,
    /// How often it arrived.
    pub deliveries: u32,
    /// Whether it was read.
    pub read: bool,
    /// Whether it was archived.
    pub archived: bool,
    /// When its notification was claimed; `None` while nobody has.
    pub notified_at: Option<Timestamp>,
    /// What a rule says of its notification, JSON.
    pub notice: Option<String>,
    /// Whether a rule has it shown in quiet hours and pauses, too.
    pub urgent: bool,
}

/// A body as it came, and the signature it came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedBody {
    /// The first body of the event, byte for byte.
    pub body: Vec<u8>,
    /// Its signature; `None` where the event was fetched, or came before signatures were kept.
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

    /// The newest event with this id, of whatever webhook.
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

    /// The first body of an event with the signature it came with.
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

/// Those of these events that are here.
pub(crate) fn all_of(db: &Connection, seqs: &[i64]) -> rusqlite::Result<Vec<StoredEvent>> {
    let mut one = db.prepare_cached(&selection("event", "event.seq = ?"))?;
    let found = seqs.iter().map(|seq| one.query_row([seq], from_row).optional());
    found.filter_map(rusqlite::Result::transpose).collect()
}

/// Those that rules have not decided about, after one of them.
pub(crate) fn unjudged(db: &Connection, after: i64, limit: u32) -> rusqlite::Result<Vec<StoredEvent>> {
    let wanted = "event.to_judge = 1 AND event.seq > ? ORDER BY event.seq LIMIT ?";
    db.prepare_cached(&selection("event INDEXED BY event_to_judge", wanted))?
        .query_map(rusqlite::params![after, limit], from_row)?
        .collect()
}

/// Every value of an indexed column. `after` gives the first one after another, or no row: a jump from one to the
/// next, however many rows have the same.
fn each_value(mut after: impl FnMut(&str) -> rusqlite::Result<String>) -> rusqlite::Result<Vec<String>> {
    let mut values: Vec<String> = Vec::new();
    while let Some(next) = after(values.last().map_or("", String::as_str)).optional()? {
        values.push(next);
    }
    Ok(values)
}

/// A signature that was kept, if one was.
pub(crate) fn signature(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Signature>> {
    Ok(row.get::<_, Option<[u8; 32]>>(column)?.map(Signature::from_bytes))
}

/// The statement that reads whole rows: `from` names the table `event`, `rest` follows WHERE.
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
