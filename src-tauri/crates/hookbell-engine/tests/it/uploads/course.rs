//! An upload when nothing goes wrong, and what a person can do with it.

use hookbell_engine::api::{ErrorCode, Push, UploadRequest, UploadStage};
use hookbell_package::kit::Ipa;
use hookbell_sim::SimulatorSettings;

use serde_json::{Value, json};

use super::{BUNDLE_ID, Dock, PART_BYTES};
use crate::studio::eventually;

#[tokio::test]
async fn a_build_is_sent_once_and_done_when_the_build_is_there() {
    let dock = Dock::new().await;
    let id = dock.start("3.3", "430").await;
    let upload = dock.ended(id, UploadStage::Done).await;
    let parts = upload.size_bytes.div_ceil(PART_BYTES);
    assert_eq!(u64::from(upload.parts.unwrap()), parts);
    assert_eq!((dock.calls("uploadParts"), dock.calls("buildUploadFilesUpdateInstance")), (parts, 1));
    assert_eq!((upload.confirmed_bytes, upload.sent_bytes), (upload.size_bytes, upload.size_bytes));
    assert_eq!(upload.build, upload.asc_id);
    assert_eq!(upload.told_by.unwrap().seq, None, "no webhook is there");
    assert_eq!((upload.platform_label.as_str(), upload.app_name.as_deref()), ("iOS", Some("Backyard Birds")));
    assert!(upload.page.unwrap().contains("/testflight/ios/"));
    let folder = dock.studio().folder.path().join("uploads");
    eventually("an empty folder", || std::fs::read_dir(&folder).unwrap().next().is_none().then_some(())).await;
    dock.studio().hookbell.stop().await;
}

#[tokio::test]
async fn the_webhooks_event_tells_that_processing_ended() {
    let dock = Dock::new().await;
    // Long enough that no check happens between the last step and its event.
    dock.desk.simulator.change(&SimulatorSettings { processing_ms: Some(400), ..SimulatorSettings::default() });
    dock.desk.create().await;
    let id = dock.start("3.3", "430").await;
    let upload = dock.ended(id, UploadStage::Done).await;
    let seq = upload.told_by.unwrap().seq.unwrap();
    let event = dock.studio().hookbell.store().event(seq).await.unwrap().unwrap();
    let build = upload.asc_id.unwrap();
    assert_eq!(event.instance.unwrap().id, build);
    let route = format!("#/builds/{}/{build}", upload.app);
    let shown = || dock.studio().shown().into_iter().find(|one| one.route == route);
    eventually("a notification that leads to the build", shown).await;
    dock.studio().hookbell.stop().await;
}

#[tokio::test]
async fn a_window_is_told_how_an_upload_goes_and_once_that_it_ended() {
    let dock = Dock::new().await;
    let id = dock.start("3.3", "430").await;
    dock.ended(id, UploadStage::Done).await;
    let told = eventually("the push about the end", || {
        let pushes = dock.studio().desk.pushes.lock().unwrap();
        let mut ended = pushes.iter().filter_map(|push| match push {
            Push::Uploads { uploads } => uploads.iter().find(|one| one.id == id && one.ended_at.is_some()).cloned(),
            _ => None,
        });
        ended.next_back()
    });
    assert_eq!(told.await.stage, UploadStage::Done);
    dock.studio().hookbell.stop().await;
}

#[tokio::test]
async fn a_paused_upload_rests_and_goes_on_with_what_is_missing() {
    let dock = Dock::new().await;
    dock.hang_a_part(2);
    let id = dock.start("3.3", "430").await;
    dock.until(id, "all parts but one", |upload| Some(upload.confirmed_parts + 1) == upload.parts).await;
    let request = UploadRequest { id };
    let uploads = dock.studio().hookbell.uploads();
    for _ in 0..2 {
        assert!(uploads.pause(request).await.unwrap().paused);
    }
    let sent = dock.calls("uploadParts");
    let paused = dock.upload(id).await;
    assert_eq!((paused.stage, paused.bytes_per_second), (UploadStage::Sending, None));
    uploads.resume(request).await.unwrap();
    let done = dock.ended(id, UploadStage::Done).await;
    assert_eq!(dock.calls("uploadParts"), sent + 1, "one part was under way, of {:?}", done.parts);
    assert_eq!(uploads.pause(request).await.unwrap_err().field.as_deref(), Some("id"));
    dock.studio().hookbell.stop().await;
}

#[tokio::test]
async fn a_canceled_upload_is_deleted_at_app_store_connect_and_can_be_forgotten() {
    let dock = Dock::new().await;
    dock.hang_a_part(0);
    let id = dock.start("3.3", "430").await;
    dock.until(id, "sending", |upload| upload.stage == UploadStage::Sending).await;
    assert_eq!(dock.there("430").await, 1);
    let uploads = dock.studio().hookbell.uploads();
    let early = uploads.forget(UploadRequest { id }).await.unwrap_err();
    assert_eq!((early.code, early.message.as_str()), (ErrorCode::InvalidInput, "this upload is still in progress"));
    uploads.cancel(UploadRequest { id }).await.unwrap();
    dock.ended(id, UploadStage::Canceled).await;
    assert_eq!(dock.there("430").await, 0);
    assert!(uploads.forget(UploadRequest { id }).await.unwrap().is_empty());
    assert_eq!(uploads.one(UploadRequest { id }).await.unwrap_err().code, ErrorCode::NotFound);
    dock.studio().hookbell.stop().await;
}

#[tokio::test]
async fn a_limit_counts_at_once_and_so_does_its_end() {
    let dock = Dock::new().await;
    let limit = async |kilobytes: Value| {
        let request = json!({ "uploads": { "limitKilobytesPerSecond": kilobytes } });
        dock.studio().hookbell.settings().change(serde_json::from_value(request).unwrap()).await.unwrap();
    };
    limit(json!(16)).await;
    // At this limit it takes a minute.
    let ipa = Ipa::new(BUNDLE_ID, "3.3", "430").with_ballast(1_000_000);
    let id = dock.try_start(&dock.file_of(&ipa, "Birds.ipa")).await.unwrap().id;
    dock.until(id, "a low speed", |upload| upload.bytes_per_second.is_some_and(|speed| speed < 100_000)).await;
    limit(Value::Null).await;
    dock.ended(id, UploadStage::Done).await;
    dock.studio().hookbell.stop().await;
}

#[tokio::test]
async fn the_trays_menu_tells_how_an_upload_goes_in_steps_and_not_of_one_that_ended() {
    let dock = Dock::new().await;
    dock.hang_a_part(2);
    let id = dock.start("3.3", "430").await;
    dock.until(id, "all parts but one", |upload| Some(upload.confirmed_parts + 1) == upload.parts).await;
    let uploads = dock.studio().hookbell.uploads();
    uploads.pause(UploadRequest { id }).await.unwrap();
    let line = async || dock.studio().tray_menu().await.uploads.first().map(|upload| upload.line.clone());
    let paused = line().await.unwrap();
    let (name, percent) = paused.split_once(" · Paused at ").unwrap();
    assert_eq!(name, "Backyard Birds 3.3 (430)");
    assert!(percent.strip_suffix("0%").is_some_and(|tens| ("1"..="9").contains(&tens)), "{percent}");
    uploads.resume(UploadRequest { id }).await.unwrap();
    dock.ended(id, UploadStage::Done).await;
    assert_eq!(line().await, None);
    dock.studio().hookbell.stop().await;
}
