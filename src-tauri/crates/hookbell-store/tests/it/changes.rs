//! Several processes in one directory: each sees what the others do.

use std::time::Duration;

use hookbell_store::{Rows, Touched};

use crate::{Insert, Place, inbox, new_event, now, open};

#[tokio::test]
async fn a_store_hears_of_its_own_changes() {
    let Place { store, dir: _dir } = Place::new();
    let mut changes = store.changes();
    changes.mark_unchanged();
    store.insert(new_event("a", "{}")).await.unwrap();
    tokio::time::timeout(Duration::from_secs(10), changes.changed()).await.unwrap().unwrap();
    // By the second answer, everything triggered by the first has happened.
    for _ in 0..2 {
        store.claim_notification(99, now()).await.unwrap();
    }
    assert!(!changes.has_changed().unwrap(), "nothing was changed by that");
}

#[tokio::test]
async fn a_store_names_the_events_that_it_changed_once() {
    let Place { store, dir: _dir } = Place::new();
    store.take_touched().await.unwrap();
    let first = store.insert(new_event("a", "{}")).await.unwrap().seq;
    let second = store.insert(new_event("b", "{}")).await.unwrap().seq;
    store.set_read(vec![first], true).await.unwrap();
    let Touched { events, feedback } = store.take_touched().await.unwrap();
    assert_eq!((events, feedback), (Rows::These(vec![first, second]), Rows::These(Vec::new())));
    assert_eq!(store.take_touched().await.unwrap().events, Rows::These(Vec::new()), "they are told once");
    // A repeated event changes its number of arrivals.
    store.insert(new_event("a", "{}")).await.unwrap();
    assert_eq!(store.take_touched().await.unwrap().events, Rows::These(vec![first]));
}

#[tokio::test]
async fn many_events_and_those_of_another_process_are_not_named() {
    let place = Place::new();
    for id in 0..101 {
        place.store.insert(new_event(&id.to_string(), "{}")).await.unwrap();
    }
    assert_eq!(place.store.take_touched().await.unwrap().events, Rows::Many);
    let other = open(place.path());
    let mut changes = place.store.changes();
    changes.mark_unchanged();
    other.insert(new_event("other", "{}")).await.unwrap();
    tokio::time::timeout(Duration::from_secs(10), changes.changed()).await.unwrap().unwrap();
    let touched = place.store.take_touched().await.unwrap();
    assert_eq!((touched.events, touched.feedback), (Rows::Many, Rows::Many));
}

#[tokio::test]
async fn a_store_hears_of_the_changes_of_another() {
    let place = Place::new();
    let other = open(place.path());
    let mut changes = other.changes();
    for id in ["a", "b", "c"] {
        changes.mark_unchanged();
        place.store.insert(new_event(id, "{}")).await.unwrap();
        tokio::time::timeout(Duration::from_secs(10), changes.changed()).await.unwrap().unwrap();
        assert_eq!(inbox(&other).await[0], id);
    }
}

#[tokio::test]
async fn a_change_by_any_other_program_is_noticed() {
    let place = Place::new();
    let mut changes = place.store.changes();
    changes.mark_unchanged();
    let db = rusqlite::Connection::open(place.path().join("hookbell.db")).unwrap();
    db.execute("INSERT INTO setting (key, value) VALUES ('port', '1')", []).unwrap();
    tokio::time::timeout(Duration::from_secs(10), changes.changed()).await.unwrap().unwrap();
    assert_eq!(place.store.setting::<u16>("port").await.unwrap(), Some(1));
}

#[tokio::test]
async fn stores_that_write_at_once_lose_and_repeat_nothing() {
    let place = Place::new();
    let other = open(place.path());
    let writes = (0..400).map(|number| {
        let store = if number % 2 == 0 { place.store.clone() } else { other.clone() };
        // Each event is sent twice, once through each store.
        tokio::spawn(async move { store.insert(new_event(&(number / 2).to_string(), "{}")).await.unwrap().new })
    });
    let mut new = 0;
    for write in writes.collect::<Vec<_>>() {
        new += usize::from(write.await.unwrap());
    }
    assert_eq!(new, 200);
    assert_eq!(inbox(&other).await.len(), 200);
    assert_eq!(place.store.unread().await.unwrap(), 200);
}
