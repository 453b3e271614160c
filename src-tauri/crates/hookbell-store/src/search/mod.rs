//! Full-text search over title, sentence and payload.
//!
//! Indexing an event alone costs several times as much as inserting it, so indexing is batched: a persistent mark holds
//! the last indexed event, the writer advances it batch by batch in idle moments, and a search reads the few events
//! past the mark one by one. So a search finds everything that is stored, whatever the state of the index, and needs no
//! writer. The index stores neither text nor positions (contentless, `detail=none`): a hit is shown from its row, and
//! without positions common words take little space and time.

pub(crate) mod index;
mod query;
pub(crate) mod words;

pub(crate) use self::query::Query;

pub(crate) const MIGRATION: &str = include_str!("../../migrations/008-search.sql");
