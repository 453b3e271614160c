//! The demo's folder in the data directory, and the lock that shows its owner.
//!
//! Everything that the demo writes to disk is in this one folder, so removing it removes the demo. A killed process
//! leaves it behind; the next start finds its lock free.
//!
//! A folder named `demo` can belong to somebody else. It is ours only if its lock file contains our mark, and we remove
//! only our own entries in it. If anything else is in it, that stays, and so does the folder.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

const FOLDER: &str = "demo";
const LOCK: &str = "demo.lock";
const ENGINE: &str = "hookbell";
const APP_STORE_CONNECT: &str = "app-store-connect";

/// The complete contents of the lock file.
const MARK: &str = "Hookbell made this folder for its demo and removes it.\n";

/// Why a demo can't have its folder.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoFolder {
    /// Another process has a demo open in this data directory.
    #[error("another Hookbell has the demo open in this data directory")]
    InUse,
    /// Something that Hookbell did not make has the name.
    #[error("{} is in the way; Hookbell didn’t create it and leaves it alone", .0.display())]
    Foreign(PathBuf),
    /// A disk error.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// The folder of an open demo. Dropping it removes it.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    lock: Option<File>,
}

/// What exists under the folder's name.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    /// Nothing (any more), or an empty folder.
    Free,
    InUse,
    Foreign,
}

impl Folder {
    /// Creates an empty one.
    pub(crate) fn empty(data_dir: &Path) -> Result<Self, NoFolder> {
        let path = data_dir.join(FOLDER);
        match clear(data_dir)? {
            Place::Free => {}
            Place::InUse => return Err(NoFolder::InUse),
            Place::Foreign => return Err(NoFolder::Foreign(path)),
        }
        private(&path)?;
        let mut lock = File::options().create(true).truncate(false).read(true).write(true).open(path.join(LOCK))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(NoFolder::InUse),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        lock.write_all(MARK.as_bytes())?;
        Ok(Self { path, lock: Some(lock) })
    }

    /// The data directory of the demo's engine.
    pub(crate) fn engine(&self) -> PathBuf {
        self.path.join(ENGINE)
    }

    /// The directory for the simulated App Store Connect's keys and state.
    pub(crate) fn app_store_connect(&self) -> PathBuf {
        self.path.join(APP_STORE_CONNECT)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Some(lock) = self.lock.take()
            && let Err(error) = remove(&self.path, lock)
        {
            tracing::warn!(%error, path = %self.path.display(), "the demo’s folder is still there; the next start removes it");
        }
    }
}

/// Removes the leftovers of a demo whose process was killed.
pub async fn remove_leftovers(data_dir: &Path) {
    let data_dir = data_dir.to_owned();
    let cleared = tokio::task::spawn_blocking(move || clear(&data_dir)).await;
    if let Ok(Err(error)) = cleared {
        tracing::warn!(%error, "what is left of an earlier demo could not be removed");
    }
}

/// Removes the leftovers of a demo that did not shut down cleanly.
fn clear(data_dir: &Path) -> io::Result<Place> {
    let path = data_dir.join(FOLDER);
    match fs::symlink_metadata(&path) {
        Ok(there) if there.is_dir() => {}
        Ok(_) => return Ok(Place::Foreign),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Place::Free),
        Err(error) => return Err(error),
    }
    let lock = match File::options().read(true).write(true).open(path.join(LOCK)) {
        Ok(lock) => lock,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let is_empty = fs::read_dir(&path)?.next().is_none();
            return Ok(if is_empty { Place::Free } else { Place::Foreign });
        }
        Err(error) => return Err(error),
    };
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(Place::InUse),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    let mut says = Vec::new();
    (&lock).take(MARK.len() as u64 + 1).read_to_end(&mut says)?;
    if says == MARK.as_bytes() { remove(&path, lock) } else { Ok(Place::Foreign) }
}

/// Removes our own entries, and then the folder unless it contains anything else.
fn remove(path: &Path, lock: File) -> io::Result<Place> {
    for ours in [ENGINE, APP_STORE_CONNECT] {
        unless_gone(fs::remove_dir_all(path.join(ours)))?;
    }
    // Not every system can remove an open file.
    drop(lock);
    unless_gone(fs::remove_file(path.join(LOCK)))?;
    match unless_gone(fs::remove_dir(path)) {
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(Place::Foreign),
        removed => removed.map(|()| Place::Free),
    }
}

fn unless_gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Creates a folder with access only for this user.
fn private(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_demo_left_is_removed_and_an_open_one_stays() {
        let data = tempfile::tempdir().unwrap();
        let beside = data.path().join("hookbell.db");
        fs::write(&beside, "somebody's events").unwrap();
        assert_eq!(clear(data.path()).unwrap(), Place::Free, "there is nothing yet");

        let open = Folder::empty(data.path()).unwrap();
        fs::create_dir_all(open.engine()).unwrap();
        fs::write(open.engine().join("hookbell.db"), "a bird").unwrap();
        assert_eq!(clear(data.path()).unwrap(), Place::InUse);
        assert!(matches!(Folder::empty(data.path()), Err(NoFolder::InUse)));
        assert!(open.engine().join("hookbell.db").exists());
        drop(open);
        assert!(!data.path().join(FOLDER).exists());

        let mut killed = Folder::empty(data.path()).unwrap();
        fs::create_dir_all(killed.engine()).unwrap();
        killed.lock = None;
        drop(killed);
        assert!(data.path().join(FOLDER).exists(), "a killed process removes nothing");
        assert_eq!(clear(data.path()).unwrap(), Place::Free);
        assert!(!data.path().join(FOLDER).exists());
        assert_eq!(fs::read_to_string(beside).unwrap(), "somebody's events");
    }

    #[test]
    fn a_folder_named_demo_that_is_somebody_elses_stays_whatever_is_in_it() {
        let data = tempfile::tempdir().unwrap();
        let theirs = data.path().join(FOLDER);
        for (names, lock) in [(&["a"][..], None), (&["hookbell/a"], Some("")), (&["hookbell/a", "b"], Some("theirs"))] {
            for name in names {
                let file = theirs.join(name);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, "theirs").unwrap();
            }
            if let Some(lock) = lock {
                fs::write(theirs.join(LOCK), lock).unwrap();
            }
            assert_eq!(clear(data.path()).unwrap(), Place::Foreign, "{names:?}");
            let refused = Folder::empty(data.path()).unwrap_err();
            assert!(matches!(&refused, NoFolder::Foreign(path) if *path == theirs), "{refused:?}");
            for name in names {
                assert_eq!(fs::read_to_string(theirs.join(name)).unwrap(), "theirs", "{names:?}");
            }
            fs::remove_dir_all(&theirs).unwrap();
        }
    }

    #[test]
    fn what_somebody_put_into_the_demos_folder_stays() {
        let data = tempfile::tempdir().unwrap();
        let demo = Folder::empty(data.path()).unwrap();
        fs::create_dir_all(demo.engine()).unwrap();
        let theirs = data.path().join(FOLDER).join("notes.txt");
        fs::write(&theirs, "theirs").unwrap();
        let engine = demo.engine();
        drop(demo);
        assert!(!engine.exists());
        assert_eq!(fs::read_to_string(theirs).unwrap(), "theirs");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_named_demo_is_not_followed() {
        let data = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join(LOCK), MARK).unwrap();
        fs::create_dir(elsewhere.path().join(ENGINE)).unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), data.path().join(FOLDER)).unwrap();
        assert_eq!(clear(data.path()).unwrap(), Place::Foreign);
        assert!(elsewhere.path().join(ENGINE).exists());
    }
}
