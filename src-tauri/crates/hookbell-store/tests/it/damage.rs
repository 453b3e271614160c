//! Damaged databases: moved aside whole, never overwritten, and reported.

use std::{
    fs::{self, OpenOptions},
    io::{Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use hookbell_store::{EventQuery, Opened, Store, StoreError};

use crate::{Insert, Place, inbox, new_event, now};

/// A closed database with enough content to be damaged in the middle.
async fn closed() -> tempfile::TempDir {
    let place = Place::new();
    for number in 0..100 {
        place.store.insert(new_event(&number.to_string(), vec![b'x'; 3000])).await.unwrap();
    }
    place.store.close().await;
    place.dir
}

fn database(dir: &Path) -> PathBuf {
    dir.join("hookbell.db")
}

fn overwrite(path: &Path, at: u64, bytes: &[u8]) {
    let mut file = OpenOptions::new().write(true).open(path).unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(bytes).unwrap();
}

/// Opens it, checks that it was moved aside unchanged and that the new one works. Returns the old file's path.
async fn is_set_aside(dir: &Path) -> PathBuf {
    let before = fs::read(database(dir)).unwrap();
    let Opened { store, set_aside } = Store::open(dir, now()).unwrap();
    let aside = set_aside.expect("sets it aside");
    assert!(fs::read(&aside).unwrap() == before, "kept as it was");
    assert_eq!(inbox(&store).await, [""; 0]);
    assert!(store.insert(new_event("new", "{}")).await.unwrap().new);
    store.close().await;
    aside
}

#[tokio::test]
async fn what_is_no_database_is_set_aside_with_its_date() {
    let dir = closed().await;
    overwrite(&database(dir.path()), 0, b"garbage garbage garbage");
    let aside = is_set_aside(dir.path()).await;
    assert_eq!(aside.file_name().unwrap(), "hookbell.db.damaged-2026-11-21T18-24-56Z");
}

#[tokio::test]
async fn a_truncated_database_is_set_aside() {
    let dir = closed().await;
    let file = OpenOptions::new().write(true).open(database(dir.path())).unwrap();
    file.set_len(file.metadata().unwrap().len() / 2).unwrap();
    is_set_aside(dir.path()).await;
}

#[tokio::test]
async fn a_database_cut_within_its_header_is_set_aside() {
    let dir = closed().await;
    OpenOptions::new().write(true).open(database(dir.path())).unwrap().set_len(50).unwrap();
    is_set_aside(dir.path()).await;
}

#[tokio::test]
async fn a_page_of_zeros_in_the_middle_is_found_and_set_aside() {
    let dir = closed().await;
    let pages = fs::metadata(database(dir.path())).unwrap().len() / 4096;
    overwrite(&database(dir.path()), pages / 2 * 4096, &[0; 4096]);
    is_set_aside(dir.path()).await;
}

#[tokio::test]
async fn a_second_damaged_database_does_not_replace_the_first() {
    let dir = closed().await;
    overwrite(&database(dir.path()), 0, b"first damage ......");
    let first = is_set_aside(dir.path()).await;
    let kept = fs::read(&first).unwrap();
    overwrite(&database(dir.path()), 0, b"second damage ......");
    let second = is_set_aside(dir.path()).await;
    assert_ne!(first, second);
    assert_eq!(fs::read(&first).unwrap(), kept);
}

#[tokio::test]
async fn the_log_goes_with_its_database() {
    let place = Place::new();
    place.store.insert(new_event("a", "{}")).await.unwrap();
    let copy = tempfile::tempdir().unwrap();
    fs::write(database(copy.path()), b"what a disk error left").unwrap();
    let log = fs::read(place.path().join("hookbell.db-wal")).unwrap();
    assert!(!log.is_empty());
    fs::write(copy.path().join("hookbell.db-wal"), &log).unwrap();
    let aside = is_set_aside(copy.path()).await;
    let kept = copy.path().join(format!("{}-wal", aside.file_name().unwrap().to_str().unwrap()));
    assert_eq!(fs::read(kept).unwrap(), log);
}

#[tokio::test]
async fn what_another_process_has_open_is_not_moved_away() {
    let place = Place::new();
    place.store.insert(new_event("a", "{}")).await.unwrap();
    overwrite(&database(place.path()), 0, b"garbage garbage garbage");
    let error = Store::open(place.path(), now()).unwrap_err();
    assert!(matches!(&error, StoreError::Damaged { path } if *path == database(place.path())), "{error}");
    assert!(database(place.path()).exists());
}

#[tokio::test]
async fn damage_met_while_running_is_an_error_and_set_aside_at_the_next_start() {
    let dir = closed().await;
    let store = Store::open(dir.path(), now()).unwrap().store;
    // All but the first pages, which connections may have cached.
    let len = usize::try_from(fs::metadata(database(dir.path())).unwrap().len()).unwrap();
    overwrite(&database(dir.path()), 8 * 4096, &vec![0; len - 8 * 4096]);
    let mut errors = Vec::new();
    for before in (1..=100).rev() {
        errors.extend(store.body(before).await.err());
        let query = EventQuery { before: Some(before), limit: 5, ..EventQuery::default() };
        errors.extend(store.page(query).await.err());
    }
    assert!(errors.iter().any(|error| matches!(error, StoreError::Damaged { .. })), "{errors:?}");
    assert!(dir.path().join("hookbell.suspect").exists(), "the next start knows, however large the database");
    store.close().await;
    is_set_aside(dir.path()).await;
    assert!(!dir.path().join("hookbell.suspect").exists());
}

#[tokio::test]
async fn an_empty_file_is_a_new_database() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(database(dir.path()), b"").unwrap();
    let Opened { store, set_aside } = Store::open(dir.path(), now()).unwrap();
    assert_eq!(set_aside, None);
    assert!(store.insert(new_event("a", "{}")).await.unwrap().new);
}
