//! One transaction for many pieces of work.

use rusqlite::Connection;

use super::{Failure, Pace, Task};
use crate::table::waiting;

/// A group up to this size is done with everything that belongs to it.
const FEW: usize = 16;

/// What a commit did.
pub(super) struct Committed {
    /// Whether anything was changed.
    pub(super) changed: bool,
    /// At what pace.
    pub(super) pace: Pace,
}

/// Runs all of them and commits; or none, and says why.
pub(super) fn commit(db: &Connection, tasks: &mut [Box<dyn Task>]) -> Result<Committed, Failure> {
    let before = db.total_changes();
    let pace = transaction(db, || {
        // Whoever comes behind one that waits must wait too, for the order to stay.
        let pace = if tasks.len() > FEW || waiting::any(db)? { Pace::Crowded } else { Pace::Usual };
        tasks.iter_mut().try_for_each(|task| task.run(db, pace)).map(|()| pace)
    })?;
    Ok(Committed { changed: db.total_changes() != before, pace })
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
