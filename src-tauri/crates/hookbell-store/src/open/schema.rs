//! The tables' migrations in order, and whether this program can use a database at all.
//!
//! Migrations only add, so that an older program can still use a database that a newer one migrated. A migration that
//! breaks this raises `compatibility.oldest_program`, and older programs then decline with an explanation.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::{intake, search, table};

const ALL: &[M<'static>] = &[
    M::up(table::event::MIGRATION),
    M::up(table::arrival::MIGRATION),
    M::up(table::webhook::MIGRATION),
    M::up(table::webhook_secret::MIGRATION),
    M::up(table::setting::MIGRATION),
    M::up(table::listener::MIGRATION),
    M::up(table::refusal::MIGRATION),
    M::up(search::MIGRATION),
    M::up(table::account::MIGRATION),
    M::up(table::apple_webhook::MIGRATION),
    M::up(table::tunnel_state::MIGRATION),
    M::up(table::tunnel_news::MIGRATION),
    M::up(table::payload_base::MIGRATION),
    M::up(table::stray::MIGRATION),
    M::up(table::catch_up::MIGRATION),
    M::up(table::apple_list::MIGRATION),
    M::up(intake::MIGRATION),
    M::up(table::feedback::MIGRATION),
    M::up(table::enrichment::MIGRATION),
    M::up(table::setting::DOCUMENT),
    M::up(table::event::INSIGHTS),
    M::up(table::failed_delivery::MIGRATION),
    M::up(table::deleted::MIGRATION),
    M::up(table::event::FILTER),
    M::up(table::saved_view::MIGRATION),
    M::up(table::event::SIGNATURE),
    M::up(table::rule::MIGRATION),
    M::up(table::judging::MIGRATION),
    M::up(table::upload::MIGRATION),
    M::up(table::distribution::MIGRATION),
    M::up(table::tracker::MIGRATION),
    M::up(table::issue::SHARED_MIGRATION),
    M::up(table::upload::COPY),
    M::up(table::issue::VERSION_MIGRATION),
];

/// The number of migrations this program knows.
pub(crate) const KNOWN_MIGRATIONS: u32 = ALL.len() as u32;

/// What a database's version means to this program.
pub(crate) enum Fit {
    /// All its migrations are known, or the missing ones can be applied.
    Known,
    /// A newer program migrated it in a compatible way.
    NewerButFine,
    /// A newer program migrated it, and this one must not touch it.
    TooNew(u32),
}

pub(crate) fn fit(db: &Connection) -> rusqlite::Result<Fit> {
    let found: u32 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found <= KNOWN_MIGRATIONS {
        return Ok(Fit::Known);
    }
    let says = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'compatibility')";
    if !db.query_row(says, [], |row| row.get(0))? {
        return Ok(Fit::TooNew(found));
    }
    let oldest: u32 = db.query_row("SELECT oldest_program FROM compatibility", [], |row| row.get(0))?;
    Ok(if oldest <= KNOWN_MIGRATIONS { Fit::NewerButFine } else { Fit::TooNew(found) })
}

pub(crate) fn migrate(db: &mut Connection) -> rusqlite::Result<()> {
    Migrations::from_slice(ALL).to_latest(db).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err,
        other => rusqlite::Error::ToSqlConversionFailure(Box::new(other)),
    })
}
