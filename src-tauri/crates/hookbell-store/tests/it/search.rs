//! Searching: the same hits before and after indexing, and no input that fails.

use hookbell_core::words::Importance;
use hookbell_store::{EventQuery, NewEvent, Redescription, Store};

use crate::{Insert, Place, crowd, inbox, new_event, shown, until, wordless, words};

/// Events indexed per batch.
const BATCH_EVENTS: usize = 256;

async fn hits(store: &Store, text: &str) -> Vec<String> {
    shown(store, EventQuery { filter: crate::search(text), limit: 500, ..EventQuery::default() }).await
}

async fn filled() -> Place {
    let place = Place::new();
    let event = |id: &str, title: &str, sentence: &str, body: &str| NewEvent {
        description: words(title, sentence),
        ..new_event(id, body)
    };
    let events = [
        event(
            "rejected",
            "Rejected",
            "Build 42 needs changes",
            r#"{"data":{"type":"appStoreVersions","id":"6748-AF"}}"#,
        ),
        event("review", "In review", "Apple is looking at it", r#"{"newValue":"IN_BETA_REVIEW"}"#),
        event("ready", "Fertig für den Verkauf 🎉", "審査中", "\"C'est l'été\""),
    ];
    for event in events {
        place.store.insert(event).await.unwrap();
    }
    place
}

async fn finds_what_it_should(store: &Store) {
    for (text, expected) in [
        ("rejected", &["rejected"][..]),
        ("REJ", &["rejected"]),
        ("changes build", &["rejected"]),
        ("42 nee", &["rejected"]),
        ("nee 42", &[]),
        ("ejected", &[]),
        ("appStoreVersions", &["rejected"]),
        ("appstorevers", &["rejected"]),
        ("store", &["rejected"]),
        ("storeVersion", &["rejected"]),
        ("6748-af", &["rejected"]),
        ("in_beta_review", &["review"]),
        ("review", &["review"]),
        ("re", &["review", "rejected"]),
        ("FÜR", &["ready"]),
        ("été", &["ready"]),
        ("審", &["ready"]),
        ("査中", &["ready"]),
        ("🎉", &["ready"]),
        ("🐛", &[]),
        ("rejected OR review", &[]),
        ("\"rejected\"", &["rejected"]),
        ("(rejected", &["rejected"]),
        ("reject*", &["rejected"]),
        ("title:rejected", &[]),
    ] {
        assert_eq!(hits(store, text).await, expected, "{text}");
    }
}

#[tokio::test]
async fn finds_words_in_title_sentence_and_payload_before_and_after_indexing() {
    let place = filled().await;
    finds_what_it_should(&place.store).await;
    crowd(&place.store).await;
    finds_what_it_should(&place.store).await;
    let place = place.restarted().await;
    finds_what_it_should(&place.store).await;
}

#[tokio::test]
async fn an_event_with_an_empty_body_is_found_by_its_words_and_hinders_no_search() {
    let place = filled().await;
    let empty = NewEvent { description: words("Hollow", "There is nothing in it"), ..new_event("empty", "") };
    place.store.insert(empty).await.unwrap();
    for _ in 0..2 {
        assert_eq!(hits(&place.store, "hollow").await, ["empty"]);
        assert_eq!(hits(&place.store, "rejected").await, ["rejected"]);
        place.store.index_now().await.unwrap();
    }
}

#[tokio::test]
async fn no_input_fails_and_a_text_without_words_shows_everything() {
    let place = filled().await;
    crowd(&place.store).await;
    place.store.insert(new_event("new", "{}")).await.unwrap();
    let everything = inbox(&place.store).await;
    for text in ["", " ", "\"", "'", "*", "\"\"", "()", "-", "^", ":", "\0", "\\", "%", "--", ";", "+ *"] {
        assert_eq!(hits(&place.store, text).await, everything, "{text:?}");
    }
    let many_words = "w ".repeat(5_000);
    let long_word = "x".repeat(100_000);
    for text in [
        "NEAR(a b, 2)",
        "a AND",
        "OR",
        "NOT a",
        "a NOT",
        "{a b}: c",
        "words : a",
        "a\0b",
        "\u{202e}abc",
        "a\"b",
        "ſ İ ŉ",
        "👩‍👩‍👧‍👦",
        "a\u{301}",
        "\u{feff}",
        "हिन्दी",
        "ქართული",
        "\u{10ffff}",
        "'; DROP TABLE event; --",
        &many_words,
        &long_word,
    ] {
        let _any = hits(&place.store, text).await;
    }
    assert_eq!(inbox(&place.store).await, everything);
}

#[tokio::test]
async fn every_text_finds_itself_before_and_after_indexing() {
    let texts =
        ["ſ İ ŉ", "a\u{301}b", "हिन्दी", "ქართული ᲥᲐ", "ⒶⒷ ﬁ ß ẞ", "ñandú x́", "ΌΣΟΣ", "ꟿ Ꞓ 𞤀 𞤢", "iPhone15,2", "x\0y"];
    let place = Place::new();
    for text in texts {
        place
            .store
            .insert(NewEvent { description: words(text, "-"), ..new_event(text.replace('\0', "0").as_str(), "{}") })
            .await
            .unwrap();
    }
    for _before_and_after in 0..2 {
        for text in texts {
            let expected = text.replace('\0', "0");
            assert!(hits(&place.store, text).await.contains(&expected), "{text:?}");
        }
        crowd(&place.store).await;
    }
}

#[tokio::test]
async fn common_words_rare_words_and_many_completions() {
    let place = Place::new();
    for number in 0..600 {
        place.store.insert(new_event(&number.to_string(), format!("common word{number:03}"))).await.unwrap();
    }
    crowd(&place.store).await;
    assert_eq!(hits(&place.store, "common").await.len(), 500, "as many as a page holds");
    assert_eq!(hits(&place.store, "commo").await.first().unwrap(), "599", "newest first");
    assert_eq!(hits(&place.store, "word012").await, ["12"]);
    assert_eq!(hits(&place.store, "common word01").await.len(), 10);
    assert_eq!(hits(&place.store, "word").await.len(), 500, "more completions than are listed one by one");
    assert_eq!(hits(&place.store, "word word012").await, [""; 0], "only the last word may be a beginning");
}

#[tokio::test]
async fn a_new_description_is_found_and_the_old_one_is_not() {
    let place = filled().await;
    let words = |title: &str| Redescription {
        title: title.into(),
        sentence: String::new(),
        importance: Importance::Info,
        details: None,
    };
    place.store.redescribe(1, words("Zebra")).await.unwrap();
    assert_eq!(hits(&place.store, "zebra").await, ["rejected"]);
    crowd(&place.store).await;
    assert_eq!(hits(&place.store, "zebra").await, ["rejected"]);
    place.store.redescribe(1, words("Quagga")).await.unwrap();
    assert_eq!(hits(&place.store, "quagga").await, ["rejected"]);
    assert_eq!(hits(&place.store, "zebra").await, [""; 0]);
    assert_eq!(hits(&place.store, "6748").await, ["rejected"], "the payload is still found");
}

#[tokio::test]
async fn what_comes_after_the_last_indexing_is_found_before_what_was_indexed() {
    let place = filled().await;
    crowd(&place.store).await;
    place.store.insert(new_event("late", "rejected, too")).await.unwrap();
    assert_eq!(hits(&place.store, "rejected").await, ["late", "rejected"]);
    place.store.keep_events(wordless(BATCH_EVENTS, "later")).await.unwrap();
    until("an idle moment indexes it with the others", async || {
        let db = rusqlite::Connection::open(place.path().join("hookbell.db")).unwrap();
        let indexed = "SELECT search_mark.seq >= event.seq FROM search_mark, event WHERE event_id = 'late'";
        db.query_row(indexed, [], |row| row.get(0)).unwrap()
    })
    .await;
    assert_eq!(hits(&place.store, "rejected").await, ["late", "rejected"]);
}
