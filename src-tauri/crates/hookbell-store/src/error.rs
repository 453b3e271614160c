//! Database errors. The message says what is wrong, [`StoreError::hint`] how to fix it.

use std::{path::PathBuf, sync::Arc};

use rusqlite::ErrorCode;

/// Why the store could not do what was asked. Cheap to clone: one failed commit answers many callers.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// The writer's queue is full. Nothing was written.
    #[error("too many events are waiting to be written")]
    Busy,
    /// Another process kept the write lock for longer than five seconds. Nothing was written.
    #[error("another program is writing to the database and doesn't finish")]
    Locked,
    /// The database can't be written right now. Nothing was written; a retry may succeed.
    #[error("the database can't be written: {reason}")]
    Unwritable {
        /// The cause.
        reason: WriteTrouble,
    },
    /// The database turned out to be damaged while this or another process has it open.
    #[error("the database {} is damaged", path.display())]
    Damaged {
        /// The database file.
        path: PathBuf,
    },
    /// A newer Hookbell has changed the database in a way this one can't live with.
    #[error("the database was changed by a newer Hookbell (version {found}, this one supports up to {known})")]
    TooNew {
        /// The number of migrations applied to the database.
        found: u32,
        /// The number of migrations this program knows.
        known: u32,
    },
    /// The data directory or a file in it can't be used.
    #[error("can't use {}: {source}", path.display())]
    Directory {
        /// The directory or file.
        path: PathBuf,
        /// The system's error.
        source: Arc<std::io::Error>,
    },
    /// A webhook with this id, this part of the payload URL or a secret with this number already exists.
    #[error("{what} is in use already")]
    Taken {
        /// What is taken: "this webhook id", "this payload URL" or "this secret generation".
        what: &'static str,
    },
    /// A setting contains something other than what was expected.
    #[error("the setting {key} can't be read: {source}")]
    Setting {
        /// The setting's key.
        key: String,
        /// What is wrong with it.
        source: Arc<serde_json::Error>,
    },
    /// The work on the database panicked. Nothing was written, and the store goes on.
    #[error("Hookbell hit an internal database error")]
    Panicked,
    /// The store was closed.
    #[error("the database is closed")]
    Closed,
    /// SQLite rejected a statement that should have worked.
    #[error("the database rejected a statement: {0}")]
    Sqlite(Arc<rusqlite::Error>),
}

/// Why a write failed for reasons outside Hookbell.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteTrouble {
    /// No space left, or the database reached its size limit.
    #[error("the disk is full")]
    DiskFull,
    /// This user can't write the file or its directory.
    #[error("it is read-only")]
    ReadOnly,
    /// The system refused to open a file.
    #[error("a file in the data directory can't be opened")]
    CannotOpen,
    /// The system reported an I/O error.
    #[error("the disk reports an error ({0})")]
    Io(String),
}

impl WriteTrouble {
    /// How to fix it, in a few words without a period.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::DiskFull => "free some space",
            Self::ReadOnly => "make the data directory writable for your user",
            Self::CannotOpen => "check that it exists and is yours",
            Self::Io(_) => "check the disk",
        }
    }
}

impl StoreError {
    /// How to fix it, in a few words without a period.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Busy => "try again in a moment",
            Self::Locked => "close it, or try again",
            Self::Unwritable { reason } => reason.hint(),
            Self::Damaged { .. } => {
                "quit every Hookbell that uses it and start again: Hookbell sets it aside and creates a new one"
            }
            Self::TooNew { .. } => "update Hookbell",
            Self::Directory { .. } => "check that it exists, is yours and is writable",
            Self::Taken { .. } => "choose another",
            Self::Setting { .. } => "set it again",
            Self::Panicked => "try again, and please report this",
            Self::Closed => "start Hookbell again",
            Self::Sqlite(_) => "please report this",
        }
    }

    /// Maps a failed statement on the database at `path` to an error.
    pub(crate) fn from_sqlite(error: rusqlite::Error, path: &std::path::Path) -> Self {
        let unwritable = |reason| Self::Unwritable { reason };
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => unwritable(WriteTrouble::DiskFull),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => unwritable(WriteTrouble::ReadOnly),
            Some(ErrorCode::CannotOpen) => unwritable(WriteTrouble::CannotOpen),
            Some(ErrorCode::SystemIoFailure) => unwritable(WriteTrouble::Io(error.to_string())),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged { path: path.to_owned() },
            _ => Self::Sqlite(Arc::new(error)),
        }
    }

    pub(crate) fn directory(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self + use<'_> {
        |source| Self::Directory { path: path.to_owned(), source: Arc::new(source) }
    }

    /// Whether every current write would fail the same way, so that retrying each alone is pointless.
    pub(crate) fn concerns_everyone(&self) -> bool {
        match self {
            Self::Unwritable { reason } => *reason != WriteTrouble::DiskFull,
            Self::Locked | Self::Damaged { .. } => true,
            _ => false,
        }
    }
}
