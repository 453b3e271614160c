//! The insert: turns an arrival into an event.

use hookbell_core::{
    Event, EventId, Instance, ReceivedDelivery, Signature, WebhookId,
    event::Shape,
    words::{self, Description, OwnNews},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use crate::{
    Source,
    column::Text,
    table::{arrival, deleted},
};

/// An event to store: what arrived and what was read from it. Its row is a [`StoredEvent`](crate::StoredEvent).
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// What arrived. Its webhook may be unknown here.
    pub delivery: ReceivedDelivery,
    /// How it arrived.
    pub source: Source,
    /// What its body says. Its id and the webhook tell whether it is new.
    pub event: Event,
    /// The same in words.
    pub description: Description,
    /// What is known beyond the body, as the engine writes it; `None` until enriched.
    pub details: Option<Value>,
}

impl NewEvent {
    /// Puts an arrival into words, using only its body.
    #[must_use]
    pub fn read(delivery: ReceivedDelivery, source: Source) -> Self {
        let event = match source {
            Source::Delivered => Event::received(&delivery),
            Source::Fetched => Event::read(&delivery.body),
        };
        let description = words::describe(&event, &words::Known::default());
        Self { delivery, source, event, description, details: None }
    }

    /// One of Hookbell's own news, which nobody delivered. The id identifies its subject, so that it is reported only
    /// once.
    #[must_use]
    pub fn own(id: EventId, news: &OwnNews, instance: Option<Instance>, details: Option<Value>, at: Timestamp) -> Self {
        let event_type = news.event_type();
        let event = Event {
            id,
            type_name: Some(event_type.wire_name().to_owned()),
            event_type: Some(event_type),
            instance,
            shape: Shape::Event,
            ..Event::read(b"")
        };
        let delivery =
            ReceivedDelivery { webhook: own_news_webhook(), body: Vec::new(), received_at: at, signature: None };
        Self { delivery, source: Source::Delivered, event, description: news.describe(), details }
    }
}

/// The webhook id of Hookbell's own news. No webhook has this id, as webhook ids are made without a colon.
pub(super) const OWN_NEWS: &str = "hookbell:news";

/// The webhook id of Hookbell's own news, by which the store tells whether one was already reported.
#[must_use]
#[allow(clippy::expect_used, reason = "a few letters are an id")]
pub fn own_news_webhook() -> WebhookId {
    WebhookId::new(OWN_NEWS).expect("an id")
}

/// The outcome of an insert. It is on disk.
///
/// An event that was deleted here isn't stored again and counts as neither new nor delivered: its `seq` and
/// `deliveries` are 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inserted {
    /// The event's position in order of arrival.
    pub seq: i64,
    /// Whether it is new: the only case that deserves a notification.
    pub new: bool,
    /// The number of arrivals, including this one.
    pub deliveries: u32,
}

pub(crate) fn insert(db: &Connection, new: &NewEvent) -> rusqlite::Result<Inserted> {
    if let Some((seq, deliveries)) = known(db, new)? {
        return repeat(db, new, seq, deliveries);
    }
    let NewEvent { delivery, source, event, description, details } = new;
    if deleted::is_event_deleted(db, event.id.as_str(), delivery.webhook.as_str())? {
        return Ok(Inserted { seq: 0, new: false, deliveries: 0 });
    }
    let instance = event.instance.as_ref();
    // The writer rolls back the whole group if one member fails. Saying so here spares SQLite the statement journal
    // that it would otherwise keep because of the trigger.
    db.prepare_cached(
        "INSERT OR ROLLBACK INTO event (seq, webhook_id, event_id, type_name, instance_type, instance_id, from_state, to_state,
            happened_at, happened_at_text, kind, importance, title, sentence, details, received_at, source, to_judge)
         VALUES (
            max(coalesce((SELECT max(seq) FROM event), 0), (SELECT seq FROM event_floor)) + 1,
            ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, EXISTS (SELECT 1 FROM rule WHERE enabled = 1))",
    )?
    .execute(params![
        delivery.webhook.as_str(),
        event.id.as_str(),
        event.type_name,
        instance.map(|instance| &instance.kind),
        instance.map(|instance| &instance.id),
        event.from,
        event.to,
        event.timestamp.map(Text),
        event.timestamp_text,
        Text(event.kind()),
        Text(description.importance),
        description.title,
        description.sentence,
        details.as_ref().map(Text),
        Text(delivery.received_at),
        Text(source),
    ])?;
    let seq = db.last_insert_rowid();
    db.prepare_cached("INSERT INTO body (seq, bytes, signature) VALUES (?, ?, ?)")?.execute(params![
        seq,
        delivery.body,
        delivery.signature.as_ref().map(Signature::as_bytes)
    ])?;
    Ok(Inserted { seq, new: true, deliveries: 1 })
}

fn repeat(db: &Connection, new: &NewEvent, seq: i64, deliveries: u32) -> rusqlite::Result<Inserted> {
    if new.source == Source::Fetched || new.event.kind().is_own() {
        return Ok(Inserted { seq, new: false, deliveries });
    }
    let ReceivedDelivery { body, signature, received_at, .. } = &new.delivery;
    let deliveries = deliveries.saturating_add(1);
    db.prepare_cached("UPDATE event SET deliveries = ? WHERE seq = ?")?.execute(params![deliveries, seq])?;
    arrival::repeat(db, seq, deliveries, *received_at, new.source, body)?;
    // The event may have been fetched first, or predate the column.
    db.prepare_cached("UPDATE body SET signature = ? WHERE seq = ? AND signature IS NULL AND bytes = ?")?
        .execute(params![signature.as_ref().map(Signature::as_bytes), seq, body])?;
    Ok(Inserted { seq, new: false, deliveries })
}

fn known(db: &Connection, new: &NewEvent) -> rusqlite::Result<Option<(i64, u32)>> {
    db.prepare_cached("SELECT seq, deliveries FROM event WHERE event_id = ? AND webhook_id = ?")?
        .query_row([new.event.id.as_str(), new.delivery.webhook.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}
