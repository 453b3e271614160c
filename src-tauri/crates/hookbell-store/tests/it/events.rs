//! Storing events: once each, byte for byte, whatever happens afterwards.

use hookbell_core::{
    Event, EventFilter, EventId, EventPlace,
    words::{Description, Importance},
};
use hookbell_store::{Inserted, NewEvent, Redescription, Source, StoredArrival, Tally};

use crate::{Insert, Place, filtered, ids, inbox, new_event, now, open, through, webhook, words};

#[tokio::test]
async fn an_event_comes_back_as_it_went_in() {
    let Place { store, dir: _dir } = Place::new();
    let new = new_event("a", "{}");
    let Inserted { seq, .. } = store.insert(new.clone()).await.unwrap();
    let event = store.event(seq).await.unwrap().unwrap();
    let NewEvent { delivery, event: read, description, .. } = new;
    assert_eq!((event.webhook, event.id, event.kind), (delivery.webhook, read.id.clone(), read.kind()));
    assert_eq!((event.type_name, event.instance), (read.type_name, read.instance));
    assert_eq!((event.from, event.to), (read.from, read.to));
    assert_eq!((event.timestamp, event.timestamp_text), (read.timestamp, read.timestamp_text));
    let words = Description { title: event.title, sentence: event.sentence, importance: event.importance };
    assert_eq!(words, description);
    assert_eq!((event.received_at, event.source, event.deliveries), (now(), Source::Delivered, 1));
    assert_eq!((event.read, event.archived, event.notified_at, event.details), (false, false, None, None));
    assert_eq!(event.webhook_name, None);
    assert_eq!(store.event(seq + 1).await.unwrap(), None);
    assert_eq!(store.body(seq + 1).await.unwrap(), None);
}

#[tokio::test]
async fn missing_parts_and_odd_times_are_kept() {
    let Place { store, dir: _dir } = Place::new();
    let event = Event {
        id: EventId::new("a").unwrap(),
        timestamp: Some("9999-12-30T22:00:00.999999999Z".parse().unwrap()),
        ..Event::read(b"")
    };
    let bare = NewEvent { event, description: words("nul \0 and \u{202e}", ""), ..new_event("a", "") };
    let seq = store.insert(bare.clone()).await.unwrap().seq;
    let event = store.event(seq).await.unwrap().unwrap();
    assert_eq!((event.type_name, event.instance, event.from, event.to), (None, None, None, None));
    assert_eq!((event.timestamp, event.title), (bare.event.timestamp, bare.description.title));
    assert_eq!(store.body(seq).await.unwrap(), Some(vec![]));
}

#[tokio::test]
async fn the_same_event_again_is_counted_and_not_kept_twice() {
    let Place { store, dir: _dir } = Place::new();
    let first = store.insert(new_event("a", "{}")).await.unwrap();
    assert_eq!(first, Inserted { seq: first.seq, new: true, deliveries: 1 });
    for deliveries in 2..5 {
        let again = store.insert(new_event("a", "{}")).await.unwrap();
        assert_eq!(again, Inserted { seq: first.seq, new: false, deliveries });
    }
    assert_eq!(inbox(&store).await, ["a"]);
    assert_eq!(store.unread().await.unwrap(), 1);
    assert_eq!(store.arrivals(first.seq).await.unwrap().len(), 4);
}

#[tokio::test]
async fn the_same_id_of_another_webhook_is_another_event() {
    let Place { store, dir: _dir } = Place::new();
    let one = store.insert(new_event("a", "1")).await.unwrap();
    let other = store.insert(through("x", new_event("a", "2"))).await.unwrap();
    assert!(other.new && other.seq > one.seq);
    let found = store.find(&EventId::new("a").unwrap()).await.unwrap().unwrap();
    assert_eq!(found.seq, other.seq, "the newest one is found");
    assert_eq!(store.find(&EventId::new("b").unwrap()).await.unwrap(), None);
}

#[tokio::test]
async fn fetching_what_is_there_counts_nothing_and_a_delivery_after_a_fetch_does() {
    let Place { store, dir: _dir } = Place::new();
    let fetched = || NewEvent { source: Source::Fetched, ..new_event("a", "{}") };
    let seq = store.insert(fetched()).await.unwrap().seq;
    assert_eq!(store.insert(fetched()).await.unwrap(), Inserted { seq, new: false, deliveries: 1 });
    assert_eq!(store.insert(new_event("a", "{}")).await.unwrap(), Inserted { seq, new: false, deliveries: 2 });
    let sources: Vec<Source> = store.arrivals(seq).await.unwrap().iter().map(|arrival| arrival.source).collect();
    assert_eq!(sources, [Source::Fetched, Source::Delivered]);
}

#[tokio::test]
async fn a_repetition_with_another_body_keeps_both() {
    let Place { store, dir: _dir } = Place::new();
    let seq = store.insert(new_event("a", "first")).await.unwrap().seq;
    store.insert(new_event("a", "first")).await.unwrap();
    store.insert(new_event("a", "second")).await.unwrap();
    let arrival = |other_body| StoredArrival { received_at: now(), source: Source::Delivered, other_body };
    let expected = [arrival(None), arrival(None), arrival(Some(b"second".to_vec()))];
    assert_eq!(store.arrivals(seq).await.unwrap(), expected);
    assert_eq!(store.body(seq).await.unwrap().unwrap(), b"first");
    assert_eq!(store.arrivals(99).await.unwrap(), []);
}

#[tokio::test]
async fn bodies_of_any_bytes_survive_a_restart() {
    let place = Place::new();
    let every_byte: Vec<u8> = (0..=255).collect();
    let bodies =
        [vec![], b"\0".to_vec(), b"\xff\xfe not text \xc3\x28".to_vec(), every_byte.clone(), every_byte.repeat(4096)];
    let mut kept = Vec::new();
    for (number, body) in bodies.iter().enumerate() {
        kept.push((place.store.insert(new_event(&number.to_string(), body.clone())).await.unwrap().seq, body));
    }
    let place = place.restarted().await;
    for (seq, body) in kept {
        assert_eq!(place.store.body(seq).await.unwrap().as_ref(), Some(body));
    }
}

#[tokio::test]
async fn what_was_answered_is_on_disk_without_any_closing() {
    let place = Place::new();
    let seq = place.store.insert(new_event("a", "{}")).await.unwrap().seq;
    // What a killed process leaves behind: the files as they are right now.
    let copy = tempfile::tempdir().unwrap();
    for name in ["hookbell.db", "hookbell.db-wal"] {
        std::fs::copy(place.path().join(name), copy.path().join(name)).unwrap();
    }
    assert_eq!(open(copy.path()).body(seq).await.unwrap().unwrap(), b"{}");
}

#[tokio::test]
async fn read_and_archived_move_the_filters_and_the_count() {
    let Place { store, dir: _dir } = Place::new();
    let mut seqs = Vec::new();
    for id in ["a", "b", "c"] {
        let importance = if id == "b" { Importance::NeedsYou } else { Importance::Info };
        let mut new = new_event(id, "{}");
        new.description.importance = importance;
        seqs.push(store.insert(new).await.unwrap().seq);
    }
    assert_eq!(store.unread().await.unwrap(), 3);
    assert_eq!(store.set_read(vec![seqs[0], seqs[0], 999], true).await.unwrap(), 1);
    assert_eq!(filtered(&store, crate::unread()).await, ["c", "b"]);
    assert_eq!(filtered(&store, crate::needs_you()).await, ["b"]);
    assert_eq!(store.set_archived(vec![seqs[1]], true).await.unwrap(), 1);
    assert_eq!(store.unread().await.unwrap(), 1, "what was put away does not count as unread");
    assert_eq!(filtered(&store, crate::needs_you()).await, [""; 0]);
    assert_eq!(filtered(&store, crate::within(EventPlace::Archive)).await, ["b"]);
    assert_eq!(filtered(&store, EventFilter::default()).await, ["c", "a"]);
    assert_eq!(filtered(&store, crate::within(EventPlace::Everywhere)).await, ["c", "b", "a"]);
    store.set_archived(vec![seqs[1]], false).await.unwrap();
    store.set_read(vec![seqs[0]], false).await.unwrap();
    assert_eq!(store.unread().await.unwrap(), 3);
}

#[tokio::test]
async fn marks_all_of_many_as_read() {
    let Place { store, dir: _dir } = Place::new();
    let inserts = (0..900).map(|number| store.insert(new_event(&number.to_string(), "{}")));
    for batch in inserts.collect::<Vec<_>>() {
        batch.await.unwrap();
    }
    let mut marked = store.mark_all_read().await.unwrap();
    marked.sort_unstable();
    assert_eq!(marked, (1..=900).collect::<Vec<_>>());
    assert_eq!(store.unread().await.unwrap(), 0);
    assert_eq!(store.mark_all_read().await.unwrap(), [0; 0]);
}

#[tokio::test]
async fn exactly_one_caller_gets_to_notify() {
    let place = Place::new();
    let other = open(place.path());
    let seq = place.store.insert(new_event("a", "{}")).await.unwrap().seq;
    let claims = (0..20).map(|number| {
        let store = if number % 2 == 0 { place.store.clone() } else { other.clone() };
        tokio::spawn(async move { store.claim_notification(seq, now()).await.unwrap() })
    });
    let mut claimed = 0;
    for claim in claims.collect::<Vec<_>>() {
        claimed += usize::from(claim.await.unwrap());
    }
    assert_eq!(claimed, 1);
    assert_eq!(other.event(seq).await.unwrap().unwrap().notified_at, Some(now()));
    assert_eq!(other.unnotified(9).await.unwrap(), []);
    place.store.release_notification(seq).await.unwrap();
    assert_eq!(other.unnotified(9).await.unwrap().len(), 1);
    assert!(other.claim_notification(seq, now()).await.unwrap());
    assert!(!other.claim_notification(seq + 1, now()).await.unwrap(), "no event, no claim");
}

#[tokio::test]
async fn better_words_replace_the_first_ones() {
    let Place { store, dir: _dir } = Place::new();
    let seq = store.insert(new_event("a", "{}")).await.unwrap().seq;
    let words = Redescription {
        title: "Backyard Birds 3.2 was rejected".into(),
        sentence: "Build 42 needs changes".into(),
        importance: Importance::NeedsYou,
        details: Some(serde_json::json!({ "app": "Backyard Birds" })),
    };
    assert!(store.redescribe(seq, words.clone()).await.unwrap());
    let event = store.event(seq).await.unwrap().unwrap();
    assert_eq!(
        (event.title, event.sentence, event.importance),
        (words.title.clone(), words.sentence.clone(), words.importance)
    );
    assert_eq!(event.details, words.details);
    assert_eq!(filtered(&store, crate::needs_you()).await, ["a"]);
    assert!(!store.redescribe(seq + 1, words).await.unwrap());
}

#[tokio::test]
async fn events_are_followed_in_their_order_and_counted_by_webhook() {
    let Place { store, dir: _dir } = Place::new();
    assert_eq!(store.last_seq().await.unwrap(), 0);
    assert_eq!(store.tally(&webhook("w")).await.unwrap(), Tally { events: 0, last: None });
    for id in ["a", "b", "c"] {
        store.insert(new_event(id, "{}")).await.unwrap();
    }
    store.insert(through("x", new_event("d", "{}"))).await.unwrap();
    assert_eq!(store.last_seq().await.unwrap(), 4);
    assert_eq!(ids(&store.after(1, 2).await.unwrap()), ["b", "c"]);
    assert_eq!(ids(&store.after(4, 2).await.unwrap()), [""; 0]);
    let tally = store.tally(&webhook("w")).await.unwrap();
    assert_eq!((tally.events, tally.last.unwrap().id.as_str()), (3, "c"));
}
