//! Existing feedback: read page by page, as read, without notifications.

use std::time::Duration;

use hookbell_engine::{
    Pace,
    api::{AccountRequest, BackfillRequest, ErrorCode, FeedbackRequest, FileState, Push},
};
use hookbell_sim::{AddFeedback, Fault, FaultKind, SimulatorSettings};

use super::{SCREENSHOT, pictures};
use crate::asc::{Desk, team_key};

#[tokio::test]
async fn connecting_an_account_brings_what_testers_sent_before_as_read() {
    let desk = Desk::new().await;
    desk.settled().await;
    let feedback = desk.newest().await;
    assert!(feedback.len() >= 4, "{}", feedback.len());
    assert!(feedback.iter().all(|one| one.read && one.app_name.is_some() && one.version.is_some()));
    assert!(feedback.windows(2).all(|two| two[0].sent_at >= two[1].sent_at));
    assert!(desk.studio.shown().is_empty());
    let pushes = desk.studio.desk.pushes.lock().unwrap().clone();
    assert!(pushes.iter().any(|push| matches!(push, Push::Backfill { progress } if progress.done)));
}

#[tokio::test]
async fn all_pages_come_in_and_nothing_twice() {
    let (desk, webhook) = Desk::receiving().await;
    let before = desk.newest().await.len();
    desk.emit(SCREENSHOT, &webhook).await;
    desk.studio.notified(1).await;
    let add = AddFeedback { app_id: desk.app(), count: 450, ..pictures(&[]) };
    desk.simulator.add_feedback(&add).unwrap();
    let progress = desk.studio.hookbell.backfill().finish(BackfillRequest::default()).await.unwrap();
    assert_eq!((progress.added, progress.done, progress.stopped), (450, true, false));
    assert!(progress.found >= 451 && progress.apps == progress.apps_done, "{progress:?}");
    let again = desk.studio.hookbell.backfill().finish(BackfillRequest::default()).await.unwrap();
    assert_eq!(again.added, 0);
    assert_eq!(desk.newest().await.len(), before + 451);
    assert_eq!(desk.newest().await.iter().filter(|one| !one.read).count(), 1, "what came by the webhook is news still");
    assert_eq!(desk.studio.shown().len(), 1);

    let counts = desk.studio.hookbell.feedback().counts().await.unwrap();
    assert_eq!((counts.all as usize, counts.unread), (before + 451, 1));
    assert_eq!(counts.screenshots + counts.crashes, counts.all);
    let birds = counts.apps.iter().find(|app| app.name == "Backyard Birds").unwrap();
    let of_build = FeedbackRequest { build: birds.builds[0].id.clone(), limit: 1, ..FeedbackRequest::default() };
    assert_eq!(desk.studio.hookbell.feedback().page(of_build).await.unwrap().feedback.len(), 1);
}

#[tokio::test]
async fn files_of_feedback_that_another_process_reads_in_are_fetched_at_once() {
    let desk = Desk::new().await;
    desk.settled().await;
    let add = AddFeedback { app_id: desk.app(), ..pictures(&["keyboard.png"]) };
    let ids = desk.simulator.add_feedback(&add).unwrap();
    let other = desk.studio.again().await;
    other.hookbell.backfill().finish(BackfillRequest::default()).await.unwrap();
    let detail = desk.fetched(&ids[0]).await;
    assert_eq!(detail.pictures[0].state, FileState::Kept);
    other.hookbell.stop().await;
}

#[tokio::test]
async fn it_can_be_stopped_and_is_not_begun_twice() {
    let desk = Desk::new().await;
    desk.settled().await;
    desk.simulator.change(&SimulatorSettings { latency_ms: Some(300), ..SimulatorSettings::default() });
    let hookbell = &desk.studio.hookbell;
    hookbell.backfill().start(BackfillRequest::default()).await.unwrap();
    let twice = hookbell.backfill().start(BackfillRequest::default()).await.unwrap_err();
    assert_eq!(twice.code, ErrorCode::Busy);
    hookbell.backfill().stop().await.unwrap();
    desk.settled().await;
    assert!(hookbell.backfill().progress().await.unwrap().unwrap().stopped);
}

#[tokio::test]
async fn what_one_app_refuses_is_told_and_the_others_come() {
    let desk = Desk::new().await;
    desk.settled().await;
    let operation = Some("appsBetaFeedbackScreenshotSubmissionsGetToManyRelated".to_owned());
    let refused = Fault { operation, kind: FaultKind::Status, status: Some(403), count: Some(1), ..Fault::default() };
    desk.simulator.add_fault(refused).unwrap();
    let progress = desk.studio.hookbell.backfill().finish(BackfillRequest::default()).await.unwrap();
    assert_eq!(progress.trouble.map(|trouble| trouble.code), Some(ErrorCode::KeyRefused));
    assert!(progress.found > 0 && progress.apps == progress.apps_done);
}

#[tokio::test]
async fn what_one_answer_kept_from_a_new_account_is_read_again_by_itself() {
    let again = (Duration::from_millis(20), Duration::from_millis(50));
    let desk = Desk::paced(Pace { again, ..Pace::default() }).await;
    desk.settled().await;
    desk.studio.hookbell.accounts().remove(AccountRequest { id: desk.account.clone() }).await.unwrap();
    let sent = desk.simulator.add_feedback(&AddFeedback { app_id: desk.app(), ..pictures(&[]) }).unwrap().remove(0);
    // As many times as one backfill tries.
    let operation = Some("appsBetaFeedbackScreenshotSubmissionsGetToManyRelated".to_owned());
    let broken = Fault { operation, status: Some(500), count: Some(6), ..Fault::default() };
    desk.simulator.add_fault(broken).unwrap();
    desk.studio.hookbell.accounts().add(team_key(&desk.simulator)).await.unwrap();
    for _ in 0..2_000 {
        if desk.newest().await.iter().any(|one| one.id == sent) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("the feedback was not read again");
}

#[tokio::test]
async fn an_account_that_is_added_while_feedback_is_read_has_its_own_read_afterwards() {
    let desk = Desk::new().await;
    desk.settled().await;
    let hookbell = &desk.studio.hookbell;
    let theirs = hookbell_sim::Simulator::start(hookbell_sim::Config::default()).await.unwrap();
    // Slow, so that this backfill runs until it is stopped.
    desk.simulator.change(&SimulatorSettings { latency_ms: Some(60_000), ..SimulatorSettings::default() });
    hookbell.backfill().start(BackfillRequest::default()).await.unwrap();
    let second = hookbell.accounts().add(team_key(&theirs)).await.unwrap();
    let owed = async || hookbell.store().setting::<Vec<String>>("backfillOwed").await.unwrap().unwrap_or_default();
    assert_eq!(owed().await, std::slice::from_ref(&second.id));
    // Gives the automatic backfill time to run into the other one. If this is too short, the test still can't pass
    // wrongly.
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
    hookbell.backfill().stop().await.unwrap();
    for _ in 0..6_000 {
        if owed().await.is_empty() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("the second account's feedback was not read in time");
}
