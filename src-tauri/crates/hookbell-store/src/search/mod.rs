//! Full-text search over title, sentence and payload.
//!
//! Indexing an event alone costs several times what inserting it does, so it waits for others: a persistent
//! mark says up to which event the index reaches, the writer moves it a batch at a time in idle moments, and
//! a search reads the few events past the mark one by one. A search so finds everything that is stored, whatever the state of the
//! index, and needs no writer. The index keeps neither text nor positions (contentless, `detail=none`):
//! a hit is shown from its row, and without positions common words take little room and time.

pub(crate) mod index;
mod query;
pub(crate) mod words;

pub(crate) use self::query::Query;

pub(crate) const MIGRATION: &str = include_str!("../../migrations/008-search.sql");
