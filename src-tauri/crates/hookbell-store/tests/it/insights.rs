//! What insights are based on: arrivals, failures, and state changes.

use hookbell_core::{AppId, DeliveryId, EventId, EventKind, EventType, Instance, words::Importance};
use hookbell_store::{
    Arrived, CaughtUp, ChangedThings, FailedDelivery, FirstArrival, NewEvent, Redescription, Source, Store, Subject,
};
use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use serde_json::json;

use crate::{Insert, Place, new_event, now, of_type, received_at, through, webhook};

const VERSIONS: &[EventKind] = &[EventKind::Version];
const BUILDS: &[EventKind] = &[EventKind::Build, EventKind::Upload];

const VERSION: EventType = EventType::AppStoreVersionAppVersionStateUpdated;
const BUILD: EventType = EventType::BuildBetaDetailExternalBuildStateUpdated;
const UPLOAD: EventType = EventType::BuildUploadStateUpdated;
const CRASH: EventType = EventType::BetaFeedbackCrashSubmissionCreated;
const PING: EventType = EventType::WebhookPingCreated;

fn ago(hours: i64) -> Timestamp {
    now() - SignedDuration::from_hours(hours)
}

/// An event about a resource, which happened and arrived this many hours ago.
fn change(id: &str, event_type: EventType, instance: &str, hours: i64) -> NewEvent {
    let mut new = received_at(ago(hours), of_type(event_type, new_event(id, id)));
    new.event.instance = Some(Instance { kind: "things".into(), id: instance.into() });
    happened_at(Some(ago(hours)), new)
}

fn happened_at(at: Option<Timestamp>, mut new: NewEvent) -> NewEvent {
    new.event.timestamp = at;
    new
}

async fn name_app(store: &Store, seq: i64, app: &str) {
    let details = Some(json!({ "app": { "id": app, "name": format!("App {app}") } }));
    let words = Redescription { title: "-".into(), sentence: "-".into(), importance: Importance::Info, details };
    assert!(store.redescribe(seq, words).await.unwrap());
}

fn app(id: &str, webhooks: &[&str]) -> Subject {
    Subject::App { app: AppId::new(id).unwrap(), webhooks: webhooks.iter().map(|id| webhook(id)).collect() }
}

async fn changed(store: &Store, subject: Subject, kinds: &'static [EventKind]) -> ChangedThings {
    store.changed(subject, kinds, Timestamp::MIN, 10).await.unwrap()
}

fn instances(found: &ChangedThings) -> Vec<&str> {
    found.things.iter().map(|thing| thing.instance.as_str()).collect()
}

#[tokio::test]
async fn things_are_found_by_app_the_one_that_changed_last_first() {
    let Place { store, dir: _dir } = Place::new();
    let mut seqs = Vec::new();
    for event in [
        change("1", VERSION, "old", 90),
        change("2", VERSION, "new", 50),
        change("3", VERSION, "old", 80),
        change("4", BUILD, "build", 40),
        change("5", UPLOAD, "upload", 60),
        change("6", VERSION, "foreign", 1),
        change("7", CRASH, "crash", 1),
    ] {
        seqs.push(store.insert(event).await.unwrap().seq);
    }
    for seq in &seqs[..5] {
        name_app(&store, *seq, "42").await;
    }
    name_app(&store, seqs[5], "43").await;
    let versions = changed(&store, app("42", &[]), VERSIONS).await;
    assert_eq!((instances(&versions), versions.more), (vec!["new", "old"], false));
    let old = &versions.things[1];
    assert_eq!(old.events.iter().map(|event| event.seq).collect::<Vec<_>>(), [seqs[0], seqs[2]]);
    assert_eq!(old.events[0].at.as_millisecond(), ago(90).as_millisecond());
    assert_eq!(old.events[0].details.as_ref().unwrap()["app"]["name"], "App 42");
    assert_eq!(instances(&changed(&store, app("42", &[]), BUILDS).await), ["build", "upload"]);
    let recent = store.changed(app("42", &[]), VERSIONS, ago(60), 10).await.unwrap();
    assert_eq!(instances(&recent), ["new"]);
    let one = store.changed(app("42", &[]), VERSIONS, Timestamp::MIN, 1).await.unwrap();
    assert_eq!((instances(&one), one.more), (vec!["new"], true));
}

#[tokio::test]
async fn what_names_no_app_is_its_webhooks() {
    let Place { store, dir: _dir } = Place::new();
    let seq = store.insert(change("1", VERSION, "named", 3)).await.unwrap().seq;
    name_app(&store, seq, "42").await;
    store.insert(change("2", VERSION, "unnamed", 2)).await.unwrap();
    store.insert(through("x", change("3", VERSION, "elsewhere", 1))).await.unwrap();
    let apps = store.changed_apps().await.unwrap();
    assert_eq!(apps.named, [("42".to_owned(), Some("App 42".to_owned()))]);
    assert_eq!(apps.unnamed, [webhook("w"), webhook("x")]);
    assert_eq!(instances(&changed(&store, Subject::Webhook(webhook("w")), VERSIONS).await), ["unnamed"]);
    assert_eq!(instances(&changed(&store, app("42", &["w"]), VERSIONS).await), ["unnamed", "named"]);
    assert_eq!(instances(&changed(&store, app("42", &[]), VERSIONS).await), ["named"]);
}

#[tokio::test]
async fn nothing_happens_after_it_was_told_and_what_has_no_time_when_it_was_told() {
    let Place { store, dir: _dir } = Place::new();
    let late = happened_at("9999-12-30T22:00:00Z".parse().ok(), change("1", VERSION, "a", 5));
    let early = happened_at("-000009-01-01T00:00:00Z".parse().ok(), change("2", VERSION, "b", 6));
    for event in [late, early, happened_at(None, change("3", VERSION, "c", 7))] {
        store.insert(event).await.unwrap();
    }
    let found = changed(&store, Subject::Webhook(webhook("w")), VERSIONS).await;
    assert_eq!(instances(&found), ["a", "b", "c"]);
    let at: Vec<i64> = found.things.iter().map(|thing| thing.events[0].at.as_millisecond()).collect();
    assert_eq!(at, [5, 6, 7].map(|hours| ago(hours).as_millisecond()));
}

#[tokio::test]
async fn arrivals_are_told_by_webhook_with_their_times_and_repetitions() {
    let Place { store, dir: _dir } = Place::new();
    store.insert(change("old", VERSION, "a", 100)).await.unwrap();
    store.insert(happened_at(Some(ago(3)), change("1", VERSION, "a", 2))).await.unwrap();
    let fetched = NewEvent { source: Source::Fetched, ..happened_at(None, change("2", PING, "a", 1)) };
    store.insert(fetched).await.unwrap();
    store.insert(received_at(now(), change("old", VERSION, "a", 100))).await.unwrap();
    store.insert(through("x", change("old", PING, "a", 100))).await.unwrap();
    let ms = |hours| ago(hours).as_millisecond();
    let first = |received: i64, happened: Option<i64>, source| FirstArrival {
        received_ms: ms(received),
        happened_ms: happened.map(ms),
        source,
    };
    let expected = Arrived {
        webhook: webhook("w"),
        first: vec![first(2, Some(3), Source::Delivered), first(1, None, Source::Fetched)],
        again_ms: vec![now().as_millisecond()],
    };
    assert_eq!(store.arrived_since(ago(50)).await.unwrap(), [expected]);
    assert_eq!(store.arrived_since(ago(200)).await.unwrap().len(), 2);
}

#[tokio::test]
async fn failures_are_noted_once_and_say_whether_their_event_was_fetched() {
    let Place { store, dir: _dir } = Place::new();
    let failure = |delivery: &str, event: Option<&str>, hours| FailedDelivery {
        webhook: webhook("w"),
        delivery: DeliveryId::new(delivery).unwrap(),
        event: event.map(|id| EventId::new(id).unwrap()),
        at: ago(hours),
        reason: format!("it was {delivery}"),
    };
    store.insert(NewEvent { source: Source::Fetched, ..new_event("missed", "{}") }).await.unwrap();
    store.insert(new_event("redelivered", "{}")).await.unwrap();
    let failed = vec![
        failure("a", Some("missed"), 30),
        failure("b", Some("redelivered"), 20),
        failure("c", None, 10),
        failure("ancient", None, 24 * 500),
    ];
    store.note_failures(failed.clone(), now()).await.unwrap();
    store.note_failures(failed, now()).await.unwrap();
    let told = |found: Vec<hookbell_store::Failure>| -> Vec<(String, bool)> {
        found.into_iter().map(|failure| (failure.reason, failure.fetched)).collect()
    };
    let expected = [("it was a", true), ("it was b", false), ("it was c", false)].map(|(why, is)| (why.to_owned(), is));
    assert_eq!(told(store.failures_since(Timestamp::MIN).await.unwrap()), expected);
    assert_eq!(told(store.failures_since(ago(20)).await.unwrap()), expected[1..]);
}

#[tokio::test]
async fn from_when_failures_are_known_is_kept_with_how_far_the_log_was_read() {
    let Place { store, dir: _dir } = Place::new();
    let new = hookbell_store::NewWebhook {
        id: webhook("w"),
        name: "Studio".into(),
        token: "t".into(),
        origin: hookbell_store::Origin::Account,
        created_at: now(),
    };
    store.add_webhook(new).await.unwrap();
    let row = CaughtUp {
        webhook: webhook("w"),
        seen_until: None,
        read_at: Some(now()),
        fetched: 0,
        gap: None,
        failures_since: Some(ago(3)),
        trouble: None,
    };
    store.set_caught_up(row.clone()).await.unwrap();
    assert_eq!(store.caught_up().await.unwrap(), [row]);
}

#[tokio::test]
async fn the_questions_are_answered_along_their_indexes() {
    let place = Place::new();
    let db = Connection::open(place.path().join("hookbell.db")).unwrap();
    let plan = |sql: &str| -> String {
        let explained = format!("EXPLAIN QUERY PLAN {sql}");
        db.query_row(&explained, [], |row| row.get(3)).unwrap()
    };
    let changes = "kind IN ('version', 'build', 'upload') AND instance_id IS NOT NULL";
    for (sql, expected) in [
        (
            "SELECT received_ms, happened_ms, source FROM event WHERE webhook_id = 'w' AND received_ms >= 0".to_owned(),
            "SEARCH event USING INDEX event_pace (webhook_id=? AND received_ms>?)",
        ),
        (
            format!(
                "SELECT instance_id, changed_ms FROM event WHERE {changes} AND app_id IS NULL AND webhook_id = 'w'
                 AND kind = 'build' AND changed_ms >= 0 ORDER BY changed_ms DESC"
            ),
            "SEARCH event USING INDEX event_change (app_id=? AND webhook_id=? AND kind=? AND changed_ms>?)",
        ),
    ] {
        assert_eq!(plan(&sql), expected);
    }
}
