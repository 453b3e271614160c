//! Moving committed pages from the log into the database, beside the writer rather than in it.
//!
//! A checkpoint waits for the disk twice. Done in the writer, as SQLite does by default, every caller
//! of that moment would wait with it.
#![cfg_attr(
    windows,
    allow(clippy::missing_const_for_thread_local, reason = "it is const, and clippy does not see it on windows-gnu")
)]

use std::{
    cell::Cell,
    ffi::c_int,
    sync::mpsc::{SyncSender, sync_channel},
    thread::{self, JoinHandle},
};

use rusqlite::{Connection, hooks::Wal};

use crate::{StoreError, connection, files::Files};

/// So many more pages (of 4096 bytes) in the log are worth a checkpoint. A burst writes the same pages of
/// the indexes again and again: the fewer checkpoints, the fewer times they are copied.
const CHECKPOINT_PAGES: c_int = 8_000;

/// From here on the writer lends a hand: under a load that never pauses, only it can bring the log back to its
/// beginning, and everybody waits meanwhile. Bursts end before that. A log this long takes 190 MiB, which SQLite cuts
/// back to the connection's `journal_size_limit` when it begins anew.
const MAX_LOG_PAGES: c_int = 48_000;

thread_local! {
    /// How long the log was after this thread's last commit, in pages.
    static LOG: Cell<Option<c_int>> = const { Cell::new(None) };
}

pub(super) struct Checkpoints {
    nudge: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
    /// How long the log was at the last nudge.
    nudged_at: c_int,
}

impl Checkpoints {
    /// Takes the checkpoints over from SQLite's own, which the hook on `writer` replaces.
    pub(super) fn start(writer: &Connection, files: &Files) -> Result<Self, StoreError> {
        let db = connection::writer(files).map_err(|error| StoreError::from_sqlite(error, &files.database()))?;
        writer.wal_hook(Some(note_length));
        let (nudge, nudges) = sync_channel::<()>(1);
        let thread = thread::Builder::new()
            .name("hookbell-checkpoint".to_owned())
            .spawn(move || nudges.iter().for_each(|()| checkpoint(&db)))
            .map_err(StoreError::directory(&files.database()))?;
        Ok(Self { nudge: Some(nudge), thread: Some(thread), nudged_at: 0 })
    }

    pub(super) fn after_commit(&mut self, writer: &Connection) {
        let Some(length) = LOG.take() else { return };
        if length < self.nudged_at {
            // All of it was in the database, so that it began anew.
            self.nudged_at = 0;
        }
        if length >= MAX_LOG_PAGES {
            checkpoint(writer);
        } else if length - self.nudged_at >= CHECKPOINT_PAGES
            && let Some(nudge) = &self.nudge
        {
            self.nudged_at = length;
            let _one_is_waiting_already = nudge.try_send(());
        }
    }

    /// Ends the thread and leaves everything in the database itself, if nobody else is using it.
    pub(super) fn end(&mut self, writer: &Connection) {
        drop(self.nudge.take());
        if let Some(thread) = self.thread.take() {
            let _panicked = thread.join();
        }
        checkpoint(writer);
    }
}

fn note_length(_: &Wal, pages: c_int) -> rusqlite::Result<()> {
    LOG.set(Some(pages));
    Ok(())
}

fn checkpoint(db: &Connection) {
    // A checkpoint that can't be done now is done later: the log holds everything meanwhile.
    if let Err(error) = db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())) {
        tracing::debug!(%error, "no checkpoint");
    }
}
