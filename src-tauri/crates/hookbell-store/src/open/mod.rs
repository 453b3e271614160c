//! Opens the store: first the database, then the deliveries waiting in it, then the threads around it.

mod database;
mod schema;

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::{Store, StoreError, StoreLimits, files::Files, intake};

/// The result of opening.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: Store,
    /// Where a damaged database was moved, if there was one. Tell the user.
    pub set_aside: Option<PathBuf>,
}

impl Store {
    /// Opens the database in `dir`, or creates one. Blocks while it checks and migrates.
    ///
    /// A missing directory is created for this user only (mode 0700); the database files are always made private
    /// (0600). A database from a newer Hookbell is opened as long as that version declared it compatible. A damaged one
    /// is moved to `hookbell.db.damaged-<now>` and replaced by a new one: see [`Opened::set_aside`].
    ///
    /// # Errors
    /// [`StoreError::Directory`], [`StoreError::TooNew`], [`StoreError::Unwritable`], [`StoreError::Locked`], or
    /// [`StoreError::Damaged`] if it can't be set aside because another process has it open.
    pub fn open(dir: &Path, now: Timestamp) -> Result<Opened, StoreError> {
        Self::open_within(dir, now, StoreLimits::default())
    }

    /// As [`Store::open`], with custom limits.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_within(dir: &Path, now: Timestamp, limits: StoreLimits) -> Result<Opened, StoreError> {
        let files = Files::in_dir(dir)?;
        let database = database::open(&files, now, limits.pages)?;
        if let Err(error) = intake::read_all(&database.connection) {
            // For example on a full disk. The writer retries.
            tracing::warn!(%error, "deliveries wait to be read");
        }
        let store = Self::start(database.connection, database.in_use, files, limits, intake::Backlog::new())?;
        Ok(Opened { store, set_aside: database.set_aside })
    }
}
