//! Read-only connections, lent one at a time to blocking threads.
//!
//! WAL lets them read while the writer writes, and each read sees one snapshot. Four connections are enough: a read
//! takes milliseconds, and each keeps its page cache.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use crate::{StoreError, connection, files::Files};

const MAX_CONNECTIONS: u32 = 4;

pub(crate) struct Readers {
    shared: Arc<Shared>,
    permits: Arc<Semaphore>,
}

struct Shared {
    files: Files,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(crate) fn new(files: Files) -> Self {
        let permits = Arc::new(Semaphore::new(MAX_CONNECTIONS as usize));
        Self { shared: Arc::new(Shared { files, idle: Mutex::default() }), permits }
    }

    pub(crate) async fn run<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        // The permit travels with the work: a caller that goes away doesn't release it early.
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| StoreError::Closed)?;
        let shared = Arc::clone(&self.shared);
        let reading = tokio::task::spawn_blocking(move || {
            let result = shared.run(work);
            drop(permit);
            result
        });
        // Work that doesn't finish was ended by a panic or by the runtime shutting down.
        reading
            .await
            .unwrap_or_else(|ended| Err(if ended.is_panic() { StoreError::Panicked } else { StoreError::Closed }))
    }

    /// Waits for running reads and closes the connections.
    pub(crate) async fn close(&self) {
        if let Ok(all) = self.permits.acquire_many(MAX_CONNECTIONS).await {
            self.permits.close();
            drop(all);
        }
        self.shared.idle().clear();
    }
}

impl Shared {
    fn run<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let idle = self.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => connection::reader(&self.files).map_err(|error| self.failure(error))?,
        };
        let result = on_snapshot(&connection, work).map_err(|error| self.failure(error));
        // A connection that met damage isn't reused: the file may have been replaced by then.
        if !matches!(result, Err(StoreError::Damaged { .. })) {
            self.idle().push(connection);
        }
        result
    }

    fn failure(&self, error: rusqlite::Error) -> StoreError {
        let error = StoreError::from_sqlite(error, &self.files.database());
        self.files.note(&error);
        error
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn on_snapshot<T>(db: &Connection, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
    let snapshot = db.unchecked_transaction()?;
    let result = work(&snapshot)?;
    snapshot.finish()?;
    Ok(result)
}
