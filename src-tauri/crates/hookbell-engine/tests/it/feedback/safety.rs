//! A stranger's URLs and a full disk.

use std::process::Command;

use hookbell_engine::api::{FileState, TroubleKind};
use hookbell_sim::{Fault, FaultKind};

use super::{one, pictures};
use crate::asc::Desk;

#[tokio::test]
async fn no_redirect_leads_to_the_machines_beside_this_one() {
    let desk = Desk::new().await;
    desk.settled().await;
    for (to, why) in [
        ("http://127.0.0.1:9", "the screenshot’s address is not https"),
        ("https://127.0.0.1:9", "the screenshot’s address is in a private network"),
        ("https://192.168.1.1", "the screenshot’s address is in a private network"),
        ("https://[::ffff:10.0.0.1]", "the screenshot’s address is in a private network"),
        ("https://localhost:9", "the screenshot’s address is in a private network"),
        ("ftp://17.253.144.10", "the screenshot’s address is not https"),
    ] {
        let (path, to) = (Some("/screenshots".to_owned()), Some(to.to_owned()));
        let leads = Fault { path, kind: FaultKind::Redirect, to: to.clone(), count: Some(1), ..Fault::default() };
        desk.simulator.add_fault(leads).unwrap();
        let id = desk.read_in(pictures(&["keyboard.png"])).await;
        let refused = desk.fetched(&id).await;
        let picture = &refused.pictures[0];
        let said = picture.reason.as_deref().unwrap_or_default();
        assert!(picture.state == FileState::Refused && said == why, "{to:?}: {:?} {said}", picture.state);
    }
}

#[tokio::test]
async fn a_full_disk_is_said_and_nothing_half_written_stays() {
    let desk = Desk::new().await;
    desk.settled().await;
    desk.studio.hookbell.feedback().clear_all_files().await.unwrap();
    let folder = desk.studio.folder.path().join("feedback");
    std::fs::create_dir_all(&folder).unwrap();
    // A separate disk for this directory, which only root can mount.
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"]).arg(&folder).output();
    if !mounted.is_ok_and(|mounted| mounted.status.success()) {
        println!("skipped: mounting a small disk needs root");
        return;
    }
    let id = desk.read_in(pictures(&["keyboard.png"])).await;
    let waiting = desk.until(&id, |detail| detail.pictures[0].next_try.is_some()).await;
    let storage = desk.studio.hookbell.feedback().storage().await.unwrap();
    let trouble = desk.studio.hookbell.overview().status().await.unwrap().trouble;
    let left = desk.files();
    let unmounted = Command::new("umount").arg("-l").arg(&folder).status().unwrap();
    assert!(unmounted.success());
    assert_eq!(waiting.pictures[0].reason.as_deref(), Some("the disk is full"));
    assert_eq!(storage.trouble.as_deref(), Some("the disk is full"));
    assert_eq!(trouble.map(|trouble| trouble.kind), Some(TroubleKind::Feedback));
    assert_eq!(left, [""; 0]);

    desk.studio.hookbell.feedback().refresh(one(&id)).await.unwrap();
    assert_eq!(desk.fetched(&id).await.pictures[0].state, FileState::Kept);
    assert_eq!(desk.studio.hookbell.feedback().storage().await.unwrap().trouble, None);
}
