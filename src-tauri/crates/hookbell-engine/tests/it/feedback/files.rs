//! Pictures of every sort, good and bad, and how long they are kept.

use hookbell_engine::api::{FeedbackDetail, FileState, PictureRequest, RetentionRequest};
use hookbell_sim::{AddFeedback, Fault, FaultKind, SimulatorSettings};

use super::{one, pictures};
use crate::asc::Desk;

#[tokio::test]
async fn every_picture_is_what_its_content_says() {
    let desk = Desk::new().await;
    desk.settled().await;
    let names = ["keyboard.png", "map.jpg", "map.heic", "oversized.png", "claims-60000.png", "page.png"];
    let id = desk.read_in(pictures(&names)).await;
    let detail = desk.fetched(&id).await;
    let told: Vec<_> = detail
        .pictures
        .iter()
        .map(|picture| (picture.state, picture.format.as_deref(), picture.showable, picture.thumbnail))
        .collect();
    assert_eq!(
        told,
        [
            (FileState::Kept, Some("PNG"), true, true),
            (FileState::Kept, Some("JPEG"), true, true),
            (FileState::Kept, Some("HEIC"), false, false),
            (FileState::TooLarge, None, false, false),
            (FileState::TooLarge, None, false, false),
            (FileState::NotAnImage, None, false, false),
        ]
    );
    let reason = |number: usize| detail.pictures[number].reason.clone().unwrap();
    assert_eq!(reason(3), "it is larger than 26 MB");
    assert_eq!(reason(4), "the screenshot is too large to open (60000 × 60000 pixels)");
    assert_eq!(reason(5), "the download is a web page, not an image");

    let hookbell = &desk.studio.hookbell;
    let full = hookbell.feedback().picture(detail.pictures[0].id, "full").await.unwrap();
    assert_eq!((full.media_type, full.bytes.starts_with(b"\x89PNG")), ("image/png", true));
    let thumb = hookbell.feedback().picture(detail.pictures[1].id, "thumb").await.unwrap();
    assert_eq!((thumb.media_type, thumb.bytes.starts_with(b"\xff\xd8")), ("image/jpeg", true));
    assert!(thumb.bytes.len() < 64 << 10, "{}", thumb.bytes.len());
    for (number, variant) in [(2, "full"), (2, "thumb"), (3, "full"), (0, "../hookbell.db")] {
        assert!(hookbell.feedback().picture(detail.pictures[number].id, variant).await.is_err(), "{number} {variant}");
    }
    assert!(hookbell.feedback().picture(detail.pictures[0].id + 1_000, "full").await.is_err());
    assert!(desk.files().iter().all(|name| !name.contains("keyboard") && !name.ends_with(".part")));
}

/// Whether a try is planned within the next minutes by the engine's clock; one in progress is planned for later.
fn is_planned(desk: &Desk, next: &str) -> bool {
    let now = jiff::Timestamp::now() + *desk.studio.ahead.lock().unwrap();
    let next: jiff::Timestamp = next.parse().unwrap();
    next > now && next < now + jiff::SignedDuration::from_mins(10)
}

impl Desk {
    /// Waits until the next try of a feedback's first file is planned.
    pub async fn planned(&self, id: &str) -> FeedbackDetail {
        self.until(id, |detail| {
            let picture = detail.pictures.first().and_then(|picture| picture.next_try.as_deref());
            let log = detail.log.as_ref().and_then(|log| log.next_try.as_deref());
            picture.or(log).is_some_and(|next| is_planned(self, next))
        })
        .await
    }
}

#[tokio::test]
async fn an_expired_url_is_asked_for_anew_and_a_refused_one_is_said() {
    let desk = Desk::new().await;
    desk.settled().await;
    let denied = Fault { path: Some("/screenshots".to_owned()), status: Some(403), count: Some(1), ..Fault::default() };
    desk.simulator.add_fault(denied).unwrap();
    let id = desk.read_in(pictures(&["keyboard.png"])).await;
    assert_eq!(desk.fetched(&id).await.pictures[0].state, FileState::Kept);

    desk.simulator.change(&SimulatorSettings { picture_lifetime_seconds: Some(0), ..SimulatorSettings::default() });
    let id = desk.read_in(pictures(&["keyboard.png"])).await;
    for minutes in [2, 6] {
        let waiting = desk.planned(&id).await;
        assert_eq!(waiting.feedback.note, "Screenshot not available yet, retrying", "a fresh URL may be good later");
        desk.later(minutes).await;
        desk.read_in(pictures(&["map.jpg"])).await;
    }
    let refused = desk.fetched(&id).await;
    assert_eq!(refused.pictures[0].state, FileState::Refused);
    assert_eq!(refused.pictures[0].reason.as_deref(), Some("App Store Connect returned 403"));
    assert_eq!(refused.feedback.note, "No access to the screenshot");

    desk.simulator.change(&SimulatorSettings { picture_lifetime_seconds: Some(3_600), ..SimulatorSettings::default() });
    desk.studio.hookbell.feedback().refresh(one(&id)).await.unwrap();
    assert_eq!(desk.fetched(&id).await.pictures[0].state, FileState::Kept);
}

#[tokio::test]
async fn a_download_that_is_cut_is_tried_again_and_never_kept() {
    let desk = Desk::new().await;
    desk.settled().await;
    for kind in [FaultKind::CutBody, FaultKind::Truncate] {
        let cut = |count| Fault { path: Some("/screenshots".to_owned()), kind, count: Some(count), ..Fault::default() };
        desk.simulator.add_fault(cut(1)).unwrap();
        let id = desk.read_in(pictures(&["keyboard.png"])).await;
        assert_eq!(desk.fetched(&id).await.pictures[0].state, FileState::Kept, "{kind:?}: at once a second time");

        desk.simulator.add_fault(cut(2)).unwrap();
        let id = desk.read_in(pictures(&["map.jpg"])).await;
        let waiting = desk.until(&id, |detail| detail.pictures[0].next_try.is_some()).await;
        assert_eq!(waiting.pictures[0].state, FileState::Waiting);
        assert_eq!(waiting.feedback.note, "Screenshot not available yet, retrying");
        assert!(desk.files().iter().all(|name| !name.ends_with(".part")));
        desk.studio.hookbell.feedback().refresh(one(&id)).await.unwrap();
        assert_eq!(desk.fetched(&id).await.pictures[0].state, FileState::Kept, "{kind:?}");
    }
}

#[tokio::test]
async fn a_feedback_that_was_deleted_says_so() {
    let desk = Desk::new().await;
    desk.settled().await;
    desk.simulator.change(&SimulatorSettings { picture_lifetime_seconds: Some(0), ..SimulatorSettings::default() });
    desk.break_down("betaFeedbackScreenshotSubmissionsGetInstance", FaultKind::Status, Some(404));
    let id = desk.read_in(pictures(&["keyboard.png"])).await;
    for minutes in [2, 6] {
        let waiting = desk.planned(&id).await;
        assert_eq!((waiting.pictures[0].state, waiting.trouble.as_deref()), (FileState::Waiting, None));
        // Reading this app's list again would show that the feedback still exists.
        desk.files_later(minutes).await;
    }
    let gone = desk.fetched(&id).await;
    let words = "Not found in App Store Connect; it may have been deleted there";
    assert_eq!((gone.pictures[0].state, gone.trouble.as_deref()), (FileState::Gone, Some(words)));
}

#[tokio::test]
async fn what_is_too_old_is_let_go_and_never_fetched() {
    let desk = Desk::new().await;
    desk.settled().await;
    let old = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(24 * 91);
    let id = desk.read_in(AddFeedback { at: Some(old), ..pictures(&["keyboard.png"]) }).await;
    assert_eq!(desk.detail(&id).await.pictures[0].state, FileState::Cleared);

    let young = desk.read_in(pictures(&["keyboard.png"])).await;
    let picture = desk.fetched(&young).await.pictures[0].id;
    let before = desk.studio.hookbell.feedback().storage().await.unwrap();
    assert_eq!((before.days, before.max_bytes), (90, 2_000_000_000));
    assert!(before.files > 0 && before.bytes > 100_000);
    *desk.studio.ahead.lock().unwrap() += jiff::SignedDuration::from_hours(48);
    let request = RetentionRequest { days: 1, max_bytes: 1 << 30 };
    let after = desk.studio.hookbell.cleanup().set_feedback_retention(request).await.unwrap();
    assert_eq!((after.files, after.bytes, after.days), (0, 0, 1));
    assert_eq!(desk.files(), [""; 0]);
    assert!(desk.studio.hookbell.feedback().picture(picture, "full").await.is_err());
    for wrong in [RetentionRequest { days: 0, max_bytes: 1 << 30 }, RetentionRequest { days: 1, max_bytes: 1 }] {
        assert!(desk.studio.hookbell.cleanup().set_feedback_retention(wrong).await.unwrap_err().field.is_some());
    }
}

#[tokio::test]
async fn clearing_takes_the_files_and_leaves_the_words() {
    let desk = Desk::new().await;
    desk.settled().await;
    let id = desk.read_in(pictures(&["keyboard.png", "map.heic"])).await;
    let picture = desk.fetched(&id).await.pictures[0].id;
    assert_eq!(desk.studio.hookbell.feedback().clear_all_files().await.unwrap().files, 0);
    let cleared = desk.detail(&id).await;
    assert!(cleared.feedback.comment.is_some());
    assert_eq!(cleared.feedback.note, "Screenshot removed to save space");
    let copied = desk.studio.hookbell.feedback().copy_picture(PictureRequest { id: picture }).await;
    assert_eq!(copied.unwrap_err().code, hookbell_engine::api::ErrorCode::NotFound);
    desk.studio.hookbell.feedback().refresh(one(&id)).await.unwrap();
    assert_eq!(desk.fetched(&id).await.pictures[0].state, FileState::Kept);
}

#[tokio::test]
async fn a_photo_of_a_turned_camera_is_kept_copied_and_measured_upright() {
    let desk = Desk::new().await;
    desk.settled().await;
    // 40 × 20 pixels with EXIF orientation 6: a red corner at the top left, which belongs at the top right.
    let red_corner = |x, y| if x < 8 && y < 8 { image::Rgb([255, 0, 0]) } else { image::Rgb([0, 0, 255]) };
    let mut jpeg = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_fn(40, 20, red_corner).write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    let exif = b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let (start, rest) = jpeg.get_ref().split_at(2);
    let body_base64 = Some(data_encoding::BASE64.encode(&[start, exif, rest].concat()));
    let operation = Some("screenshots".to_owned());
    desk.simulator.add_fault(Fault { operation, status: Some(200), body_base64, ..Fault::default() }).unwrap();

    let id = desk.read_in(pictures(&["map.jpg"])).await;
    let picture = desk.fetched(&id).await.pictures.remove(0);
    assert_eq!((picture.state, picture.width, picture.height), (FileState::Kept, Some(20), Some(40)));
    let thumbnail = desk.studio.hookbell.feedback().picture(picture.id, "thumb").await.unwrap().bytes;
    let thumbnail = image::load_from_memory(&thumbnail).unwrap().into_rgb8();
    assert_eq!((thumbnail.width(), thumbnail.height()), (20, 40));
    let [red, _, blue] = thumbnail.get_pixel(17, 2).0;
    assert!(red > 150 && blue < 100, "{red} {blue}");
    desk.studio.hookbell.feedback().copy_picture(PictureRequest { id: picture.id }).await.unwrap();
    assert_eq!(*desk.studio.desk.image.lock().unwrap(), Some((20, 40)));
}

#[tokio::test]
async fn seven_pictures_without_a_tester_an_address_or_words_are_one_feedback() {
    let desk = Desk::new().await;
    desk.settled().await;
    let comment = Some(String::new());
    let id = desk.read_in(AddFeedback { comment, anonymous: true, ..pictures(&["dark-list.png"; 7]) }).await;
    let fetched = desk.fetched(&id).await;
    assert!(fetched.pictures.iter().all(|picture| picture.state == FileState::Kept));
    assert_eq!((fetched.pictures.len(), &*fetched.feedback.tester), (7, "Anonymous"));
    assert_eq!(fetched.feedback.title, "No comment");
}
