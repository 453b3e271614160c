//! What an event is about, in its notification and in the inbox.

use hookbell_core::EventType;
use hookbell_engine::api::FileState;
use hookbell_sim::{Emit, FaultKind};

use super::{CRASH, SCREENSHOT};
use crate::{
    apple::Desk,
    studio::{post, sample},
};

#[tokio::test]
async fn a_notification_has_the_testers_words_a_picture_and_leads_to_the_feedback() {
    let (desk, webhook) = Desk::receiving().await;
    desk.emit(SCREENSHOT, &webhook).await;
    let shown = desk.studio.notified(1).await;
    let newest = desk.newest().await;
    let (feedback, shown) = (&newest[0], &shown[0]);
    assert_eq!(shown.title, "Screenshot feedback · Backyard Birds");
    let comment: String = feedback.comment.as_deref().unwrap().chars().take(20).collect();
    assert!(shown.body.contains(&comment), "{} {comment}", shown.body);
    let build = format!("{} ({})", feedback.version.as_deref().unwrap(), feedback.build.as_deref().unwrap());
    assert!(shown.body.contains(&build), "{} {build}", shown.body);
    assert_eq!(shown.route, format!("#/feedback/{}", feedback.id));
    let image = shown.image.as_ref().expect("the picture was here in time");
    assert!(std::fs::read(image).unwrap().starts_with(b"\xff\xd8\xff"));
    assert!(!feedback.read);
    let seq = desk.detail(&feedback.id).await.event.unwrap();
    let event = desk.asked(seq).await;
    assert_eq!(event.details.unwrap().feedback.as_ref(), Some(&feedback.id));
    assert!(event.event.subtitle.starts_with("Backyard Birds "), "{}", event.event.subtitle);
}

#[tokio::test]
async fn a_crash_is_named_once_its_log_is_here() {
    let (desk, webhook) = Desk::receiving().await;
    desk.emit(CRASH, &webhook).await;
    let shown = desk.studio.notified(1).await;
    let id = shown[0].route.strip_prefix("#/feedback/").unwrap();
    let detail = desk.fetched(id).await;
    assert_eq!(detail.log.as_ref().unwrap().state, FileState::Kept);
    assert!(detail.feedback.title.starts_with("Crash: "), "{}", detail.feedback.title);
    assert_eq!(desk.studio.shown().len(), 1);
}

#[tokio::test]
async fn every_type_of_event_says_which_app_it_is_about() {
    let (desk, webhook) = Desk::receiving().await;
    let all = EventType::all().filter(|event_type| event_type.subscription_name().is_some());
    for (seq, event_type) in (1..).zip(all) {
        desk.emit(event_type, &webhook).await;
        let details = desk.asked(seq).await.details.unwrap();
        let name = event_type.name();
        assert_eq!(details.app.map(|app| app.name).as_deref(), Some("Backyard Birds"), "{name}");
        assert_eq!(details.trouble, None, "{name}");
        match event_type {
            EventType::AppStoreVersionAppVersionStateUpdated => {
                assert!(details.version.is_some() && details.platform.is_some() && details.state.is_some(), "{name}");
            }
            EventType::BuildBetaDetailExternalBuildStateUpdated | EventType::BuildUploadStateUpdated => {
                assert!(details.build.is_some() && details.version.is_some() && details.state.is_some(), "{name}");
            }
            EventType::BackgroundAssetVersionStateUpdated => assert!(details.asset_pack.is_some(), "{name}"),
            _ => {}
        }
    }
}

#[tokio::test]
async fn what_was_deleted_or_is_forbidden_is_said_plainly() {
    let (desk, webhook) = Desk::receiving().await;
    let gone = Emit::of(SCREENSHOT).through(&webhook.id).with("/data/relationships/instance/data/id", "nothing");
    desk.simulator.emit(gone).await.unwrap();
    let shown = desk.studio.notified(1).await;
    assert!(shown[0].body.starts_with("It was deleted in App Store Connect"), "{}", shown[0].body);
    assert_eq!(shown[0].route, "#/inbox/1");
    assert!(desk.event(1).await.enriching, "it may be on its way still");

    desk.break_down("appStoreVersionsGetInstance", FaultKind::Status, Some(403));
    desk.emit(EventType::AppStoreVersionAppVersionStateUpdated, &webhook).await;
    let detail = desk.asked(2).await;
    let trouble = detail.details.unwrap().trouble.unwrap();
    assert_eq!(trouble, "The account’s key may not read it in App Store Connect");
    assert!(!detail.sentence.contains("key"), "the state is news all the same: {}", detail.sentence);
}

#[tokio::test]
async fn an_event_of_a_webhook_without_an_account_is_asked_about_with_the_one_there_is() {
    let desk = Desk::new().await;
    desk.settled().await;
    let webhook = desk.studio.webhook("s3cret").await;
    let url = webhook.payload_url.unwrap();
    let body = String::from_utf8(sample(EventType::AppStoreVersionAppVersionStateUpdated, "one")).unwrap();
    let body = body.replace("ad7e6298-2570-4ca6-b3cc-f81788e40bdc", "ad7e6298-2570-4ca6-b3cc-f81788e40b01");
    assert_eq!(post(&url, "s3cret", body.into_bytes()).await, 200);
    assert!(desk.enriched(1).await.details.unwrap().app.is_some());
    assert_eq!(post(&url, "s3cret", sample(EventType::WebhookPingCreated, "ping")).await, 200);
    desk.studio.notified(2).await;
    assert_eq!(desk.event(2).await.details, None, "there is nothing to ask about a ping");
}

#[tokio::test]
async fn a_burst_is_asked_about_side_by_side() {
    let (desk, webhook) = Desk::receiving().await;
    desk.simulator.reset_counts();
    desk.simulator.change(&hookbell_sim::Settings { latency_ms: Some(200), ..hookbell_sim::Settings::default() });
    let many = Emit { count: 5, ..Emit::of(CRASH).through(&webhook.id) };
    desk.simulator.emit(many).await.unwrap();
    for seq in 1..=5 {
        desk.enriched(seq).await;
    }
    assert!(desk.simulator.counts().most_in_flight >= 4, "{:?}", desk.simulator.counts());
}
