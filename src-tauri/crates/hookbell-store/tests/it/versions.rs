//! Databases of older and newer programs.

use hookbell_core::{EventKind, words::Importance};
use hookbell_store::{EventQuery, Store, StoreError, StoredTunnelNews, TunnelNewsKind};
use rusqlite::{Connection, OptionalExtension};
use serde_json::{Value, json};

use crate::{Insert, Place, inbox, new_event, now, open, shown};

fn beside(place: &Place) -> Connection {
    Connection::open(place.path().join("hookbell.db")).unwrap()
}

#[tokio::test]
async fn the_first_version_is_brought_up_with_everything_in_it() {
    let dir = tempfile::tempdir().unwrap();
    let old = Connection::open(dir.path().join("hookbell.db")).unwrap();
    old.execute_batch(include_str!("fixtures/version-1.sql")).unwrap();
    drop(old);
    let store = open(dir.path());
    assert_eq!(inbox(&store).await, ["second", "first"]);
    assert_eq!(store.unread().await.unwrap(), 1);
    let event = store.event(1).await.unwrap().unwrap();
    assert_eq!((event.title.as_str(), event.deliveries, event.read), ("In review", 3, true));
    assert_eq!(store.body(1).await.unwrap().unwrap(), b"{\"data\":{\"id\":\"first\"}}");
    let query = EventQuery { filter: crate::search("rejected"), limit: 9, ..EventQuery::default() };
    assert_eq!(shown(&store, query).await, ["second"]);
    assert!(!store.insert(new_event("first", "{}")).await.unwrap().new);
    assert!(store.insert(new_event("third", "{}")).await.unwrap().new);
}

#[test]
fn what_was_set_one_by_one_stands_in_one_document_afterwards() {
    let cases = [
        (vec![], None),
        (vec![("port", "9000"), ("heal", "true")], Some(json!({ "version": 1, "port": 9000 }))),
        (
            vec![("port", "9000"), ("feedbackRetention", r#"{"days":30,"maxBytes":1073741824}"#)],
            Some(json!({ "version": 1, "port": 9000, "retention": { "days": 30, "maxBytes": 1_073_741_824 } })),
        ),
        (vec![("port", "9000"), ("settings", r#"{"version":2}"#)], Some(json!({ "version": 2 }))),
    ];
    for (rows, document) in cases {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(include_str!("../../migrations/005-setting.sql")).unwrap();
        for (key, value) in &rows {
            db.execute("INSERT INTO setting (key, value) VALUES (?, ?)", [key, value]).unwrap();
        }
        db.execute_batch(include_str!("../../migrations/020-settings.sql")).unwrap();
        let kept = db.query_row("SELECT value FROM setting WHERE key = 'settings'", [], |row| row.get(0)).optional();
        let kept: Option<String> = kept.unwrap();
        assert_eq!(kept.map(|kept| serde_json::from_str::<Value>(&kept).unwrap()), document, "of {rows:?}");
    }
}

#[test]
fn an_issue_that_was_shared_is_in_the_rows_of_all_whose_it_is() {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch("CREATE TABLE feedback (id TEXT PRIMARY KEY, read INTEGER)").unwrap();
    db.execute_batch(include_str!("../../migrations/031-tracker.sql")).unwrap();
    db.execute_batch(
        "INSERT INTO issue (feedback_id, place, id, title) VALUES ('a', 'here', '7', 'It jumps'), ('a', 'there', '9', 'No');
         INSERT INTO issue (feedback_id, place, shared_with) VALUES ('b', 'here', 'a');
         INSERT INTO issue (feedback_id, place) VALUES ('c', 'here')",
    )
    .unwrap();
    db.execute_batch(include_str!("../../migrations/032-shared-issue.sql")).unwrap();
    let issue = |feedback: &str| -> (Option<String>, Option<String>) {
        let sql = "SELECT id, title FROM issue WHERE feedback_id = ? AND place = 'here'";
        db.query_row(sql, [feedback], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
    };
    let shared = (Some("7".to_owned()), Some("It jumps".to_owned()));
    assert_eq!((issue("a"), issue("b"), issue("c")), (shared.clone(), shared, (None, None)));
}

#[tokio::test]
async fn a_word_that_only_a_newer_program_knows_hides_no_event() {
    let place = Place::new();
    let seq = place.store.insert(new_event("a", "{}")).await.unwrap().seq;
    let (at, kind) = (now(), TunnelNewsKind::Up);
    for sentence in ["Up", "Turned around"] {
        place.store.add_tunnel_news(StoredTunnelNews { at, kind, sentence: sentence.into(), count: 0 }).await.unwrap();
    }
    beside(&place)
        .execute_batch(
            "UPDATE event SET kind = 'moon', importance = 'splendid';
             UPDATE tunnel_news SET kind = 'turned' WHERE sentence = 'Turned around'",
        )
        .unwrap();
    let event = place.store.event(seq).await.unwrap().unwrap();
    assert_eq!((event.kind, event.importance), (EventKind::Unknown, Importance::Info));
    let news = place.store.tunnel_news(9).await.unwrap();
    assert_eq!(news.iter().map(|news| news.sentence.as_str()).collect::<Vec<_>>(), ["Up"]);
}

#[tokio::test]
async fn a_newer_database_that_this_program_can_live_with_is_used_and_not_changed() {
    let place = Place::new();
    place.store.insert(new_event("a", "{}")).await.unwrap();
    beside(&place)
        .execute_batch("CREATE TABLE later (x); ALTER TABLE event ADD COLUMN more TEXT; PRAGMA user_version = 99")
        .unwrap();
    let place = place.restarted().await;
    assert!(place.store.insert(new_event("b", "{}")).await.unwrap().new);
    assert_eq!(inbox(&place.store).await, ["b", "a"]);
    let version: u32 = beside(&place).pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, 99);
}

#[tokio::test]
async fn a_newer_database_that_asks_for_a_newer_program_is_refused_and_left_alone() {
    let place = Place::new();
    place.store.insert(new_event("a", "{}")).await.unwrap();
    let db = beside(&place);
    db.execute_batch("UPDATE compatibility SET oldest_program = 98; PRAGMA user_version = 99").unwrap();
    let Place { store, dir } = place;
    store.close().await;
    let error = Store::open(dir.path(), now()).unwrap_err();
    assert!(matches!(error, StoreError::TooNew { found: 99, .. }), "{error}");
    assert_eq!(error.hint(), "update Hookbell", "{error}");
    db.execute_batch("UPDATE compatibility SET oldest_program = 1").unwrap();
    assert_eq!(inbox(&open(dir.path())).await, ["a"]);
}
