//! What changes about an event after its arrival: read, archived, notified, and better words.

use hookbell_core::words::Importance;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{StoredEvent, from_row, selection};
use crate::{Store, StoreError, column::Text, search::index};

/// Events marked per transaction, bounded so that an insert never waits long.
const MAX_MARKS_PER_WRITE: i64 = 2_000;

/// Whether an event reports the end of an upload that something else reports: the end of its plan, or Hookbell's own news
/// if the upload had ended before the event arrived.
const IS_TOLD_ELSEWHERE: &str = "SELECT EXISTS (
    SELECT 1 FROM event JOIN upload ON upload.asc_id = event.instance_id
    WHERE event.seq = ?1 AND event.kind = 'upload' AND (
        event.to_state = 'COMPLETE' AND EXISTS (
            SELECT 1 FROM distribution WHERE upload_id = upload.id AND distribution.state <> 'stopped')
        OR upload.told_seq IS NULL AND upload.ended_ms IS NOT NULL
            AND (event.to_state = 'COMPLETE' AND upload.stage = 'done' OR event.to_state = 'FAILED' AND upload.stage = 'failed')))";

/// Better words for an event, once more is known about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Redescription {
    /// What happened, in a few words.
    pub title: String,
    /// What happened, in a sentence.
    pub sentence: String,
    /// How much it matters.
    pub importance: Importance,
    /// What was found.
    pub details: Option<serde_json::Value>,
}

/// Every method fails like any write: [`StoreError::Busy`], [`StoreError::Unwritable`],
/// [`StoreError::Locked`], [`StoreError::Damaged`] or [`StoreError::Closed`].
impl Store {
    /// Marks events as read or unread. Returns how many changed.
    ///
    /// # Errors
    /// Write errors.
    pub async fn set_read(&self, seqs: Vec<i64>, read: bool) -> Result<u64, StoreError> {
        self.mark("UPDATE event SET read = ?1 WHERE seq = ?2 AND read <> ?1", seqs, read).await
    }

    /// Archives events, or moves them back to the inbox. Returns how many changed.
    ///
    /// # Errors
    /// Write errors.
    pub async fn set_archived(&self, seqs: Vec<i64>, archived: bool) -> Result<u64, StoreError> {
        self.mark("UPDATE event SET archived = ?1 WHERE seq = ?2 AND archived <> ?1", seqs, archived).await
    }

    /// Marks every unread event of the inbox as read, except those that arrive after the call. Returns which ones.
    ///
    /// # Errors
    /// Write errors; what was marked before the error stays marked.
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

    /// The number of unread events in the inbox. Maintained by the database rather than counted, so it takes constant
    /// time.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn unread(&self) -> Result<u64, StoreError> {
        self.read(|db| db.prepare_cached("SELECT count FROM unread")?.query_row([], |row| row.get(0)))
            .await
            .map(|count: i64| count.max(0).unsigned_abs())
    }

    /// Claims the right to notify about an event. Returns `true` for exactly one caller among all processes.
    ///
    /// # Errors
    /// Write errors.
    pub async fn claim_notification(&self, seq: i64, at: Timestamp) -> Result<bool, StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("UPDATE event SET notified_at = ? WHERE seq = ? AND notified_at IS NULL")?
                .execute(params![Text(at), seq])
                .map(|changed| changed == 1)
        })
        .await
    }

    /// Releases a claim after the notification failed.
    ///
    /// # Errors
    /// Write errors.
    pub async fn release_notification(&self, seq: i64) -> Result<(), StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("UPDATE event SET notified_at = NULL WHERE seq = ?")?.execute([seq]).map(drop)
        })
        .await
    }

    /// Claims the right to notify of several events at once, and returns those that nobody had claimed. The end of an
    /// upload is claimed but not returned if something else reports it: the end of its plan, or Hookbell's own news.
    ///
    /// # Errors
    /// Write errors.
    pub async fn claim_notifications(&self, seqs: Vec<i64>, at: Timestamp) -> Result<Vec<i64>, StoreError> {
        self.write(0, move |db| {
            let mut claim =
                db.prepare_cached("UPDATE event SET notified_at = ? WHERE seq = ? AND notified_at IS NULL")?;
            let mut is_told_elsewhere = db.prepare_cached(IS_TOLD_ELSEWHERE)?;
            let mut claimed = Vec::new();
            for seq in &seqs {
                let is_ours = claim.execute(params![Text(at), seq])? == 1;
                if is_ours && !is_told_elsewhere.query_row([seq], |row| row.get(0))? {
                    claimed.push(*seq);
                }
            }
            Ok(claimed)
        })
        .await
    }

    /// Releases claims after the notification failed.
    ///
    /// # Errors
    /// Write errors.
    pub async fn release_notifications(&self, seqs: Vec<i64>) -> Result<(), StoreError> {
        self.write(0, move |db| {
            let mut release = db.prepare_cached("UPDATE event SET notified_at = NULL WHERE seq = ?")?;
            seqs.iter().try_for_each(|seq| release.execute([seq]).map(drop))
        })
        .await
    }

    /// The first `limit` events without a claimed notification, oldest first, excluding those that rules still have to
    /// decide about.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn unnotified(&self, limit: u32) -> Result<Vec<StoredEvent>, StoreError> {
        let waiting = "event.notified_at IS NULL AND event.to_judge = 0 ORDER BY event.seq LIMIT ?";
        let sql = selection("event INDEXED BY event_unnotified", waiting);
        self.read(move |db| db.prepare_cached(&sql)?.query_map([limit], from_row)?.collect()).await
    }

    /// As [`Store::unnotified`], but only events that a rule shows even in quiet hours and pauses.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn unnotified_urgent(&self, limit: u32) -> Result<Vec<StoredEvent>, StoreError> {
        let waiting =
            "event.urgent = 1 AND event.notified_at IS NULL AND event.to_judge = 0 ORDER BY event.seq LIMIT ?";
        let sql = selection("event INDEXED BY event_urgent", waiting);
        self.read(move |db| db.prepare_cached(&sql)?.query_map([limit], from_row)?.collect()).await
    }

    /// Makes these events wait for the end of a pause or quiet hours like any other.
    ///
    /// # Errors
    /// Write errors.
    pub async fn make_patient(&self, seqs: Vec<i64>) -> Result<(), StoreError> {
        self.write(0, move |db| {
            let mut patient = db.prepare_cached("UPDATE event SET urgent = 0 WHERE seq = ?")?;
            seqs.iter().try_for_each(|seq| patient.execute([seq]).map(drop))
        })
        .await
    }

    /// Gives an event better words, which a search then finds. Returns `false` if there is no such event.
    ///
    /// # Errors
    /// Write errors.
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
