//! Deletes events with their bodies, arrivals, words and notes.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{Bounds, Going, Which, app, overwriting};
use crate::{Store, StoreError, column::Text, table::deleted};

/// Events deleted per transaction; bounded so that deliveries never wait long.
const MAX_EVENTS_PER_WRITE: usize = 500;

/// The events within the bounds: `?1` is the time in milliseconds, `?2` the account, `?3` the app.
const WITHIN: &str = "SELECT seq FROM event WHERE (?1 IS NULL OR received_ms < ?1)
    AND (?2 IS NULL OR webhook_id IN (SELECT webhook_id FROM apple_webhook WHERE account_id = ?2)
        OR kind IN ('screenshot', 'crash') AND instance_id IN (SELECT id FROM feedback WHERE account_id = ?2))
    AND (?3 IS NULL OR app_id = ?3 OR webhook_id IN (SELECT webhook_id FROM apple_webhook WHERE app_id = ?3)
        OR kind IN ('screenshot', 'crash') AND instance_id IN (SELECT id FROM feedback WHERE app_id = ?3))";

impl Store {
    /// Deletes events and everything recorded about them, and returns how many were deleted. They can't come back
    /// before `until`.
    ///
    /// # Errors
    /// Write errors; what was deleted before the error stays deleted.
    pub async fn delete_events(&self, which: Which<i64>, until: Timestamp) -> Result<u64, StoreError> {
        self.read_waiting().await?;
        let bounds = match &which {
            Which::Within(bounds) => Some(bounds.clone()),
            Which::These(_) => None,
        };
        let seqs = self.read(move |db| select(db, &which)).await?;
        let mut deleted = 0;
        for seqs in seqs.chunks(MAX_EVENTS_PER_WRITE) {
            let seqs = seqs.to_vec();
            deleted += self
                .write(0, move |db| {
                    overwriting(db, || {
                        seqs.iter().try_fold(0, |sum, seq| Ok(sum + u64::from(delete(db, *seq, until)?)))
                    })
                })
                .await?;
        }
        if let Some(bounds) = bounds {
            self.write(0, move |db| overwriting(db, || delete_failures(db, &bounds))).await?;
        }
        Ok(deleted)
    }
}

pub(super) fn select(db: &Connection, which: &Which<i64>) -> rusqlite::Result<Vec<i64>> {
    match which {
        Which::These(seqs) => {
            let mut there = db.prepare_cached("SELECT 1 FROM event WHERE seq = ?")?;
            let mut found = Vec::with_capacity(seqs.len());
            for seq in seqs {
                if there.exists([seq])? {
                    found.push(*seq);
                }
            }
            found.sort_unstable();
            found.dedup();
            Ok(found)
        }
        Which::Within(Bounds { before, account, app }) => db
            .prepare_cached(WITHIN)?
            .query_map(
                params![before.map(Timestamp::as_millisecond), account.clone().map(Text), app.clone().map(Text)],
                |row| row.get(0),
            )?
            .collect(),
    }
}

/// Adds an event to the totals.
pub(super) fn count_in(db: &Connection, seq: i64, going: &mut Going) -> rusqlite::Result<()> {
    let (app, received_at, bytes) = db
        .prepare_cached(
            "SELECT app_id, details ->> '$.app.name', received_at, length(bytes) FROM event JOIN body USING (seq)
             WHERE seq = ?",
        )?
        .query_row([seq], |row| Ok((app(row)?, row.get::<_, Text<Timestamp>>(2)?.0, row.get::<_, i64>(3)?)))?;
    going.came(received_at, app);
    going.events += 1;
    going.body_bytes += bytes.unsigned_abs();
    Ok(())
}

/// Deletes one event. Returns `false` if it is already gone.
pub(super) fn delete(db: &Connection, seq: i64, until: Timestamp) -> rusqlite::Result<bool> {
    if !deleted::note_event(db, seq, until)? {
        return Ok(false);
    }
    for statement in [
        "DELETE FROM failed_delivery WHERE (webhook_id, event_id) = (SELECT webhook_id, event_id FROM event WHERE seq = ?)",
        "DELETE FROM event_search WHERE rowid = ?",
        "DELETE FROM enrichment WHERE seq = ?",
        "DELETE FROM run WHERE seq = ?",
        "DELETE FROM arrival WHERE seq = ?",
        "DELETE FROM body WHERE seq = ?",
        "DELETE FROM event WHERE seq = ?",
    ] {
        db.prepare_cached(statement)?.execute([seq])?;
    }
    Ok(true)
}

/// Deletes the records of failed deliveries whose event is unknown.
fn delete_failures(db: &Connection, bounds: &Bounds) -> rusqlite::Result<()> {
    let Bounds { before, account, app } = bounds;
    db.prepare_cached(
        "DELETE FROM failed_delivery WHERE (?1 IS NULL OR at_ms < ?1)
         AND (?2 IS NULL OR webhook_id IN (SELECT webhook_id FROM apple_webhook WHERE account_id = ?2))
         AND (?3 IS NULL OR webhook_id IN (SELECT webhook_id FROM apple_webhook WHERE app_id = ?3))",
    )?
    .execute(params![before.map(Timestamp::as_millisecond), account.clone().map(Text), app.clone().map(Text)])
    .map(drop)
}
