//! The list of builds.

use hookbell_engine::api::{BuildTone, BuildTrackStep, ErrorCode, ExpireOlderBuildsRequest};

use super::{BIRDS, READY, TESTING};
use crate::asc::Desk;

#[tokio::test]
async fn the_builds_of_an_app_are_listed_with_their_state_their_groups_and_what_testers_sent() {
    let desk = Desk::new().await;
    let room = desk.studio.hookbell.builds();
    let unread = room.list(desk.builds(false)).await.unwrap();
    assert_eq!((unread.builds.len(), unread.read_at), (0, None), "nothing was read yet");

    let request = hookbell_engine::api::BackfillRequest { account: Some(desk.account.clone()), app: None };
    desk.studio.hookbell.backfill().finish(request).await.unwrap();
    let listed = room.list(desk.builds(true)).await.unwrap();
    assert!(listed.read_at.is_some() && listed.trouble.is_none(), "{listed:?}");
    let numbers: Vec<_> = listed.builds.iter().map(|build| build.number.as_str()).collect();
    assert_eq!(numbers, ["418", "416", "412"]);
    let [ready, testing, _] = listed.builds.as_slice() else { panic!("{listed:?}") };
    assert_eq!((ready.label.as_str(), ready.track.step), ("Ready to Submit", BuildTrackStep::Ready));
    assert_eq!((testing.label.as_str(), testing.tone), ("Testing", BuildTone::Good));
    assert_eq!(testing.version.as_deref(), Some("3.3"));
    assert_eq!(testing.platform_label.as_deref(), Some("iOS"));
    assert!(testing.groups.iter().any(|group| group.name == "Birdwatchers" && !group.internal), "{testing:?}");
    let sent: u32 = listed.builds.iter().map(|build| build.crashes + build.feedback).sum();
    assert!(sent > 0, "testers sent something about these builds");

    desk.fails_with("buildsGetCollection", 503, 9);
    desk.studio.wait_seconds(16);
    let kept = room.list(desk.builds(true)).await.unwrap();
    assert_eq!(kept.builds.len(), 3, "the last answer stands there");
    assert!(kept.trouble.is_some() && kept.read_at.is_some(), "{kept:?}");
}

#[tokio::test]
async fn asking_again_within_fifteen_seconds_costs_no_request() {
    let desk = Desk::new().await;
    let room = desk.studio.hookbell.builds();
    room.list(desk.builds(true)).await.unwrap();
    let asked = desk.asked_for("buildsGetCollection");
    assert_eq!(room.list(desk.builds(true)).await.unwrap().builds.len(), 3);
    assert_eq!(desk.asked_for("buildsGetCollection"), asked);
    desk.studio.wait_seconds(16);
    room.list(desk.builds(true)).await.unwrap();
    assert!(desk.asked_for("buildsGetCollection") > asked);
}

#[tokio::test]
async fn a_long_list_comes_in_pages() {
    let desk = Desk::new().await;
    let room = desk.studio.hookbell.builds();
    let mut request = desk.builds(true);
    request.limit = 2;
    let first = room.list(request.clone()).await.unwrap();
    request.before = first.more.clone();
    let second = room.list(request).await.unwrap();
    let numbers: Vec<_> = first.builds.iter().chain(&second.builds).map(|build| build.number.as_str()).collect();
    assert_eq!((numbers, second.more), (vec!["418", "416", "412"], None));
}

#[tokio::test]
async fn a_build_that_expires_is_shown_as_expired_and_expiring_it_again_changes_nothing() {
    let desk = Desk::new().await;
    let room = desk.studio.hookbell.builds();
    for _ in 0..2 {
        let expired = room.expire(desk.build(TESTING)).await.unwrap();
        assert_eq!((expired.label.as_str(), expired.days_left), ("Expired", None));
    }
    assert_eq!(desk.asked_for("buildsUpdateInstance"), 1);
    let wrong = room.expire(desk.build("nothing")).await.unwrap_err();
    assert_eq!(wrong.code, ErrorCode::NotFound);
}

#[tokio::test]
async fn builds_that_are_older_than_those_kept_are_expired_each_alone() {
    let desk = Desk::new().await;
    let room = desk.studio.hookbell.builds();
    let request = |keep: &[&str]| ExpireOlderBuildsRequest {
        account: Some(desk.account.clone()),
        app: BIRDS.to_owned(),
        keep: keep.iter().map(|id| (*id).to_owned()).collect(),
    };
    let nothing = room.expire_older(request(&["nothing"])).await.unwrap_err();
    assert_eq!(nothing.field.as_deref(), Some("keep"));
    desk.fails_with("buildsUpdateInstance", 409, 1);
    let done = room.expire_older(request(&[READY])).await.unwrap();
    assert_eq!((done.expired.len(), done.refused.len()), (1, 1), "{done:?}");
    assert!(done.refused[0].message.starts_with("3.3 (416): "), "{done:?}");
}

#[tokio::test]
async fn a_build_is_shown_with_its_texts_and_what_stands_against_each_step() {
    let desk = Desk::new().await;
    let detail = desk.studio.hookbell.builds().detail(desk.build(TESTING)).await.unwrap();
    assert_eq!((detail.texts[0].locale.as_str(), detail.max_text_bytes), ("en-US", 4_000));
    assert!(detail.texts[0].text.starts_with("Try the new life list"), "{:?}", detail.texts);
    assert_eq!(detail.checks.len(), 6);
    assert!(detail.page.ends_with(&format!("/apps/{BIRDS}/testflight/ios/{TESTING}")), "{}", detail.page);
}
