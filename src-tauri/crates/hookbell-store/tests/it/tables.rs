//! Webhooks, generations of secrets, settings, the listener and refusals.

use hookbell_store::{Generation, Listening, NewWebhook, Origin, Store, StoreError, StoredRefusal, StoredWebhook};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::{Insert, Place, new_event, now, webhook};

fn new_webhook(id: &str, token: &str) -> NewWebhook {
    NewWebhook {
        id: webhook(id),
        name: format!("name of {id}"),
        token: token.into(),
        origin: Origin::Local,
        created_at: now(),
    }
}

fn later(hours: i64) -> Timestamp {
    now() + SignedDuration::from_hours(hours)
}

fn taken<T: std::fmt::Debug>(result: Result<T, StoreError>) -> &'static str {
    match result {
        Err(StoreError::Taken { what }) => what,
        other => panic!("not taken: {other:?}"),
    }
}

#[tokio::test]
async fn a_webhook_is_found_by_id_and_token() {
    let Place { store, dir: _dir } = Place::new();
    store.add_webhook(NewWebhook { created_at: later(1), ..new_webhook("b", "t2") }).await.unwrap();
    store.add_webhook(NewWebhook { origin: Origin::Command, ..new_webhook("a", "t1") }).await.unwrap();
    let names: Vec<StoredWebhook> = store.webhooks().await.unwrap();
    assert_eq!(names.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["a", "b"], "oldest first");
    assert_eq!(names[0].origin, Origin::Command);
    assert_eq!(store.webhook_by_token("t2").await.unwrap().as_ref(), Some(&names[1]));
    assert_eq!(store.webhook(&webhook("a")).await.unwrap().as_ref(), Some(&names[0]));
    assert_eq!(store.webhook_by_token("t3").await.unwrap(), None);
    assert_eq!(store.webhook_by_token("").await.unwrap(), None);
}

#[tokio::test]
async fn ids_and_tokens_are_given_once() {
    let Place { store, dir: _dir } = Place::new();
    store.add_webhook(new_webhook("a", "t1")).await.unwrap();
    assert_eq!(taken(store.add_webhook(new_webhook("a", "t2")).await), "this webhook id");
    assert_eq!(taken(store.add_webhook(new_webhook("b", "t1")).await), "this payload URL");
    assert_eq!(store.webhooks().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_removed_webhook_leaves_its_events_their_name() {
    let Place { store, dir: _dir } = Place::new();
    store.add_webhook(new_webhook("w", "t")).await.unwrap();
    let seq = store.insert(new_event("a", "{}")).await.unwrap().seq;
    assert!(store.rename_webhook(&webhook("w"), "Nightly").await.unwrap());
    assert!(store.remove_webhook(&webhook("w"), now()).await.unwrap());
    assert_eq!(store.event(seq).await.unwrap().unwrap().webhook_name.as_deref(), Some("Nightly"));
    assert_eq!(store.webhooks().await.unwrap(), []);
    assert_eq!(store.webhook(&webhook("w")).await.unwrap(), None);
    assert_eq!(store.webhook_by_token("t").await.unwrap(), None);
    assert!(!store.remove_webhook(&webhook("w"), now()).await.unwrap());
    assert!(!store.rename_webhook(&webhook("w"), "x").await.unwrap());
    store.add_webhook(new_webhook("other", "t")).await.expect("the token is free again");
    store.add_webhook(new_webhook("w", "t2")).await.expect("the webhook can come back");
    assert_eq!(store.event(seq).await.unwrap().unwrap().webhook_name.as_deref(), Some("name of w"));
}

#[tokio::test]
async fn two_secrets_are_valid_while_one_is_rotated() {
    let Place { store, dir: _dir } = Place::new();
    let w = webhook("w");
    assert_eq!(store.current_generation(&w).await.unwrap(), None);
    store.add_generation(&w, 1, now()).await.unwrap();
    store.add_generation(&w, 2, later(24)).await.unwrap();
    assert_eq!(taken(store.add_generation(&w, 2, later(48)).await), "this secret generation");
    let (old, new) =
        (Generation { generation: 1, valid_until: Some(later(24)) }, Generation { generation: 2, valid_until: None });
    assert_eq!(store.generations(&w, later(23)).await.unwrap(), [new, old]);
    assert_eq!(store.generations(&w, later(24)).await.unwrap(), [new]);
    assert_eq!(store.current_generation(&w).await.unwrap(), Some(2));
    assert_eq!(store.expired_generations(later(23)).await.unwrap(), []);
    assert_eq!(store.expired_generations(later(24)).await.unwrap(), [(w.clone(), 1)]);
    assert!(store.remove_generation(&w, 1).await.unwrap());
    assert!(!store.remove_generation(&w, 1).await.unwrap());
    assert_eq!(store.expired_generations(later(24)).await.unwrap(), []);
}

#[tokio::test]
async fn removing_a_webhook_ends_its_secrets() {
    let Place { store, dir: _dir } = Place::new();
    let w = webhook("w");
    store.add_webhook(new_webhook("w", "t")).await.unwrap();
    store.add_generation(&w, 1, now()).await.unwrap();
    store.add_generation(&w, 2, later(24)).await.unwrap();
    store.remove_webhook(&w, later(1)).await.unwrap();
    assert_eq!(store.generations(&w, later(1)).await.unwrap(), []);
    assert_eq!(store.expired_generations(later(1)).await.unwrap(), [(w.clone(), 1), (w, 2)]);
}

#[tokio::test]
async fn a_setting_is_what_was_set_and_says_so_when_it_is_something_else() {
    let Place { store, dir: _dir } = Place::new();
    assert_eq!(store.setting::<u16>("port").await.unwrap(), None);
    store.set_setting("port", &8377_u16).await.unwrap();
    store.set_setting("port", &9000_u16).await.unwrap();
    assert_eq!(store.setting::<u16>("port").await.unwrap(), Some(9000));
    store.set_setting("port", "any").await.unwrap();
    let error = store.setting::<u16>("port").await.unwrap_err();
    assert!(matches!(&error, StoreError::Setting { key, .. } if key == "port"), "{error}");
    assert_eq!(store.setting_or("name", "first".to_owned()).await.unwrap(), "first");
    assert_eq!(store.setting_or("name", "second".to_owned()).await.unwrap(), "first");
    assert!(store.remove_setting("port").await.unwrap());
    assert!(!store.remove_setting("port").await.unwrap());
}

#[tokio::test]
async fn a_setting_that_two_change_at_once_has_both_changes() {
    let Place { store, dir } = Place::new();
    let other = Store::open(dir.path(), now()).unwrap().store;
    let more = |now: Option<Value>| Ok::<_, &str>(json!(now.and_then(|now| now.as_u64()).unwrap_or(0) + 1));
    for _ in 0..20 {
        let (one, two) = tokio::join!(store.change_setting("sum", more), other.change_setting("sum", more));
        assert!(one.unwrap().is_ok() && two.unwrap().is_ok());
    }
    assert_eq!(store.setting::<u64>("sum").await.unwrap(), Some(40));
    let refused = store.change_setting("sum", |_| Err::<Value, _>("no")).await.unwrap();
    assert_eq!(refused, Err("no"));
    assert_eq!(store.setting::<u64>("sum").await.unwrap(), Some(40), "a refusal changes nothing");
}

#[tokio::test]
async fn the_listener_is_cleared_only_by_itself() {
    let Place { store, dir: _dir } = Place::new();
    let listening =
        |nonce: &str| Listening { url: "http://127.0.0.1:8377".into(), pid: 7, nonce: nonce.into(), since: now() };
    assert_eq!(store.listener().await.unwrap(), None);
    store.set_listener(listening("old")).await.unwrap();
    store.set_listener(listening("new")).await.unwrap();
    assert!(!store.clear_listener("old").await.unwrap());
    assert_eq!(store.listener().await.unwrap(), Some(listening("new")));
    assert!(store.clear_listener("new").await.unwrap());
    assert_eq!(store.listener().await.unwrap(), None);
}

#[tokio::test]
async fn refusals_add_up_by_webhook_and_reason() {
    let Place { store, dir: _dir } = Place::new();
    let refusal = |id: &str, reason: &str, count, last_at| StoredRefusal {
        webhook: webhook(id),
        reason: reason.into(),
        count,
        last_at,
    };
    store.add_refusals(vec![refusal("w", "mismatch", 2, now()), refusal("w", "missing", 1, now())]).await.unwrap();
    store.add_refusals(vec![refusal("w", "mismatch", 3, later(1)), refusal("x", "mismatch", 1, now())]).await.unwrap();
    let expected =
        [refusal("w", "mismatch", 5, later(1)), refusal("w", "missing", 1, now()), refusal("x", "mismatch", 1, now())];
    assert_eq!(store.refusals().await.unwrap(), expected);
}

#[tokio::test]
async fn a_webhook_and_its_first_secret_come_together_or_not_at_all() {
    let Place { store, dir: _dir } = Place::new();
    store.add_webhook_with_secret(new_webhook("w", "t")).await.unwrap();
    assert_eq!(store.current_generation(&webhook("w")).await.unwrap(), Some(1));
    assert_eq!(taken(store.add_webhook_with_secret(new_webhook("v", "t")).await), "this payload URL");
    assert_eq!(store.webhook(&webhook("v")).await.unwrap(), None);
    assert_eq!(store.current_generation(&webhook("v")).await.unwrap(), None);
}

#[tokio::test]
async fn a_list_that_two_processes_change_at_once_has_what_both_added() {
    let place = Place::new();
    let other = crate::open(place.path());
    place.store.set_setting("list", &["first"]).await.unwrap();
    let changes = (0..40).map(|number| {
        let store = if number % 2 == 0 { place.store.clone() } else { other.clone() };
        tokio::spawn(async move {
            store.change_list("list", move |list| list.push(number.to_string())).await.unwrap();
        })
    });
    for change in changes.collect::<Vec<_>>() {
        change.await.unwrap();
    }
    let list: Vec<String> = place.store.setting("list").await.unwrap().unwrap();
    assert_eq!(list.len(), 41, "{list:?}");
    place.store.set_setting("list", &7).await.unwrap();
    place.store.change_list("list", |list| list.push("only".to_owned())).await.unwrap();
    assert_eq!(place.store.setting::<Vec<String>>("list").await.unwrap().unwrap(), ["only"]);
}
