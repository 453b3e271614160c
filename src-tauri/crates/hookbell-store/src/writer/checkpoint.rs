//! Moves committed pages from the WAL into the database, alongside the writer rather than in it.
//!
//! A checkpoint waits for the disk twice. Done in the writer, as SQLite does by default, it would hold up all current
//! callers. Under constant load, though, there is always something left to copy, and the WAL would grow without bound.
//! So a thread alongside the writer repeats the copying until little is left, and the writer copies the rest: then the
//! WAL restarts in the space that its file already has.
#![cfg_attr(
    windows,
    allow(clippy::missing_const_for_thread_local, reason = "it is const, and clippy does not see it on windows-gnu")
)]

use std::{
    cell::Cell,
    ffi::c_int,
    sync::{
        Arc,
        atomic::{AtomicI32, Ordering},
        mpsc::{SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
};

use rusqlite::{Connection, hooks::Wal};

use crate::{StoreError, connection, files::Files};

/// This many more pages (of 4096 bytes) in the WAL justify a checkpoint. A burst rewrites the same index pages again
/// and again: the fewer checkpoints, the less often they are copied.
const CHECKPOINT_PAGES: c_int = 8_000;

/// Up to this many remaining pages, the writer copies them itself, in a few milliseconds.
const MAX_REST_PAGES: c_int = 512;

/// From here on the writer copies all that is left while everybody waits: something blocks the other thread's copying,
/// such as a long read. A WAL of this length takes 190 MiB, which SQLite cuts back to the connection's
/// `journal_size_limit` when the WAL restarts.
const MAX_LOG_PAGES: c_int = 48_000;

thread_local! {
    /// The WAL's length after this thread's last commit, in pages.
    static LOG: Cell<Option<c_int>> = const { Cell::new(None) };
}

pub(super) struct Checkpoints {
    nudge: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
    /// The WAL's length at the last nudge; 0 since it restarted.
    nudged_at: c_int,
    /// How many WAL pages were in the database after the thread's last checkpoint.
    copied: Arc<AtomicI32>,
}

impl Checkpoints {
    /// Replaces SQLite's automatic checkpoints: the hook on `writer` disables them.
    pub(super) fn start(writer: &Connection, files: &Files) -> Result<Self, StoreError> {
        let db = connection::writer(files).map_err(|error| StoreError::from_sqlite(error, &files.database()))?;
        writer.wal_hook(Some(note_length));
        let (nudge, nudges) = sync_channel::<()>(1);
        let copied = Arc::new(AtomicI32::new(0));
        let copied_there = Arc::clone(&copied);
        let thread = thread::Builder::new()
            .name("hookbell-checkpoint".to_owned())
            .spawn(move || nudges.iter().for_each(|()| copied_there.store(checkpoint(&db), Ordering::Relaxed)))
            .map_err(StoreError::directory(&files.database()))?;
        Ok(Self { nudge: Some(nudge), thread: Some(thread), nudged_at: 0, copied })
    }

    pub(super) fn after_commit(&mut self, writer: &Connection) {
        let Some(length) = LOG.take() else { return };
        if length < self.nudged_at {
            self.nudged_at = 0;
        }
        let copied = self.copied.load(Ordering::Relaxed);
        // Otherwise the thread is still copying, or something blocks it.
        let caught_up = self.nudged_at > 0 && (self.nudged_at..=length).contains(&copied);
        if length >= MAX_LOG_PAGES || (caught_up && length - copied <= MAX_REST_PAGES) {
            self.copied.store(0, Ordering::Relaxed);
            checkpoint(writer);
        } else if (caught_up || length - self.nudged_at >= CHECKPOINT_PAGES)
            && let Some(nudge) = &self.nudge
        {
            self.nudged_at = length;
            let _one_is_waiting_already = nudge.try_send(());
        }
    }

    /// Stops the thread and moves everything into the database file, if nobody else is using it.
    pub(super) fn end(&mut self, writer: &Connection) {
        drop(self.nudge.take());
        if let Some(thread) = self.thread.take() {
            let _panicked = thread.join();
        }
        let _copied = checkpoint(writer);
    }
}

fn note_length(_: &Wal, pages: c_int) -> rusqlite::Result<()> {
    LOG.set(Some(pages));
    Ok(())
}

/// Returns how many WAL pages are in the database afterwards.
fn checkpoint(db: &Connection) -> c_int {
    // A failed checkpoint is retried later: until then the WAL has everything.
    db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get("checkpointed")).unwrap_or_else(|error| {
        tracing::debug!(%error, "no checkpoint");
        0
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_log_begins_anew_under_writes_that_never_pause() {
        const BYTES_EACH: u32 = 100 << 10;
        const BYTES_IN_ALL: u32 = 160 << 20;
        let dir = tempfile::tempdir().unwrap();
        let files = Files::in_dir(dir.path()).unwrap();
        let writer = Connection::open(files.database()).unwrap();
        writer.pragma_update(None, "journal_mode", "wal").unwrap();
        writer.execute_batch("CREATE TABLE line (bytes BLOB)").unwrap();
        let mut checkpoints = Checkpoints::start(&writer, &files).unwrap();
        let mut longest = 0;
        for _ in 0..BYTES_IN_ALL / BYTES_EACH {
            writer.execute("INSERT INTO line VALUES (zeroblob(?))", [BYTES_EACH]).unwrap();
            longest = longest.max(LOG.get().unwrap());
            checkpoints.after_commit(&writer);
        }
        checkpoints.end(&writer);
        assert!(longest < 3 * CHECKPOINT_PAGES, "the log grew to {longest} pages");
    }
}
