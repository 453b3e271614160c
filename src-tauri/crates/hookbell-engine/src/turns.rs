//! Serializes changes to webhooks and their secrets across all processes of a data directory.
//!
//! Two processes rotating the same secret at once would choose the same keychain entry, and one would overwrite what
//! App Store Connect got from the other. A file lock is released however its process ends.

use std::{
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use tokio::sync::{Mutex, MutexGuard};

/// Wait before trying again for a turn that another process holds.
const RETRY_AFTER: Duration = Duration::from_millis(50);

/// Grants the right to change webhooks.
#[derive(Debug)]
pub(crate) struct Turns {
    here: Mutex<()>,
    path: PathBuf,
}

/// The right to change webhooks, released when dropped.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    _here: MutexGuard<'a, ()>,
    _everywhere: Option<File>,
}

impl Turns {
    pub(crate) fn new(data_dir: &Path) -> Self {
        Self { here: Mutex::default(), path: data_dir.join("hookbell.changing") }
    }

    /// Waits until nobody else changes webhooks.
    pub(crate) async fn take(&self) -> Turn<'_> {
        let here = self.here.lock().await;
        loop {
            match self.lock_file() {
                Ok(file) => return Turn { _here: here, _everywhere: Some(file) },
                Err(TryLockError::WouldBlock) => tokio::time::sleep(RETRY_AFTER).await,
                Err(TryLockError::Error(error)) => {
                    // Where locks don't work, usually no second process runs.
                    tracing::warn!(%error, "webhooks are changed without a lock for other processes");
                    return Turn { _here: here, _everywhere: None };
                }
            }
        }
    }

    fn lock_file(&self) -> Result<File, TryLockError> {
        let file = self.open().map_err(TryLockError::Error)?;
        file.try_lock()?;
        Ok(file)
    }

    fn open(&self) -> io::Result<File> {
        let mut options = File::options();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&self.path)
    }
}
