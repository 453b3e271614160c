//! Deleting events and feedback: what else is deleted, what stays, and that no file contains their words afterwards.

use std::{collections::HashSet, fs, path::Path};

use hookbell_core::{AccountId, AppId, EventId, EventType, FeedbackKind, ReceivedDelivery, words::Importance};
use hookbell_store::{
    AppleWebhook, Bounds, EventQuery, FailedDelivery, FeedbackSubmission, FileUse, KeptFile, NewEvent, NewFeedback,
    NewPicture, NewWebhook, Origin, Redescription, Source, Store, StoredAccount, Traces, Which,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::{Insert, Place, crowd, inbox, new_event, now, of_type, open, shown, webhook, words};

/// Words found nowhere else. Their first letters differ, so that the index can't abbreviate one by another.
const WORDS: [&str; 4] = ["quixotrypanite", "zwiebelfischlein", "jabberwockiana", "vlinderhoutsnede"];

fn until() -> Timestamp {
    now() + SignedDuration::from_hours(24 * 30)
}

fn all() -> Bounds {
    Bounds::default()
}

/// How often the bytes occur in each file of a directory.
fn found(dir: &Path, word: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap_or_default().to_ascii_lowercase();
        let count = bytes.windows(word.len()).filter(|window| *window == word.as_bytes()).count();
        if count > 0 {
            found.push((path.file_name().unwrap().to_string_lossy().into_owned(), count));
        }
    }
    found
}

fn nothing_left(dir: &Path) {
    for word in WORDS {
        assert_eq!(found(dir, word), [], "{word}");
    }
}

/// An event with one of the words in its title, one in its sentence and one in its body.
fn wordy(id: &str) -> NewEvent {
    let [title, sentence, body, _] = WORDS;
    NewEvent {
        description: words(&format!("About {title}"), &format!("It says {sentence}")),
        ..new_event(id, format!("{{\"text\":\"{body}\"}}"))
    }
}

async fn search(store: &Store, words: &str) -> Vec<String> {
    shown(store, EventQuery { filter: crate::search(words), limit: 9, ..EventQuery::default() }).await
}

fn feedback(id: &str, app: &str, sent_at: Timestamp) -> NewFeedback {
    let submission = FeedbackSubmission {
        id: id.to_owned(),
        kind: FeedbackKind::Screenshot,
        account: Some(AccountId::new("one").unwrap()),
        app: Some(app.to_owned()),
        app_name: Some(format!("App {app}")),
        build_id: None,
        version: None,
        build: None,
        sent_at,
        tester: Some(WORDS[0].to_owned()),
        comment: Some(WORDS[1].to_owned()),
        device: None,
        facts: json!({ "email": WORDS[2] }),
    };
    NewFeedback {
        submission,
        pictures: vec![NewPicture { width: None, height: None }],
        log: false,
        fetch_at: Some(now()),
    }
}

/// An event that reported a feedback item.
fn tells_of(feedback: &str) -> NewEvent {
    let wordy = wordy(&format!("tells of {feedback}"));
    let mut new = of_type(EventType::BetaFeedbackScreenshotSubmissionCreated, wordy);
    let kind = "betaFeedbackScreenshotSubmissions".into();
    new.event.instance = Some(hookbell_core::Instance { kind, id: feedback.into() });
    new
}

#[tokio::test]
async fn what_is_deleted_is_in_no_file_afterwards() {
    let place = Place::new();
    let store = &place.store;
    crowd(store).await;
    let seq = store.insert(wordy("gone")).await.unwrap().seq;
    store.index_now().await.unwrap();
    // Moves it within the file: more words are added, and another body arrives.
    let words = Redescription {
        title: format!("Again {}", WORDS[0]),
        sentence: WORDS[1].repeat(20),
        importance: Importance::Info,
        details: Some(json!({ "comment": format!("{} {}", WORDS[3], "and more ".repeat(100)) })),
    };
    store.redescribe(seq, words).await.unwrap();
    let mut again = wordy("gone");
    again.delivery.body = WORDS[2].into();
    store.insert(again).await.unwrap();
    store.insert(new_event("stays", "{}")).await.unwrap();
    for word in WORDS {
        assert_ne!(found(place.path(), word), [], "{word} is there before");
    }
    assert_eq!(search(store, WORDS[0]).await, ["gone"]);

    assert_eq!(store.delete_events(Which::These(vec![seq]), until()).await.unwrap(), 1);
    assert_eq!(store.remove_traces().await.unwrap(), Traces::Gone);
    nothing_left(place.path());
    assert_eq!(search(store, WORDS[0]).await, [""; 0]);
    assert_eq!(store.event(seq).await.unwrap(), None);
    assert_eq!(store.body(seq).await.unwrap(), None);
    assert_eq!(store.arrivals(seq).await.unwrap(), []);
    assert_eq!(inbox(store).await[0], "stays");
    assert_eq!(search(store, "reviewed OR stays").await, [""; 0], "the index still answers");
    let Place { store, dir } = place.restarted().await;
    nothing_left(dir.path());
    assert_eq!(inbox(&store).await[0], "stays");
}

#[tokio::test]
async fn what_came_under_load_leaves_no_copy_where_it_waited() {
    let place = Place::new();
    let body = |number: usize| format!("{{\"data\":{{\"id\":\"{number}\",\"text\":\"{}\"}}}}", WORDS[2]);
    let load = (0..200).map(|number| {
        let store = place.store.clone();
        let body = body(number).into_bytes();
        let delivery = ReceivedDelivery { webhook: webhook("w"), body, received_at: now(), signature: None };
        tokio::spawn(async move { store.keep_delivery(delivery).await.unwrap() })
    });
    for kept in load.collect::<Vec<_>>() {
        kept.await.unwrap();
    }
    assert_ne!(found(place.path(), WORDS[2]), []);
    assert_eq!(place.store.delete_events(Which::Within(all()), until()).await.unwrap(), 200);
    assert_eq!(place.store.remove_traces().await.unwrap(), Traces::Gone);
    nothing_left(place.path());
    assert_eq!(place.store.unread().await.unwrap(), 0);
}

#[tokio::test]
async fn traces_that_were_left_go_when_the_store_is_next_opened() {
    let place = Place::new();
    crowd(&place.store).await;
    let seq = place.store.insert(wordy("gone")).await.unwrap().seq;
    place.store.index_now().await.unwrap();
    place.store.delete_events(Which::These(vec![seq]), until()).await.unwrap();
    assert_ne!(found(place.path(), WORDS[0]), [], "as after a crash right behind the deletion");
    let place = place.restarted().await;
    nothing_left(place.path());
}

#[tokio::test]
async fn a_large_database_is_written_anew_at_the_next_start_and_says_so() {
    let place = Place::new();
    for number in 0..66 {
        place.store.insert(new_event(&number.to_string(), vec![b' '; 1 << 20])).await.unwrap();
    }
    let seq = place.store.insert(wordy("gone")).await.unwrap().seq;
    place.store.index_now().await.unwrap();
    let going = place.store.going(Some(Which::These(vec![seq])), None).await.unwrap();
    assert!(going.leaves_traces, "said before it is done");
    place.store.delete_events(Which::These(vec![seq]), until()).await.unwrap();
    assert_eq!(place.store.remove_traces().await.unwrap(), Traces::UntilNextStart);
    assert!(place.store.insert(new_event("next", "{}")).await.unwrap().new, "writing goes on");
    let place = place.restarted().await;
    nothing_left(place.path());
    assert_eq!(inbox(&place.store).await.len(), 67);
}

#[tokio::test]
async fn a_deleted_event_does_not_come_back_until_its_mark_is_forgotten() {
    let Place { store, dir: _dir } = Place::new();
    let seq = store.insert(new_event("gone", "{}")).await.unwrap().seq;
    store.delete_events(Which::These(vec![seq]), until()).await.unwrap();
    let again = store.insert(new_event("gone", "{}")).await.unwrap();
    assert_eq!((again.seq, again.new, again.deliveries), (0, false, 0));
    let fetched = NewEvent { source: Source::Fetched, ..new_event("gone", "{}") };
    assert_eq!(store.keep_events(vec![fetched]).await.unwrap().iter().filter(|kept| kept.new).count(), 0);
    let id = EventId::new("gone").unwrap();
    assert_eq!(store.unknown_events(&webhook("w"), HashSet::from([id])).await.unwrap(), HashSet::new());
    assert_eq!(inbox(&store).await, [""; 0]);
    let elsewhere = crate::through("v", new_event("gone", "{}"));
    assert!(store.insert(elsewhere).await.unwrap().new, "the same event of another webhook is another one");

    store.forget_deleted(until()).await.unwrap();
    assert!(!store.insert(new_event("gone", "{}")).await.unwrap().new, "the time is not over yet");
    store.forget_deleted(until() + SignedDuration::from_secs(1)).await.unwrap();
    assert!(store.insert(new_event("gone", "{}")).await.unwrap().new);
}

#[tokio::test]
async fn a_number_is_never_given_twice() {
    let place = Place::new();
    let first = place.store.insert(new_event("a", "{}")).await.unwrap().seq;
    let second = place.store.insert(new_event("b", "{}")).await.unwrap().seq;
    place.store.delete_events(Which::These(vec![second]), until()).await.unwrap();
    let place = place.restarted().await;
    let third = place.store.insert(new_event("c", "{\"word\":\"findable\"}")).await.unwrap().seq;
    assert!(first < second && second < third, "{first} {second} {third}");
    place.store.index_now().await.unwrap();
    assert_eq!(search(&place.store, "findable").await, ["c"]);
}

#[tokio::test]
async fn the_unread_count_follows_a_deletion() {
    let Place { store, dir: _dir } = Place::new();
    let mut seqs = Vec::new();
    for id in ["read", "unread", "archived"] {
        seqs.push(store.insert(new_event(id, "{}")).await.unwrap().seq);
    }
    store.set_read(vec![seqs[0]], true).await.unwrap();
    store.set_archived(vec![seqs[2]], true).await.unwrap();
    assert_eq!(store.unread().await.unwrap(), 1);
    store.delete_events(Which::These(vec![seqs[0], seqs[2]]), until()).await.unwrap();
    assert_eq!(store.unread().await.unwrap(), 1);
    store.delete_events(Which::These(vec![seqs[1], seqs[1], 99]), until()).await.unwrap();
    assert_eq!(store.unread().await.unwrap(), 0);
}

/// Two accounts with a webhook and an app each, and a webhook without an account.
async fn two_accounts(store: &Store) {
    for (name, app) in [("one", "11"), ("two", "22")] {
        let account = StoredAccount {
            id: AccountId::new(name).unwrap(),
            name: name.to_owned(),
            key_id: hookbell_core::KeyId::new("KEY").unwrap(),
            issuer_id: None,
            base_url: "https://api.appstoreconnect.apple.com".to_owned(),
            created_at: now(),
        };
        store.add_account(account).await.unwrap();
        let new = NewWebhook {
            id: webhook(&format!("w-{name}")),
            name: name.to_owned(),
            token: name.to_owned(),
            origin: Origin::Account,
            created_at: now(),
        };
        let apple = AppleWebhook {
            webhook: new.id.clone(),
            account: Some(AccountId::new(name).unwrap()),
            app: AppId::new(app).unwrap(),
            apple: None,
        };
        store.add_apple_webhook(new, apple).await.unwrap();
    }
}

fn through(webhook_id: &str, id: &str, hours_ago: i64) -> NewEvent {
    let received_at = now() - SignedDuration::from_hours(hours_ago);
    crate::received_at(received_at, crate::through(webhook_id, new_event(id, "{\"a\":1}")))
}

#[tokio::test]
async fn bounds_choose_by_account_app_and_time_and_say_first_what_goes() {
    let Place { store, dir: _dir } = Place::new();
    two_accounts(&store).await;
    store.insert(through("w-one", "one old", 48)).await.unwrap();
    store.insert(through("w-one", "one new", 0)).await.unwrap();
    store.insert(through("w-two", "two", 0)).await.unwrap();
    let local = store.insert(through("local", "local", 72)).await.unwrap().seq;
    let about = Redescription {
        title: "-".into(),
        sentence: "-".into(),
        importance: Importance::Info,
        details: Some(json!({ "app": { "id": "11", "name": "Birds" } })),
    };
    store.redescribe(local, about).await.unwrap();

    let one = Bounds { account: Some(AccountId::new("one").unwrap()), ..all() };
    let going = store.going(Some(Which::Within(one.clone())), None).await.unwrap();
    assert_eq!((going.events, going.body_bytes), (2, 14));
    assert_eq!((going.oldest, going.newest), (Some(now() - SignedDuration::from_hours(48)), Some(now())));
    let app = Bounds { app: Some(AppId::new("11").unwrap()), ..all() };
    let going = store.going(Some(Which::Within(app.clone())), None).await.unwrap();
    assert_eq!((going.events, going.apps), (3, vec![(AppId::new("11").unwrap(), Some("Birds".to_owned()))]));
    let before = Bounds { before: Some(now() - SignedDuration::from_hours(1)), ..all() };
    assert_eq!(store.going(Some(Which::Within(before.clone())), None).await.unwrap().events, 2);
    let both = Bounds { before: before.before, ..one.clone() };
    assert_eq!(store.delete_events(Which::Within(both), until()).await.unwrap(), 1);
    assert_eq!(inbox(&store).await, ["local", "two", "one new"]);
    assert_eq!(store.delete_events(Which::Within(before), until()).await.unwrap(), 1);
    assert_eq!(store.delete_events(Which::Within(app), until()).await.unwrap(), 1);
    assert_eq!(inbox(&store).await, ["two"]);
    assert_eq!(store.going(Some(Which::Within(one)), None).await.unwrap(), hookbell_store::Going::default());
}

#[tokio::test]
async fn what_was_noted_of_failed_deliveries_goes_with_its_event_and_its_account() {
    let Place { store, dir: _dir } = Place::new();
    two_accounts(&store).await;
    let failed = |webhook_id: &str, delivery: &str, event: Option<&str>| FailedDelivery {
        webhook: webhook(webhook_id),
        delivery: hookbell_core::DeliveryId::new(delivery).unwrap(),
        event: event.map(|event| EventId::new(event).unwrap()),
        at: now(),
        reason: "503".to_owned(),
    };
    let seq = store.insert(through("w-one", "a", 0)).await.unwrap().seq;
    let notes = vec![failed("w-one", "1", Some("a")), failed("w-one", "2", None), failed("w-two", "3", None)];
    store.note_failures(notes, now()).await.unwrap();
    store.delete_events(Which::These(vec![seq]), until()).await.unwrap();
    assert_eq!(store.failures_since(Timestamp::UNIX_EPOCH).await.unwrap().len(), 2);
    let one = Bounds { account: Some(AccountId::new("one").unwrap()), ..all() };
    store.delete_events(Which::Within(one), until()).await.unwrap();
    let left = store.failures_since(Timestamp::UNIX_EPOCH).await.unwrap();
    assert_eq!(left.iter().map(|one| one.webhook.as_str()).collect::<Vec<_>>(), ["w-two"]);
}

#[tokio::test]
async fn deleted_feedback_takes_its_files_and_the_events_that_told_of_it_and_stays_away() {
    let place = Place::new();
    let store = &place.store;
    let long_ago = now() - SignedDuration::from_hours(24 * 100);
    store.put_feedback(vec![feedback("f", "11", long_ago), feedback("g", "22", now())]).await.unwrap();
    let told = store.insert(tells_of("f")).await.unwrap().seq;
    store.insert(new_event("stays", "{}")).await.unwrap();
    store.index_now().await.unwrap();
    let file = store.feedback_files("f").await.unwrap().remove(0);
    let kept = KeptFile {
        name: "f.png".to_owned(),
        kind: "png".to_owned(),
        width: None,
        height: None,
        bytes: 100,
        thumbnail: Some(("f-small.jpg".to_owned(), 20)),
    };
    assert!(store.keep_file(file.id, kept.clone()).await.unwrap());

    let old = Which::Within(Bounds { before: Some(now()), ..all() });
    let going = store.going(None, Some(old.clone())).await.unwrap();
    assert_eq!((going.feedback, going.events, going.files), (1, 1, FileUse { files: 1, bytes: 120 }));
    assert_eq!(going.apps, [(AppId::new("11").unwrap(), Some("App 11".to_owned()))]);
    let both = store.going(Some(Which::Within(all())), Some(Which::Within(all()))).await.unwrap();
    assert_eq!((both.feedback, both.events), (2, 2), "an event that told of feedback counts once");
    let deleted = store.delete_feedback(old, until()).await.unwrap();
    assert_eq!((deleted.feedback, deleted.events), (1, 1));
    assert_eq!(deleted.files, ["f.png", "f-small.jpg"]);
    assert_eq!(store.event(told).await.unwrap(), None);
    assert_eq!(store.feedback("f").await.unwrap(), None);
    assert!(store.feedback("g").await.unwrap().is_some());
    assert!(!store.keep_file(file.id, kept).await.unwrap(), "a download under way is not kept");

    assert_eq!(store.put_feedback(vec![feedback("f", "11", long_ago)]).await.unwrap(), 0);
    assert_eq!(store.feedback("f").await.unwrap(), None);
    let rest = store.delete_feedback(Which::These(vec!["g".to_owned(), "f".to_owned()]), until()).await.unwrap();
    assert_eq!(rest.feedback, 1);
    assert_eq!(store.remove_traces().await.unwrap(), Traces::Gone);
    nothing_left(place.path());
    assert_eq!(inbox(store).await, ["stays"]);
}

#[tokio::test]
async fn a_second_process_can_delete_while_the_first_writes() {
    let place = Place::new();
    let other = open(place.path());
    let seq = place.store.insert(wordy("gone")).await.unwrap().seq;
    place.store.index_now().await.unwrap();
    let writing = tokio::spawn({
        let store = place.store.clone();
        async move {
            for number in 0..100 {
                store.insert(new_event(&number.to_string(), "{}")).await.unwrap();
            }
        }
    });
    other.delete_events(Which::These(vec![seq]), until()).await.unwrap();
    writing.await.unwrap();
    assert_eq!(other.remove_traces().await.unwrap(), Traces::Gone);
    nothing_left(place.path());
    assert_eq!(inbox(&place.store).await.len(), 100);
}
