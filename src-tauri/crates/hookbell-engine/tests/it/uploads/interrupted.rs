//! Uploads whose answers are lost or whose process ends: nothing is sent twice, nothing is committed twice.

use hookbell_engine::api::UploadStage;
use hookbell_sim::{Fault, FaultKind};

use super::Dock;
use crate::studio::eventually;

const RESERVE: &str = "buildUploadsCreateInstance";
const RESERVE_FILE: &str = "buildUploadFilesCreateInstance";
const COMMIT: &str = "buildUploadFilesUpdateInstance";
const PART: &str = "uploadParts";

#[tokio::test]
async fn a_reservation_whose_answer_is_lost_is_found_and_not_made_again() {
    for operation in [RESERVE, RESERVE_FILE] {
        let dock = Dock::new().await;
        dock.lose_answer(operation);
        let id = dock.start("3.3", "430").await;
        dock.ended(id, UploadStage::Done).await;
        assert_eq!((dock.calls(operation), dock.there("430").await), (1, 1), "{operation}");
        dock.studio().hookbell.stop().await;
    }
}

#[tokio::test]
async fn a_reservation_that_never_arrived_is_made_again() {
    let dock = Dock::new().await;
    dock.fault(Fault { operation: Some(RESERVE.into()), kind: FaultKind::Cut, ..Fault::default() });
    let id = dock.start("3.3", "430").await;
    dock.ended(id, UploadStage::Done).await;
    assert_eq!((dock.calls(RESERVE), dock.there("430").await), (2, 1));
    dock.studio().hookbell.stop().await;
}

#[tokio::test]
async fn a_commit_without_a_clear_answer_is_looked_up_and_only_repeated_if_it_did_not_work() {
    let lost = |done, status| {
        let kind = if status == 0 { FaultKind::Cut } else { FaultKind::Status };
        Fault { operation: Some(COMMIT.into()), kind, status: (status > 0).then_some(status), done, ..Fault::default() }
    };
    for (fault, commits) in [(lost(true, 0), 1), (lost(true, 500), 1), (lost(false, 0), 2), (lost(false, 500), 2)] {
        let dock = Dock::new().await;
        let what = format!("{fault:?}");
        dock.fault(fault);
        let id = dock.start("3.3", "430").await;
        let upload = dock.ended(id, UploadStage::Done).await;
        assert_eq!(dock.calls(COMMIT), commits, "{what}");
        assert_eq!(dock.calls(PART), u64::from(upload.parts.unwrap()), "{what}");
        dock.studio().hookbell.stop().await;
    }
}

#[tokio::test]
async fn an_upload_whose_process_ends_at_any_stage_goes_on_at_the_next_start() {
    for (operation, hangs_after) in [(RESERVE, 0), (RESERVE_FILE, 0), (PART, 0), (PART, 3), (COMMIT, 0)] {
        let dock = Dock::new().await;
        dock.fault(Fault {
            operation: Some(operation.into()),
            kind: FaultKind::Slow,
            delay_ms: 60_000,
            skip: hangs_after,
            ..Fault::default()
        });
        let id = dock.start("3.3", "430").await;
        let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(20);
        while dock.calls(operation) <= u64::from(hangs_after) {
            assert!(tokio::time::Instant::now() < deadline, "{operation} was not called");
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        let dock = dock.restarted().await;
        let upload = dock.ended(id, UploadStage::Done).await;
        assert_eq!(dock.there("430").await, 1, "{operation}");
        let parts = u64::from(upload.parts.unwrap());
        // Four are in flight at a time, and only those may be sent again.
        assert!(dock.calls(PART) <= parts + 4, "{operation}: {} of {parts}", dock.calls(PART));
        assert!(dock.calls(COMMIT) <= 2, "{operation}");
        assert!(dock.open_uploads().await.is_empty());
        dock.studio().hookbell.stop().await;
    }
}

#[tokio::test]
async fn parts_that_fail_are_sent_again_alone() {
    let dock = Dock::new().await;
    let fault = |kind, status, skip| Fault {
        operation: Some(PART.into()),
        kind,
        status,
        skip,
        at_byte: 700,
        ..Fault::default()
    };
    dock.fault(fault(FaultKind::Status, Some(504), 0));
    dock.fault(fault(FaultKind::CutRequest, None, 1));
    dock.fault(fault(FaultKind::Garble, None, 2));
    let id = dock.start("3.3", "430").await;
    let upload = dock.ended(id, UploadStage::Done).await;
    assert_eq!(dock.calls(PART), u64::from(upload.parts.unwrap()) + 3);
    dock.studio().hookbell.stop().await;
}

#[tokio::test]
async fn an_upload_goes_on_from_our_copy_though_the_file_is_gone_and_the_copy_goes_with_its_end() {
    let dock = Dock::new().await;
    dock.hang_a_part(3);
    let path = dock.file("3.3", "430");
    let id = dock.try_start(&path).await.unwrap().id;
    dock.until(id, "all parts but one", |upload| Some(upload.confirmed_parts + 1) == upload.parts).await;
    let store = dock.studio().hookbell.store();
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(20);
    while store.upload(id).await.unwrap().unwrap().copy_identity.is_none() {
        assert!(tokio::time::Instant::now() < deadline, "the file was not copied");
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    let copy = dock.studio().folder.path().join("uploads").join(format!("{id}.build"));
    assert_eq!(std::fs::read(&copy).unwrap(), std::fs::read(&path).unwrap());
    std::fs::remove_file(&path).unwrap();
    let dock = dock.restarted().await;
    let upload = dock.ended(id, UploadStage::Done).await;
    assert!(dock.calls(PART) <= u64::from(upload.parts.unwrap()) + 4);
    eventually("the copy is removed", || (!copy.exists()).then_some(())).await;
    dock.studio().hookbell.stop().await;
}

#[tokio::test]
async fn without_a_copy_a_file_that_is_gone_fails_in_words_after_a_restart() {
    let dock = Dock::new().await;
    dock.fault(Fault {
        operation: Some(PART.into()),
        kind: FaultKind::Slow,
        delay_ms: 60_000,
        count: None,
        ..Fault::default()
    });
    let path = dock.file("3.3", "430");
    let id = dock.try_start(&path).await.unwrap().id;
    dock.until(id, "sending", |upload| upload.stage == UploadStage::Sending).await;
    dock.studio().hookbell.finish().await;
    let copy = dock.studio().folder.path().join("uploads").join(format!("{id}.build"));
    let _ = std::fs::remove_file(copy);
    std::fs::remove_file(&path).unwrap();
    let dock = dock.restarted().await;
    let failure = dock.ended(id, UploadStage::Failed).await.failure.unwrap();
    assert!(failure.message.starts_with("The file is gone: ") && failure.can_retry, "{failure:?}");
    dock.studio().hookbell.stop().await;
}
