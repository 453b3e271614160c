//! Uploads that are stored before anything is sent, and plans that wait for them.

use hookbell_core::{AppId, BuildId, BuildUploadFileId, BuildUploadId, EventType, Instance};
use hookbell_store::{
    ConfirmedPart, DistributionState, NewDistribution, NewUpload, Store, StoredUpload, UploadChange, UploadQuery,
    UploadStage,
};
use jiff::{SignedDuration, Timestamp};

use crate::{Insert, Place, new_event, now, of_type};

fn later(seconds: i64) -> Timestamp {
    now().saturating_add(SignedDuration::from_secs(seconds)).unwrap()
}

fn new_upload(number: &str) -> NewUpload {
    NewUpload {
        account: None,
        app: AppId::new("6446").unwrap(),
        bundle_id: "com.halden.birds".into(),
        version: "3.3".into(),
        number: number.into(),
        platform: "IOS".into(),
        uti: "com.apple.ipa".into(),
        file_name: "Birds.ipa".into(),
        path: "/builds/Birds.ipa".into(),
        size: 12_000_000,
        identity: "1:2:3".into(),
        uses_encryption: Some(false),
    }
}

fn asc_id(id: &str) -> BuildUploadId {
    BuildUploadId::new(id).unwrap()
}

fn sending() -> UploadChange {
    UploadChange::Sending { file: BuildUploadFileId::new("file").unwrap(), parts: 3 }
}

fn part(number: u32) -> ConfirmedPart {
    ConfirmedPart { number, offset: i64::from(number - 1) * 5_242_880, length: 5_242_880, md5: [7; 16] }
}

fn done() -> UploadChange {
    UploadChange::Done { build: BuildId::new("built").unwrap(), told_by: Some(9), warnings: None }
}

async fn write(store: &Store, number: &str) -> i64 {
    store.write_upload(new_upload(number), now()).await.unwrap().unwrap()
}

async fn advance(store: &Store, id: i64, changes: impl IntoIterator<Item = UploadChange>) {
    for change in changes {
        assert!(store.advance_upload(id, change.clone(), later(1)).await.unwrap(), "{change:?}");
    }
}

async fn read(store: &Store, id: i64) -> StoredUpload {
    store.upload(id).await.unwrap().unwrap()
}

async fn plan_for(store: &Store, upload: i64) -> i64 {
    let new = NewDistribution {
        app: AppId::new("6446").unwrap(),
        account: None,
        upload: Some(upload),
        build: None,
        plan: "{}".into(),
        planned_by: "{}".into(),
    };
    store.write_distribution(new, now()).await.unwrap()
}

#[tokio::test]
async fn an_upload_comes_back_after_a_restart_with_all_that_was_written() {
    let place = Place::new();
    let id = write(&place.store, "420").await;
    advance(&place.store, id, [UploadChange::Announcing, UploadChange::Reserved(asc_id("a")), sending()]).await;
    place.store.confirm_parts(id, vec![part(2), part(1), part(2)]).await.unwrap();
    let place = place.restarted().await;
    let upload = read(&place.store, id).await;
    assert_eq!((upload.build, upload.stage), (new_upload("420"), UploadStage::Sending));
    assert_eq!((upload.part_count, upload.confirmed_parts, upload.confirmed_bytes), (Some(3), 2, 10_485_760));
    assert_eq!(upload.reserved_at.unwrap().as_second(), later(1).as_second());
    assert_eq!(place.store.confirmed_parts(id).await.unwrap(), [part(1), part(2)]);
    assert_eq!(place.store.upload_of_asc_id(asc_id("a")).await.unwrap().unwrap().id, id);
}

#[tokio::test]
async fn the_same_number_is_on_its_way_once_at_a_time() {
    let place = Place::new();
    let id = write(&place.store, "420").await;
    assert_eq!(place.store.write_upload(new_upload("420"), now()).await.unwrap(), None);
    let failed = UploadChange::Failed { failure: "{}".into(), told_by: None };
    advance(&place.store, id, [failed]).await;
    let again = write(&place.store, "420").await;
    assert!(again > id);
    assert!(!place.store.retry_upload(id).await.unwrap(), "the same number is on its way again");
    let open = UploadQuery { app: Some(AppId::new("6446").unwrap()), open: true, limit: 9 };
    let open: Vec<_> = place.store.uploads(open).await.unwrap().iter().map(|upload| upload.id).collect();
    assert_eq!(open, [again]);
}

#[tokio::test]
async fn a_stage_is_left_once_and_never_skipped() {
    let place = Place::new();
    let id = write(&place.store, "420").await;
    assert!(!place.store.advance_upload(id, UploadChange::Committed, now()).await.unwrap());
    assert!(!place.store.advance_upload(id, done(), now()).await.unwrap());
    advance(&place.store, id, [UploadChange::Announcing, UploadChange::Reserved(asc_id("a")), sending()]).await;
    advance(&place.store, id, [UploadChange::Committing]).await;
    assert!(!place.store.advance_upload(id, UploadChange::Committing, now()).await.unwrap());
    advance(&place.store, id, [UploadChange::Committed, done()]).await;
    assert!(!place.store.advance_upload(id, done(), now()).await.unwrap());
    let upload = read(&place.store, id).await;
    assert_eq!((upload.stage, upload.told_by), (UploadStage::Done, Some(9)));
    assert!(upload.ended_at.is_some());
}

#[tokio::test]
async fn the_first_announcement_stays_the_one_to_look_for() {
    let place = Place::new();
    let id = write(&place.store, "420").await;
    for seconds in [1, 60] {
        assert!(place.store.advance_upload(id, UploadChange::Announcing, later(seconds)).await.unwrap());
    }
    assert_eq!(read(&place.store, id).await.reserved_at.unwrap().as_second(), later(1).as_second());
}

#[tokio::test]
async fn a_reservation_that_was_refused_is_not_looked_for_and_a_late_one_can_still_be_deleted() {
    let place = Place::new();
    let id = write(&place.store, "420").await;
    advance(&place.store, id, [UploadChange::Announcing, UploadChange::NotReserved]).await;
    assert_eq!(read(&place.store, id).await.reserved_at, None);
    advance(&place.store, id, [UploadChange::Announcing, UploadChange::Canceling]).await;
    advance(&place.store, id, [UploadChange::Reserved(asc_id("a")), UploadChange::NotCanceled]).await;
    let upload = read(&place.store, id).await;
    assert_eq!((upload.stage, upload.cancel), (UploadStage::Processing, false), "App Store Connect has all of it");
}

#[tokio::test]
async fn a_part_that_was_lost_is_forgotten_and_can_be_confirmed_again() {
    let place = Place::new();
    let id = write(&place.store, "420").await;
    advance(&place.store, id, [UploadChange::Announcing, UploadChange::Reserved(asc_id("a")), sending()]).await;
    place.store.confirm_parts(id, vec![part(1), part(2)]).await.unwrap();
    place.store.forget_parts(id, vec![1, 3]).await.unwrap();
    assert_eq!(place.store.confirmed_parts(id).await.unwrap(), [part(2)]);
    let other = ConfirmedPart { md5: [8; 16], ..part(1) };
    place.store.confirm_parts(id, vec![other]).await.unwrap();
    assert_eq!(place.store.confirmed_parts(id).await.unwrap(), [other, part(2)]);
}

#[tokio::test]
async fn starting_over_forgets_the_parts_and_remembers_what_to_delete() {
    let place = Place::new();
    let id = write(&place.store, "420").await;
    advance(&place.store, id, [UploadChange::Announcing, UploadChange::Reserved(asc_id("a")), sending()]).await;
    place.store.confirm_parts(id, vec![part(1)]).await.unwrap();
    advance(&place.store, id, [UploadChange::StartedOver]).await;
    let upload = read(&place.store, id).await;
    assert_eq!((upload.stage, upload.confirmed_parts, upload.asc_id), (UploadStage::Reserving, 0, None));
    assert_eq!((upload.abandoned, upload.reserved_at), (Some(asc_id("a")), None));
    place.store.confirm_parts(id, vec![part(1)]).await.unwrap();
    assert_eq!(place.store.confirmed_parts(id).await.unwrap(), [], "it is not sending");
    advance(&place.store, id, [UploadChange::AbandonedDeleted]).await;
    assert_eq!(read(&place.store, id).await.abandoned, None);
}

#[tokio::test]
async fn what_a_person_wants_stands_in_the_row_until_the_upload_ends() {
    let place = Place::new();
    let id = write(&place.store, "420").await;
    assert!(place.store.pause_upload(id, true).await.unwrap());
    place.store.set_upload_waits(id, Some(r#"{"message":"There is no network."}"#.into())).await.unwrap();
    let upload = read(&place.store, id).await;
    assert!(upload.paused && upload.waits.is_some());
    assert!(!place.store.forget_upload(id, now()).await.unwrap(), "it has not ended");
    assert!(place.store.cancel_upload(id).await.unwrap());
    let upload = read(&place.store, id).await;
    assert!(upload.cancel && !upload.paused && upload.waits.is_none());
    advance(&place.store, id, [UploadChange::Canceling, UploadChange::Canceled]).await;
    assert!(!place.store.pause_upload(id, true).await.unwrap());
    assert!(!place.store.cancel_upload(id).await.unwrap());
    assert!(place.store.forget_upload(id, now()).await.unwrap());
    assert_eq!(place.store.upload(id).await.unwrap(), None);
}

#[tokio::test]
async fn an_upload_that_becomes_a_build_hands_the_build_to_its_plan_in_the_same_step() {
    let place = Place::new();
    let id = write(&place.store, "420").await;
    let plan = plan_for(&place.store, id).await;
    assert_eq!(place.store.take_distributions(later(99), later(219), Some(plan), 9).await.unwrap(), []);
    advance(&place.store, id, [UploadChange::Announcing, UploadChange::Reserved(asc_id("a")), sending()]).await;
    advance(&place.store, id, [UploadChange::Committing, UploadChange::Committed, done()]).await;
    let taken = place.store.take_distributions(later(99), later(219), Some(plan), 9).await.unwrap();
    assert_eq!((taken[0].id, taken[0].planned.build.as_ref().unwrap().as_str()), (plan, "built"));
}

#[tokio::test]
async fn a_plan_ends_with_the_upload_that_was_canceled() {
    let place = Place::new();
    let id = write(&place.store, "420").await;
    let plan = plan_for(&place.store, id).await;
    advance(&place.store, id, [UploadChange::Canceling, UploadChange::Canceled]).await;
    let plan = place.store.distribution(plan).await.unwrap().unwrap();
    assert_eq!((plan.state, plan.ended_at.is_some()), (DistributionState::Stopped, true));
}

#[tokio::test]
async fn that_an_upload_was_processed_is_not_notified_where_a_plan_will_be() {
    let place = Place::new();
    let planned = write(&place.store, "420").await;
    let unplanned = write(&place.store, "421").await;
    plan_for(&place.store, planned).await;
    for (id, asc) in [(planned, "a"), (unplanned, "b")] {
        advance(&place.store, id, [UploadChange::Announcing, UploadChange::Reserved(asc_id(asc))]).await;
    }
    let mut seqs = Vec::new();
    for (asc, to) in [("a", "PROCESSING"), ("a", "COMPLETE"), ("b", "COMPLETE")] {
        seqs.push(hear(&place.store, asc, to).await);
    }
    let claimed = place.store.claim_notifications(seqs.clone(), now()).await.unwrap();
    assert_eq!(claimed, [seqs[0], seqs[2]]);
    assert_eq!(place.store.unnotified(9).await.unwrap(), [], "it is not owed any more");
}

/// Inserts Apple's event about an upload's new state.
async fn hear(store: &Store, asc: &str, to: &str) -> i64 {
    let mut new = of_type(EventType::BuildUploadStateUpdated, new_event(&format!("{asc} {to}"), "{}"));
    new.event.instance = Some(Instance { kind: "buildUploads".into(), id: asc.into() });
    new.event.to = Some(to.into());
    store.insert(new).await.unwrap().seq
}

#[tokio::test]
async fn an_event_tells_how_an_upload_ended_if_it_came_before_the_end_and_is_silent_if_it_came_after() {
    let place = Place::new();
    let ends = [
        ("COMPLETE", UploadChange::Done { build: BuildId::new("built").unwrap(), told_by: None, warnings: None }),
        ("FAILED", UploadChange::Failed { failure: "{}".into(), told_by: None }),
    ];
    for (to, end) in ends {
        for comes_first in [true, false] {
            let asc = format!("{to} {comes_first}");
            let id = write(&place.store, &asc).await;
            advance(&place.store, id, [UploadChange::Announcing, UploadChange::Reserved(asc_id(&asc)), sending()])
                .await;
            advance(&place.store, id, [UploadChange::Committing, UploadChange::Committed]).await;
            let early = if comes_first { Some(hear(&place.store, &asc, to).await) } else { None };
            advance(&place.store, id, [end.clone()]).await;
            assert_eq!(read(&place.store, id).await.told_by, early, "{asc}");
            let seq = match early {
                Some(seq) => seq,
                None => hear(&place.store, &asc, to).await,
            };
            let claimed = place.store.claim_notifications(vec![seq], now()).await.unwrap();
            assert_eq!(claimed, early.into_iter().collect::<Vec<_>>(), "{asc}");
        }
    }
}
