//! The one thread that writes.
//!
//! It takes whatever has queued up, commits it in one transaction, and only then answers each caller:
//! one `fsync` serves many. What can wait while many come is done when nothing has come for a moment:
//! it makes events of the deliveries that were only written down, and brings the search index up to
//! date. It is also the one that notices changes of other processes.

mod checkpoint;
mod group;
mod queue;

use std::{
    fs::File,
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::RecvTimeoutError,
    thread,
    time::{Duration, Instant},
};

use rusqlite::Connection;
use tokio::sync::watch;

use self::{
    checkpoint::Checkpoints,
    group::Committed,
    queue::{Failure, Incoming, Message},
};
pub(crate) use self::{
    group::transaction,
    queue::{Pace, Queue, Task},
};
use crate::{
    StoreError,
    changes::{Bell, LOOK_EVERY},
    open::Files,
    search::index,
    table::waiting::{self, Batch},
};

/// One transaction holds at most this many pieces of work, and starts no more past so many bytes of
/// bodies, so that the first in it does not wait too long for the last.
const GROUP: usize = 512;
const GROUP_BYTES: usize = 8 << 20;

/// Deliveries that wait are read in such a pause, to stay out of the way of a burst…
const READ_AFTER: Duration = Duration::from_millis(10);
/// …but a batch of them not later than this…
const READ_AT_LEAST_EVERY: Duration = Duration::from_millis(50);
/// …and as many as come in once so many wait, which take seconds to read at the next start if this one
/// is killed.
const MOST_WAITING: i64 = 100_000;

/// The search index waits for such a pause…
const INDEX_AFTER: Duration = Duration::from_millis(100);
/// …but not longer than this.
const INDEX_AT_LEAST_EVERY: Duration = Duration::from_secs(5);

pub(crate) struct Writer {
    db: Connection,
    incoming: Incoming,
    files: Files,
    changed: watch::Sender<u64>,
    bell: Bell,
    checkpoints: Checkpoints,
    data_version: i64,
    /// Deliveries may be waiting to become events.
    waiting: bool,
    /// How many there were after the last batch.
    left: i64,
    read_at: Instant,
    /// Events may be waiting to be indexed.
    unindexed: bool,
    indexed_at: Instant,
    /// Whether nothing was written since the last chore: then the next one follows at once.
    idle: bool,
}

impl Writer {
    /// Starts the thread. `alive` is dropped when it ends, `in_use` after the database is closed.
    pub(crate) fn start(
        db: Connection,
        in_use: File,
        incoming: Incoming,
        files: &Files,
        changed: watch::Sender<u64>,
        alive: watch::Sender<()>,
    ) -> Result<(), StoreError> {
        let failed = |error| StoreError::from_sqlite(error, &files.database());
        let writer = Self {
            data_version: data_version(&db).map_err(failed)?,
            checkpoints: Checkpoints::start(&db, files)?,
            db,
            incoming,
            files: files.clone(),
            changed,
            bell: Bell::new(files),
            waiting: true,
            left: 0,
            read_at: Instant::now(),
            unindexed: true,
            indexed_at: Instant::now(),
            idle: false,
        };
        let run = move || {
            writer.run();
            drop(in_use);
            drop(alive);
        };
        thread::Builder::new()
            .name("hookbell-writer".to_owned())
            .spawn(run)
            .map(drop)
            .map_err(StoreError::directory(&files.database()))
    }

    fn run(mut self) {
        loop {
            match catch_unwind(AssertUnwindSafe(|| self.step())) {
                Ok(ControlFlow::Continue(())) => {}
                Ok(ControlFlow::Break(())) => break,
                Err(_) => self.recover(),
            }
        }
        self.end();
    }

    /// Waits for the next thing to do, and does it.
    fn step(&mut self) -> ControlFlow<()> {
        let bell = self.bell.ring_if_due();
        let pause = self.pause();
        let wait = bell.map_or(pause, |due| due.min(pause));
        match self.incoming.receiver.recv_timeout(wait) {
            Ok(first) => {
                self.take(first);
                self.look();
                self.do_overdue_chores();
            }
            Err(RecvTimeoutError::Timeout) => {
                self.look();
                // A wait cut short by the bell was no pause.
                if wait == pause {
                    self.do_next_chore();
                }
            }
            Err(RecvTimeoutError::Disconnected) => return ControlFlow::Break(()),
        }
        if self.incoming.load.is_closed() {
            self.drain();
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    /// Goes on after a chore panicked. It is tried again once nothing comes for a while, not at once: it may
    /// panic each time. A caller's work never leads here.
    fn recover(&mut self) {
        tracing::error!("a chore of the database's writer panicked; it is tried again later");
        if !self.db.is_autocommit()
            && let Err(error) = self.db.execute_batch("ROLLBACK")
        {
            tracing::warn!(%error, "can't roll back what a chore began");
        }
        (self.waiting, self.unindexed, self.idle) = (false, false, false);
    }

    /// How long nothing must come before the next chore.
    fn pause(&self) -> Duration {
        match (self.waiting, self.unindexed, self.idle) {
            (false, false, _) => LOOK_EVERY,
            (_, _, true) => Duration::ZERO,
            (true, ..) => READ_AFTER,
            (false, ..) => INDEX_AFTER,
        }
    }

    fn do_next_chore(&mut self) {
        if self.waiting {
            self.read(waiting::MANY);
            // The index has a longer pause to wait for.
            self.idle = self.waiting;
        } else if self.unindexed {
            self.index();
            self.idle = true;
        } else {
            // Those of another process that was killed, and those that could not be read before.
            self.read(waiting::MANY);
        }
    }

    fn do_overdue_chores(&mut self) {
        if self.waiting && (self.left > MOST_WAITING || self.read_at.elapsed() > READ_AT_LEAST_EVERY) {
            self.read(waiting::FEW);
        }
        if self.unindexed && self.indexed_at.elapsed() > INDEX_AT_LEAST_EVERY {
            self.index();
        }
    }

    /// Commits this and whatever else is waiting.
    fn take(&mut self, first: Message) {
        let mut tasks = Vec::new();
        let mut bytes = 0;
        let mut next = Some(first);
        while let Some(message) = next {
            match message {
                Message::Task { task, bytes: held } => {
                    tasks.push(task);
                    bytes += held;
                }
                Message::Wake => self.incoming.woken.clear(),
            }
            next =
                if tasks.len() < GROUP && bytes < GROUP_BYTES { self.incoming.receiver.try_recv().ok() } else { None };
        }
        if !tasks.is_empty() {
            self.idle = false;
            self.settle(tasks);
        }
        self.incoming.load.remove(bytes);
    }

    fn drain(&mut self) {
        while let Ok(first) = self.incoming.receiver.try_recv() {
            self.take(first);
        }
    }

    /// Commits a group and answers it. If its transaction fails, its halves are tried, so that one bad
    /// piece of work does not take the others down with it.
    fn settle(&mut self, mut tasks: Vec<Box<dyn Task>>) {
        match group::commit(&self.db, &mut tasks) {
            Ok(Committed { changed, pace }) => {
                self.waiting |= pace == Pace::Crowded;
                if changed {
                    self.unindexed = true;
                    self.announce();
                }
                tasks.into_iter().for_each(|task| task.answer(Ok(())));
                self.checkpoints.after_commit(&self.db);
            }
            Err(failure) => {
                let error = Failure::into_error(failure, &self.files.database());
                if tasks.len() > 1 && !error.concerns_everyone() {
                    let rest = tasks.split_off(tasks.len() / 2);
                    self.settle(tasks);
                    self.settle(rest);
                } else {
                    tracing::warn!(%error, waiting = tasks.len(), "a write failed");
                    self.files.note(&error);
                    tasks.into_iter().for_each(|task| task.answer(Err(error.clone())));
                }
            }
        }
    }

    fn announce(&mut self) {
        self.bell.owe();
        self.changed.send_modify(|changes| *changes += 1);
    }

    /// Looks whether another process changed something. This connection's own commits don't count.
    fn look(&mut self) {
        match data_version(&self.db) {
            Ok(version) if version != self.data_version => {
                self.data_version = version;
                self.idle = false;
                self.unindexed = true;
                self.changed.send_modify(|changes| *changes += 1);
            }
            Ok(_) => {}
            Err(error) => tracing::debug!(%error, "can't look for changes"),
        }
    }

    /// Makes events of so many deliveries at most.
    fn read(&mut self, most: i64) {
        self.read_at = Instant::now();
        match waiting::read_batch(&self.db, most) {
            Ok(Batch { read, left }) => {
                self.waiting = left > 0;
                self.left = left;
                if read > 0 {
                    self.unindexed = true;
                    self.announce();
                }
            }
            Err(error) => {
                // They are on disk, and tried again when nothing comes for a while.
                let error = StoreError::from_sqlite(error, &self.files.database());
                tracing::warn!(%error, "deliveries wait to be read");
                self.files.note(&error);
                self.waiting = false;
            }
        }
        self.checkpoints.after_commit(&self.db);
    }

    /// Indexes a batch. Nobody is told: a search finds the same before and after.
    fn index(&mut self) {
        self.indexed_at = Instant::now();
        match index::catch_up(&self.db) {
            Ok(more) => self.unindexed = more,
            Err(error) => {
                // The events stay searchable, only more slowly. The next change tries again.
                tracing::warn!(%error, "the search index waits");
                self.unindexed = false;
            }
        }
        self.checkpoints.after_commit(&self.db);
    }

    fn end(mut self) {
        self.bell.owe();
        while let Some(due) = self.bell.ring_if_due() {
            thread::sleep(due);
        }
        self.checkpoints.end(&self.db);
        if let Err((_, error)) = self.db.close() {
            tracing::warn!(%error, "can't close the database properly; nothing is lost");
        }
    }
}

fn data_version(db: &Connection) -> rusqlite::Result<i64> {
    db.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))
}
