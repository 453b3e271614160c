//! The writer's bounded queue, and how a task carries its answer.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
};

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::{StoreError, bell::Woken};

/// From this many queued writes on, the store is crowded.
const CROWD_WRITES: usize = 16;

/// A store's limits.
#[derive(Debug, Clone, Copy)]
pub struct StoreLimits {
    /// Writes that may be queued; further ones get [`StoreError::Busy`].
    pub queued: usize,
    /// Bytes of bodies that may be queued.
    pub queued_bytes: usize,
    /// The maximum size of the database file, in pages of 4096 bytes; past it writes get [`StoreError::Unwritable`].
    /// `None`: as large as the disk allows.
    pub pages: Option<u32>,
}

impl Default for StoreLimits {
    fn default() -> Self {
        Self { queued: 1024, queued_bytes: 64 << 20, pages: None }
    }
}

/// How a task affects the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Readers find something else afterwards.
    Visible,
    /// It only leaves work for a chore, whose own change is the visible one.
    PutOff,
}

/// A task that runs inside a transaction, possibly more than once: a failed transaction is rolled back and its tasks
/// are retried in smaller ones.
pub(crate) trait Task: Send {
    fn run(&mut self, db: &Connection) -> Result<(), Failure>;
    fn effect(&self) -> Effect;
    /// Answers the caller after the commit, or with the reason why there was none.
    fn answer(self: Box<Self>, outcome: Result<(), StoreError>);
}

/// Why a task failed.
#[derive(Debug)]
pub(crate) enum Failure {
    Sqlite(rusqlite::Error),
    /// The task panicked. The panic's text went to the panic hook and isn't repeated: it may quote a body.
    Panicked,
}

impl Failure {
    pub(super) fn into_error(self, database: &Path) -> StoreError {
        match self {
            Self::Sqlite(error) => StoreError::from_sqlite(error, database),
            Self::Panicked => StoreError::Panicked,
        }
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

pub(super) enum Message {
    Task {
        task: Box<dyn Task>,
        bytes: usize,
    },
    /// Check for changes made by other processes, or for the end.
    Wake,
}

/// The sending side of the writer's queue.
#[derive(Clone)]
pub(crate) struct Queue {
    sender: SyncSender<Message>,
    load: Load,
    woken: Woken,
}

/// The writer's end of the queue.
pub(crate) struct Incoming {
    pub(super) receiver: Receiver<Message>,
    pub(super) load: Load,
    pub(super) woken: Woken,
}

/// What is queued or being written, and whether the queue is still open.
#[derive(Clone)]
pub(super) struct Load {
    writes: Arc<AtomicUsize>,
    bytes: Arc<AtomicUsize>,
    max_bytes: usize,
    /// Whether the writer has deferred work.
    behind: Arc<AtomicBool>,
    closed: Arc<AtomicBool>,
}

impl Queue {
    pub(crate) fn new(limits: StoreLimits) -> (Self, Incoming) {
        let (sender, receiver) = sync_channel(limits.queued.max(1));
        let load = Load {
            writes: Arc::default(),
            bytes: Arc::default(),
            max_bytes: limits.queued_bytes,
            behind: Arc::default(),
            closed: Arc::default(),
        };
        let woken = Woken::default();
        (Self { sender, load: load.clone(), woken: woken.clone() }, Incoming { receiver, load, woken })
    }

    /// Queues work; the answer comes after the commit.
    pub(crate) fn send<T, W>(&self, bytes: usize, effect: Effect, work: W) -> Result<Answer<T>, StoreError>
    where
        T: Send + 'static,
        W: FnMut(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        if self.load.is_closed() {
            return Err(StoreError::Closed);
        }
        self.load.add(bytes)?;
        let (reply, answer) = oneshot::channel();
        let task = Box::new(Request { work, effect, done: None, reply });
        self.sender.try_send(Message::Task { task, bytes }).map_err(|error| {
            self.load.remove(1, bytes);
            match error {
                TrySendError::Full(_) => StoreError::Busy,
                TrySendError::Disconnected(_) => StoreError::Closed,
            }
        })?;
        Ok(answer)
    }

    /// Makes the writer check for changes. If the queue is full, the writer is awake and checks anyway.
    pub(crate) fn wake(&self) {
        if self.woken.set() && self.sender.try_send(Message::Wake).is_err() {
            self.woken.clear();
        }
    }

    /// Whether many writes are queued, or were and the work they deferred isn't done yet.
    pub(crate) fn is_crowded(&self) -> bool {
        self.load.writes.load(Ordering::Acquire) >= CROWD_WRITES || self.load.behind.load(Ordering::Acquire)
    }

    /// Accepts no more writes, and stops the writer once the queue is empty.
    pub(crate) fn close(&self) {
        self.load.closed.store(true, Ordering::Release);
        let _full_or_ended = self.sender.try_send(Message::Wake);
    }
}

impl Load {
    pub(super) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    pub(super) fn remove(&self, writes: usize, bytes: usize) {
        self.writes.fetch_sub(writes, Ordering::AcqRel);
        self.bytes.fetch_sub(bytes, Ordering::AcqRel);
    }

    pub(super) fn set_behind(&self, behind: bool) {
        self.behind.store(behind, Ordering::Release);
    }

    fn add(&self, bytes: usize) -> Result<(), StoreError> {
        self.writes.fetch_add(1, Ordering::AcqRel);
        let before = self.bytes.fetch_add(bytes, Ordering::AcqRel);
        // A single body over the limit still gets through when nothing else is queued.
        if before > 0 && before.saturating_add(bytes) > self.max_bytes {
            self.remove(1, bytes);
            return Err(StoreError::Busy);
        }
        Ok(())
    }
}

/// What a caller awaits.
pub(crate) type Answer<T> = oneshot::Receiver<Result<T, StoreError>>;

struct Request<W, T> {
    work: W,
    effect: Effect,
    done: Option<T>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<W, T> Task for Request<W, T>
where
    T: Send,
    W: FnMut(&Connection) -> rusqlite::Result<T> + Send,
{
    fn run(&mut self, db: &Connection) -> Result<(), Failure> {
        let worked = catch_unwind(AssertUnwindSafe(|| (self.work)(db)));
        self.done = Some(worked.map_err(|_| Failure::Panicked)??);
        Ok(())
    }

    fn effect(&self) -> Effect {
        self.effect
    }

    fn answer(self: Box<Self>, outcome: Result<(), StoreError>) {
        // Committed work has run, so there is a result; a caller that went away doesn't matter.
        let Self { done, reply, .. } = *self;
        let _gone = reply.send(outcome.and_then(|()| done.ok_or(StoreError::Closed)));
    }
}
