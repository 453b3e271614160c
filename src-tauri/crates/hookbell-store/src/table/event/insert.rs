//! The insert: what makes an event of an arrival.

use hookbell_core::{
    Event, EventId, EventKind, Instance, ReceivedDelivery, Signature, WebhookId,
    words::{self, Importance},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    Source,
    column::Text,
    table::{arrival, deleted},
};

/// An event to be kept.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// The webhook it came through. It need not be known here.
    pub webhook: WebhookId,
    /// The event's own id. With the webhook it says whether this is news.
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
    /// What sort of thing it is about.
    pub kind: EventKind,
    /// How much it matters.
    pub importance: Importance,
    /// What happened, in a few words.
    pub title: String,
    /// What happened, in a sentence.
    pub sentence: String,
    /// The raw body.
    pub body: Vec<u8>,
    /// The signature it came with.
    pub signature: Option<Signature>,
    /// When the body was complete.
    pub received_at: Timestamp,
    /// How it came.
    pub source: Source,
}

impl NewEvent {
    /// Puts an arrival into words, knowing no more than its body.
    #[must_use]
    pub fn read(delivery: ReceivedDelivery, source: Source) -> Self {
        let event = match source {
            Source::Delivered => Event::received(&delivery),
            Source::Fetched => Event::read(&delivery.body),
        };
        let description = words::describe(&event, &words::Known::default());
        Self {
            webhook: delivery.webhook,
            kind: event.kind(),
            importance: description.importance,
            title: description.title,
            sentence: description.sentence,
            id: event.id,
            type_name: event.type_name,
            instance: event.instance,
            from: event.from,
            to: event.to,
            timestamp: event.timestamp,
            timestamp_text: event.timestamp_text,
            body: delivery.body,
            signature: delivery.signature,
            received_at: delivery.received_at,
            source,
        }
    }
}

/// What an insert did. It is on disk.
///
/// An event that was deleted here is not kept again, and is neither new nor delivered: its `seq` and its `deliveries`
/// are 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inserted {
    /// The event's place in the order of arrival.
    pub seq: i64,
    /// Whether it was not there yet: the one time that it is worth a notification.
    pub new: bool,
    /// How often it has arrived, this time included.
    pub deliveries: u32,
}

pub(crate) fn insert(db: &Connection, new: &NewEvent) -> rusqlite::Result<Inserted> {
    if let Some((seq, deliveries)) = known(db, new)? {
        return repeat(db, new, seq, deliveries);
    }
    if deleted::is_event_deleted(db, new.id.as_str(), new.webhook.as_str())? {
        return Ok(Inserted { seq: 0, new: false, deliveries: 0 });
    }
    let instance = new.instance.as_ref();
    // The writer rolls back a whole group if one of it fails. Saying so here spares SQLite the copies of
    // pages that it would keep for undoing this one statement, because of the trigger behind it.
    db.prepare_cached(
        "INSERT OR ROLLBACK INTO event (seq, webhook_id, event_id, type_name, instance_type, instance_id, from_state, to_state,
            happened_at, happened_at_text, kind, importance, title, sentence, received_at, source)
         VALUES (
            max(coalesce((SELECT max(seq) FROM event), 0), (SELECT seq FROM event_floor)) + 1,
            ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        new.webhook.as_str(),
        new.id.as_str(),
        new.type_name,
        instance.map(|instance| &instance.kind),
        instance.map(|instance| &instance.id),
        new.from,
        new.to,
        new.timestamp.map(Text),
        new.timestamp_text,
        Text(new.kind),
        Text(new.importance),
        new.title,
        new.sentence,
        Text(new.received_at),
        Text(new.source),
    ])?;
    let seq = db.last_insert_rowid();
    db.prepare_cached("INSERT INTO body (seq, bytes, signature) VALUES (?, ?, ?)")?.execute(params![
        seq,
        new.body,
        new.signature.as_ref().map(Signature::as_bytes)
    ])?;
    Ok(Inserted { seq, new: true, deliveries: 1 })
}

fn repeat(db: &Connection, new: &NewEvent, seq: i64, deliveries: u32) -> rusqlite::Result<Inserted> {
    if new.source == Source::Fetched {
        return Ok(Inserted { seq, new: false, deliveries });
    }
    let deliveries = deliveries.saturating_add(1);
    db.prepare_cached("UPDATE event SET deliveries = ? WHERE seq = ?")?.execute(params![deliveries, seq])?;
    arrival::repeat(db, seq, deliveries, new.received_at, new.source, &new.body)?;
    // The event may have been fetched first, or be older than the column.
    db.prepare_cached("UPDATE body SET signature = ? WHERE seq = ? AND signature IS NULL AND bytes = ?")?
        .execute(params![new.signature.as_ref().map(Signature::as_bytes), seq, new.body])?;
    Ok(Inserted { seq, new: false, deliveries })
}

fn known(db: &Connection, new: &NewEvent) -> rusqlite::Result<Option<(i64, u32)>> {
    db.prepare_cached("SELECT seq, deliveries FROM event WHERE event_id = ? AND webhook_id = ?")?
        .query_row([new.id.as_str(), new.webhook.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}
