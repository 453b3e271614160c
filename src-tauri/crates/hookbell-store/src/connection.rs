//! Connections to the database, their settings, and transactions.

use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::files::Files;

/// How long a connection waits for another process's lock.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// Prepared statements cached per connection.
const MAX_PREPARED_STATEMENTS: usize = 64;

/// A read-only connection to a database that is already open.
pub(crate) fn reader(files: &Files) -> rusqlite::Result<Connection> {
    connect(files, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

/// A read-write connection to an existing database.
pub(crate) fn writer(files: &Files) -> rusqlite::Result<Connection> {
    connect(files, OpenFlags::SQLITE_OPEN_READ_WRITE)
}

/// Applies the settings that all connections share.
pub(crate) fn tune(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(LOCK_TIMEOUT)?;
    db.set_prepared_statement_cache_capacity(MAX_PREPARED_STATEMENTS);
    db.pragma_update(None, "synchronous", "full")?;
    // On macOS, fsync alone leaves the data in the drive's cache.
    db.pragma_update(None, "fullfsync", true)?;
    db.pragma_update(None, "checkpoint_fullfsync", true)?;
    db.pragma_update(None, "temp_store", "memory")?;
    // Overwrites deleted content wherever that costs no extra write; deletions by the user go further.
    db.pragma_update(None, "secure_delete", "fast")?;
    // Page cache size; a negative value means KiB.
    db.pragma_update(None, "cache_size", -16_384)
}

/// Runs `work` in a transaction that takes the write lock up front, so that no other process can get in between a read
/// and the write that depends on it.
pub(crate) fn transaction<T, E>(db: &Connection, work: impl FnOnce() -> Result<T, E>) -> Result<T, E>
where
    E: From<rusqlite::Error>,
{
    db.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    let result = work().and_then(|done| {
        db.prepare_cached("COMMIT")?.execute([])?;
        Ok(done)
    });
    // SQLite rolls back on its own after some errors, but not after all.
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
