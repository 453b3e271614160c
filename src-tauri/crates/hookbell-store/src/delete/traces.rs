//! What SQLite leaves of deleted rows in its files, and how that goes.
//!
//! | where | why | how it goes |
//! |---|---|---|
//! | free pages, and gaps within pages | a deleted row is only unlinked, and rows move from page to page | `VACUUM` writes every page anew |
//! | the words in the search index | the index has no text, so a deletion is only a mark in it until its parts are merged. FTS5's own `secure-delete` does nothing here: it needs the text | all parts are merged into one |
//! | `hookbell.db-wal` | the log has every page that was ever written, until it begins anew | it is cut to nothing |
//!
//! `secure_delete` alone would not do: it overwrites a row where it is, and not the copies that SQLite left where it
//! was before its page was split.
//!
//! Writing everything anew holds up every write. Up to [`MAX_REWRITTEN_BYTES`] that takes a moment. A larger database is
//! written anew when it is next opened by a process that is alone, before anything can arrive.

use rusqlite::Connection;

use crate::{Store, StoreError, connection, files::Files, search::index};

/// The largest database that is written anew while it is in use, in bytes. It is held in memory meanwhile.
const MAX_REWRITTEN_BYTES: u64 = 64 << 20;

/// What became of the traces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Traces {
    /// Nothing is left in the files of the database.
    Gone,
    /// The database is large or somebody reads it. The next start removes them.
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

/// Removes what earlier deletions left. For a process that is alone and has not begun to write.
pub(crate) fn remove_at_start(db: &Connection) -> rusqlite::Result<()> {
    if !is_due(db)? {
        return Ok(());
    }
    tracing::info!("removing the traces of what was deleted");
    while index::merge(db)? {}
    // In a file: it may be large.
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

/// Cuts the log to nothing, and notes that no traces are left.
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

/// Whether the database is too large to be written anew while it is in use. Its file may be smaller: the newest pages
/// are in the log.
pub(super) fn is_large(db: &Connection) -> rusqlite::Result<bool> {
    let pragma = |name| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let bytes = pragma("page_count")?.unsigned_abs().saturating_mul(pragma("page_size")?.unsigned_abs());
    Ok(bytes > MAX_REWRITTEN_BYTES)
}
