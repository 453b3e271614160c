//! The person's settings as one versioned document: read, validated, changed, exported and imported.
//!
//! The document is one row in the store, so all processes on a data directory use the same one. A newer Hookbell's
//! document is never overwritten: the defaults apply until this one is updated, and the window says so.
//!
//! Deliberately absent: secrets, accounts and webhooks, which aren't settings, and whether the app starts at login,
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
