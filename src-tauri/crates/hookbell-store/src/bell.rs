//! Noticing what other processes do to the database, at once.
//!
//! After a commit a process rings the bell: it writes to a small file that every other one watches.
//! The database's own files would not do: macOS reports a write only when the file is closed, and the
//! log stays open. The bell says only "check"; whether anything changed is SQLite's to say
//! (`PRAGMA data_version`). Whoever writes without ringing, or where watching does not work, is
//! noticed by checking every two seconds.

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

/// How often to check for changes without having heard the bell.
pub(crate) const CHECK_EVERY: Duration = Duration::from_secs(2);

/// The bell rings at most this often; the last change of a burst is always rung for.
const RING_EVERY: Duration = Duration::from_millis(20);

/// Ends the watching when dropped. `None` where the system can't watch files.
pub(crate) struct Watching(#[allow(dead_code, reason = "held for its drop")] Option<RecommendedWatcher>);

/// Calls `wake` whenever any process rings the bell.
pub(crate) fn watch(files: &Files, wake: impl Fn() + Send + 'static) -> Watching {
    let bell = files.bell();
    let started = private_file(&bell).map_err(|error| error.to_string()).and_then(|_| {
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            // Errors wake it too: something may have been missed.
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

/// The bell, as the writer holds it.
pub(crate) struct Bell {
    path: PathBuf,
    last: Option<Instant>,
    owed: bool,
}

impl Bell {
    pub(crate) fn new(files: &Files) -> Self {
        Self { path: files.bell(), last: None, owed: false }
    }

    /// Something was committed.
    pub(crate) fn owe(&mut self) {
        self.owed = true;
    }

    /// Rings if it is owed and time for it; otherwise says how long to wait for that.
    pub(crate) fn ring_if_due(&mut self) -> Option<Duration> {
        if !self.owed {
            return None;
        }
        let wait = self.last.and_then(|last| RING_EVERY.checked_sub(last.elapsed()));
        if wait.is_none() {
            self.owed = false;
            self.last = Some(Instant::now());
            // Opened and closed each time: closing is what macOS reports. A bell that can't be rung is
            // no failure: the others check by themselves.
            let rung = OpenOptions::new().write(true).open(&self.path).and_then(|mut bell| bell.write_all(b"."));
            if let Err(error) = rung {
                tracing::debug!(%error, "can't ring the bell");
            }
        }
        wait
    }
}

/// Whether a wake-up is on its way already, so that a thousand bells make one.
#[derive(Clone, Default)]
pub(crate) struct Woken(Arc<AtomicBool>);

impl Woken {
    /// Whether this call is the one that must wake.
    pub(crate) fn set(&self) -> bool {
        !self.0.swap(true, Ordering::AcqRel)
    }

    pub(crate) fn clear(&self) {
        self.0.store(false, Ordering::Release);
    }
}
