//! Deliveries that arrive under load: on disk when answered, events a moment later.

use std::{collections::HashSet, time::Duration};

use hookbell_core::{EventId, ReceivedDelivery, Secret, Signature, words::Importance};
use hookbell_store::{EventQuery, NewEvent, SignedBody, Source, Store, StoredArrival};
use rusqlite::{Connection, params};

use crate::{Insert, Place, filtered, inbox, new_event, now, open, shown, until, webhook};

/// More than become events by the time of the answer.
const CROWD: usize = 300;

fn body(id: &str) -> Vec<u8> {
    let attributes = r#"{"oldValue":"IN_REVIEW","newValue":"REJECTED"}"#;
    format!(r#"{{"data":{{"type":"appStoreVersionAppVersionStateUpdated","id":"{id}","attributes":{attributes}}}}}"#)
        .into()
}

fn delivery(body: impl Into<Vec<u8>>) -> ReceivedDelivery {
    ReceivedDelivery { webhook: webhook("w"), body: body.into(), received_at: now(), signature: None }
}

/// Stores all of them at once.
async fn keep_at_once(store: &Store, bodies: impl IntoIterator<Item = Vec<u8>>) {
    let keeping: Vec<_> = bodies
        .into_iter()
        .map(|body| {
            let store = store.clone();
            tokio::spawn(async move { store.keep_delivery(delivery(body)).await })
        })
        .collect();
    for kept in keeping {
        kept.await.unwrap().unwrap();
    }
}

/// What a process leaves behind when killed between answering and reading.
fn leave_waiting(place: &Place, bodies: &[Vec<u8>]) {
    let mut db = Connection::open(place.path().join("hookbell.db")).unwrap();
    let all = db.transaction().unwrap();
    for body in bodies {
        all.execute(
            "INSERT INTO waiting (webhook_id, received_at, bytes) VALUES ('w', ?, ?)",
            params![now().to_string(), body],
        )
        .unwrap();
    }
    all.commit().unwrap();
}

fn waiting(place: &Place) -> usize {
    let db = Connection::open(place.path().join("hookbell.db")).unwrap();
    db.query_row("SELECT count(*) FROM waiting", [], |row| row.get::<_, i64>(0)).unwrap() as usize
}

#[tokio::test]
async fn a_single_delivery_is_an_event_with_its_answer() {
    let place = Place::new();
    for id in ["a", "b"] {
        place.store.keep_delivery(delivery(body(id))).await.unwrap();
    }
    assert_eq!(inbox(&place.store).await, ["b", "a"]);
    assert_eq!(waiting(&place), 0);
    let event = place.store.find(&EventId::new("a").unwrap()).await.unwrap().unwrap();
    assert_eq!((event.to.as_deref(), event.importance), (Some("REJECTED"), Importance::NeedsYou));
    assert_eq!((event.received_at, event.source, event.read), (now(), Source::Delivered, false));
    assert_eq!(place.store.body(event.seq).await.unwrap().unwrap(), body("a"));
}

#[tokio::test]
async fn a_crowd_is_told_of_when_it_is_in_the_list_and_nothing_of_it_is_missing() {
    let place = Place::new();
    let mut changes = place.store.changes();
    changes.mark_unchanged();
    keep_at_once(&place.store, (0..CROWD).map(|number| body(&number.to_string()))).await;
    let all_told = async {
        while place.store.last_seq().await.unwrap() < CROWD as i64 {
            changes.changed().await.unwrap();
        }
    };
    tokio::time::timeout(Duration::from_secs(10), all_told).await.unwrap();
    let listed = inbox(&place.store).await;
    assert_eq!(listed.iter().collect::<HashSet<_>>().len(), CROWD);
    assert_eq!(place.store.unread().await.unwrap(), CROWD as u64);
    assert_eq!(filtered(&place.store, crate::needs_you()).await, listed);
    until("nothing waits", async || waiting(&place) == 0).await;
    let found = EventQuery { filter: crate::search("rejected"), limit: 500, ..EventQuery::default() };
    assert_eq!(shown(&place.store, found).await.len(), CROWD);
}

#[tokio::test]
async fn a_crowd_of_one_event_is_one_event_with_every_delivery_counted() {
    let place = Place::new();
    keep_at_once(&place.store, (0..CROWD).map(|_| body("a"))).await;
    until("all are counted", async || {
        let event = place.store.find(&EventId::new("a").unwrap()).await.unwrap();
        event.is_some_and(|event| event.deliveries as usize == CROWD)
    })
    .await;
    assert_eq!(inbox(&place.store).await, ["a"]);
    assert_eq!(place.store.unread().await.unwrap(), 1);
    let same = StoredArrival { received_at: now(), source: Source::Delivered, other_body: None };
    assert_eq!(place.store.arrivals(1).await.unwrap(), vec![same; CROWD]);
}

#[tokio::test]
async fn every_body_keeps_the_signature_it_came_with_alone_and_in_a_crowd() {
    let place = Place::new();
    let signed = |id: &str| {
        let body = body(id);
        let signature = Some(Signature::of(&Secret::new("s3cret").unwrap(), &body));
        ReceivedDelivery { signature, ..delivery(body) }
    };
    place.store.keep_delivery(signed("alone")).await.unwrap();
    let crowd = (0..CROWD).map(|number| {
        let (store, delivery) = (place.store.clone(), signed(&number.to_string()));
        tokio::spawn(async move { store.keep_delivery(delivery).await.unwrap() })
    });
    for kept in crowd.collect::<Vec<_>>() {
        kept.await.unwrap();
    }
    until("nothing waits", async || waiting(&place) == 0).await;
    for id in (0..CROWD).map(|number| number.to_string()).chain(["alone".to_owned()]) {
        let seq = place.store.find(&EventId::new(id.clone()).unwrap()).await.unwrap().unwrap().seq;
        let ReceivedDelivery { body, signature, .. } = signed(&id);
        assert_eq!(place.store.signed_body(seq).await.unwrap(), Some(SignedBody { body, signature }), "{id}");
    }
}

#[tokio::test]
async fn a_fetched_event_gets_its_signature_when_it_is_delivered_and_never_another_body_s() {
    let place = Place::new();
    let signature = |body: &[u8]| Some(Signature::of(&Secret::new("s3cret").unwrap(), body));
    let delivered = |body: &str| {
        let mut new = new_event("a", body);
        new.delivery.signature = signature(body.as_bytes());
        new
    };
    let fetched = NewEvent { source: Source::Fetched, ..new_event("a", "{}") };
    let seq = place.store.insert(fetched).await.unwrap().seq;
    let kept = async || place.store.signed_body(seq).await.unwrap().unwrap().signature;
    assert_eq!(kept().await, None);
    place.store.insert(delivered("{ }")).await.unwrap();
    assert_eq!(kept().await, None, "of another body");
    place.store.insert(delivered("{}")).await.unwrap();
    assert_eq!(kept().await, signature(b"{}"));
}

#[tokio::test]
async fn what_was_answered_before_the_end_is_there_at_the_next_start() {
    let place = Place::new();
    let store = place.store.clone();
    let keeping = tokio::spawn(async move {
        keep_at_once(&store, (0..CROWD).map(|number| body(&number.to_string()))).await;
        // Ends while most of them are still waiting.
        store.close().await;
    });
    keeping.await.unwrap();
    let place = place.restarted().await;
    assert_eq!(inbox(&place.store).await.len(), CROWD);
    assert_eq!(waiting(&place), 0);
}

#[tokio::test]
async fn what_a_killed_process_left_waiting_is_read_in_order_at_the_next_start_and_notified_once() {
    let place = Place::new();
    place.store.keep_delivery(delivery(body("before"))).await.unwrap();
    let odd = vec![0xff, 0x00, b'{'];
    leave_waiting(&place, &[body("x"), body("before"), odd.clone(), body("y"), body("x")]);
    let place = place.restarted().await;
    let listed = inbox(&place.store).await;
    assert_eq!((listed.len(), listed[0].as_str(), listed[2].as_str(), listed[3].as_str()), (4, "y", "x", "before"));
    assert_eq!(place.store.body(3).await.unwrap().unwrap(), odd, "byte for byte");
    let deliveries = |seq| {
        let store = place.store.clone();
        async move { store.event(seq).await.unwrap().unwrap().deliveries }
    };
    assert_eq!((deliveries(1).await, deliveries(2).await, deliveries(4).await), (2, 2, 1));
    let unnotified = place.store.unnotified(9).await.unwrap();
    let seqs: Vec<i64> = unnotified.iter().map(|event| event.seq).collect();
    assert_eq!(seqs, [1, 2, 3, 4]);
    assert_eq!(place.store.claim_notifications(seqs, now()).await.unwrap().len(), 4);
    let place = place.restarted().await;
    assert!(place.store.unnotified(9).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_a_killed_process_left_waiting_is_read_by_one_that_runs() {
    let place = Place::new();
    leave_waiting(&place, &[body("left")]);
    until("it is listed", async || inbox(&place.store).await == ["left"]).await;
}

#[tokio::test]
async fn one_that_comes_behind_those_that_wait_stays_behind_them() {
    let place = Place::new();
    let other = open(place.path());
    leave_waiting(&place, &[body("first"), body("second")]);
    other.keep_delivery(delivery(body("third"))).await.unwrap();
    until("all are listed", async || inbox(&place.store).await == ["third", "second", "first"]).await;
}
