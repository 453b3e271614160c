//! File permissions, and what happens when no file can be written.

use std::fs;

use hookbell_store::{Store, StoreError};

use crate::{Insert, new_event, now, open};

#[cfg(unix)]
#[tokio::test]
async fn everything_is_for_this_user_alone() {
    use std::os::unix::fs::PermissionsExt;

    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("a").join("data");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let store = open(&dir);
    store.insert(new_event("a", "{}")).await.unwrap();
    assert_eq!(mode(&dir), 0o700);
    let files: Vec<_> = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.iter().any(|file| file.ends_with("hookbell.db-wal")), "{files:?}");
    for file in &files {
        assert_eq!(mode(file), 0o600, "{}", file.display());
    }
    store.close().await;
    fs::set_permissions(dir.join("hookbell.db"), fs::Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).unwrap();
    let store = open(&dir);
    store.insert(new_event("b", "{}")).await.unwrap();
    assert_eq!(mode(&dir.join("hookbell.db")), 0o600);
    assert_eq!(mode(&dir.join("hookbell.db-wal")), 0o600);
    assert_eq!(mode(&dir), 0o755, "a directory that was there is left as it is");
}

#[test]
fn a_data_directory_that_can_t_be_one_is_an_error_that_names_it() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, b"").unwrap();
    for path in [&file, &file.join("below")] {
        let error = Store::open(path, now()).unwrap_err();
        assert!(matches!(&error, StoreError::Directory { path: named, .. } if named == path), "{error}");
    }
}
