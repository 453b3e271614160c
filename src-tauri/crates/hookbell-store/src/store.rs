//! The shared handle: passes writes to the writer and reads to the readers.

use std::{fs::File, sync::Arc};

use rusqlite::Connection;
use tokio::sync::watch;

use crate::{
    StoreError, StoreLimits,
    bell::{self, Watching},
    files::Files,
    notes::Notes,
    readers::Readers,
    writer::{Chores, Effect, Queue, Writer},
};

/// An open database. Cheap to clone; usable from any tokio runtime.
///
/// When the last clone is dropped, queued writes are still committed; [`Store::close`] waits for them.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    queue: Queue,
    readers: Readers,
    files: Files,
    changes: watch::Receiver<u64>,
    notes: Notes,
    ended: watch::Receiver<()>,
    _watching: Watching,
}

impl Store {
    /// Takes ownership of an open database and starts its writer. `in_use` is held until the database is closed.
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
        let notes = Notes::default();
        Writer::start(database, in_use, incoming, &files, (changed, notes.clone()), alive, chores)?;
        let readers = Readers::new(files.clone());
        Ok(Self(Arc::new(Inner { queue, readers, files, changes, notes, ended, _watching: watching })))
    }

    /// Changes whenever this or another process changed what a read finds; for this process's own writes, a moment
    /// after their answer. The number itself means nothing.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.0.changes.clone()
    }

    /// Commits what is queued and closes the database. This closes every clone of this store: later calls return
    /// [`StoreError::Closed`].
    pub async fn close(self) {
        self.0.queue.close();
        self.0.readers.close().await;
        let mut ended = self.0.ended.clone();
        // Nothing is ever sent: the channel closes when the writer thread ends.
        while ended.changed().await.is_ok() {}
    }

    /// The writer's record of its changes.
    pub(crate) fn notes(&self) -> &Notes {
        &self.0.notes
    }

    /// The database files.
    pub(crate) fn files(&self) -> &Files {
        &self.0.files
    }

    /// Runs `work` in the writer's next transaction. `bytes` is the memory it holds until then. If the caller goes away
    /// in the meantime, the work still runs.
    pub(crate) async fn write<T, W>(&self, bytes: usize, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnMut(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let answer = self.0.queue.send(bytes, Effect::Visible, work)?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    /// As [`Store::write`], for work that only leaves something for a chore: [`Store::changes`] doesn't change.
    pub(crate) async fn put_off<W>(&self, bytes: usize, work: W) -> Result<(), StoreError>
    where
        W: FnMut(&Connection) -> rusqlite::Result<()> + Send + 'static,
    {
        let answer = self.0.queue.send(bytes, Effect::PutOff, work)?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    /// Whether so many writes are queued that deferrable work should be deferred.
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::sync::mpsc;

    use jiff::Timestamp;
    use rusqlite::Connection;
    use tokio::sync::oneshot;

    use super::*;
    use crate::Opened;

    fn add(key: &'static str) -> impl FnMut(&Connection) -> rusqlite::Result<()> + Send + 'static {
        move |db| db.execute("INSERT INTO setting VALUES (?, '1')", [key]).map(drop)
    }

    #[tokio::test]
    async fn all_of_a_read_sees_one_moment() {
        let place = tempfile::tempdir().unwrap();
        let Opened { store, .. } = Store::open(place.path(), Timestamp::UNIX_EPOCH).unwrap();
        let (begun, has_begun) = oneshot::channel();
        let (written, is_written) = mpsc::channel();
        let reader = store.clone();
        let reading = tokio::spawn(async move {
            let count = |db: &Connection| db.query_row("SELECT count(*) FROM setting", [], |row| row.get::<_, i64>(0));
            let twice = reader.read(move |db| {
                let first = count(db)?;
                begun.send(()).unwrap();
                is_written.recv().unwrap();
                Ok((first, count(db)?))
            });
            twice.await.unwrap()
        });
        has_begun.await.unwrap();
        store.write(0, add("a")).await.unwrap();
        written.send(()).unwrap();
        let (first, second) = reading.await.unwrap();
        assert_eq!(first, second);
    }

    #[tokio::test]
    async fn changes_move_with_what_a_read_finds_and_not_with_what_is_put_off() {
        let place = tempfile::tempdir().unwrap();
        let Opened { store, .. } = Store::open(place.path(), Timestamp::UNIX_EPOCH).unwrap();
        let mut changes = store.changes();
        changes.mark_unchanged();
        for key in ["a", "b"] {
            store.put_off(0, add(key)).await.unwrap();
        }
        assert!(!changes.has_changed().unwrap());
        store.write(0, add("c")).await.unwrap();
        assert!(changes.changed().await.is_ok());
    }
}
