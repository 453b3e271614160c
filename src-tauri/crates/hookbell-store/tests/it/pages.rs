//! Paging: every event once, whatever arrives in the meantime.

use hookbell_core::{EventFilter, EventPlace};
use hookbell_store::{EventQuery, Store};

use crate::{Insert, Place, crowd, ids, new_event, through};

/// Reads to the end in pages of `limit`, inserting between the pages. Returns the ids in the order read.
async fn read_through(store: &Store, mut query: EventQuery) -> Vec<String> {
    let mut seen = Vec::new();
    loop {
        let page = store.page(query.clone()).await.unwrap();
        assert!(page.events.len() <= query.limit as usize);
        seen.extend(ids(&page.events));
        store.insert(new_event(&format!("late {}", seen.len()), "{}")).await.unwrap();
        match page.next {
            Some(next) => query.before = Some(next),
            None => return seen,
        }
    }
}

async fn filled(count: usize) -> Place {
    let place = Place::new();
    for number in 0..count {
        let webhook = if number % 3 == 0 { "w" } else { "x" };
        let event = through(webhook, new_event(&number.to_string(), format!("number{}", number % 2)));
        let seq = place.store.insert(event).await.unwrap().seq;
        if number % 5 == 0 {
            place.store.set_archived(vec![seq], true).await.unwrap();
        }
    }
    place
}

fn expected(count: usize, shown: impl Fn(&usize) -> bool) -> Vec<String> {
    (0..count).rev().filter(shown).map(|number| number.to_string()).collect()
}

#[tokio::test]
async fn no_gaps_and_no_repeats_while_events_arrive() {
    for limit in [1, 7, 39, 40, 500] {
        let place = filled(50).await;
        let query = EventQuery { limit, ..EventQuery::default() };
        assert_eq!(read_through(&place.store, query).await, expected(50, |number| number % 5 != 0));
    }
}

#[tokio::test]
async fn every_place_pages_with_and_without_a_search() {
    let place = filled(40).await;
    crowd(&place.store).await;
    let filters = [
        (EventFilter::default(), false, true),
        (EventFilter { unread: true, ..EventFilter::default() }, false, true),
        (EventFilter { place: EventPlace::Archive, ..EventFilter::default() }, true, false),
        (EventFilter { place: EventPlace::Everywhere, ..EventFilter::default() }, true, true),
    ];
    for (filter, archived, inbox) in filters {
        let kept = |number: &usize| if number.is_multiple_of(5) { archived } else { inbox };
        let filter = EventFilter { search: "number1".into(), ..filter };
        let query = EventQuery { filter: filter.clone(), limit: 3, ..EventQuery::default() };
        let hit = |number: &usize| kept(number) && number % 2 == 1;
        assert_eq!(read_through(&place.store, query).await, expected(40, hit), "{filter:?}");
    }
}

#[tokio::test]
async fn a_page_is_never_empty_nor_endless_by_its_limit() {
    let place = filled(3).await;
    for (limit, len) in [(0, 1), (1, 1), (u32::MAX, 2)] {
        let page = place.store.page(EventQuery { limit, ..EventQuery::default() }).await.unwrap();
        assert_eq!(page.events.len(), len);
    }
    let last = place.store.page(EventQuery { limit: 2, ..EventQuery::default() }).await.unwrap();
    assert_eq!(last.next, None, "a page that is just full is the last one if nothing follows");
}
