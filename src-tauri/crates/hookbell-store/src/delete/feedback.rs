//! Deletes feedback, the rows of its files, and the events that reported it, since those contain the tester's words
//! too.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{Bounds, Going, Which, app, events, overwriting};
use crate::{Store, StoreError, column::Text, table::deleted};

/// Feedback items deleted per transaction; bounded so that deliveries never wait long.
const MAX_FEEDBACK_PER_WRITE: usize = 200;

/// What was deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeletedFeedback {
    /// Number of feedback items.
    pub feedback: u64,
    /// Number of events that reported them.
    pub events: u64,
    /// Names of files in the feedback directory that no longer belong to anything.
    pub files: Vec<String>,
}

impl Store {
    /// Deletes feedback and the events that reported it. It can't come back before `until`.
    ///
    /// # Errors
    /// Write errors; what was deleted before the error stays deleted, and its files are orphaned.
    pub async fn delete_feedback(&self, which: Which<String>, until: Timestamp) -> Result<DeletedFeedback, StoreError> {
        self.read_waiting().await?;
        let ids = self.read(move |db| select(db, &which)).await?;
        let mut deleted = DeletedFeedback::default();
        for ids in ids.chunks(MAX_FEEDBACK_PER_WRITE) {
            let ids = ids.to_vec();
            let part = self.write(0, move |db| overwriting(db, || delete(db, &ids, until))).await?;
            deleted.feedback += part.feedback;
            deleted.events += part.events;
            deleted.files.extend(part.files);
        }
        Ok(deleted)
    }
}

pub(super) fn select(db: &Connection, which: &Which<String>) -> rusqlite::Result<Vec<String>> {
    match which {
        Which::These(ids) => {
            let mut there = db.prepare_cached("SELECT 1 FROM feedback WHERE id = ?")?;
            let mut found = Vec::with_capacity(ids.len());
            for id in ids {
                if there.exists([id])? && !found.contains(id) {
                    found.push(id.clone());
                }
            }
            Ok(found)
        }
        Which::Within(Bounds { before, account, app }) => db
            .prepare_cached(
                "SELECT id FROM feedback WHERE (?1 IS NULL OR sent_order > 0 AND sent_order < ?1) AND (?2 IS NULL OR account_id = ?2)
                 AND (?3 IS NULL OR app_id = ?3)",
            )?
            .query_map(
                params![before.map(Timestamp::as_microsecond), account.clone().map(Text), app.clone().map(Text)],
                |row| row.get(0),
            )?
            .collect(),
    }
}

/// Adds a feedback item to the totals, without the events that reported it.
pub(super) fn count_in(db: &Connection, id: &str, going: &mut Going) -> rusqlite::Result<()> {
    let (app, sent_at) = db
        .prepare_cached("SELECT app_id, app_name, sent_at FROM feedback WHERE id = ?")?
        .query_row([id], |row| Ok((app(row)?, row.get::<_, Text<Timestamp>>(2)?.0)))?;
    going.came(sent_at, app);
    going.feedback += 1;
    let (files, bytes): (i64, i64) = db
        .prepare_cached(
            "SELECT count(*), coalesce(sum(bytes + coalesce(thumbnail_bytes, 0)), 0) FROM feedback_file
             WHERE feedback_id = ? AND state = 'kept'",
        )?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    going.files.files += files.unsigned_abs();
    going.files.bytes += bytes.unsigned_abs();
    Ok(())
}

/// The events that reported a feedback item.
pub(super) fn told_of(db: &Connection, id: &str) -> rusqlite::Result<Vec<i64>> {
    db.prepare_cached("SELECT seq FROM event WHERE kind IN ('screenshot', 'crash') AND instance_id = ?")?
        .query_map([id], |row| row.get(0))?
        .collect()
}

fn delete(db: &Connection, ids: &[String], until: Timestamp) -> rusqlite::Result<DeletedFeedback> {
    let mut gone = DeletedFeedback::default();
    for id in ids {
        let names: Vec<(Option<String>, Option<String>)> = db
            .prepare_cached("SELECT name, thumbnail FROM feedback_file WHERE feedback_id = ?")?
            .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        gone.files.extend(names.into_iter().flat_map(|(name, thumbnail)| [name, thumbnail]).flatten());
        for seq in told_of(db, id)? {
            gone.events += u64::from(events::delete(db, seq, until)?);
        }
        deleted::note_feedback(db, id, until)?;
        db.prepare_cached("DELETE FROM feedback_file WHERE feedback_id = ?")?.execute([id])?;
        gone.feedback += db.prepare_cached("DELETE FROM feedback WHERE id = ?")?.execute([id])? as u64;
    }
    Ok(gone)
}
