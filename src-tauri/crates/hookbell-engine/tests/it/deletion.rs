//! Deleting what was received: by hand, with an account, and by retention.

use std::{fs, path::Path};

use hookbell_core::EventType;
use hookbell_engine::api::{
    AccountRequest, BackfillRequest, ChangeSettingsRequest, DeletionBounds, DeletionRequest, ErrorCode, EventsRequest,
    FeedbackRequest, Received, Retention,
};
use jiff::Timestamp;

use crate::{
    asc::Desk,
    feedback::{SCREENSHOT, pictures},
    studio::{Studio, eventually, post, sample},
};

fn events(events: Vec<i64>) -> DeletionRequest {
    DeletionRequest { events, ..DeletionRequest::default() }
}

fn feedback(id: &str) -> DeletionRequest {
    DeletionRequest { feedback: vec![id.to_owned()], ..DeletionRequest::default() }
}

fn within(bounds: DeletionBounds) -> DeletionRequest {
    DeletionRequest { within: Some(bounds), ..DeletionRequest::default() }
}

/// Whether any file in or below the data directory contains a text.
fn is_anywhere(dir: &Path, text: &str) -> bool {
    fs::read_dir(dir).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return is_anywhere(&path, text);
        }
        fs::read(path).unwrap_or_default().windows(text.len()).any(|window| window == text.as_bytes())
    })
}

async fn inbox(studio: &Studio) -> Vec<i64> {
    let request = EventsRequest { limit: 100, ..EventsRequest::default() };
    studio.hookbell.events().page(request).await.unwrap().events.iter().map(|event| event.seq).collect()
}

#[tokio::test]
async fn a_deleted_event_is_gone_from_the_disk_and_a_redelivery_does_not_bring_it_back() {
    let studio = Studio::listening().await;
    let url = studio.webhook("secret").await.payload_url.unwrap();
    let body = sample(EventType::BuildUploadStateUpdated, "quixotrypanite");
    assert_eq!(post(&url, "secret", body.clone()).await, 200);
    assert_eq!(post(&url, "secret", sample(EventType::BuildUploadStateUpdated, "stays")).await, 200);
    studio.notified(2).await;
    let seqs = inbox(&studio).await;
    let gone = seqs[1];

    let said = studio.hookbell.cleanup().preview(events(vec![gone])).await.unwrap();
    assert_eq!((said.events, said.feedback, said.payload_bytes), (1, 0, body.len() as u64));
    assert!(said.sentence.starts_with("1 event from 20"), "{}", said.sentence);
    assert_eq!(inbox(&studio).await, seqs, "saying it deletes nothing");
    let deleted = studio.hookbell.cleanup().delete(events(vec![gone])).await.unwrap();
    assert_eq!((deleted.events, deleted.traces_until_next_start), (1, false));
    assert_eq!(inbox(&studio).await, [seqs[0]]);
    let of_body = std::str::from_utf8(&body).unwrap().replace("quixotrypanite", "");
    assert!(of_body.len() > 100, "there is something to be found");
    // Only the bare id is remembered, nothing else of the event.
    assert!(!is_anywhere(studio.folder.path(), std::str::from_utf8(&body).unwrap()));

    assert_eq!(post(&url, "secret", body).await, 200);
    assert_eq!(post(&url, "secret", sample(EventType::BuildUploadStateUpdated, "news")).await, 200);
    studio.notified(3).await;
    assert_eq!(inbox(&studio).await.len(), 2);
    assert!(!inbox(&studio).await.contains(&gone));
    assert_eq!(studio.shown().len(), 3, "nobody is told again");
}

#[tokio::test]
async fn deleted_feedback_leaves_no_file_and_is_not_read_again() {
    let desk = Desk::new().await;
    desk.settled().await;
    let id = desk.read_in(pictures(&["keyboard.png", "map.heic"])).await;
    desk.fetched(&id).await;
    let hookbell = &desk.studio.hookbell;
    let files_before = desk.files().len();
    let said = hookbell.cleanup().preview(feedback(&id)).await.unwrap();
    assert_eq!((said.feedback, said.files), (1, 2));
    assert!(said.file_bytes > 0 && said.apps.iter().any(|app| app.name == "Backyard Birds"), "{said:?}");
    assert!(said.sentence.contains("2 screenshots and crash logs"), "{}", said.sentence);

    let deleted = hookbell.cleanup().delete(feedback(&id)).await.unwrap();
    assert_eq!(deleted.feedback, 1);
    assert_eq!(desk.files().len() as u64, files_before as u64 - deleted.files);
    let gone =
        hookbell.feedback().detail(hookbell_engine::api::FeedbackIdRequest { id: id.clone() }).await.unwrap_err();
    assert_eq!(gone.code, ErrorCode::NotFound);
    let again = hookbell.backfill().finish(BackfillRequest::default()).await.unwrap();
    assert!(again.found > 0 && again.added == 0, "{again:?}");
    assert!(desk.newest().await.iter().all(|one| one.id != id));
}

#[tokio::test]
async fn everything_of_an_app_goes_and_what_is_of_others_stays() {
    let (desk, webhook) = Desk::receiving().await;
    desk.emit(SCREENSHOT, &webhook).await;
    desk.studio.notified(1).await;
    let local = desk.studio.webhook("secret").await.payload_url.unwrap();
    assert_eq!(post(&local, "secret", sample(EventType::WebhookPingCreated, "mine")).await, 200);
    desk.studio.notified(2).await;
    let of_others = desk.newest().await.iter().filter(|one| one.app.as_deref() != Some(desk.app().as_str())).count();
    let bounds = DeletionBounds { app: Some(desk.app()), ..DeletionBounds::default() };
    let said = desk.studio.hookbell.cleanup().preview(within(bounds.clone())).await.unwrap();
    let deleted = desk.studio.hookbell.cleanup().delete(within(bounds)).await.unwrap();
    assert_eq!((deleted.events, deleted.feedback), (said.events, said.feedback));
    assert!(deleted.events == 1 && deleted.feedback > 0, "{deleted:?}");
    assert_eq!(desk.newest().await.len(), of_others);
    assert_eq!(inbox(&desk.studio).await.len(), 1, "a local webhook belongs to no app");
}

#[tokio::test]
async fn a_removed_account_keeps_or_takes_what_was_received_through_it() {
    for takes in [false, true] {
        let (desk, webhook) = Desk::receiving().await;
        desk.emit(SCREENSHOT, &webhook).await;
        desk.studio.notified(1).await;
        let hookbell = &desk.studio.hookbell;
        let before = desk.newest().await.len();
        let one = AccountRequest { id: desk.account.clone() };
        let removal = hookbell.cleanup().account_removal(one.clone()).await.unwrap();
        assert_eq!((removal.received.events, removal.received.feedback), (1, before as u64));
        if takes {
            let deleted = hookbell.cleanup().remove_account_and_received(one).await.unwrap();
            assert_eq!((deleted.events, deleted.feedback), (1, before as u64));
            assert!(desk.newest().await.is_empty() && inbox(&desk.studio).await.is_empty());
            // A download that was under way removes its file itself.
            eventually("the end of all files", || desk.files().is_empty().then_some(())).await;
        } else {
            hookbell.accounts().remove(one).await.unwrap();
            assert_eq!((desk.newest().await.len(), inbox(&desk.studio).await.len()), (before, 1));
        }
        assert!(hookbell.accounts().list().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn an_account_whose_row_can_not_be_removed_keeps_its_key() {
    let desk = Desk::new().await;
    desk.settled().await;
    let hookbell = &desk.studio.hookbell;
    let one = || AccountRequest { id: desk.account.clone() };
    // Another program locks the database for longer than a write waits.
    let lock = rusqlite::Connection::open(desk.studio.folder.path().join("hookbell.db")).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = hookbell.accounts().remove(one()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::StoreUnwritable, "{refused:?}");
    drop(lock);
    assert_eq!(hookbell.accounts().list().await.unwrap().len(), 1);
    assert_eq!(hookbell.accounts().check(one()).await.unwrap().trouble, None, "the key is there");
    hookbell.accounts().remove(one()).await.unwrap();
    assert!(hookbell.accounts().list().await.unwrap().is_empty());
}

#[tokio::test]
async fn nothing_is_deleted_unless_something_says_what() {
    let studio = Studio::open().await;
    let both = DeletionRequest { events: vec![1], ..within(DeletionBounds::default()) };
    let wrong_time = DeletionBounds { before: Some("yesterday".to_owned()), ..DeletionBounds::default() };
    for (request, field) in [
        (DeletionRequest::default(), None),
        (within(DeletionBounds::default()), None),
        (both, None),
        (within(wrong_time), Some("before")),
    ] {
        let refused = studio.hookbell.cleanup().delete(request).await.unwrap_err();
        assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::InvalidInput, field));
    }
    let aside = studio.folder.path().join("hookbell.db.damaged-2026-11-01T00-00-00Z");
    fs::write(&aside, "damaged").unwrap();
    let now = DeletionBounds { before: Some(Timestamp::now().to_string()), ..DeletionBounds::default() };
    let said = studio.hookbell.cleanup().preview(within(now)).await.unwrap();
    assert_eq!(said.sentence, "Nothing to delete.");
    assert_eq!(said.set_aside, ["hookbell.db.damaged-2026-11-01T00-00-00Z"]);
}

#[tokio::test]
async fn events_and_words_are_kept_for_good_until_a_retention_is_set() {
    let desk = Desk::new().await;
    desk.settled().await;
    let studio = &desk.studio;
    let url = studio.webhook("secret").await.payload_url.unwrap();
    assert_eq!(post(&url, "secret", sample(EventType::WebhookPingCreated, "old")).await, 200);
    studio.notified(1).await;
    let feedback_before = desk.newest().await.len();
    assert!(feedback_before > 0);
    let retention = studio.hookbell.settings().read().await.unwrap().settings.retention;
    assert_eq!((retention.event_days, retention.feedback_days), (None, None));
    studio.wait_hours(24 * 800);
    let keep = async |retention: Retention| {
        let change = ChangeSettingsRequest { retention: Some(retention), ..ChangeSettingsRequest::default() };
        studio.hookbell.settings().change(change).await
    };
    keep(Retention { days: 91, ..retention }).await.unwrap();
    assert_eq!((inbox(studio).await.len(), desk.newest().await.len()), (1, feedback_before));

    let refused = keep(Retention { event_days: Some(0), ..retention }).await.unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("retention.eventDays"));
    keep(Retention { event_days: Some(700), ..retention }).await.unwrap();
    assert_eq!((inbox(studio).await.len(), desk.newest().await.len()), (0, feedback_before));
    keep(Retention { feedback_days: Some(700), ..retention }).await.unwrap();
    let request = FeedbackRequest { limit: 100, archived: true, ..FeedbackRequest::default() };
    assert_eq!(
        (desk.newest().await.len(), studio.hookbell.feedback().page(request).await.unwrap().feedback.len()),
        (0, 0)
    );
    assert_eq!(desk.files(), [""; 0]);
    let again = studio.hookbell.backfill().finish(BackfillRequest::default()).await.unwrap();
    assert!(again.found > 0 && again.added == 0, "{again:?}");
}

#[tokio::test]
async fn events_alone_go_and_the_feedback_they_told_of_stays() {
    let (desk, webhook) = Desk::receiving().await;
    desk.emit(SCREENSHOT, &webhook).await;
    desk.studio.notified(1).await;
    let before = desk.newest().await.len();
    let account = Some(desk.account.clone());
    let bounds = DeletionBounds { what: Received::Events, account, ..DeletionBounds::default() };
    let deleted = desk.studio.hookbell.cleanup().delete(within(bounds)).await.unwrap();
    assert_eq!((deleted.events, deleted.feedback), (1, 0));
    assert_eq!((inbox(&desk.studio).await.len(), desk.newest().await.len()), (0, before));
}
