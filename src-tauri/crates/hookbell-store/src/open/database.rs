//! Opens the database: locks, the damage check, and migrations.
//!
//! A database that can't be trusted is moved aside as a whole, dated, and a new one is created: new events must be
//! stored from now on, and the old file stays available for a rescue. Only a process that is the only user of the
//! database does this.

use std::{
    fs::{self, File, TryLockError},
    io::Read,
    path::PathBuf,
};

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, config::DbConfig};

use super::schema::{self, Fit};
use crate::{
    StoreError,
    connection::tune,
    delete::traces,
    files::{Files, private_file},
};

/// Databases up to this size are fully checked at every start, which takes at most about ten milliseconds per megabyte.
/// Larger ones are checked only after damage was found while running: SQLite itself survives a crash intact.
const MAX_CHECKED_BYTES: u64 = 4 << 20;

const HEADER: &[u8; 16] = b"SQLite format 3\0";

pub(super) struct Database {
    pub(super) connection: Connection,
    /// Locked (shared) while the database is open.
    pub(super) in_use: File,
    pub(super) set_aside: Option<PathBuf>,
}

pub(super) fn open(files: &Files, now: Timestamp, pages: Option<u32>) -> Result<Database, StoreError> {
    let opening = private_file(&files.opening())?;
    opening.lock().map_err(StoreError::directory(&files.opening()))?;
    let in_use = private_file(&files.in_use())?;
    let alone = match in_use.try_lock() {
        Ok(()) => true,
        Err(TryLockError::WouldBlock) => false,
        Err(TryLockError::Error(error)) => return Err(StoreError::directory(&files.in_use())(error)),
    };

    let mut set_aside = None;
    let connection = match connect(files, pages, alone) {
        Err(damaged @ StoreError::Damaged { .. }) if alone => {
            tracing::error!(%damaged, "setting the database aside");
            set_aside = Some(files.set_aside(now)?);
            connect(files, pages, alone)?
        }
        opened => opened?,
    };
    let in_use = if alone {
        if let Err(error) = traces::remove_at_start(&connection) {
            // For example on a full disk. The next start retries.
            tracing::warn!(%error, "traces of what was deleted are still in the database");
        }
        let _absent = fs::remove_file(files.suspect());
        // Closing the file releases the exclusive lock. `File::unlock` makes two requests on Windows, and the second
        // fails under Wine. No other process can get in between: `opening` is still locked.
        drop(in_use);
        private_file(&files.in_use())?
    } else {
        in_use
    };
    in_use.lock_shared().map_err(StoreError::directory(&files.in_use()))?;
    Ok(Database { connection, in_use, set_aside })
}

fn connect(files: &Files, pages: Option<u32>, alone: bool) -> Result<Connection, StoreError> {
    let path = files.database();
    let failed = |error| StoreError::from_sqlite(error, &path);
    let damaged = || StoreError::Damaged { path: path.clone() };

    let mut file = private_file(&path)?;
    let size = file.metadata().map_err(StoreError::directory(&path))?.len();
    // Checked before SQLite opens it, because SQLite would merge a `-wal` file even into something that is no database.
    let mut header = [0; HEADER.len()];
    if size > 0 && (file.read_exact(&mut header).is_err() || header != *HEADER) {
        return Err(damaged());
    }
    drop(file);

    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut db = Connection::open_with_flags(&path, flags).map_err(failed)?;
    // Until the database is known to be sound, closing must not write to it either.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(failed)?;
    tune(&db).map_err(failed)?;
    let fit = schema::fit(&db).map_err(failed)?;
    if let Fit::TooNew(found) = fit {
        return Err(StoreError::TooNew { found, known: schema::KNOWN_MIGRATIONS });
    }
    let check = alone && (size <= MAX_CHECKED_BYTES || files.suspect().exists());
    if check && !is_sound(&db).map_err(failed)? {
        return Err(damaged());
    }
    prepare(&mut db, &fit, pages).map_err(failed)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).map_err(failed)?;
    Ok(db)
}

fn is_sound(db: &Connection) -> rusqlite::Result<bool> {
    db.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0)).map(|verdict| verdict == "ok")
}

fn prepare(db: &mut Connection, fit: &Fit, pages: Option<u32>) -> rusqlite::Result<()> {
    db.pragma_update(None, "journal_mode", "wal")?;
    // When a longer WAL restarts, it is cut back to this many bytes. That is more than normal work produces: freeing
    // and reallocating space costs more than the writes themselves.
    db.pragma_update(None, "journal_size_limit", 64 << 20)?;
    if let Some(pages) = pages {
        db.pragma_update(None, "max_page_count", pages)?;
    }
    db.set_transaction_behavior(TransactionBehavior::Immediate);
    if matches!(fit, Fit::Known) {
        schema::migrate(db)?;
    }
    Ok(())
}
