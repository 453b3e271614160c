//! What a person does with feedback.

use hookbell_engine::{
    Choice, Target,
    api::{
        ArchiveFeedbackRequest, ErrorCode, FeedbackKind, FeedbackRequest, MarkFeedbackRequest, MarkReadRequest,
        PictureRequest, PicturesRequest,
    },
};
use hookbell_sim::AddFeedback;

use super::{CRASH, SCREENSHOT, one, pictures};
use crate::asc::Desk;

#[tokio::test]
async fn reading_the_event_reads_the_feedback_and_the_other_way_round() {
    let (desk, webhook) = Desk::receiving().await;
    desk.emit(SCREENSHOT, &webhook).await;
    let shown = desk.studio.notified(1).await;
    let id = shown[0].route.strip_prefix("#/feedback/").unwrap().to_owned();
    let hookbell = &desk.studio.hookbell;
    hookbell.feedback().mark_read(MarkFeedbackRequest { ids: vec![id.clone()], read: true }).await.unwrap();
    assert_eq!(desk.studio.unread().await, 0);
    hookbell.events().mark_read(MarkReadRequest { seqs: vec![1], read: false }).await.unwrap();
    assert!(!desk.detail(&id).await.feedback.read);
    hookbell.feedback().archive(ArchiveFeedbackRequest { ids: vec![id.clone()], archived: true }).await.unwrap();
    assert!(desk.event(1).await.event.archived);
    let put_away = FeedbackRequest { archived: true, limit: 9, ..FeedbackRequest::default() };
    assert_eq!(hookbell.feedback().page(put_away).await.unwrap().feedback[0].id, id);
    hookbell.feedback().mark_all_read().await.unwrap();
}

#[tokio::test]
async fn a_list_is_filtered_searched_and_paged() {
    let desk = Desk::new().await;
    desk.settled().await;
    desk.read_in(AddFeedback { comment: Some("The Kestrel is upside down".into()), ..pictures(&["map.jpg"]) }).await;
    let hookbell = &desk.studio.hookbell;
    let ask = async |request: FeedbackRequest| {
        hookbell.feedback().page(FeedbackRequest { limit: 500, ..request }).await.unwrap()
    };
    let found = ask(FeedbackRequest { search: "kestrel UPSIDE".into(), ..FeedbackRequest::default() }).await;
    assert_eq!(found.feedback.len(), 1);
    let row = &found.feedback[0];
    assert_eq!(row.title, "The Kestrel is upside down");
    assert!(row.note.starts_with("1 screenshot · "), "{}", row.note);
    assert!(row.subtitle.contains(" · Backyard Birds "), "{}", row.subtitle);
    let crashes = ask(FeedbackRequest { kind: Some(FeedbackKind::Crash), ..FeedbackRequest::default() }).await;
    assert!(!crashes.feedback.is_empty() && crashes.feedback.iter().all(|one| one.kind == FeedbackKind::Crash));
    let all = ask(FeedbackRequest::default()).await.feedback;
    let (mut paged, mut before) = (Vec::new(), None);
    loop {
        let page =
            hookbell.feedback().page(FeedbackRequest { limit: 2, before, ..FeedbackRequest::default() }).await.unwrap();
        paged.extend(page.feedback);
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(paged.len(), all.len());
    let wrong = FeedbackRequest { before: Some("nowhere".into()), limit: 1, ..FeedbackRequest::default() };
    assert_eq!(hookbell.feedback().page(wrong).await.unwrap_err().field.as_deref(), Some("before"));
}

#[tokio::test]
async fn the_detail_says_everything_in_words() {
    let desk = Desk::new().await;
    desk.settled().await;
    let first = desk.detail("AD8JvKbr0BK0Cj9OnM6WO6I").await;
    let fact =
        |name: &str| first.facts.iter().find(|fact| fact.name == name).map(|fact| fact.value.replace('\u{a0}', " "));
    assert_eq!(fact("device").as_deref(), Some("iPhone 15 Pro"));
    assert_eq!(fact("system").as_deref(), Some("iOS 27.0.1"));
    assert_eq!(fact("disk").as_deref(), Some("38.2 of 256 GB free"));
    assert_eq!(fact("battery").as_deref(), Some("64%"));
    assert_eq!(fact("uptime").as_deref(), Some("12 min"));
    assert_eq!(fact("connection").as_deref(), Some("Wi-Fi"));
    assert_eq!((first.pictures.len(), first.pictures[0].width), (2, Some(1_179)));
    assert_eq!(first.feedback.tester, "Mira Okafor");
    let page = first.page.unwrap();
    assert!(page.starts_with("https://appstoreconnect.apple.com/apps/"), "{page}");
    assert!(page.ends_with("/testflight/screenshots/AD8JvKbr0BK0Cj9OnM6WO6I"), "{page}");
    assert_eq!(desk.studio.hookbell.feedback().detail(one("none")).await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test]
async fn copies_are_ready_for_an_issue_and_harmless_there() {
    let (desk, webhook) = Desk::receiving().await;
    let comment = "# Not a heading ![x](https://evil.example/p.png)\n@everyone";
    let id =
        desk.read_in(AddFeedback { comment: Some(comment.into()), ..pictures(&["keyboard.png", "page.png"]) }).await;
    let picture = desk.fetched(&id).await.pictures[0].id;
    let hookbell = &desk.studio.hookbell;
    hookbell.feedback().copy(one(&id)).await.unwrap();
    let text = desk.studio.desk.clipboard.lock().unwrap().clone();
    assert!(text.starts_with(&format!("## Screenshot feedback\n\n```\n{comment}\n```\n")), "{text}");
    assert!(text.contains("\n- Device: `iPhone"), "{text}");
    let path = desk.studio.folder.path().join("feedback").display().to_string();
    assert!(text.contains(&format!("- `{path}")) && text.contains("a web page, not an image"), "{text}");
    hookbell.feedback().copy_picture(PictureRequest { id: picture }).await.unwrap();
    assert_eq!(*desk.studio.desk.image.lock().unwrap(), Some((1_179, 2_556)));

    desk.emit(CRASH, &webhook).await;
    let shown = desk.studio.notified(1).await;
    let crash = shown[0].route.strip_prefix("#/feedback/").unwrap();
    desk.fetched(crash).await;
    hookbell.feedback().copy(one(crash)).await.unwrap();
    let text = desk.studio.desk.clipboard.lock().unwrap().clone();
    assert!(
        text.contains("## Crash: ") && text.contains(", crashed:\n\n```\n") && text.contains("- Exception: `EXC_"),
        "{text}"
    );
}

#[tokio::test]
async fn a_comment_that_nobody_can_see_is_no_comment_and_none_turns_the_row() {
    let desk = Desk::new().await;
    desk.settled().await;
    for (comment, title) in [
        ("\u{200B}\u{200B}\u{200B}", "No comment"),
        ("\n\n \n", "No comment"),
        ("\u{3164}\u{2800}\u{E0041}", "No comment"),
        ("\u{202E}evil\u{202C} שלום — مرحبا \u{2066}x\u{2069}", "evil שלום — مرحبا x"),
    ] {
        let id = desk.read_in(AddFeedback { comment: Some(comment.into()), ..pictures(&["keyboard.png"]) }).await;
        let row = desk.detail(&id).await.feedback;
        assert_eq!(row.title, title, "{comment:?}");
        assert_eq!(row.comment.is_none(), title == "No comment", "{comment:?}");
    }
}

#[tokio::test]
async fn pictures_are_opened_shown_in_their_folder_and_saved_where_the_person_says() {
    let desk = Desk::new().await;
    desk.settled().await;
    let id = desk.read_in(pictures(&["keyboard.png", "map.heic"])).await;
    let shots = desk.fetched(&id).await.pictures;
    let hookbell = &desk.studio.hookbell;
    hookbell.feedback().open_picture(PictureRequest { id: shots[1].id }).await.unwrap();
    hookbell.feedback().reveal_picture(PictureRequest { id: shots[0].id }).await.unwrap();
    hookbell.feedback().open_page(one(&id)).await.unwrap();
    let opened = desk.studio.desk.opened.lock().unwrap().clone();
    assert!(matches!(&opened[0], Target::File(path) if path.extension().is_some_and(|is| is == "heic")), "{opened:?}");
    assert!(matches!(&opened[1], Target::Place(path) if path.is_file()), "{opened:?}");
    assert!(matches!(&opened[2], Target::Page(page) if page.contains("/testflight/screenshots/")), "{opened:?}");
    let heic = hookbell.feedback().copy_picture(PictureRequest { id: shots[1].id }).await.unwrap_err();
    assert_eq!(heic.code, ErrorCode::InvalidInput);

    let both = || PicturesRequest { ids: shots.iter().map(|shot| shot.id).collect() };
    assert_eq!(hookbell.feedback().save_pictures(both()).await.unwrap().files, [""; 0], "the dialog was closed");
    let place = tempfile::tempdir().unwrap();
    *desk.studio.desk.chosen.lock().unwrap() = Some(place.path().to_owned());
    assert_eq!(hookbell.feedback().save_pictures(both()).await.unwrap().files.len(), 2);
    assert_eq!(hookbell.feedback().save_pictures(both()).await.unwrap().files.len(), 2, "beside those that are there");
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 4);
    let file = place.path().join("mine.png");
    *desk.studio.desk.chosen.lock().unwrap() = Some(file.clone());
    hookbell.feedback().save_pictures(PicturesRequest { ids: vec![shots[0].id] }).await.unwrap();
    assert!(std::fs::read(file).unwrap().starts_with(b"\x89PNG"));
    let choices = desk.studio.desk.choices.lock().unwrap().clone();
    assert!(
        matches!(&choices[3], Choice::SaveAs(name) if name.starts_with("Backyard Birds ") && name.ends_with(" 1.png")),
        "{choices:?}"
    );
}

#[tokio::test]
async fn an_export_has_everything_and_replaces_nothing_unasked() {
    let desk = Desk::new().await;
    desk.settled().await;
    let id = desk.read_in(pictures(&["keyboard.png", "map.heic", "page.png"])).await;
    let place = tempfile::tempdir().unwrap();
    let to = place.path().join("out");
    let hookbell = &desk.studio.hookbell;
    let exported = hookbell.feedback().export(&id, &to, false).await.unwrap();
    assert_eq!(exported.files, ["screenshot-1.png", "screenshot-2.heic", "feedback.md", "feedback.json"]);
    assert_eq!(exported.missing, ["screenshot 3: the download is a web page, not an image"]);
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(to.join("feedback.json")).unwrap()).unwrap();
    assert_eq!(json["feedback"]["id"], id.as_str());
    assert!(std::fs::read_to_string(to.join("feedback.md")).unwrap().contains("- `screenshot-1.png`"));
    std::fs::write(to.join("feedback.md"), "mine").unwrap();
    let refused = hookbell.feedback().export(&id, &to, false).await.unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::InvalidInput, Some("to")));
    assert_eq!(std::fs::read_to_string(to.join("feedback.md")).unwrap(), "mine");
    hookbell.feedback().export(&id, &to, true).await.unwrap();
    assert_ne!(std::fs::read_to_string(to.join("feedback.md")).unwrap(), "mine");
}

#[cfg(unix)]
#[tokio::test]
async fn what_is_exported_and_saved_is_for_this_user_alone_and_follows_no_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let desk = Desk::new().await;
    desk.settled().await;
    let id = desk.read_in(pictures(&["keyboard.png", "map.heic"])).await;
    let place = tempfile::tempdir().unwrap();
    let mode = |path: &std::path::Path| path.symlink_metadata().unwrap().permissions().mode() & 0o777;
    let (to, theirs) = (place.path().join("out"), place.path().join("theirs"));
    let hookbell = &desk.studio.hookbell;
    let exported = hookbell.feedback().export(&id, &to, false).await.unwrap();
    assert_eq!(mode(&to), 0o700);
    for name in &exported.files {
        assert_eq!(mode(&to.join(name)), 0o600, "{name}");
    }

    std::fs::write(&theirs, "theirs").unwrap();
    std::fs::remove_file(to.join("feedback.md")).unwrap();
    symlink(&theirs, to.join("feedback.md")).unwrap();
    hookbell.feedback().export(&id, &to, true).await.unwrap();
    assert_eq!(std::fs::read_to_string(&theirs).unwrap(), "theirs");
    assert_eq!(mode(&to.join("feedback.md")), 0o600);
    std::fs::remove_file(to.join("feedback.md")).unwrap();
    symlink(place.path().join("nowhere"), to.join("feedback.md")).unwrap();
    let refused = hookbell.feedback().export(&id, &to, false).await.unwrap_err();
    assert!(refused.message.contains("feedback.md"), "{refused:?}");
    assert!(!place.path().join("nowhere").exists());

    let link = place.path().join("picture.png");
    symlink(&theirs, &link).unwrap();
    *desk.studio.desk.chosen.lock().unwrap() = Some(link.clone());
    let shots = desk.fetched(&id).await.pictures;
    hookbell.feedback().save_pictures(PicturesRequest { ids: vec![shots[0].id] }).await.unwrap();
    assert_eq!((mode(&link), std::fs::read_to_string(&theirs).unwrap().as_str()), (0o600, "theirs"));
}
