//! A notification's deadline, and what is retried afterwards.

use hookbell_core::EventType;
use hookbell_engine::{Pace, api::FileState};
use hookbell_sim::{Fault, FaultKind};

use super::{SCREENSHOT, until};
use crate::{asc::Desk, studio::Studio};

const FEEDBACK: &str = "betaFeedbackScreenshotSubmissionsGetInstance";
const VERSION: &str = "appStoreVersionsGetInstance";

#[tokio::test]
async fn a_notification_goes_out_with_what_is_known_when_its_time_is_over() {
    let desk = Desk::paced(Pace::default()).await;
    desk.settled().await;
    let webhook = desk.everything().await;
    let slow = Fault {
        operation: Some(FEEDBACK.to_owned()),
        kind: FaultKind::Slow,
        delay_ms: 4_500,
        count: Some(1),
        ..Fault::default()
    };
    desk.simulator.add_fault(slow).unwrap();
    desk.emit(SCREENSHOT, &webhook).await;
    let shown = desk.studio.notified(1).await;
    assert_eq!(
        (shown[0].title.as_str(), shown[0].route.as_str()),
        ("Screenshot feedback · Backyard Birds", "#/inbox/1")
    );
    let detail = desk.enriched(1).await;
    assert!(detail.details.unwrap().feedback.is_some());
    assert_eq!(desk.studio.shown().len(), 1, "never a second one");
}

#[tokio::test]
async fn what_can_not_be_asked_now_holds_no_notification_back_and_comes_by_the_schedule() {
    let (desk, webhook) = Desk::receiving().await;
    desk.break_down(VERSION, FaultKind::Status, Some(500));
    desk.emit(EventType::AppStoreVersionAppVersionStateUpdated, &webhook).await;
    desk.studio.notified(1).await;
    let detail = desk.event(1).await;
    assert!(detail.details.is_none() && detail.enriching);

    // It fails again after a minute, and after five.
    let asked = |desk: &Desk| desk.simulator.counts().operations.get(VERSION).copied().unwrap_or_default();
    for minutes in [1, 4] {
        let before = asked(&desk);
        desk.later(minutes).await;
        until("another try", || asked(&desk) >= before + 3).await;
    }
    desk.simulator.clear_faults();
    let before = asked(&desk);
    desk.later(20).await;
    assert!(desk.event(1).await.details.is_none());
    assert_eq!(asked(&desk), before, "it is not its time yet");
    desk.later(6).await;
    assert!(desk.enriched(1).await.details.unwrap().version.is_some());
    assert_eq!(desk.studio.shown().len(), 1, "never a second one");
}

#[tokio::test]
async fn the_schedule_outlives_a_restart_and_ends_after_a_day() {
    let (mut desk, webhook) = Desk::receiving().await;
    desk.break_down(VERSION, FaultKind::Status, Some(500));
    desk.emit(EventType::AppStoreVersionAppVersionStateUpdated, &webhook).await;
    desk.studio.notified(1).await;
    desk.studio.hookbell.stop().await;
    let again = desk.studio.again().await;
    *again.ahead.lock().unwrap() = *desk.studio.ahead.lock().unwrap() + jiff::SignedDuration::from_hours(25);
    again.start().await;
    desk.studio = again;
    let detail = desk.enriched(1).await;
    let trouble = detail.details.unwrap().trouble.unwrap();
    assert!(trouble.starts_with("The details couldn’t be read within a day"), "{trouble}");
    assert!(!detail.enriching);
    assert!(desk.studio.shown().is_empty(), "it was notified before the restart");
}

#[tokio::test]
async fn a_locked_keychain_holds_back_nothing_but_details() {
    let (desk, webhook) = Desk::receiving().await;
    desk.break_down(FEEDBACK, FaultKind::Cut, None);
    desk.emit(SCREENSHOT, &webhook).await;
    assert_eq!(desk.studio.notified(1).await[0].title, "Screenshot feedback · Backyard Birds");
}

#[tokio::test]
async fn a_download_goes_on_after_a_restart_and_leaves_nothing_half_written() {
    let (mut desk, webhook) = Desk::receiving().await;
    let before: usize = desk.files().len();
    let dripping = Fault {
        path: Some("/screenshots".to_owned()),
        kind: FaultKind::Drip,
        delay_ms: 60_000,
        count: None,
        ..Fault::default()
    };
    desk.simulator.add_fault(dripping).unwrap();
    desk.emit(SCREENSHOT, &webhook).await;
    until("a download under way", || desk.files().iter().any(|name| name.ends_with(".part"))).await;
    desk.studio.hookbell.stop().await;
    assert_eq!(desk.files().len(), before, "{:?}", desk.files());

    desk.simulator.clear_faults();
    let again: Studio = desk.studio.again().await;
    again.start().await;
    desk.studio = again;
    let id = desk.newest().await[0].id.clone();
    let detail = desk.fetched(&id).await;
    assert!(detail.pictures.iter().all(|picture| picture.state == FileState::Kept), "{detail:?}");
    assert!(desk.files().iter().all(|name| !name.ends_with(".part")));
}
