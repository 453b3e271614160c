//! What can't be uploaded, here or at App Store Connect, and how that is explained.

use hookbell_engine::{
    EventLine,
    api::{BuildFileRequest, ErrorCode, UploadRequest, UploadStage},
};
use hookbell_package::kit::Ipa;
use hookbell_sim::{Fault, FaultKind, SimulatorSettings};

use super::{BUNDLE_ID, Dock};

#[tokio::test]
async fn a_file_says_what_it_is_and_where_it_would_go_before_anything_is_sent() {
    let dock = Dock::new().await;
    let uploads = dock.studio().hookbell.uploads();
    let path = dock.file("3.3", "430");
    let summary = uploads.build_file(BuildFileRequest { path: path.clone() }).await.unwrap();
    assert_eq!((summary.version.as_str(), summary.number.as_str()), ("3.3", "430"));
    assert_eq!((summary.file_name.as_str(), summary.platform_label.as_str()), ("Birds 430.ipa", "iOS"));
    assert_eq!((summary.apps.len(), summary.apps[0].app_name.as_str()), (1, "Backyard Birds"));
    assert_eq!((summary.trouble, summary.existing), (None, None));
    assert_eq!(dock.calls("buildUploadsCreateInstance"), 0);

    let other = dock.file_of(&Ipa::new("se.halden.backyard", "3.3", "430"), "Other.ipa");
    let trouble = uploads.build_file(BuildFileRequest { path: other }).await.unwrap().trouble.unwrap();
    assert_eq!(trouble.message, "None of your apps has the bundle ID se.halden.backyard.");
    assert!(trouble.hint.contains(BUNDLE_ID), "{trouble:?}");

    let simulator = dock.file_of(
        &Ipa::new(BUNDLE_ID, "3.3", "430").info("DTPlatformName", "<string>iphonesimulator</string>"),
        "Simulator.ipa",
    );
    let refused = uploads.build_file(BuildFileRequest { path: simulator }).await.unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::InvalidInput, Some("path")));
    assert_eq!(refused.message, "this build is for the Simulator");
    dock.studio().hookbell.stop().await;
}

#[tokio::test]
async fn the_same_build_is_uploaded_once_at_a_time() {
    let dock = Dock::new().await;
    dock.hang_a_part(0);
    let path = dock.file("3.3", "430");
    let id = dock.try_start(&path).await.unwrap().id;
    dock.until(id, "sending", |upload| upload.stage == UploadStage::Sending).await;
    dock.studio().hookbell.uploads().pause(UploadRequest { id }).await.unwrap();
    let same = dock.try_start(&path).await.unwrap();
    assert_eq!((same.id, same.paused), (id, false), "the same file again goes on");
    let again = dock.file_of(&Ipa::new(BUNDLE_ID, "3.3", "430"), "Again.ipa");
    let refused = dock.try_start(&again).await.unwrap_err();
    assert_eq!(refused.message, "3.3 (430) is already being uploaded");
    let summary = dock.studio().hookbell.uploads().build_file(BuildFileRequest { path: again }).await.unwrap();
    assert_eq!(summary.existing, Some(id));
    assert_eq!(summary.trouble.unwrap().message, "3.3 (430) is already being uploaded.");
    dock.studio().hookbell.stop().await;
}

#[tokio::test]
async fn a_used_number_is_told_with_the_next_one_before_anything_is_sent() {
    let dock = Dock::new().await;
    let uploads = dock.studio().hookbell.uploads();
    let trouble = async |version: &str, number: &str| {
        let path = dock.file(version, number);
        uploads.build_file(BuildFileRequest { path }).await.unwrap().trouble
    };
    let used = trouble("3.3", "419").await.unwrap();
    assert_eq!(
        (used.message.as_str(), used.next_number.as_deref()),
        ("The build number 419 is already used.", Some("420"))
    );
    let lower = trouble("3.3", "100").await.unwrap();
    assert_eq!(lower.message, "The build number 100 is lower than 419, which is already used.");
    assert!(lower.hint.starts_with("Set it to 420 or higher"), "{lower:?}");
    assert_eq!((trouble("3.3", "420").await, trouble("3.4", "1").await), (None, None));
    // If this can’t be checked, App Store Connect refuses the number at the reservation.
    dock.fault(Fault { operation: Some("buildsGetCollection".into()), status: Some(403), ..Fault::default() });
    assert_eq!(trouble("3.3", "419").await, None);
    assert_eq!(dock.calls("buildUploadsCreateInstance"), 0);
    dock.studio().hookbell.stop().await;
}

#[tokio::test]
async fn a_used_number_fails_with_the_next_one_and_sends_nothing() {
    let dock = Dock::new().await;
    let id = dock.start("3.3", "418").await;
    let failure = dock.ended(id, UploadStage::Failed).await.failure.unwrap();
    assert_eq!(failure.message, "The build number 418 is lower than 419, which is already used.");
    let next = failure.next_number.unwrap();
    assert!(next.parse::<u32>().unwrap() > 418 && failure.hint.contains(&next), "{}", failure.hint);
    assert_eq!(dock.calls("uploadParts"), 0);
    let refused = dock.studio().hookbell.uploads().resume(UploadRequest { id }).await.unwrap_err();
    assert_eq!(refused.message, "this upload would fail again");
    dock.studio().hookbell.stop().await;
}

#[tokio::test]
async fn a_closed_version_fails_in_plain_words_and_in_apples() {
    let dock = Dock::new().await;
    let closed = SimulatorSettings { upload_failure: Some("90186".to_owned()), ..SimulatorSettings::default() };
    dock.desk.simulator.change(&closed);
    let id = dock.start("3.3", "430").await;
    let upload = dock.ended(id, UploadStage::Failed).await;
    let failure = upload.failure.unwrap();
    assert!(failure.message.starts_with("This version is closed for new builds"), "{failure:?}");
    assert!(failure.hint.contains("CFBundleShortVersionString"), "{failure:?}");
    assert!(failure.problems.iter().all(|problem| !problem.said.is_empty() && problem.code.is_some()));
    assert!(upload.told_by.is_some());
    dock.studio().hookbell.stop().await;
}

#[tokio::test]
async fn a_refused_key_fails_and_can_be_tried_again() {
    let dock = Dock::new().await;
    dock.fault(Fault {
        operation: Some("buildUploadsCreateInstance".into()),
        kind: FaultKind::Status,
        status: Some(403),
        ..Fault::default()
    });
    let id = dock.start("3.3", "430").await;
    let failure = dock.ended(id, UploadStage::Failed).await.failure.unwrap();
    assert_eq!(failure.message, "This API key doesn’t have permission to upload builds of this app.");
    assert!(failure.can_retry);
    dock.studio().hookbell.uploads().resume(UploadRequest { id }).await.unwrap();
    dock.ended(id, UploadStage::Done).await;
    dock.studio().hookbell.stop().await;
}

#[tokio::test]
async fn a_failure_that_no_event_told_is_hookbells_own_news_once() {
    let dock = Dock::new().await;
    dock.start("3.3", "418").await;
    let told = EventLine::from(&dock.first_event("hookbellUploadFailed").await);
    assert_eq!(
        (told.title.as_str(), told.body.as_str()),
        ("Build 418 wasn’t uploaded", "The build number 418 is lower than 419, which is already used.")
    );
    dock.studio().hookbell.stop().await;
}
