//! The demo's folder below the data directory, and the lock that says whose it is.
//!
//! Everything of the demo that reaches a disk is in this one folder, so that removing it removes the
//! demo. A process that was killed leaves it behind; the next start finds its lock free.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

const FOLDER: &str = "demo";
const LOCK: &str = "demo.lock";

/// The folder, as long as a demo is open. Dropping it removes it with everything in it.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    lock: Option<File>,
}

impl Folder {
    /// An empty one. Nothing, if another process has a demo open in this data directory.
    pub(super) fn empty(data_dir: &Path) -> io::Result<Option<Self>> {
        if !clear(data_dir)? {
            return Ok(None);
        }
        let path = data_dir.join(FOLDER);
        private(&path)?;
        let lock = File::options().create(true).truncate(false).write(true).open(path.join(LOCK))?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self { path, lock: Some(lock) })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Where the demo's engine keeps its data.
    pub(super) fn engine(&self) -> PathBuf {
        self.path.join("hookbell")
    }

    /// Where the simulated App Store Connect keeps its keys and its state.
    pub(super) fn app_store_connect(&self) -> PathBuf {
        self.path.join("app-store-connect")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // An open file can't be removed everywhere.
        self.lock = None;
        if let Err(error) = fs::remove_dir_all(&self.path) {
            tracing::warn!(%error, path = %self.path.display(), "the demo’s folder is still there; the next start removes it");
        }
    }
}

/// What removes, once it is called, what is left of a demo that was open when the app was killed.
pub(crate) fn clear_later(data_dir: PathBuf) -> impl FnOnce() + Send + 'static {
    move || {
        if let Err(error) = clear(&data_dir) {
            tracing::warn!(%error, "what is left of an earlier demo could not be removed");
        }
    }
}

/// Removes what a demo left that did not end by itself. `false` if it is still open in another process.
fn clear(data_dir: &Path) -> io::Result<bool> {
    let path = data_dir.join(FOLDER);
    match File::options().write(true).open(path.join(LOCK)) {
        Ok(lock) => match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(false),
            Err(TryLockError::Error(error)) => return Err(error),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    match fs::remove_dir_all(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(true),
    }
}

/// Makes a folder for this user alone.
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
        assert!(clear(data.path()).unwrap(), "there is nothing yet");

        let open = Folder::empty(data.path()).unwrap().unwrap();
        fs::create_dir_all(open.engine()).unwrap();
        fs::write(open.engine().join("hookbell.db"), "a bird").unwrap();
        assert!(!clear(data.path()).unwrap());
        assert!(Folder::empty(data.path()).unwrap().is_none());
        assert!(open.engine().join("hookbell.db").exists());
        drop(open);
        assert!(!data.path().join(FOLDER).exists());

        fs::create_dir_all(data.path().join(FOLDER).join("hookbell")).unwrap();
        fs::write(data.path().join(FOLDER).join(LOCK), "").unwrap();
        assert!(clear(data.path()).unwrap());
        assert!(!data.path().join(FOLDER).exists());
        assert_eq!(fs::read_to_string(beside).unwrap(), "somebody's events");
    }
}
