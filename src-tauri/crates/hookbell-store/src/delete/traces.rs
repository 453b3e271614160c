//! What SQLite leaves of deleted rows in its files, and how to remove it.
//!
//! | where | why | how it is removed |
//! |---|---|---|
//! | free pages, and gaps within pages | a deleted row is only unlinked, and rows move between pages | `VACUUM` rewrites every page |
//! | the words in the search index | the index has no text, so a deletion is only a marker until its segments are merged. FTS5's own `secure-delete` has no effect here: it needs the text | all segments are merged into one |
//! | `hookbell.db-wal` | the WAL keeps every page version written until it restarts | it is truncated |
//!
//! `secure_delete` alone isn't enough: it overwrites a row in place, but not the copies that SQLite left behind when it
//! split the row's page.
//!
//! A rewrite blocks all writes. Up to [`MAX_REWRITTEN_BYTES`] that takes a moment. A larger database is rewritten the
//! next time a process opens it alone, before anything can arrive.

use rusqlite::Connection;

use crate::{Store, StoreError, connection, files::Files, search::index};

/// The largest database, in bytes, that is rewritten while in use. The copy is held in memory.
const MAX_REWRITTEN_BYTES: u64 = 64 << 20;

/// What happened to the traces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Traces {
    /// Nothing is left in the database files.
    Gone,
    /// The database is large, or someone is reading it. The next start removes the traces.
    UntilNextStart,
}

impl Store {
    pub(super) async fn rewrite(&self) -> Result<Traces, StoreError> {
        let files = self.files().clone();
        let done = tokio::task::spawn_blocking(move || {
            let path = files.database();
            rewrite(&files).map_err(|error| StoreError::from_sqlite(error, &path))
        });
        done.await.unwrap_or(Err(StoreError::Panicked))
    }
}

/// Removes what earlier deletions left behind. Call it only when no other process has the database open and before
/// writing.
pub(crate) fn remove_at_start(db: &Connection) -> rusqlite::Result<()> {
    if !is_due(db)? {
        return Ok(());
    }
    tracing::info!("removing the traces of what was deleted");
    while index::merge(db)? {}
    // The copy of a large database goes to a file.
    db.pragma_update(None, "temp_store", if is_large(db)? { "file" } else { "memory" })?;
    db.execute_batch("VACUUM")?;
    db.pragma_update(None, "temp_store", "memory")?;
    settle(db).map(drop)
}

fn rewrite(files: &Files) -> rusqlite::Result<Traces> {
    let db = connection::writer(files)?;
    if is_large(&db)? {
        return Ok(Traces::UntilNextStart);
    }
    db.execute_batch("VACUUM")?;
    settle(&db)
}

/// Truncates the WAL and records that no traces are left.
fn settle(db: &Connection) -> rusqlite::Result<Traces> {
    let busy: bool = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy {
        return Ok(Traces::UntilNextStart);
    }
    db.execute("UPDATE traces SET due = 0", [])?;
    Ok(Traces::Gone)
}

fn is_due(db: &Connection) -> rusqlite::Result<bool> {
    db.query_row("SELECT due FROM traces", [], |row| row.get(0))
}

/// Whether the database is too large to rewrite while in use. The file itself may be smaller: the newest pages are in
/// the WAL.
pub(super) fn is_large(db: &Connection) -> rusqlite::Result<bool> {
    let pragma = |name| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let bytes = pragma("page_count")?.unsigned_abs().saturating_mul(pragma("page_size")?.unsigned_abs());
    Ok(bytes > MAX_REWRITTEN_BYTES)
}
