//! Brings the index up to the newest event, batch by batch.

use rusqlite::{Connection, params};

use super::words::{PAYLOAD_SEARCHED_BYTES, index_text};
use crate::connection::transaction;

/// Events indexed per transaction: some ten milliseconds during which no insert is answered. Smaller batches don't pay
/// off: each transaction leaves an index segment, and merging segments costs as much as creating them.
const BATCH_EVENTS: i64 = 256;

/// Index pages (4096 bytes each) merged per transaction.
const MERGED_PAGES: i64 = 500;

/// Indexes the next batch in a new transaction if a full batch has arrived. Returns whether there may be more.
pub(crate) fn catch_up(db: &Connection) -> rusqlite::Result<bool> {
    if newest(db)? - mark(db)? < BATCH_EVENTS {
        return Ok(false);
    }
    transaction(db, || batch(db))
}

/// Indexes the next batch, full or not. SQLite treats part of an empty body as NULL. Returns whether there may be more.
pub(crate) fn batch(db: &Connection) -> rusqlite::Result<bool> {
    let mark = mark(db)?;
    let mut events = db.prepare_cached(
        "SELECT seq, title, sentence, coalesce(substr(bytes, 1, ?3), x'') FROM event JOIN body USING (seq)
         WHERE seq > ?1 ORDER BY seq LIMIT ?2",
    )?;
    let mut insert = db.prepare_cached("INSERT INTO event_search (rowid, words) VALUES (?, ?)")?;
    let mut rows = events.query(params![mark, BATCH_EVENTS, PAYLOAD_SEARCHED_BYTES as i64])?;
    let (mut count, mut last) = (0, mark);
    while let Some(row) = rows.next()? {
        last = row.get(0)?;
        let text = index_text(row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_str()?, row.get_ref(3)?.as_blob()?);
        insert.execute(params![last, text])?;
        count += 1;
    }
    if count > 0 {
        db.prepare_cached("UPDATE search_mark SET seq = ?")?.execute([last])?;
    }
    Ok(count == BATCH_EVENTS)
}

/// Reindexes an event whose words have changed, unless it is still waiting to be indexed.
pub(crate) fn refresh(db: &Connection, seq: i64) -> rusqlite::Result<()> {
    if seq > mark(db)? {
        return Ok(());
    }
    let text = db
        .prepare_cached("SELECT title, sentence, coalesce(substr(bytes, 1, ?2), x'') FROM event JOIN body USING (seq) WHERE seq = ?1")?
        .query_row(params![seq, PAYLOAD_SEARCHED_BYTES as i64], |row| {
            Ok(index_text(row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_blob()?))
        })?;
    db.prepare_cached("INSERT OR REPLACE INTO event_search (rowid, words) VALUES (?, ?)")?
        .execute(params![seq, text])?;
    Ok(())
}

/// Merges some more index segments, which removes what is left of deleted events. Returns whether there is more to do.
pub(crate) fn merge(db: &Connection) -> rusqlite::Result<bool> {
    let before = db.total_changes();
    // Negative: segments of every age, including a single one that contains deleted events.
    db.prepare_cached("INSERT INTO event_search (event_search, rank) VALUES ('merge', ?)")?.execute([-MERGED_PAGES])?;
    // The statement itself counts as one change.
    Ok(db.total_changes() - before > 1)
}

/// The last indexed event; 0 if none is.
pub(crate) fn mark(db: &Connection) -> rusqlite::Result<i64> {
    db.prepare_cached("SELECT seq FROM search_mark")?.query_row([], |row| row.get(0))
}

fn newest(db: &Connection) -> rusqlite::Result<i64> {
    db.prepare_cached("SELECT coalesce(max(seq), 0) FROM event")?.query_row([], |row| row.get(0))
}
