//! One transaction for many pieces of work.

use rusqlite::Connection;

use super::Task;

/// Runs all of them and commits; or none, and says why. Whether anything was changed.
pub(super) fn commit(db: &Connection, tasks: &mut [Box<dyn Task>]) -> rusqlite::Result<bool> {
    let before = db.total_changes();
    transaction(db, || tasks.iter_mut().try_for_each(|task| task.run(db)))?;
    Ok(db.total_changes() != before)
}

/// Runs `work` in a transaction that holds the write lock from its beginning: another process can't
/// come between a read and the write that follows from it.
pub(crate) fn transaction<T>(db: &Connection, work: impl FnOnce() -> rusqlite::Result<T>) -> rusqlite::Result<T> {
    db.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    let result = work().and_then(|done| db.prepare_cached("COMMIT")?.execute([]).map(|_| done));
    // SQLite rolls back by itself after some errors, but not after all of them.
    if result.is_err() && !db.is_autocommit() {
        db.execute_batch("ROLLBACK")?;
    }
    result
}
