//! Saved views: their names and order, and what another program wrote.

use hookbell_core::{EventFilter, words::Importance};
use hookbell_store::{StoreError, StoredView};
use rusqlite::Connection;

use crate::{Place, until};

fn crashes() -> EventFilter {
    EventFilter { search: "crash".into(), importance: vec![Importance::Bad], ..EventFilter::default() }
}

fn names(views: &[StoredView]) -> Vec<&str> {
    views.iter().map(|view| view.name.as_str()).collect()
}

#[tokio::test]
async fn a_view_keeps_its_filter_and_its_place_over_a_restart() {
    let place = Place::new();
    let first = place.store.add_view("Rejections", &EventFilter::default()).await.unwrap();
    let second = place.store.add_view("Crashes", &crashes()).await.unwrap();
    let third = place.store.add_view("Pings", &EventFilter::default()).await.unwrap();
    place.store.order_views(vec![second, 99, first]).await.unwrap();
    assert!(place.store.change_view(first, Some("Rejected".into()), None).await.unwrap());
    assert!(place.store.change_view(third, None, Some(&crashes())).await.unwrap());
    let place = place.restarted().await;
    let views = place.store.views().await.unwrap();
    assert_eq!(names(&views), ["Crashes", "Rejected", "Pings"]);
    assert_eq!((views[0].filter.clone(), views[2].filter.clone()), (Some(crashes()), Some(crashes())));
    assert!(place.store.remove_view(first).await.unwrap());
    assert!(!place.store.remove_view(first).await.unwrap());
    assert!(!place.store.change_view(first, None, Some(&crashes())).await.unwrap());
    assert!(place.store.add_view("Again", &crashes()).await.unwrap() > third, "an id is never given twice");
}

#[tokio::test]
async fn two_views_never_have_one_name() {
    let place = Place::new();
    let one = place.store.add_view("Crashes", &crashes()).await.unwrap();
    let two = place.store.add_view("Pings", &crashes()).await.unwrap();
    let taken = place.store.add_view("CRASHES", &crashes()).await.unwrap_err();
    assert!(matches!(taken, StoreError::Taken { what: "this name" }), "{taken}");
    assert!(place.store.change_view(two, Some("crashes".into()), None).await.is_err());
    assert!(place.store.change_view(one, Some("CRASHES".into()), None).await.unwrap(), "its own name is free");
}

#[tokio::test]
async fn a_filter_of_a_newer_program_is_a_view_without_one_and_other_processes_see_views() {
    let place = Place::new();
    let other = crate::open(place.path());
    place.store.add_view("Crashes", &crashes()).await.unwrap();
    until("the other process sees the view", || async { other.views().await.unwrap().len() == 1 }).await;
    let db = Connection::open(place.path().join("hookbell.db")).unwrap();
    db.execute("UPDATE saved_view SET filter = '{\"type\":\"ON_THE_MOON\"}'", []).unwrap();
    assert_eq!(place.store.views().await.unwrap()[0].filter, None);
}
