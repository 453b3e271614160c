//! The handle everyone holds: it hands writes to the writer and reads to the readers.

use std::{fs::File, sync::Arc};

use rusqlite::Connection;
use tokio::sync::watch;

use crate::{
    StoreError, StoreLimits,
    bell::{self, Watching},
    files::Files,
    readers::Readers,
    writer::{Chores, Queue, Writer},
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

impl Store {
    /// Takes an open database over and starts its writer. `in_use` is held until the database is closed.
    pub(crate) fn start(
        database: Connection,
        in_use: File,
        files: Files,
        limits: StoreLimits,
        chores: impl Chores,
    ) -> Result<Self, StoreError> {
        let (queue, incoming) = Queue::new(limits);
        let (changed, changes) = watch::channel(0);
        let (alive, ended) = watch::channel(());
        let waking = queue.clone();
        let watching = bell::watch(&files, move || waking.wake());
        Writer::start(database, in_use, incoming, &files, changed, alive, chores)?;
        let readers = Readers::new(files.clone());
        Ok(Self(Arc::new(Inner { queue, readers, files, changes, ended, _watching: watching })))
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
    pub(crate) async fn write<T, W>(&self, bytes: usize, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnMut(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let answer = self.0.queue.send(bytes, work)?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    /// Whether so much waits to be written that what can be done later should be.
    pub(crate) fn is_crowded(&self) -> bool {
        self.0.queue.is_crowded()
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
