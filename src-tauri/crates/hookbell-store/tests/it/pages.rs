//! Paging: every event once, whatever arrives meanwhile.

use hookbell_store::{EventQuery, Filter, NewEvent, Store};

use crate::{Insert, Place, crowd, ids, new_event, webhook};

/// Reads to the end in pages of `limit`, inserting between the pages; the ids as they came.
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
        let webhook = webhook(if number % 3 == 0 { "w" } else { "x" });
        let event = NewEvent { webhook, ..new_event(&number.to_string(), format!("number{}", number % 2)) };
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
async fn every_filter_pages_with_and_without_a_webhook_and_a_search() {
    let place = filled(40).await;
    crowd(&place.store).await;
    let filters = [Filter::All, Filter::Unread, Filter::NeedsYou, Filter::Archived, Filter::Everything];
    for filter in filters {
        let kept = |number: &usize| match filter {
            Filter::All | Filter::Unread => !number.is_multiple_of(5),
            Filter::NeedsYou => false,
            Filter::Archived => number.is_multiple_of(5),
            Filter::Everything => true,
        };
        let query = EventQuery { filter, limit: 3, webhook: Some(webhook("x")), ..EventQuery::default() };
        let of_webhook = |number: &usize| kept(number) && !number.is_multiple_of(3);
        assert_eq!(read_through(&place.store, query.clone()).await, expected(40, of_webhook), "{filter:?}");
        let query = EventQuery { search: Some("number1".into()), ..query };
        let hit = |number: &usize| of_webhook(number) && number % 2 == 1;
        assert_eq!(read_through(&place.store, query.clone()).await, expected(40, hit), "{filter:?}");
        let query = EventQuery { webhook: None, ..query };
        assert_eq!(read_through(&place.store, query).await, expected(40, |n| kept(n) && n % 2 == 1), "{filter:?}");
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
