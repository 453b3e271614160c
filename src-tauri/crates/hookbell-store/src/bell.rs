//! Notices changes made by other processes right away.
//!
//! After a commit, a process rings the bell: it writes to a small file that every other process watches. Watching the
//! database's own files would not work: macOS reports a write only when the file is closed, and the WAL stays open. The
//! bell only means "check"; SQLite tells whether anything changed (`PRAGMA data_version`). A check every two seconds
//! catches writers that don't ring, and systems where file watching doesn't work.

use std::{
    fs::OpenOptions,
    io::Write,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use crate::files::{Files, private_file};

/// How often to check for changes when the bell stays silent.
pub(crate) const CHECK_EVERY: Duration = Duration::from_secs(2);

/// The minimum time between two rings; the last change of a burst is always followed by one.
const RING_EVERY: Duration = Duration::from_millis(20);

/// Stops watching when dropped. `None` where the system can't watch files.
pub(crate) struct Watching(#[allow(dead_code, reason = "held for its drop")] Option<RecommendedWatcher>);

/// Calls `wake` whenever any process rings the bell.
pub(crate) fn watch(files: &Files, wake: impl Fn() + Send + 'static) -> Watching {
    let bell = files.bell();
    let started = private_file(&bell).map_err(|error| error.to_string()).and_then(|_| {
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            // Watch errors wake it too: a ring may have been missed.
            if event.map_or(true, |event| !event.kind.is_access()) {
                wake();
            }
        })
        .map_err(|error| error.to_string())?;
        watcher.watch(&bell, RecursiveMode::NonRecursive).map_err(|error| error.to_string())?;
        Ok(watcher)
    });
    if let Err(error) = &started {
        tracing::warn!(error, "can't watch for changes of other processes; checking every two seconds instead");
    }
    Watching(started.ok())
}

/// The writer's end of the bell.
pub(crate) struct Bell {
    path: PathBuf,
    last: Option<Instant>,
    owed: bool,
}

impl Bell {
    pub(crate) fn new(files: &Files) -> Self {
        Self { path: files.bell(), last: None, owed: false }
    }

    /// Records that something was committed and a ring is due.
    pub(crate) fn owe(&mut self) {
        self.owed = true;
    }

    /// Rings if a ring is owed and due; otherwise returns how long to wait for it.
    pub(crate) fn ring_if_due(&mut self) -> Option<Duration> {
        if !self.owed {
            return None;
        }
        let wait = self.last.and_then(|last| RING_EVERY.checked_sub(last.elapsed()));
        if wait.is_none() {
            self.owed = false;
            self.last = Some(Instant::now());
            // Opened and closed each time, because macOS reports the close. Failing to ring is harmless: the other
            // processes also poll.
            let rung = OpenOptions::new().write(true).open(&self.path).and_then(|mut bell| bell.write_all(b"."));
            if let Err(error) = rung {
                tracing::debug!(%error, "can't ring the bell");
            }
        }
        wait
    }
}

/// Whether a wake-up is already pending, so that a thousand rings cause only one.
#[derive(Clone, Default)]
pub(crate) struct Woken(Arc<AtomicBool>);

impl Woken {
    /// Whether this call is the one that has to wake the writer.
    pub(crate) fn set(&self) -> bool {
        !self.0.swap(true, Ordering::AcqRel)
    }

    pub(crate) fn clear(&self) {
        self.0.store(false, Ordering::Release);
    }
}
