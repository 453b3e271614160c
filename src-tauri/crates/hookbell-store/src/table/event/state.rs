//! What changes about an event after it came: read, archived, notified, and better words.

use hookbell_core::words::Importance;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{StoredEvent, from_row, selection};
use crate::{Store, StoreError, column::Text, search::index};

/// So many events are marked in one transaction, so that an insert never waits long for it.
const MAX_MARKS_PER_WRITE: i64 = 2_000;

/// Better words for an event, once more is known about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Redescription {
    /// What happened, in a few words.
    pub title: String,
    /// What happened, in a sentence.
    pub sentence: String,
    /// How much it matters.
    pub importance: Importance,
    /// What was found out.
    pub details: Option<serde_json::Value>,
}

/// Every method fails like any write: [`StoreError::Busy`], [`StoreError::Unwritable`],
/// [`StoreError::Locked`], [`StoreError::Damaged`] or [`StoreError::Closed`].
/// Whether an event says that an upload was processed which has a plan.
const IS_PLANNED: &str = "SELECT EXISTS (
    SELECT 1 FROM event JOIN upload ON upload.asc_id = event.instance_id
        JOIN distribution ON distribution.upload_id = upload.id
    WHERE event.seq = ? AND event.kind = 'upload' AND event.to_state = 'COMPLETE' AND distribution.state <> 'stopped')";

impl Store {
    /// Marks events as read, or as not. How many that changed.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn set_read(&self, seqs: Vec<i64>, read: bool) -> Result<u64, StoreError> {
        self.mark("UPDATE event SET read = ?1 WHERE seq = ?2 AND read <> ?1", seqs, read).await
    }

    /// Puts events away, or back into the inbox. How many that changed.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn set_archived(&self, seqs: Vec<i64>, archived: bool) -> Result<u64, StoreError> {
        self.mark("UPDATE event SET archived = ?1 WHERE seq = ?2 AND archived <> ?1", seqs, archived).await
    }

    /// Marks every unread event of the inbox as read, but none that comes after the call. Which ones.
    ///
    /// # Errors
    /// Those of a write; what was marked until then stays marked.
    pub async fn mark_all_read(&self) -> Result<Vec<i64>, StoreError> {
        let newest: i64 =
            self.read(|db| db.query_row("SELECT coalesce(max(seq), 0) FROM event", [], |row| row.get(0))).await?;
        let mut marked = Vec::new();
        loop {
            let batch: Vec<i64> = self
                .write(0, move |db| {
                    db.prepare_cached(
                        "UPDATE event SET read = 1 WHERE seq IN (
                            SELECT seq FROM event INDEXED BY event_unread
                            WHERE read = 0 AND archived = 0 AND seq <= ? ORDER BY seq LIMIT ?) RETURNING seq",
                    )?
                    .query_map([newest, MAX_MARKS_PER_WRITE], |row| row.get(0))?
                    .collect()
                })
                .await?;
            if batch.is_empty() {
                return Ok(marked);
            }
            marked.extend(batch);
        }
    }

    /// How many events of the inbox are unread. Kept, not counted: it takes the same time always.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn unread(&self) -> Result<u64, StoreError> {
        self.read(|db| db.prepare_cached("SELECT count FROM unread")?.query_row([], |row| row.get(0)))
            .await
            .map(|count: i64| count.max(0).unsigned_abs())
    }

    /// Claims the right to notify of an event. `true` for exactly one caller among all processes.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn claim_notification(&self, seq: i64, at: Timestamp) -> Result<bool, StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("UPDATE event SET notified_at = ? WHERE seq = ? AND notified_at IS NULL")?
                .execute(params![Text(at), seq])
                .map(|changed| changed == 1)
        })
        .await
    }

    /// Gives a claim back, after the notification failed.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn release_notification(&self, seq: i64) -> Result<(), StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("UPDATE event SET notified_at = NULL WHERE seq = ?")?.execute([seq]).map(drop)
        })
        .await
    }

    /// Claims the right to notify of several events at once: those of them that nobody had claimed. That an upload was
    /// processed which has a plan is claimed and not given: the end of the plan tells it.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn claim_notifications(&self, seqs: Vec<i64>, at: Timestamp) -> Result<Vec<i64>, StoreError> {
        self.write(0, move |db| {
            let mut claim =
                db.prepare_cached("UPDATE event SET notified_at = ? WHERE seq = ? AND notified_at IS NULL")?;
            let mut is_planned = db.prepare_cached(IS_PLANNED)?;
            let mut claimed = Vec::new();
            for seq in &seqs {
                if claim.execute(params![Text(at), seq])? == 1 && !is_planned.query_row([seq], |row| row.get(0))? {
                    claimed.push(*seq);
                }
            }
            Ok(claimed)
        })
        .await
    }

    /// Gives claims back, after the notification failed.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn release_notifications(&self, seqs: Vec<i64>) -> Result<(), StoreError> {
        self.write(0, move |db| {
            let mut release = db.prepare_cached("UPDATE event SET notified_at = NULL WHERE seq = ?")?;
            seqs.iter().try_for_each(|seq| release.execute([seq]).map(drop))
        })
        .await
    }

    /// The first `limit` events that nobody has claimed the notification of, oldest first; none of those that rules
    /// have still to decide about.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn unnotified(&self, limit: u32) -> Result<Vec<StoredEvent>, StoreError> {
        let waiting = "event.notified_at IS NULL AND event.to_judge = 0 ORDER BY event.seq LIMIT ?";
        let sql = selection("event INDEXED BY event_unnotified", waiting);
        self.read(move |db| db.prepare_cached(&sql)?.query_map([limit], from_row)?.collect()).await
    }

    /// The same, but only those that a rule has shown in quiet hours and pauses, too.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn unnotified_urgent(&self, limit: u32) -> Result<Vec<StoredEvent>, StoreError> {
        let waiting =
            "event.urgent = 1 AND event.notified_at IS NULL AND event.to_judge = 0 ORDER BY event.seq LIMIT ?";
        let sql = selection("event INDEXED BY event_urgent", waiting);
        self.read(move |db| db.prepare_cached(&sql)?.query_map([limit], from_row)?.collect()).await
    }

    /// Has these events wait for the end of a pause or quiet hours like any other.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn make_patient(&self, seqs: Vec<i64>) -> Result<(), StoreError> {
        self.write(0, move |db| {
            let mut patient = db.prepare_cached("UPDATE event SET urgent = 0 WHERE seq = ?")?;
            seqs.iter().try_for_each(|seq| patient.execute([seq]).map(drop))
        })
        .await
    }

    /// Gives an event better words; a search finds it by them. `false` if there is no such event.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn redescribe(&self, seq: i64, words: Redescription) -> Result<bool, StoreError> {
        self.write(words.title.len() + words.sentence.len(), move |db| {
            let changed = db
                .prepare_cached(
                    "UPDATE event SET title = ?, sentence = ?, importance = ?, details = ? WHERE seq = ? RETURNING seq",
                )?
                .query_row(
                    params![words.title, words.sentence, Text(words.importance), words.details.as_ref().map(Text), seq],
                    |_| Ok(()),
                )
                .optional()?;
            if changed.is_some() {
                index::refresh(db, seq)?;
            }
            Ok(changed.is_some())
        })
        .await
    }

    async fn mark(&self, sql: &'static str, seqs: Vec<i64>, on: bool) -> Result<u64, StoreError> {
        let mut changed = 0;
        for seqs in seqs.chunks(MAX_MARKS_PER_WRITE as usize) {
            let seqs = seqs.to_vec();
            changed += self
                .write(0, move |db| {
                    let mut statement = db.prepare_cached(sql)?;
                    seqs.iter().try_fold(0, |sum, seq| Ok(sum + statement.execute(params![on, seq])? as u64))
                })
                .await?;
        }
        Ok(changed)
    }
}
