//! The store against real files, in a separate directory per test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what went wrong by failing")]

mod accounts;
mod changes;
mod damage;
mod deletion;
mod distributions;
mod events;
mod feedback;
mod files;
mod filters;
mod insights;
mod pages;
mod rules;
mod search;
mod tables;
mod uploads;
mod versions;
mod views;
mod waiting;
mod writing;

use std::{path::Path, time::Duration};

use hookbell_core::{
    Event, EventFilter, EventId, EventPlace, EventType, Instance, ReceivedDelivery, WebhookId,
    words::{Description, Importance},
};
use hookbell_store::{EventQuery, Inserted, NewEvent, Opened, Source, Store, StoreError, StoredEvent};
use jiff::Timestamp;

/// A directory with a store in it.
struct Place {
    store: Store,
    dir: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self { store: open(dir.path()), dir }
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Closes the store and opens it again, as the next start would.
    async fn restarted(self) -> Self {
        self.store.close().await;
        Self { store: open(self.dir.path()), dir: self.dir }
    }
}

/// Opens an undamaged store.
fn open(dir: &Path) -> Store {
    let Opened { store, set_aside } = Store::open(dir, now()).unwrap();
    assert_eq!(set_aside, None, "nothing was damaged");
    store
}

fn now() -> Timestamp {
    "2026-11-21T18:24:56.123456789Z".parse().unwrap()
}

fn webhook(id: &str) -> WebhookId {
    WebhookId::new(id).unwrap()
}

/// Stores a single event, where the store takes many.
trait Insert {
    fn insert(&self, event: NewEvent) -> impl Future<Output = Result<Inserted, StoreError>> + Send;
}

impl Insert for Store {
    async fn insert(&self, event: NewEvent) -> Result<Inserted, StoreError> {
        Ok(self.keep_events(vec![event]).await?.remove(0))
    }
}

/// An event with an id and a body, of the webhook "w".
fn new_event(id: &str, body: impl Into<Vec<u8>>) -> NewEvent {
    let delivery = ReceivedDelivery { webhook: webhook("w"), body: body.into(), received_at: now(), signature: None };
    let event = Event {
        id: EventId::new(id).unwrap(),
        instance: Some(Instance { kind: "appStoreVersions".into(), id: "6748".into() }),
        from: Some("WAITING_FOR_REVIEW".into()),
        to: Some("IN_REVIEW".into()),
        timestamp: Some("2026-11-21T18:24:50.5Z".parse().unwrap()),
        timestamp_text: Some("2026-11-21T18:24:50.500Z".into()),
        ..Event::read(b"{}")
    };
    let description = words("In review", "Apple is looking at the version");
    of_type(
        EventType::AppStoreVersionAppVersionStateUpdated,
        NewEvent { delivery, source: Source::Delivered, event, description, details: None },
    )
}

fn words(title: &str, sentence: &str) -> Description {
    Description { title: title.into(), sentence: sentence.into(), importance: Importance::Info }
}

/// The event with another type.
fn of_type(event_type: EventType, mut new: NewEvent) -> NewEvent {
    new.event.type_name = Some(event_type.wire_name().into());
    new.event.event_type = Some(event_type);
    new
}

/// The event through another webhook.
fn through(webhook_id: &str, mut new: NewEvent) -> NewEvent {
    new.delivery.webhook = webhook(webhook_id);
    new
}

/// The event at another time.
fn received_at(at: Timestamp, mut new: NewEvent) -> NewEvent {
    new.delivery.received_at = at;
    new
}

/// This many events without a word in them.
fn wordless(count: usize, name: &str) -> Vec<NewEvent> {
    let event = |number| NewEvent { description: words("-", "-"), ..new_event(&format!("{name} {number}"), "{}") };
    (0..count).map(event).collect()
}

/// Adds enough other events, without a word in them, that a search uses the index, and brings the index up to date.
async fn crowd(store: &Store) {
    for part in 0..5 {
        store.keep_events(wordless(500, &format!("crowd {part}"))).await.unwrap();
    }
    store.index_now().await.unwrap();
}

/// Everything in the inbox, newest first, by event id.
async fn inbox(store: &Store) -> Vec<String> {
    shown(store, EventQuery { limit: 500, ..EventQuery::default() }).await
}

async fn shown(store: &Store, query: EventQuery) -> Vec<String> {
    ids(&store.page(query).await.unwrap().events)
}

fn search(words: &str) -> EventFilter {
    EventFilter { search: words.to_owned(), ..EventFilter::default() }
}

fn unread() -> EventFilter {
    EventFilter { unread: true, ..EventFilter::default() }
}

fn needs_you() -> EventFilter {
    EventFilter { importance: vec![Importance::NeedsYou], ..EventFilter::default() }
}

fn within(place: EventPlace) -> EventFilter {
    EventFilter { place, ..EventFilter::default() }
}

async fn filtered(store: &Store, filter: EventFilter) -> Vec<String> {
    shown(store, EventQuery { filter, limit: 500, ..EventQuery::default() }).await
}

fn ids(events: &[StoredEvent]) -> Vec<String> {
    events.iter().map(|event| event.id.to_string()).collect()
}

/// Polls until it holds, for at most ten seconds.
async fn until<F: Future<Output = bool>>(what: &str, holds: impl Fn() -> F) {
    let asking = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), asking).await.unwrap_or_else(|_| panic!("waited in vain: {what}"));
}
