//! Insights from many events: versions through their states, and the health of webhooks.

use hookbell_core::{
    Event, EventId, EventType, Instance, ReceivedDelivery, WebhookId,
    words::{Description, Importance},
};
use hookbell_engine::api::{
    AppTimeline, AppTimelineRequest, ErrorCode, HealthCount, TimelineStage, Webhook, WebhookHealth,
    WebhookHealthRequest,
};
use hookbell_store::{NewEvent, Redescription, Source};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::studio::Studio;

pub const VERSION: EventType = EventType::AppStoreVersionAppVersionStateUpdated;
pub const BUILD: EventType = EventType::BuildBetaDetailExternalBuildStateUpdated;
const UPLOAD: EventType = EventType::BuildUploadStateUpdated;

/// An event: its type, its resource, "BEFORE>AFTER", and how many hours ago it happened.
pub fn event(event_type: EventType, thing: &str, states: &str, hours: i64) -> NewEvent {
    let at = Timestamp::now() - SignedDuration::from_hours(hours);
    let (from, to) = states.split_once('>').unwrap();
    let event = Event {
        id: EventId::new(format!("{thing} {states} {hours}")).unwrap(),
        type_name: Some(event_type.wire_name().to_owned()),
        event_type: Some(event_type),
        instance: Some(Instance { kind: "things".to_owned(), id: thing.to_owned() }),
        from: (!from.is_empty()).then(|| from.to_owned()),
        to: (!to.is_empty()).then(|| to.to_owned()),
        timestamp: Some(at),
        ..Event::read(b"{}")
    };
    let delivery = ReceivedDelivery {
        webhook: WebhookId::new("w").unwrap(),
        body: b"{}".to_vec(),
        received_at: at + SignedDuration::from_secs(2),
        signature: None,
    };
    let description = Description { title: "-".to_owned(), sentence: "-".to_owned(), importance: Importance::Info };
    NewEvent { delivery, source: Source::Delivered, event, description, details: None }
}

/// The event as delivered to another webhook.
fn through(webhook: &Webhook, mut new: NewEvent) -> NewEvent {
    new.delivery.webhook = webhook.id.parse().unwrap();
    new
}

/// Stores an event, and App Store Connect's details about it.
pub async fn told(studio: &Studio, event: NewEvent, details: Option<Value>) -> i64 {
    let store = studio.hookbell.store();
    let seq = store.keep_events(vec![event]).await.unwrap()[0].seq;
    if details.is_some() {
        let words = Redescription { title: "-".into(), sentence: "-".into(), importance: Importance::Info, details };
        assert!(store.redescribe(seq, words).await.unwrap());
    }
    seq
}

pub fn of_birds(version: &str, build: Option<&str>) -> Option<Value> {
    let app = json!({ "id": "6448000001", "name": "Backyard Birds" });
    Some(json!({ "app": app, "version": version, "build": build, "platform": "iOS" }))
}

fn request(days: u32) -> AppTimelineRequest {
    AppTimelineRequest {
        app: Some("6448000001".to_owned()),
        webhook: None,
        days,
        time_zone: "Europe/Stockholm".to_owned(),
    }
}

async fn timeline(studio: &Studio, request: AppTimelineRequest) -> AppTimeline {
    studio.hookbell.insights().app_timeline(request).await.unwrap()
}

async fn health(studio: &Studio, days: u32) -> WebhookHealth {
    let request = WebhookHealthRequest { days, time_zone: "Pacific/Apia".to_owned() };
    studio.hookbell.insights().webhook_health(request).await.unwrap()
}

fn counts(delivered: u32, fetched: u32, failed: u32) -> HealthCount {
    HealthCount { delivered, fetched, failed }
}

#[tokio::test]
async fn versions_go_through_their_states_with_the_names_that_were_found() {
    let studio = Studio::open().await;
    let waiting = told(&studio, event(VERSION, "3.2", "PREPARE_FOR_SUBMISSION>WAITING_FOR_REVIEW", 60), None).await;
    told(&studio, event(VERSION, "3.2", "WAITING_FOR_REVIEW>IN_REVIEW", 10), of_birds("3.2", None)).await;
    told(&studio, event(VERSION, "3.2", "IN_REVIEW>READY_FOR_DISTRIBUTION", 6), of_birds("3.2", None)).await;
    told(&studio, event(VERSION, "3.1", ">READY_FOR_SALE", 4000), of_birds("3.1", None)).await;
    told(&studio, event(VERSION, "3.0", "READY_FOR_SALE>REPLACED_WITH_NEW_VERSION", 4000), of_birds("3.0", None)).await;

    let shown = timeline(&studio, request(7)).await;
    let versions: Vec<_> = shown.versions.iter().map(|track| track.version.as_deref()).collect();
    assert_eq!(versions, [Some("3.2"), Some("3.1")], "what was replaced long ago is not shown");
    let newest = &shown.versions[0];
    assert_eq!(newest.platform.as_deref(), Some("iOS"));
    let stages: Vec<_> = newest.spans.iter().map(|span| span.stage).collect();
    use TimelineStage::{InReview, OnSale, Preparing, Waiting};
    assert_eq!(stages, [Preparing, Waiting, InReview, OnSale]);
    assert_eq!((newest.spans[0].from.as_deref(), newest.spans[0].seq), (None, None));
    assert_eq!((newest.spans[1].state.as_str(), newest.spans[1].seq), ("Waiting for Review", Some(waiting)));
    assert_eq!(newest.spans[3].to, None);
    assert_eq!(shown.versions[1].spans[0].to, newest.spans[3].from, "the next sale ends the one before");
    assert_eq!(shown.pace.waiting.unwrap().milliseconds / 3_600_000, 50);
    assert_eq!((shown.pace.reviewed, shown.pace.rejected), (2, 0));
}

#[tokio::test]
async fn an_upload_and_its_build_are_one_line_once_both_are_known() {
    let studio = Studio::open().await;
    told(&studio, event(UPLOAD, "upload", "PROCESSING>COMPLETE", 9), of_birds("3.3", Some("418"))).await;
    told(&studio, event(BUILD, "detail", "IN_BETA_REVIEW>IN_BETA_TESTING", 2), of_birds("3.3", Some("418"))).await;
    told(&studio, event(BUILD, "other", "PROCESSING>PROCESSING_EXCEPTION", 3), of_birds("3.3", None)).await;
    let shown = timeline(&studio, request(7)).await;
    assert_eq!((shown.versions.len(), shown.builds.len()), (0, 2));
    let both = shown.builds.iter().find(|track| track.build.is_some()).unwrap();
    let stages: Vec<_> = both.spans.iter().map(|span| span.stage).collect();
    assert_eq!(stages, [TimelineStage::Processing, TimelineStage::Ready, TimelineStage::Testing]);
    studio.wait_hours(24 * 30);
    assert_eq!(timeline(&studio, request(7)).await.builds, [], "what did not change in that time is not shown");
}

#[tokio::test]
async fn what_names_no_app_is_shown_with_its_webhook_until_it_does() {
    let studio = Studio::open().await;
    let webhook = studio.webhook("s3cret").await;
    let own = |thing: &str, states: &str| through(&webhook, event(VERSION, thing, states, 5));
    told(&studio, own("a", ">IN_REVIEW"), None).await;
    told(&studio, own("b", ">IN_REVIEW"), None).await;
    told(&studio, own("c", ">"), None).await;
    let apps = studio.hookbell.insights().apps().await.unwrap();
    assert_eq!(apps.len(), 1);
    assert_eq!((apps[0].app.as_deref(), apps[0].name.as_str(), apps[0].changed), (None, "Studio", true));
    let unnamed = AppTimelineRequest { app: None, webhook: Some(webhook.id.clone()), ..request(7) };
    let shown = timeline(&studio, unnamed.clone()).await;
    assert_eq!(shown.versions.len(), 2, "an event without a state tells of none");
    assert!(shown.versions.iter().all(|track| track.version.is_none()));

    told(&studio, own("a", "IN_REVIEW>REJECTED"), of_birds("3.2", None)).await;
    let left: Vec<_> = timeline(&studio, unnamed).await.versions.into_iter().map(|track| track.id).collect();
    assert_eq!(left, ["b"]);
    let named = timeline(&studio, request(7)).await;
    assert_eq!(named.versions[0].spans.len(), 2, "its earlier events came along");
    let names: Vec<_> = studio.hookbell.insights().apps().await.unwrap().into_iter().map(|app| app.name).collect();
    assert_eq!(names, ["Backyard Birds", "Studio"]);

    let nobodys = AppTimelineRequest { app: Some("6448009999".to_owned()), ..request(7) };
    let everything = studio.hookbell.insights().all(nobodys).await.unwrap();
    assert_eq!(everything.timeline.unwrap().versions, named.versions, "an app that is not there is the first one");
    assert_eq!(everything.apps.len(), 2);
}

#[tokio::test]
async fn what_was_deleted_keeps_its_line_and_says_so() {
    let studio = Studio::open().await;
    told(&studio, event(VERSION, "gone", ">WAITING_FOR_REVIEW", 9), of_birds("3.2", None)).await;
    let gone = json!({ "app": { "id": "6448000001", "name": "Backyard Birds" }, "trouble": "It was deleted" });
    told(&studio, event(VERSION, "gone", "WAITING_FOR_REVIEW>DEVELOPER_REJECTED", 3), Some(gone)).await;
    let shown = timeline(&studio, request(7)).await;
    let track = &shown.versions[0];
    assert_eq!((track.version.as_deref(), track.trouble.as_deref()), (Some("3.2"), Some("It was deleted")));
}

#[tokio::test]
async fn a_request_that_makes_no_sense_is_refused_by_its_field() {
    let studio = Studio::open().await;
    for (request, field) in [
        (AppTimelineRequest { days: 0, ..request(7) }, "days"),
        (AppTimelineRequest { time_zone: "Mars/Olympus".to_owned(), ..request(7) }, "timeZone"),
        (AppTimelineRequest { app: None, ..request(7) }, "app"),
        (AppTimelineRequest { webhook: Some("w".to_owned()), ..request(7) }, "app"),
    ] {
        let refused = studio.hookbell.insights().app_timeline(request).await.unwrap_err();
        assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::InvalidInput, Some(field)));
    }
}

#[tokio::test]
async fn health_counts_by_the_persons_days_and_knows_no_delay_of_what_was_fetched() {
    let studio = Studio::open().await;
    let webhook = studio.webhook("s3cret").await;
    let arrive = |thing: &str, hours: i64, delay: i64, source: Source| {
        let mut new = through(&webhook, event(VERSION, thing, ">IN_REVIEW", hours));
        new.delivery.received_at = new.event.timestamp.unwrap() + SignedDuration::from_millis(delay);
        NewEvent { source, ..new }
    };
    let now = arrive("early", 0, -700, Source::Delivered);
    told(&studio, now.clone(), None).await;
    told(&studio, now, None).await;
    for (number, delay) in (1..=19).zip([900; 19]) {
        told(&studio, arrive(&number.to_string(), 0, delay, Source::Delivered), None).await;
    }
    told(&studio, arrive("late", 0, 60_000, Source::Delivered), None).await;
    told(&studio, arrive("asleep", 72, 71 * 3_600_000, Source::Fetched), None).await;
    told(&studio, arrive("long ago", 24 * 40, 1, Source::Delivered), None).await;

    let health = health(&studio, 7).await;
    assert_eq!((health.days.len(), health.total, health.early), (7, counts(22, 1, 0), 1));
    let delay = health.delay.unwrap();
    assert_eq!((delay.median_ms, delay.p95_ms, delay.samples), (900, 900, 21));
    assert_eq!(health.days[3].count, counts(0, 1, 0), "what was fetched counts for the day it happened");
    assert_eq!((health.days[3].delay, health.days[6].count.delivered), (None, 22));
    let own = &health.webhooks[0];
    assert_eq!((own.name.as_str(), own.count, own.removed), ("Studio", counts(22, 1, 0), false));
    assert_eq!((&own.failures_since, &own.last_failure), (&None, &None), "without an account no failure is known");
}

#[tokio::test]
async fn the_health_that_is_shown_is_of_the_app_that_was_chosen() {
    let studio = Studio::open().await;
    let webhook = studio.webhook("s3cret").await;
    told(&studio, through(&webhook, event(VERSION, "a", ">IN_REVIEW", 5)), None).await;
    let of_studio = AppTimelineRequest { app: None, webhook: Some(webhook.id.clone()), ..request(7) };
    let alone = studio.hookbell.insights().all(request(7)).await.unwrap();
    assert_eq!(alone.health.total, counts(1, 0, 0), "with one app there is none to choose");

    told(&studio, event(VERSION, "b", ">IN_REVIEW", 5), of_birds("3.2", None)).await;
    told(&studio, event(VERSION, "b", "IN_REVIEW>REJECTED", 4), of_birds("3.2", None)).await;
    let chosen = studio.hookbell.insights().all(of_studio).await.unwrap().health;
    assert_eq!((chosen.total, chosen.webhooks.len()), (counts(1, 0, 0), 1));
    let other = studio.hookbell.insights().all(request(7)).await.unwrap().health;
    assert_eq!((other.total, other.webhooks.len()), (counts(0, 0, 0), 0), "none of its webhooks is linked");
    assert_eq!(health(&studio, 7).await.total, counts(3, 0, 0), "all webhooks can be asked for still");
}
