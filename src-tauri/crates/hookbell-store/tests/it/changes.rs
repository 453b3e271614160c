//! Several processes on one directory: each sees what the others do.

use std::time::Duration;

use crate::{Insert, Place, inbox, new_event, now, open};

#[tokio::test]
async fn a_store_hears_of_its_own_changes_with_the_answer() {
    let Place { store, dir: _dir } = Place::new();
    let mut changes = store.changes();
    changes.mark_unchanged();
    store.insert(new_event("a", "{}")).await.unwrap();
    assert!(changes.has_changed().unwrap());
    changes.mark_unchanged();
    store.claim_notification(99, now()).await.unwrap();
    assert!(!changes.has_changed().unwrap(), "nothing was changed by that");
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
