//! What an event is about, in its notification and in the inbox.

use hookbell_core::EventType;
use hookbell_engine::api::{EventRequest, FileState};
use hookbell_sim::{Emit, Fault, FaultKind, SimulatorSettings};

use super::{CRASH, SCREENSHOT};
use crate::{
    asc::Desk,
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
async fn a_screenshot_is_shown_as_soon_as_it_is_here() {
    let (desk, webhook) = Desk::receiving().await;
    let emitted = tokio::time::Instant::now();
    desk.emit(SCREENSHOT, &webhook).await;
    let shown = desk.studio.notified(1).await;
    assert!(shown[0].image.is_some());
    let took = emitted.elapsed();
    assert!(took < std::time::Duration::from_secs(5), "it waited for {took:?} though the screenshot was here");
}

#[tokio::test]
async fn a_screenshot_is_waited_for_longer_than_the_details_that_lead_to_it() {
    let pace = hookbell_engine::Pace::default();
    assert!(pace.picture >= pace.details + std::time::Duration::from_secs(3));
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
async fn an_event_that_names_the_build_itself_says_its_app_version_and_number() {
    let (desk, webhook) = Desk::receiving().await;
    let event = Emit::of(EventType::BuildUploadStateUpdated)
        .through(&webhook.id)
        .with("/data/relationships/instance/data/type", "builds")
        .with("/data/relationships/instance/data/id", "e2b4a7c0-3f5d-4b44-9d0e-52f2f1a0c418")
        .with("/data/attributes/newState", "COMPLETE");
    desk.simulator.emit(event).await.unwrap();
    let details = desk.asked(1).await.details.unwrap();
    assert_eq!(details.app.map(|app| app.name).as_deref(), Some("Backyard Birds"));
    assert_eq!((details.version.is_some(), details.build.as_deref()), (true, Some("418")));
    assert!(details.state.is_some());
    assert_eq!(details.trouble, None);
}

#[tokio::test]
async fn what_was_deleted_or_is_forbidden_is_said_plainly() {
    let (desk, webhook) = Desk::receiving().await;
    let gone = Emit::of(SCREENSHOT).through(&webhook.id).with("/data/relationships/instance/data/id", "nothing");
    desk.simulator.emit(gone).await.unwrap();
    let shown = desk.studio.notified(1).await;
    assert!(shown[0].body.starts_with("App Store Connect doesn’t have it yet"), "{}", shown[0].body);
    assert_eq!(shown[0].route, "#/inbox/1");
    assert!(desk.event(1).await.enriching, "it may be on its way still");
    let trouble = desk.believed(1, &[1, 4]).await;
    assert!(trouble.starts_with("It was deleted in App Store Connect"), "{trouble}");

    desk.break_down(VERSION, FaultKind::Status, Some(403));
    desk.emit(EventType::AppStoreVersionAppVersionStateUpdated, &webhook).await;
    let detail = desk.enriched(2).await;
    assert_eq!(detail.details.unwrap().trouble.as_deref(), Some(FORBIDDEN));
    assert!(!detail.sentence.contains("key"), "the state is news all the same: {}", detail.sentence);
    assert!(desk.event(2).await.enriching, "one 403 is no verdict");
    assert_eq!(desk.believed(2, &[1, 4, 25, 30]).await, FORBIDDEN);
    // After giving up, details can be read by hand.
    desk.simulator.clear_faults();
    let details = desk.studio.hookbell.events().read_details(EventRequest { seq: 2 }).await.unwrap().details.unwrap();
    assert_eq!((details.trouble, details.version.is_some()), (None, true));
    assert_eq!(desk.studio.shown().len(), 2, "details are no news");
}

const FORBIDDEN: &str = "The account’s API key doesn’t have permission to read it";

#[tokio::test]
async fn a_right_that_was_missing_once_takes_no_details_away() {
    let (desk, webhook) = Desk::receiving().await;
    // Each as often as one try asks.
    for (status, count) in [(401, 2), (403, 1), (404, 1), (500, 3)] {
        let (operation, status, count) = (Some(VERSION.to_owned()), Some(status), Some(count));
        desk.simulator.add_fault(Fault { operation, status, count, ..Fault::default() }).unwrap();
    }
    desk.emit(EventType::AppStoreVersionAppVersionStateUpdated, &webhook).await;
    desk.studio.notified(1).await;
    // A try may take a while: the minutes pass one by one, and everything is known well before the day is over.
    for _ in 0..1_200 {
        if !desk.event(1).await.enriching {
            break;
        }
        desk.later(1).await;
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let details = desk.asked(1).await.details.unwrap();
    assert_eq!((details.trouble, details.version.is_some()), (None, true));
}

impl Desk {
    /// Waits until no try of an event is due, and returns its state.
    async fn tried(&self, seq: i64) {
        for _ in 0..2_000 {
            let now = jiff::Timestamp::now() + *self.studio.ahead.lock().unwrap();
            let due = self.studio.hookbell.store().next_enrichment().await.unwrap();
            if due.is_none_or(|due| due > now) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        panic!("event {seq} was not tried in time");
    }

    /// Lets these minutes pass one by one, and returns what is accepted in the end.
    async fn believed(&self, seq: i64, minutes: &[i64]) -> String {
        for minutes in minutes {
            assert!(self.event(seq).await.enriching, "it was given up before {minutes} more minutes");
            self.later(*minutes).await;
            self.tried(seq).await;
        }
        self.asked(seq).await.details.unwrap().trouble.unwrap()
    }
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
    desk.simulator.change(&SimulatorSettings { latency_ms: Some(200), ..SimulatorSettings::default() });
    let many = Emit { count: 5, ..Emit::of(CRASH).through(&webhook.id) };
    desk.simulator.emit(many).await.unwrap();
    for seq in 1..=5 {
        desk.enriched(seq).await;
    }
    assert!(desk.simulator.counts().most_in_flight >= 4, "{:?}", desk.simulator.counts());
}

const VERSION: &str = "appStoreVersionsGetInstance";

#[tokio::test]
async fn events_about_one_resource_are_told_by_one_reading_of_it() {
    let (desk, _) = Desk::receiving().await;
    let url = desk.studio.webhook("s3cret").await.payload_url.unwrap();
    let about_one = |id: usize| {
        let body = String::from_utf8(sample(EventType::AppStoreVersionAppVersionStateUpdated, &format!("v{id}")));
        let there = "ad7e6298-2570-4ca6-b3cc-f81788e40b01";
        body.unwrap().replace("ad7e6298-2570-4ca6-b3cc-f81788e40bdc", there).into_bytes()
    };
    let asked = || desk.simulator.counts().operations.get(VERSION).copied().unwrap_or_default();
    for id in 1..=60 {
        assert_eq!(post(&url, "s3cret", about_one(id)).await, 200);
    }
    for seq in 1..=60 {
        assert!(desk.enriched(seq).await.details.unwrap().version.is_some());
    }
    assert!(asked() <= 2, "{} readings for 60 events", asked());
    // Its current state is read once more for events that arrived after the read.
    desk.later(1).await;
    for seq in 1..=60 {
        assert!(desk.asked(seq).await.details.unwrap().state.is_some());
    }
    assert!(asked() <= 3, "{} readings for 60 events", asked());
}

#[tokio::test]
async fn events_about_a_resource_that_is_gone_do_not_each_ask_for_it() {
    const UPLOAD: &str = "buildUploadsGetInstance";
    let (desk, webhook) = Desk::receiving().await;
    let asked = || desk.simulator.counts().operations.get(UPLOAD).copied().unwrap_or_default();
    let gone = || Emit::of(EventType::BuildUploadStateUpdated).through(&webhook.id);
    for seq in 1..=20 {
        desk.simulator.emit(gone().with("/data/relationships/instance/data/id", "nothing")).await.unwrap();
        let trouble = desk.enriched(seq).await.details.unwrap().trouble.unwrap();
        assert!(trouble.starts_with("App Store Connect doesn’t have it yet"), "event {seq}: {trouble}");
    }
    assert!((1..10).contains(&asked()), "{} requests for 20 events within seconds", asked());
}

#[tokio::test]
async fn details_leave_a_rest_of_the_hourly_limit_and_go_on_when_it_is_back() {
    const LIMIT: u64 = 60;
    let (desk, webhook) = Desk::receiving().await;
    desk.simulator.change(&SimulatorSettings { rate_limit: Some(LIMIT), ..SimulatorSettings::default() });
    for id in 0..LIMIT {
        let another = Emit::of(EventType::BuildUploadStateUpdated).through(&webhook.id);
        let id = format!("upload-{id}");
        desk.simulator.emit(another.with("/data/relationships/instance/data/id", id)).await.unwrap();
    }
    let said = async || desk.studio.hookbell.overview().status().await.unwrap().detail;
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(30);
    while !said().await.starts_with("API limit almost used up, details resume at ") {
        assert!(tokio::time::Instant::now() < deadline, "{}", said().await);
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    desk.tried(1).await;
    let left = desk.studio.hookbell.accounts().list().await.unwrap()[0].rate_limit.clone().unwrap();
    assert!((1..=6).contains(&left.remaining), "{left:?}");
    let last = i64::try_from(LIMIT).unwrap();
    assert!(desk.event(last).await.details.is_none(), "it waits");

    // Earlier tries are due again as well, so it takes more than one hour; on a busy computer, many.
    for _ in 0..24 {
        desk.later(61).await;
        desk.tried(last).await;
        if desk.event(last).await.details.is_some() && !said().await.contains("limit") {
            return;
        }
    }
    panic!("{:?}, {}", desk.event(last).await.details, said().await);
}
