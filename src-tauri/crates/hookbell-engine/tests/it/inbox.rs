//! From the socket to the inbox.

use std::sync::Arc;

use hookbell_core::EventType;
use hookbell_engine::{
    api::{
        ArchiveRequest, ErrorCode, EventFilter, EventKind, EventPlace, EventRequest, EventsRequest, Importance,
        MarkReadRequest, Push, SaveViewRequest, TroubleKind,
    },
    call,
};
use hookbell_vault::Vault;
use serde_json::json;
use tempfile::TempDir;

use crate::studio::{Studio, eventually, post, sample};

fn everything() -> EventsRequest {
    EventsRequest { limit: 100, ..EventsRequest::default() }
}

#[tokio::test]
async fn a_signed_event_is_in_the_inbox_when_it_is_answered() {
    let studio = Studio::listening().await;
    let webhook = studio.webhook("s3cret").await;
    let url = webhook.payload_url.unwrap();
    let body = sample(EventType::AppStoreVersionAppVersionStateUpdated, "one");
    assert_eq!(post(&url, "s3cret", body.clone()).await, 200);

    let listed = studio.hookbell.events().page(everything()).await.unwrap();
    assert_eq!((listed.events.len(), listed.unread, listed.next), (1, 1, None));
    let row = &listed.events[0];
    assert_eq!((row.id.as_str(), row.kind, row.read), ("one", EventKind::Version, false));
    assert_eq!(row.subtitle, "Studio");

    let detail = studio.hookbell.events().detail(EventRequest { seq: row.seq }).await.unwrap();
    assert_eq!(detail.kind_label, "App version");
    assert_eq!(detail.before.as_deref(), Some("Prepare for Submission"));
    assert_eq!(detail.instance.unwrap().kind, "appStoreVersions");
    assert_eq!(detail.happened_at.as_deref(), Some("2025-04-16T05:00:52.745Z"));
    assert_eq!(detail.arrivals.len(), 1);
    let payload = detail.payload.unwrap();
    assert!(payload.is_json && !payload.cut);
    assert_eq!(payload.raw.as_bytes(), body);
}

#[tokio::test]
async fn the_window_is_told_the_rows_of_events_that_come_change_or_are_marked_together() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    assert_eq!(post(&url, "s3cret", sample(EventType::BuildUploadStateUpdated, "one")).await, 200);
    let told = |read: bool| {
        let pushes = studio.desk.pushes.lock().unwrap();
        pushes.iter().find_map(|push| match push {
            Push::Stored { changes } => {
                let row = changes.events.as_ref()?.rows.iter().find(|row| row.id == "one" && row.read == read)?;
                Some((row.clone(), changes.unread))
            }
            _ => None,
        })
    };
    let (row, unread) = eventually("the push of the event", || told(false)).await;
    assert_eq!((unread, &row), (1, &studio.hookbell.events().page(everything()).await.unwrap().events[0]));

    assert_eq!(studio.hookbell.events().mark_all_read().await.unwrap().seqs, [row.seq]);
    let (_, unread) = eventually("the push of the mark", || told(true)).await;
    assert_eq!(unread, 0);
}

#[tokio::test]
async fn a_link_leads_to_its_event_or_to_words_that_it_is_not_here() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    for id in ["one", "two"] {
        assert_eq!(post(&url, "s3cret", sample(EventType::BuildUploadStateUpdated, id)).await, 200);
    }
    let listed = studio.hookbell.events().page(everything()).await.unwrap();
    let oldest = listed.events.last().unwrap();
    let route = studio.hookbell.events().route_of(&"hookbell://event/one".parse().unwrap()).await;
    assert_eq!(route, format!("#/inbox/{}", oldest.seq));

    let nowhere = studio.hookbell.events().route_of(&"hookbell://event/three".parse().unwrap()).await;
    let seq = nowhere.trim_start_matches("#/inbox/").parse().unwrap();
    let refused = studio.hookbell.events().detail(EventRequest { seq }).await.unwrap_err();
    assert_eq!(
        (refused.code, refused.message.as_str()),
        (ErrorCode::NotFound, "the link’s event isn’t on this computer")
    );
}

#[tokio::test]
async fn the_same_event_again_is_one_line_with_two_arrivals() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    for _ in 0..2 {
        assert_eq!(post(&url, "s3cret", sample(EventType::BuildUploadStateUpdated, "one")).await, 200);
    }
    let listed = studio.hookbell.events().page(everything()).await.unwrap();
    assert_eq!(listed.events.len(), 1);
    let detail = studio.hookbell.events().detail(EventRequest { seq: listed.events[0].seq }).await.unwrap();
    assert_eq!(detail.arrivals.len(), 2);
}

#[tokio::test]
async fn a_ping_without_an_id_that_comes_again_is_a_second_ping() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    for _ in 0..2 {
        assert_eq!(post(&url, "s3cret", br#"{"data":{"type":"webhookPings"}}"#.to_vec()).await, 200);
    }
    let listed = studio.hookbell.events().page(everything()).await.unwrap().events;
    assert_eq!(listed.iter().map(|row| row.kind).collect::<Vec<_>>(), [EventKind::Ping; 2]);
    assert!(listed[0].title.contains("ing"), "{}", listed[0].title);
}

#[tokio::test]
async fn a_signed_body_that_is_no_event_is_kept_and_shown_as_it_is() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    assert_eq!(post(&url, "s3cret", b"\xff not json".to_vec()).await, 200);
    let row = studio.hookbell.events().page(everything()).await.unwrap().events.remove(0);
    assert_eq!((row.kind, row.importance), (EventKind::Unknown, Importance::Info));
    let detail = studio.hookbell.events().detail(EventRequest { seq: row.seq }).await.unwrap();
    let payload = detail.payload.unwrap();
    assert!(!payload.is_json);
    assert_eq!(payload.text, "\u{fffd} not json");
    assert_eq!(payload.bytes, 10);
}

#[tokio::test]
async fn a_wrong_signature_stores_nothing_and_is_counted() {
    let studio = Studio::listening().await;
    let webhook = studio.webhook("s3cret").await;
    let url = webhook.payload_url.unwrap();
    assert_eq!(post(&url, "guessed", sample(EventType::WebhookPingCreated, "one")).await, 401);
    assert_eq!(studio.hookbell.events().page(everything()).await.unwrap().events.len(), 0);
    let refused = loop {
        if let Some(refused) = studio.hookbell.webhooks().list().await.unwrap().remove(0).refused {
            break refused;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    assert_eq!(refused.count, 1);
    assert!(refused.reason.contains("doesn’t match"), "{}", refused.reason);
}

#[tokio::test]
async fn reading_and_archiving_move_an_event_through_the_filters() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    post(&url, "s3cret", sample(EventType::WebhookPingCreated, "one")).await;
    let seq = studio.hookbell.events().page(everything()).await.unwrap().events[0].seq;
    let all = EventFilter::default();
    let unread = EventFilter { unread: true, ..all.clone() };
    let archived = EventFilter { place: EventPlace::Archive, ..all.clone() };
    let count = async |filter: &EventFilter| {
        let filter = filter.clone();
        studio.hookbell.events().page(EventsRequest { filter, ..everything() }).await.unwrap().events.len()
    };

    studio.hookbell.events().mark_read(MarkReadRequest { seqs: vec![seq], read: true }).await.unwrap();
    assert_eq!((count(&unread).await, count(&all).await, studio.unread().await), (0, 1, 0));
    studio.hookbell.events().archive(ArchiveRequest { seqs: vec![seq], archived: true }).await.unwrap();
    assert_eq!((count(&all).await, count(&archived).await), (0, 1));
}

#[tokio::test]
async fn a_search_finds_an_event_by_its_payload() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    post(&url, "s3cret", sample(EventType::BuildUploadStateUpdated, "one")).await;
    post(&url, "s3cret", sample(EventType::WebhookPingCreated, "two")).await;
    let filter = EventFilter { search: "buildUploads".to_owned(), ..EventFilter::default() };
    let found = studio.hookbell.events().page(EventsRequest { filter, ..everything() }).await.unwrap();
    assert_eq!(found.events.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["one"]);
}

#[tokio::test]
async fn a_damaged_database_is_set_aside_and_said_until_it_is_dismissed() {
    let folder = Arc::new(TempDir::new().unwrap());
    std::fs::write(folder.path().join("hookbell.db"), "this was a database once ".repeat(400)).unwrap();
    let studio = Studio::open_in(Arc::clone(&folder), Vault::memory()).await;
    let trouble = studio.hookbell.overview().status().await.unwrap().trouble.unwrap();
    assert_eq!(trouble.kind, TroubleKind::SetAside);
    assert!(std::fs::read_to_string(trouble.path.unwrap()).unwrap().starts_with("this was a database once"));
    assert_eq!(studio.hookbell.overview().dismiss_trouble().await.unwrap().trouble, None);
    assert_eq!(studio.unread().await, 0);
}

#[tokio::test]
async fn the_dispatcher_knows_every_command_and_no_other() {
    let studio = Studio::open().await;
    let status = call(&studio.hookbell, "status", json!(null)).await.unwrap();
    assert_eq!(status["listener"]["state"], "starting");
    let refused = call(&studio.hookbell, "format", json!(null)).await.unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::InvalidInput, Some("command")));
    let refused = call(&studio.hookbell, "event", json!({ "seq": "sesame" })).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvalidInput);
    assert!(!format!("{refused:?}").contains("sesame"), "a refusal repeats what it was given");
    let missing = call(&studio.hookbell, "event", json!({ "seq": 9 })).await.unwrap_err();
    assert_eq!(missing.code, ErrorCode::NotFound);
}

#[tokio::test]
async fn a_view_counts_what_is_unread_and_one_whose_account_is_gone_says_so() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    post(&url, "s3cret", sample(EventType::WebhookPingCreated, "one")).await;
    post(&url, "s3cret", sample(EventType::BuildUploadStateUpdated, "two")).await;
    let views = studio.hookbell.views();
    let save = async |name: &str, filter| views.save(SaveViewRequest { id: None, name: name.to_owned(), filter }).await;
    let pings = EventFilter { event_type: vec![EventType::WebhookPingCreated], ..EventFilter::default() };
    let saved = save("Pings", pings.clone()).await.unwrap();
    assert_eq!((saved.unread, saved.trouble.as_deref()), (1, None));
    let gone = EventFilter { account: vec!["gone".parse().unwrap()], ..EventFilter::default() };
    let lost = save("Northwind", gone).await.unwrap();
    assert_eq!((lost.unread, lost.trouble.as_deref()), (0, Some("This view’s account was removed from Hookbell.")));

    let refused = save(" pings ", pings.clone()).await.unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::InvalidInput, Some("name")));
    assert_eq!(save("", pings).await.unwrap_err().field.as_deref(), Some("name"));
    let unknown = views.named("Crashes").await.unwrap_err();
    assert_eq!(unknown.to_string(), "no view is called “Crashes”: choose one of “Pings”, “Northwind”");

    let seq = studio.hookbell.events().page(everything()).await.unwrap().events[1].seq;
    studio.hookbell.events().mark_read(MarkReadRequest { seqs: vec![seq], read: true }).await.unwrap();
    assert_eq!(views.list().await.unwrap()[0].unread, 0);
    let pushed = |push: &Push| matches!(push, Push::Views { views } if views.len() == 2 && views[0].unread == 0);
    let told = || studio.desk.pushes.lock().unwrap().iter().any(pushed).then_some(());
    eventually("the views' counts in the window", told).await;
}

#[tokio::test]
async fn a_ping_names_its_webhook_and_a_filter_by_an_unknown_app_lists_those_that_are_known() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    post(&url, "s3cret", sample(EventType::WebhookPingCreated, "one")).await;
    let seq = studio.hookbell.events().page(everything()).await.unwrap().events[0].seq;
    let detail = studio.hookbell.events().detail(EventRequest { seq }).await.unwrap();
    assert_eq!(detail.sentence, "“Studio” works: Apple’s test arrived with a valid signature.");
    assert_eq!((detail.page, detail.track, detail.event.app), (None, Vec::new(), None));
    let filter = EventFilter { app: vec!["1".parse().unwrap()], ..EventFilter::default() };
    let refused = studio.hookbell.events().check(&filter).await.unwrap_err();
    assert_eq!(refused.to_string(), "no app has the id \"1\": Hookbell doesn’t know any app yet");
}
