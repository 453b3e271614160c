//! Connections to the database, their settings, and transactions.

use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::files::Files;

/// How long a connection waits for another process's lock.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// Statements that a connection keeps prepared.
const MAX_PREPARED_STATEMENTS: usize = 64;

/// A read-only connection to a database that is open already.
pub(crate) fn reader(files: &Files) -> rusqlite::Result<Connection> {
    connect(files, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

/// A connection that writes to a database that is there already.
pub(crate) fn writer(files: &Files) -> rusqlite::Result<Connection> {
    connect(files, OpenFlags::SQLITE_OPEN_READ_WRITE)
}

/// Sets what every connection has in common.
pub(crate) fn tune(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(LOCK_TIMEOUT)?;
    db.set_prepared_statement_cache_capacity(MAX_PREPARED_STATEMENTS);
    db.pragma_update(None, "synchronous", "full")?;
    // On macOS fsync alone leaves the data in the drive's own cache.
    db.pragma_update(None, "fullfsync", true)?;
    db.pragma_update(None, "checkpoint_fullfsync", true)?;
    db.pragma_update(None, "temp_store", "memory")?;
    // Overwrites what is deleted wherever that costs no further write; a person's deletion does more.
    db.pragma_update(None, "secure_delete", "fast")?;
    // Negative: KiB of page cache.
    db.pragma_update(None, "cache_size", -16_384)
}

/// Runs `work` in a transaction that holds the write lock from its beginning: another process can't
/// come between a read and the write that follows from it.
pub(crate) fn transaction<T, E>(db: &Connection, work: impl FnOnce() -> Result<T, E>) -> Result<T, E>
where
    E: From<rusqlite::Error>,
{
    db.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    let result = work().and_then(|done| {
        db.prepare_cached("COMMIT")?.execute([])?;
        Ok(done)
    });
    // SQLite rolls back by itself after some errors, but not after all of them.
    if result.is_err() && !db.is_autocommit() {
        db.execute_batch("ROLLBACK")?;
    }
    result
}

fn connect(files: &Files, access: OpenFlags) -> rusqlite::Result<Connection> {
    let db = Connection::open_with_flags(files.database(), access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    tune(&db)?;
    Ok(db)
}
