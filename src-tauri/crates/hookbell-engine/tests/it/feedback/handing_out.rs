//! Screenshots and feedback leaving Hookbell: dragged to another program, in the system's preview, in a folder.

use std::path::Path;

use hookbell_engine::{
    Choice, Target,
    api::{DeletionRequest, ErrorCode, ExportFeedbackRequest, PicturesRequest},
    is_handed_out,
};

use super::{one, pictures};
use crate::asc::Desk;

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn what_is_dragged_out_has_a_name_that_says_what_it_is() {
    let desk = Desk::new().await;
    desk.settled().await;
    let id = desk.read_in(pictures(&["keyboard.png", "map.heic"])).await;
    let shots = desk.fetched(&id).await.pictures;
    let ids = || shots.iter().map(|shot| shot.id).collect::<Vec<_>>();
    let feedback = desk.studio.hookbell.feedback();
    feedback.drag_pictures(PicturesRequest { ids: ids() }).await.unwrap();
    let (files, image) = desk.studio.desk.dragged.lock().unwrap().clone().unwrap();
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    assert!(name(&files[0]).starts_with("Backyard Birds ") && name(&files[0]).ends_with(" 1.png"), "{files:?}");
    assert!(name(&files[1]).ends_with(" 2.heic"), "{files:?}");
    assert!(std::fs::read(&files[0]).unwrap().starts_with(b"\x89PNG"));
    assert!(name(&image).ends_with(".jpeg"), "what follows the pointer is small: {image:?}");
    assert!(files.iter().all(|file| is_handed_out(file)) && !is_handed_out(&image));

    // The other program may change its file.
    std::fs::write(&files[0], "changed").unwrap();
    feedback.preview_pictures(PicturesRequest { ids: ids() }).await.unwrap();
    assert_eq!(desk.studio.desk.opened.lock().unwrap().last(), Some(&Target::Preview(files.clone())));
    assert!(std::fs::read(&files[0]).unwrap().starts_with(b"\x89PNG"), "the picture here is as it was");

    let request = DeletionRequest { feedback: vec![id.clone()], ..DeletionRequest::default() };
    desk.studio.hookbell.cleanup().delete(request).await.unwrap();
    assert!(files.iter().all(|file| !file.exists()), "a copy goes with what is deleted");
    let gone = feedback.drag_pictures(PicturesRequest { ids: ids() }).await.unwrap_err();
    assert_eq!(gone.code, ErrorCode::NotFound);
}

#[tokio::test]
async fn each_exported_feedback_gets_a_new_folder_and_nothing_there_is_touched() {
    let desk = Desk::new().await;
    desk.settled().await;
    let first = desk.read_in(pictures(&["keyboard.png"])).await;
    let second = desk.read_in(pictures(&["page.png"])).await;
    let feedback = desk.studio.hookbell.feedback();
    let both = || ExportFeedbackRequest { ids: vec![first.clone(), second.clone()] };
    assert_eq!(feedback.export_to_chosen(both()).await.unwrap().folders, [""; 0], "the dialog was closed");
    assert_eq!(feedback.reveal_saved().await.unwrap_err().code, ErrorCode::NotFound);

    let place = tempfile::tempdir().unwrap();
    *desk.studio.desk.chosen.lock().unwrap() = Some(place.path().to_owned());
    let exported = feedback.export_to_chosen(both()).await.unwrap();
    assert_eq!(exported.missing, ["screenshot 1: the download is a web page, not an image"]);
    assert_eq!(exported.folders.len(), 2);
    assert_eq!(names(Path::new(&exported.folders[0])), ["feedback.json", "feedback.md", "screenshot-1.png"]);
    std::fs::write(Path::new(&exported.folders[0]).join("feedback.md"), "mine").unwrap();
    let again = feedback.export_to_chosen(both()).await.unwrap();
    assert_eq!(names(place.path()).len(), 4, "{:?}", names(place.path()));
    assert!(again.folders.iter().all(|folder| !exported.folders.contains(folder)));
    assert_eq!(std::fs::read_to_string(Path::new(&exported.folders[0]).join("feedback.md")).unwrap(), "mine");
    assert!(desk.studio.desk.choices.lock().unwrap().iter().all(|choice| *choice == Choice::Folder));

    feedback.reveal_saved().await.unwrap();
    assert_eq!(desk.studio.desk.opened.lock().unwrap().last(), Some(&Target::Place(again.folders[0].clone().into())));
    let asked = desk.studio.desk.choices.lock().unwrap().len();
    let nothing = feedback.export_to_chosen(ExportFeedbackRequest { ids: vec!["none".into()] }).await.unwrap_err();
    assert_eq!(nothing.code, ErrorCode::NotFound);
    assert_eq!(desk.studio.desk.choices.lock().unwrap().len(), asked, "nobody is asked where to put nothing");
}

#[tokio::test]
async fn what_was_saved_last_is_shown_in_its_folder() {
    let desk = Desk::new().await;
    desk.settled().await;
    let id = desk.read_in(pictures(&["keyboard.png"])).await;
    let shot = desk.fetched(&id).await.pictures[0].id;
    let feedback = desk.studio.hookbell.feedback();
    let place = tempfile::tempdir().unwrap();
    let to = place.path().join("mine.png");
    *desk.studio.desk.chosen.lock().unwrap() = Some(to.clone());
    feedback.save_pictures(PicturesRequest { ids: vec![shot] }).await.unwrap();
    feedback.reveal_saved().await.unwrap();
    assert_eq!(desk.studio.desk.opened.lock().unwrap().last(), Some(&Target::Place(to)));
    assert!(feedback.detail(one(&id)).await.is_ok());
}
