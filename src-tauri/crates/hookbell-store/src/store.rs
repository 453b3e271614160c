//! The handle everyone holds: opens the database, hands writes to the writer and reads to the readers.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::Timestamp;
use rusqlite::Connection;
use tokio::sync::watch;

use crate::{
    StoreError,
    changes::{self, Watching},
    open::{self, Files},
    readers::Readers,
    table::waiting,
    writer::{Pace, Queue, Writer},
};

/// The database, opened. Cheap to clone; usable from any tokio runtime.
///
/// When the last clone is dropped, what was queued is still committed; [`Store::close`] waits for it.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    queue: Queue,
    readers: Readers,
    files: Files,
    changes: watch::Receiver<u64>,
    ended: watch::Receiver<()>,
    _watching: Watching,
}

/// What opening gave.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: Store,
    /// Where a damaged database was moved to, if there was one. The user must be told.
    pub set_aside: Option<PathBuf>,
}

/// How much a store takes at most.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Writes that may wait for the writer; past it they get [`StoreError::Busy`].
    pub queued: usize,
    /// Bytes of bodies that may wait for the writer.
    pub queued_bytes: usize,
    /// The size the database file may reach, in pages of 4096 bytes; past it writes get
    /// [`StoreError::Unwritable`]. `None`: whatever the disk holds.
    pub pages: Option<u32>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { queued: 1024, queued_bytes: 64 << 20, pages: None }
    }
}

impl Store {
    /// Opens the database in `dir`, or begins one. Blocks while it checks and migrates.
    ///
    /// A missing directory is created for this user alone (mode 0700); the database's files are always
    /// made private (0600). A database from a newer Hookbell is opened as long as that one said it may be.
    /// A damaged one is moved to `hookbell.db.damaged-<now>` and a new one begun: see [`Opened::set_aside`].
    ///
    /// # Errors
    /// [`StoreError::Directory`], [`StoreError::TooNew`], [`StoreError::Unwritable`], [`StoreError::Locked`],
    /// or [`StoreError::Damaged`] if it can't be set aside because another process has it open.
    pub fn open(dir: &Path, now: Timestamp) -> Result<Opened, StoreError> {
        Self::open_within(dir, now, Limits::default())
    }

    /// The same with limits of its own.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_within(dir: &Path, now: Timestamp, limits: Limits) -> Result<Opened, StoreError> {
        let files = Files::in_dir(dir)?;
        let database = open::database(&files, now, limits.pages)?;
        if let Err(error) = waiting::read_all(&database.connection) {
            // As on a full disk. The writer tries again.
            tracing::warn!(%error, "deliveries wait to be read");
        }
        let (queue, incoming) = Queue::new(limits);
        let (changed, changes) = watch::channel(0);
        let (alive, ended) = watch::channel(());
        let watching = changes::watch(&files, queue.clone());
        Writer::start(database.connection, database.in_use, incoming, &files, changed, alive)?;
        let inner = Inner { queue, readers: Readers::new(files.clone()), files, changes, ended, _watching: watching };
        Ok(Opened { store: Self(Arc::new(inner)), set_aside: database.set_aside })
    }

    /// Moves whenever this or any other process changed the database. The number itself means nothing.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.0.changes.clone()
    }

    /// Commits what is queued and closes the database. Every clone of this store is closed with it:
    /// later calls get [`StoreError::Closed`].
    pub async fn close(self) {
        self.0.queue.close();
        self.0.readers.close().await;
        let mut ended = self.0.ended.clone();
        // Nothing is ever sent: the channel closes when the writer's thread is done.
        while ended.changed().await.is_ok() {}
    }

    /// The files of the database.
    pub(crate) fn files(&self) -> &Files {
        &self.0.files
    }

    /// Has `work` done in the writer's next transaction. `bytes` is what it holds in memory until then.
    /// If the caller goes away meanwhile, the work is done all the same.
    pub(crate) async fn write<T, W>(&self, bytes: usize, mut work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnMut(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        self.write_at_pace(bytes, move |db, _| work(db)).await
    }

    /// The same for work that does less when many wait.
    pub(crate) async fn write_at_pace<T, W>(&self, bytes: usize, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnMut(&Connection, Pace) -> rusqlite::Result<T> + Send + 'static,
    {
        let answer = self.0.queue.send(bytes, work)?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    /// Runs `work` on a read-only connection, off the async threads.
    pub(crate) async fn read<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        self.0.readers.run(work).await
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}
