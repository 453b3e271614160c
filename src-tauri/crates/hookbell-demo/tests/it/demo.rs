//! The demo alongside the user's own engine: what it offers, what it can't touch, and that it leaves nothing behind.

use std::time::Duration;

use hookbell_core::EventType;
use hookbell_demo::{DemoPlace, EmitDemoEventRequest, ShowDemoRequest, call};
use hookbell_engine::{
    Hookbell,
    api::{ErrorCode, EventsReply, EventsRequest, FeedbackReply, FeedbackRequest, FileState, SetTunnelRequest},
};
use serde_json::json;

use crate::studio::{Studio, eventually, post};

const SECRET: &str = "open sesame, please";

async fn events(hookbell: &Hookbell) -> EventsReply {
    let request = EventsRequest { limit: 200, ..EventsRequest::default() };
    hookbell.events().page(request).await.unwrap()
}

/// The routes at which the other engine came to the front.
fn fronts(studio: &Studio) -> Vec<String> {
    studio.desk.fronts.lock().unwrap().clone()
}

fn is_any_file_left(studio: &Studio) -> bool {
    studio.folder.path().join("demo").exists()
}

#[tokio::test]
async fn every_room_of_the_demo_has_something_and_nobody_was_told_of_the_past() {
    let studio = Studio::listening().await;
    studio.engines.start_demo().await.unwrap();
    assert_eq!(fronts(&studio), ["#/inbox"]);
    let demo = studio.engines.front();
    assert_eq!(studio.engines.place(), DemoPlace::Shown);

    let inbox = events(&demo).await;
    assert!(inbox.events.len() > 50, "{}", inbox.events.len());
    assert!((5..30).contains(&inbox.unread), "{}", inbox.unread);
    let told = |title: &str| inbox.events.iter().any(|event| event.title.contains(title));
    assert!(
        told("ejected") && told("Crash") && told("Screenshot") && told("Live on the App Store"),
        "{:#?}",
        inbox.events
    );
    let first = inbox.events.last().unwrap().received_at.parse::<jiff::Timestamp>().unwrap();
    assert!(first < jiff::Timestamp::now() - Duration::from_secs(20 * 86_400), "{first}");

    let request = FeedbackRequest { limit: 100, ..FeedbackRequest::default() };
    let FeedbackReply { feedback, .. } = demo.feedback().page(request).await.unwrap();
    assert!(feedback.len() >= 10, "{}", feedback.len());
    assert!(feedback.iter().all(|one| one.state != Some(FileState::Refused)), "{feedback:#?}");
    assert_eq!(demo.accounts().list().await.unwrap().len(), 1);
    assert_eq!(demo.webhooks().list().await.unwrap().len(), 2);
    let caught_up = demo.missed_events().status().await.unwrap();
    assert!(caught_up.webhooks.iter().all(|one| one.trouble.is_none() && one.gap.is_none()), "{caught_up:?}");
    assert_eq!(*studio.desk.shown.lock().unwrap(), []);
    assert_eq!(*studio.desk.shown_of_demo.lock().unwrap(), []);
    studio.engines.stop().await;
}

#[tokio::test]
async fn what_is_asked_for_happens_and_is_told_as_the_demos() {
    let studio = Studio::listening().await;
    let no_demo = studio.engines.demo().await.unwrap_err();
    assert_eq!(no_demo.code, ErrorCode::NotFound);
    studio.engines.start_demo().await.unwrap();
    let choices = studio.engines.demo().await.unwrap();
    let birds = choices.apps.iter().find(|app| app.name == "Backyard Birds").unwrap();
    assert_eq!(birds.events.len(), 12);
    let version = birds.events.iter().find(|event| event.event_type.starts_with("APP_STORE_VERSION")).unwrap();
    assert_eq!(version.from.as_deref(), Some("In Review"));
    assert!(version.states.iter().any(|state| Some(&state.value) == version.to.as_ref()));

    let request = EmitDemoEventRequest {
        app: birds.id.clone(),
        event_type: version.event_type.clone(),
        to: Some("REJECTED".to_owned()),
    };
    let emitted = studio.engines.emit_demo_event(request).await.unwrap();
    assert_eq!(emitted.status, Some(200));
    assert!(emitted.title.starts_with("Rejected"), "{}", emitted.title);
    let told = eventually("the notification", || studio.desk.shown_of_demo.lock().unwrap().first().cloned()).await;
    assert!(told.title.starts_with("Demo: ") && told.title.contains("rejected"), "{told:?}");
    assert_eq!(told.route, format!("#/inbox/{}", emitted.seq.unwrap()));

    for event_type in EventType::all().filter_map(EventType::subscription_name) {
        let request = EmitDemoEventRequest { app: birds.id.clone(), event_type: event_type.to_owned(), to: None };
        let emitted = studio.engines.emit_demo_event(request).await.unwrap();
        assert!(emitted.seq.is_some(), "{event_type}: {emitted:?}");
    }
    let unknown = EmitDemoEventRequest { app: birds.id.clone(), event_type: "APP_LUNCH".to_owned(), to: None };
    let refused = studio.engines.emit_demo_event(unknown).await.unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("eventType"));
    studio.engines.stop().await;
}

#[tokio::test]
async fn nothing_of_the_demo_is_among_ones_own_and_leaving_it_leaves_nothing() {
    let studio = Studio::listening().await;
    let webhook = studio.webhook(SECRET).await;
    studio.engines.start_demo().await.unwrap();
    assert!(is_any_file_left(&studio));

    // Scripts and other windows use the same entry point as the window that shows the demo.
    let shown = call(&studio.engines, "accounts", json!(null)).await.unwrap();
    assert_eq!(shown[0]["name"], "Halden Software (demo)");
    let refused = call(&studio.engines, "setTunnel", json!({ "provider": "cloudflare-quick" })).await;
    assert_eq!(refused.unwrap_err().field.as_deref(), Some("provider"));

    // The user's own events still arrive and notify.
    let url = webhook.payload_url.unwrap();
    assert_eq!(post(&url, SECRET, EventType::BuildUploadStateUpdated, "own-event").await, 200);
    eventually("the notification", || studio.desk.shown.lock().unwrap().first().cloned()).await;
    assert_eq!(*studio.desk.shown_of_demo.lock().unwrap(), []);

    studio.engines.leave_demo().await.unwrap();
    assert_eq!(fronts(&studio), ["#/inbox", "#/inbox"]);
    assert!(!is_any_file_left(&studio));
    assert_eq!(studio.engines.place(), DemoPlace::None);
    assert_eq!(events(studio.engines.own()).await.events.len(), 1);
    assert_eq!(studio.engines.own().accounts().list().await.unwrap().len(), 0);
    assert_eq!(studio.engines.own().webhooks().list().await.unwrap().len(), 1);
    assert_eq!(studio.engines.own().tunnels().status().await.unwrap().provider, None);
    studio.engines.own().tunnels().set(SetTunnelRequest::default()).await.unwrap();
    studio.engines.leave_demo().await.unwrap();
}

#[tokio::test]
async fn a_click_leads_to_its_own_events_and_the_demo_stays_open_behind() {
    let studio = Studio::listening().await;
    studio.engines.start_demo().await.unwrap();
    assert!(studio.engines.bring(false, "#/inbox/7").await);
    assert_eq!(studio.engines.place(), DemoPlace::Behind);
    assert_eq!(events(&studio.engines.front()).await.events.len(), 0);
    // An engine that is already in front only shows its window.
    assert!(studio.engines.bring(false, "#/inbox/8").await);
    studio.engines.show_demo(ShowDemoRequest { demo: true }).await.unwrap();
    assert!(events(&studio.engines.front()).await.events.len() > 50);
    assert_eq!(fronts(&studio), ["#/inbox", "#/inbox/7", "#/inbox"]);

    studio.engines.leave_demo().await.unwrap();
    assert!(!studio.engines.bring(true, "#/inbox/9").await, "a notification of the demo that is gone");
    let gone = studio.engines.show_demo(ShowDemoRequest { demo: true }).await.unwrap_err();
    assert_eq!(gone.code, ErrorCode::NotFound);
}

#[tokio::test]
async fn quitting_ends_the_demo_and_a_start_removes_what_a_killed_one_left() {
    let studio = Studio::listening().await;
    studio.engines.start_demo().await.unwrap();
    let again = studio.again().await;
    again.engines.start();
    let busy = again.engines.start_demo().await.unwrap_err();
    assert_eq!(busy.code, ErrorCode::Busy);
    again.engines.stop().await;
    assert!(is_any_file_left(&studio), "a second process leaves the demo of the first alone");
    studio.engines.stop().await;
    assert!(!is_any_file_left(&studio));

    let left = studio.folder.path().join("demo/hookbell");
    std::fs::create_dir_all(&left).unwrap();
    std::fs::write(left.join("hookbell.db"), "birds").unwrap();
    let mark = "Hookbell made this folder for its demo and removes it.\n";
    std::fs::write(studio.folder.path().join("demo/demo.lock"), mark).unwrap();
    let next = studio.again().await;
    next.start().await;
    eventually("the end of the folder", || (!is_any_file_left(&studio)).then_some(())).await;
    assert_eq!(next.engines.place(), DemoPlace::None);
    next.engines.stop().await;
}

#[tokio::test]
async fn a_start_leaves_what_others_put_where_our_folders_would_be() {
    let studio = Studio::open().await;
    let path = |name: &str| studio.folder.path().join(name);
    for name in ["demo/a", "feedback/b"] {
        std::fs::create_dir_all(path(name).parent().unwrap()).unwrap();
        std::fs::write(path(name), "theirs").unwrap();
        let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(2 * 3600);
        std::fs::File::options().write(true).open(path(name)).unwrap().set_modified(long_ago).unwrap();
    }
    studio.start().await;
    let refused = studio.engines.start_demo().await.unwrap_err();
    assert!(refused.message.contains("Hookbell didn’t create it"), "{refused:?}");
    // Stopping waits for everything that a start sets off.
    studio.engines.stop().await;
    for name in ["demo/a", "feedback/b"] {
        assert_eq!(std::fs::read_to_string(path(name)).unwrap(), "theirs", "{name}");
    }
}
