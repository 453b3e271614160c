//! The only thread that writes.
//!
//! It takes whatever has queued up, commits it in one transaction, and only then answers each caller: one `fsync`
//! serves many. When no write has come for a moment, it runs the deferred [`Chores`] without knowing what they are. It
//! also notices changes made by other processes.

mod checkpoint;
mod queue;

use std::{
    fs::File,
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::RecvTimeoutError,
    thread,
    time::Duration,
};

use rusqlite::Connection;
use tokio::sync::watch;

pub use self::queue::StoreLimits;
pub(crate) use self::queue::{Effect, Queue};
use self::{
    checkpoint::Checkpoints,
    queue::{Failure, Incoming, Message, Task},
};
use crate::{
    StoreError,
    bell::{Bell, CHECK_EVERY},
    connection::transaction,
    files::Files,
    notes::Notes,
};

/// A transaction holds at most this many tasks, and accepts no more once it holds this many bytes of bodies, so that
/// the first one doesn't wait too long for the last.
const MAX_GROUP_WRITES: usize = 512;
const MAX_GROUP_BYTES: usize = 8 << 20;

/// Deferred work that the writer does in between, put off while many writes arrive.
pub(crate) trait Chores: Send + 'static {
    /// The database has changed, through this or another process.
    fn notice(&mut self);

    /// Defers everything until the next change, after a chore panicked.
    fn give_up(&mut self);

    /// How long no write must have arrived before the next chore runs; `None` if none is known.
    fn pause(&self) -> Option<Duration>;

    /// Runs the next chore. Returns whether readers now see something else.
    fn do_next(&mut self, db: &Connection) -> rusqlite::Result<bool>;

    /// Runs whatever can't wait for a pause any longer. Returns whether readers now see something else.
    fn do_overdue(&mut self, db: &Connection) -> rusqlite::Result<bool>;

    /// Whether deferred work is known to remain.
    fn is_behind(&self) -> bool;
}

pub(crate) struct Writer<C> {
    db: Connection,
    incoming: Incoming,
    files: Files,
    changed: watch::Sender<u64>,
    notes: Notes,
    bell: Bell,
    checkpoints: Checkpoints,
    data_version: i64,
    chores: C,
}

impl<C: Chores> Writer<C> {
    /// Starts the thread. `alive` is dropped when it ends, `in_use` after the database is closed.
    pub(crate) fn start(
        db: Connection,
        in_use: File,
        incoming: Incoming,
        files: &Files,
        (changed, notes): (watch::Sender<u64>, Notes),
        alive: watch::Sender<()>,
        chores: C,
    ) -> Result<(), StoreError> {
        let failed = |error| StoreError::from_sqlite(error, &files.database());
        notes.follow(&db).map_err(failed)?;
        let writer = Self {
            data_version: data_version(&db).map_err(failed)?,
            checkpoints: Checkpoints::start(&db, files)?,
            db,
            incoming,
            files: files.clone(),
            changed,
            notes,
            bell: Bell::new(files),
            chores,
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

    /// Waits for the next message and handles it.
    fn step(&mut self) -> ControlFlow<()> {
        let bell = self.bell.ring_if_due();
        let pause = self.chores.pause().unwrap_or(CHECK_EVERY);
        let wait = bell.map_or(pause, |due| due.min(pause));
        match self.incoming.receiver.recv_timeout(wait) {
            Ok(first) => {
                self.take(first);
                self.check();
                let done = self.chores.do_overdue(&self.db);
                self.after_chore(done);
            }
            Err(RecvTimeoutError::Timeout) => {
                self.check();
                // A wait cut short by the bell doesn't count as a pause.
                if wait == pause {
                    let done = self.chores.do_next(&self.db);
                    self.after_chore(done);
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

    /// Continues after a chore panicked. The chore runs again once something changes, not at once: it may panic each
    /// time. A caller's work never gets here.
    fn recover(&mut self) {
        tracing::error!("a chore of the database's writer panicked; it is tried again later");
        if !self.db.is_autocommit()
            && let Err(error) = self.db.execute_batch("ROLLBACK")
        {
            tracing::warn!(%error, "can't roll back what a chore began");
        }
        self.chores.give_up();
    }

    fn after_chore(&mut self, done: rusqlite::Result<bool>) {
        match done {
            Ok(true) => self.announce(),
            Ok(false) => {}
            Err(error) => {
                let error = StoreError::from_sqlite(error, &self.files.database());
                tracing::warn!(%error, "a chore of the database's writer failed; it is tried again later");
                self.files.note(&error);
            }
        }
        self.incoming.load.set_behind(self.chores.is_behind());
        self.checkpoints.after_commit(&self.db);
    }

    /// Commits this and everything else that is queued.
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
            next = if tasks.len() < MAX_GROUP_WRITES && bytes < MAX_GROUP_BYTES {
                self.incoming.receiver.try_recv().ok()
            } else {
                None
            };
        }
        let writes = tasks.len();
        if writes > 0 {
            self.settle(tasks);
        }
        self.incoming.load.remove(writes, bytes);
    }

    fn drain(&mut self) {
        while let Ok(first) = self.incoming.receiver.try_recv() {
            self.take(first);
        }
    }

    /// Commits a group and answers it. If the transaction fails, its halves are tried, so that one bad task doesn't
    /// take the others down with it.
    fn settle(&mut self, mut tasks: Vec<Box<dyn Task>>) {
        match commit(&self.db, &mut tasks) {
            Ok(changed) => {
                let visible = changed && tasks.iter().any(|task| task.effect() == Effect::Visible);
                if visible {
                    self.notes.publish();
                }
                // Callers waiting for an answer are woken before those that only follow the changes.
                tasks.into_iter().for_each(|task| task.answer(Ok(())));
                if changed {
                    self.chores.notice();
                }
                if visible {
                    self.announce();
                }
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
        self.notes.publish();
        self.changed.send_modify(|changes| *changes += 1);
    }

    /// Checks whether another process changed something. This connection's own commits don't count.
    fn check(&mut self) {
        match data_version(&self.db) {
            Ok(version) if version != self.data_version => {
                self.data_version = version;
                self.chores.notice();
                self.notes.publish_unknown();
                self.changed.send_modify(|changes| *changes += 1);
            }
            Ok(_) => {}
            Err(error) => tracing::debug!(%error, "can't check for changes"),
        }
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

/// Runs all tasks and commits, or does nothing and returns why. Returns whether anything was changed.
fn commit(db: &Connection, tasks: &mut [Box<dyn Task>]) -> Result<bool, Failure> {
    let before = db.total_changes();
    transaction(db, || tasks.iter_mut().try_for_each(|task| task.run(db)))?;
    Ok(db.total_changes() != before)
}

fn data_version(db: &Connection) -> rusqlite::Result<i64> {
    db.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))
}
