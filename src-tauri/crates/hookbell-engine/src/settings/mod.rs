//! What a person sets, as one document with a version: read, checked, changed, exported and imported.
//!
//! The document is one row of the store, so every process on a data directory follows the same one. A document of a
//! newer Hookbell is never written to: the usual values hold until this one is updated, and that it is so is told.
//!
//! Deliberately absent: secrets, accounts and webhooks, which are no settings, and whether the app starts at login,
//! which only the system knows.

mod check;
mod document;
mod file;
mod import;
mod keep;
mod quiet;

pub(crate) use self::{
    document::Kept,
    file::{SETTINGS_FILE_NAME, exported},
    import::{MAX_FILE_BYTES, imported},
    keep::StoredSettings,
};
