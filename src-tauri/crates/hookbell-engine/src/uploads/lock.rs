//! Decides which process works on an upload: the one that holds its file lock. A lock is released however its process
//! ends; a row in the store would not be.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::written;

/// How long to wait after each time the lock was taken, before we conclude that another process works on the upload.
const TAKE_PAUSES: [Duration; 3] = [Duration::from_millis(5), Duration::from_millis(20), Duration::ZERO];

/// The right to work on one upload, released when dropped.
#[derive(Debug)]
pub(super) struct UploadLock(File);

impl UploadLock {
    /// Takes an upload's lock. `None` if another process has it. Blocks on the disk.
    pub(super) fn take(data_dir: &Path, upload: i64) -> io::Result<Option<Self>> {
        let path = path(data_dir, upload);
        if let Some(folder) = path.parent() {
            written::folder(folder)?;
        }
        let file = File::options().create(true).write(true).truncate(false).open(path)?;
        for pause in TAKE_PAUSES {
            match file.try_lock() {
                Ok(()) => return Ok(Some(Self(file))),
                // `is_taken` holds the lock for a moment.
                Err(TryLockError::WouldBlock) => std::thread::sleep(pause),
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
        Ok(None)
    }

    /// Releases the lock of an upload that has ended and deletes its file.
    pub(super) fn end(self, data_dir: &Path, upload: i64) {
        drop(self.0);
        let _ = fs::remove_file(path(data_dir, upload));
    }
}

/// Whether some process works on an upload. Blocks on the disk.
pub(super) fn is_taken(data_dir: &Path, upload: i64) -> bool {
    File::open(path(data_dir, upload)).is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

fn path(data_dir: &Path, upload: i64) -> PathBuf {
    data_dir.join("uploads").join(format!("{upload}.lock"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_works_on_an_upload() {
        let place = tempfile::tempdir().unwrap();
        assert!(!is_taken(place.path(), 7));
        let lock = UploadLock::take(place.path(), 7).unwrap().unwrap();
        assert!(is_taken(place.path(), 7) && !is_taken(place.path(), 8));
        assert!(UploadLock::take(place.path(), 7).unwrap().is_none());
        drop(lock);
        let lock = UploadLock::take(place.path(), 7).unwrap().unwrap();
        lock.end(place.path(), 7);
        assert!(!is_taken(place.path(), 7));
        assert_eq!(fs::read_dir(place.path().join("uploads")).unwrap().count(), 0);
    }
}
