//! Filters: each value and any combination of them, page by page, and using an index.

use hookbell_core::{AccountId, AppId, AscWebhookId, EventFilter, EventPlace, EventType, words::Importance};
use hookbell_store::{AppleWebhook, EventQuery, NewWebhook, Origin, Redescription, Store};
use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use serde_json::json;

use crate::{Insert, Place, crowd, filtered, ids, new_event, now, received_at, through, webhook};

fn app(id: &str) -> AppId {
    AppId::new(id).unwrap()
}

fn everywhere() -> EventFilter {
    EventFilter { place: EventPlace::Everywhere, ..EventFilter::default() }
}

/// A webhook of an app and an account.
async fn add_webhook(store: &Store, id: &str, of_app: &str, account: &str) {
    let new = NewWebhook {
        id: webhook(id),
        name: id.into(),
        token: format!("token-{id}"),
        origin: Origin::Account,
        created_at: now(),
    };
    let apple = AppleWebhook {
        webhook: webhook(id),
        account: Some(AccountId::new(account).unwrap()),
        app: app(of_app),
        apple: Some(AscWebhookId::new(format!("asc-{id}")).unwrap()),
    };
    store.add_apple_webhook(new, apple).await.unwrap();
}

async fn describe(store: &Store, seq: i64, of_app: &str) {
    let words = Redescription {
        title: "In Review".into(),
        sentence: "-".into(),
        importance: Importance::Info,
        details: Some(json!({ "app": { "id": of_app, "name": "Birds" } })),
    };
    assert!(store.redescribe(seq, words).await.unwrap());
}

/// Twelve events an hour apart, `e0` the oldest: of webhooks `a` (app 1, account x), `b` (app 2, account x) and `c`
/// (app 3, account y) in turn. In every four, one was rejected and needs attention.
async fn filled() -> Place {
    let place = Place::new();
    for (id, app, account) in [("a", "1", "x"), ("b", "2", "x"), ("c", "3", "y")] {
        add_webhook(&place.store, id, app, account).await;
    }
    for number in 0..12_usize {
        let rejected = number.is_multiple_of(4);
        let event_type = if number % 2 == 0 { "buildUploadStateUpdated" } else { "webhookPings" };
        let event = through(["a", "b", "c"][number % 3], new_event(&format!("e{number}"), "{}"));
        let mut event = received_at(hour(number), event);
        event.event.type_name = Some(event_type.into());
        event.event.to = rejected.then(|| "REJECTED".to_owned());
        event.description.importance = if rejected { Importance::NeedsYou } else { Importance::Info };
        place.store.insert(event).await.unwrap();
    }
    place
}

fn hour(number: usize) -> Timestamp {
    now() + SignedDuration::from_hours(i64::try_from(number).unwrap())
}

/// The numbers of the events, newest first.
fn numbers(wanted: impl Fn(usize) -> bool) -> Vec<String> {
    (0..12).rev().filter(|number| wanted(*number)).map(|number| format!("e{number}")).collect()
}

#[tokio::test]
async fn every_value_restricts_a_list_and_all_of_them_hold() {
    let place = filled().await;
    let store = &place.store;
    let upload = vec![EventType::BuildUploadStateUpdated];
    let rejected = vec!["REJECTED".to_owned()];
    let [account, other] = ["x", "y"].map(|id| AccountId::new(id).unwrap());
    type Case = (EventFilter, Box<dyn Fn(usize) -> bool>);
    let cases: Vec<Case> = vec![
        (everywhere(), Box::new(|_| true)),
        (EventFilter { app: vec![app("2")], ..everywhere() }, Box::new(|n| n % 3 == 1)),
        (EventFilter { app: vec![app("2"), app("3"), app("2")], ..everywhere() }, Box::new(|n| n % 3 != 0)),
        (EventFilter { account: vec![account.clone()], ..everywhere() }, Box::new(|n| n % 3 < 2)),
        (EventFilter { account: vec![account.clone(), other], ..everywhere() }, Box::new(|_| true)),
        (EventFilter { event_type: upload.clone(), ..everywhere() }, Box::new(|n| n % 2 == 0)),
        (
            EventFilter {
                event_type: vec![EventType::WebhookPingCreated, EventType::BuildUploadStateUpdated],
                importance: vec![Importance::NeedsYou, Importance::Bad],
                ..EventFilter::default()
            },
            Box::new(|n| n % 4 == 0),
        ),
        (EventFilter { importance: vec![Importance::NeedsYou, Importance::Info], ..everywhere() }, Box::new(|_| true)),
        (
            EventFilter { state: vec!["ACCEPTED".to_owned(), "REJECTED".to_owned()], ..everywhere() },
            Box::new(|n| n % 4 == 0),
        ),
        (EventFilter { event_type: vec![EventType::WebhookPingCreated], ..everywhere() }, Box::new(|n| n % 2 == 1)),
        (EventFilter { importance: vec![Importance::NeedsYou], ..everywhere() }, Box::new(|n| n % 4 == 0)),
        (EventFilter { importance: vec![Importance::Info], ..everywhere() }, Box::new(|n| n % 4 != 0)),
        (EventFilter { state: rejected.clone(), ..everywhere() }, Box::new(|n| n % 4 == 0)),
        (EventFilter { since: Some(hour(5)), until: Some(hour(9)), ..everywhere() }, Box::new(|n| (5..9).contains(&n))),
        (
            EventFilter {
                account: vec![account],
                event_type: upload,
                state: rejected,
                since: Some(hour(1)),
                ..EventFilter::default()
            },
            Box::new(|n| n % 3 < 2 && n % 4 == 0 && n >= 1),
        ),
        (EventFilter { app: vec![app("9")], ..everywhere() }, Box::new(|_| false)),
        (EventFilter { since: Some(hour(50)), ..everywhere() }, Box::new(|_| false)),
    ];
    for (filter, wanted) in cases {
        assert_eq!(filtered(store, filter.clone()).await, numbers(&wanted), "{filter:?}");
        let count = store.count(filter.clone(), now(), 1_000).await.unwrap();
        assert_eq!(count as usize, numbers(&wanted).len(), "{filter:?}");
        let mut paged = Vec::new();
        let mut query = EventQuery { filter: filter.clone(), limit: 2, ..EventQuery::default() };
        loop {
            let page = store.page(query.clone()).await.unwrap();
            paged.extend(ids(&page.events));
            match page.next {
                Some(next) => query.before = Some(next),
                None => break,
            }
        }
        assert_eq!(paged, numbers(&wanted), "in pages: {filter:?}");
    }
}

#[tokio::test]
async fn the_app_that_the_details_name_counts_before_the_webhooks() {
    let place = filled().await;
    describe(&place.store, 1, "2").await;
    let of = async |id| filtered(&place.store, EventFilter { app: vec![app(id)], ..everywhere() }).await;
    assert_eq!(of("1").await, ["e9", "e6", "e3"]);
    assert_eq!(of("2").await, ["e10", "e7", "e4", "e1", "e0"]);
    let apps = place.store.apps_of_events().await.unwrap();
    assert_eq!(apps, [("2".to_owned(), Some("Birds".to_owned()))]);
}

#[tokio::test]
async fn a_number_of_days_counts_back_from_the_present_and_a_search_keeps_to_a_filter() {
    let place = filled().await;
    crowd(&place.store).await;
    let filter = EventFilter { days: Some(1), ..everywhere() };
    let now = hour(7) + SignedDuration::from_hours(24);
    let query = EventQuery { filter: filter.clone(), now, limit: 500, ..EventQuery::default() };
    assert_eq!(ids(&place.store.page(query).await.unwrap().events), numbers(|n| n >= 7));
    let found = EventFilter { search: "review".into(), app: vec![app("2")], since: Some(hour(3)), ..everywhere() };
    assert_eq!(filtered(&place.store, found.clone()).await, ["e10", "e7", "e4"]);
    assert_eq!(place.store.count(found, now, 2).await.unwrap(), 2, "it is counted up to a bound");
}

#[tokio::test]
async fn a_clock_that_was_moved_back_hides_no_event() {
    let place = Place::new();
    for (id, at) in [("late", hour(5)), ("early", hour(1)), ("later", hour(6))] {
        place.store.insert(received_at(at, new_event(id, "{}"))).await.unwrap();
    }
    let since = EventFilter { since: Some(hour(4)), ..everywhere() };
    assert_eq!(filtered(&place.store, since).await, ["later", "late"]);
    let until = EventFilter { until: Some(hour(4)), ..everywhere() };
    assert_eq!(filtered(&place.store, until).await, ["early"]);
}

#[tokio::test]
async fn each_value_has_an_index_in_the_order_of_arrival() {
    let place = filled().await;
    let db = Connection::open(place.path().join("hookbell.db")).unwrap();
    let cases = [
        ("event_of_type", "type_name = 'x'"),
        ("event_of_state", "to_state = 'x'"),
        ("event_of_importance", "importance = 'bad' AND importance <> 'info'"),
        ("event_of_app", "app_id = 'x'"),
        ("event_of_webhook", "webhook_id = 'x'"),
    ];
    for (index, key) in cases {
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT * FROM event INDEXED BY {index} WHERE {key} AND seq BETWEEN 1 AND 9
             AND read = 0 ORDER BY seq DESC LIMIT 50"
        );
        let mut statement = db.prepare(&sql).unwrap();
        let plan: Vec<String> =
            statement.query_map([], |row| row.get(3)).unwrap().collect::<rusqlite::Result<_>>().unwrap();
        assert_eq!(plan.len(), 1, "no sorting afterwards: {plan:?}");
        assert!(plan[0].starts_with("SEARCH event USING INDEX") && plan[0].contains("rowid>"), "{plan:?}");
    }
}
