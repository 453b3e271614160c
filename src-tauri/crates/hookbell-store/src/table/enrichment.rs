//! Which events still lack their details, and when the next attempt is due.
//!
//! Taking an event also moves its next attempt into the future, in the same write. So only one of several processes
//! tries it, and a process that is killed only delays it.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use crate::{Store, StoreError};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/019-enrichment.sql");

/// An event taken for an attempt now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueEnrichment {
    /// The event.
    pub seq: i64,
    /// The number of attempts, including this one.
    pub tries: u32,
}

impl Store {
    /// The last event that was checked for details to read.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn enrichment_mark(&self) -> Result<i64, StoreError> {
        self.read(|db| db.prepare_cached("SELECT seq FROM enrichment_mark")?.query_row([], |row| row.get(0))).await
    }

    /// Advances the mark to `mark` and takes those of `seqs` that no other process has checked. Events not finished by
    /// `next` become due then.
    ///
    /// # Errors
    /// Write errors.
    pub async fn begin_enrichment(
        &self,
        mark: i64,
        seqs: Vec<i64>,
        now: Timestamp,
        next: Timestamp,
    ) -> Result<Vec<i64>, StoreError> {
        self.write(seqs.len() * 8, move |db| {
            let before: i64 = db.prepare_cached("SELECT seq FROM enrichment_mark")?.query_row([], |row| row.get(0))?;
            if mark <= before {
                return Ok(Vec::new());
            }
            db.prepare_cached("UPDATE enrichment_mark SET seq = ?")?.execute([mark])?;
            let mut insert = db.prepare_cached(
                "INSERT INTO enrichment (seq, tries, begun_at, next_at) VALUES (?, 1, ?, ?) ON CONFLICT DO NOTHING",
            )?;
            let mut taken = Vec::with_capacity(seqs.len());
            for seq in seqs.iter().filter(|seq| **seq > before) {
                if insert.execute(params![seq, now.as_microsecond(), next.as_microsecond()])? == 1 {
                    taken.push(*seq);
                }
            }
            Ok(taken)
        })
        .await
    }

    /// When the next attempt is due, if any.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn next_enrichment(&self) -> Result<Option<Timestamp>, StoreError> {
        let next: Option<i64> = self
            .read(|db| db.prepare_cached("SELECT min(next_at) FROM enrichment")?.query_row([], |row| row.get(0)))
            .await?;
        Ok(next.and_then(|next| Timestamp::from_microsecond(next).ok()))
    }

    /// Takes at most `limit` due events. `next` maps the number of attempts, including this one, to the time of the
    /// next one; `None` makes this the last attempt and drops the event from the table.
    ///
    /// # Errors
    /// Write errors.
    pub async fn take_enrichments<F>(
        &self,
        now: Timestamp,
        limit: u32,
        next: F,
    ) -> Result<Vec<DueEnrichment>, StoreError>
    where
        F: Fn(u32, Timestamp) -> Option<Timestamp> + Send + 'static,
    {
        self.write(0, move |db| {
            let mut due = db.prepare_cached(
                "SELECT seq, tries, begun_at FROM enrichment WHERE next_at <= ? ORDER BY next_at LIMIT ?",
            )?;
            let due: Vec<(i64, u32, i64)> = due
                .query_map(params![now.as_microsecond(), limit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let mut taken = Vec::with_capacity(due.len());
            for (seq, tries, begun_at) in due {
                let tries = tries.saturating_add(1);
                let begun_at = Timestamp::from_microsecond(begun_at).unwrap_or(now);
                match next(tries, begun_at) {
                    Some(next) => db
                        .prepare_cached("UPDATE enrichment SET tries = ?, next_at = ? WHERE seq = ?")?
                        .execute(params![tries, next.as_microsecond(), seq])?,
                    None => db.prepare_cached("DELETE FROM enrichment WHERE seq = ?")?.execute([seq])?,
                };
                taken.push(DueEnrichment { seq, tries });
            }
            Ok(taken)
        })
        .await
    }

    /// Restarts an event's attempts, even if it was dropped; this counts as the first attempt, and the next one is due
    /// at `next`.
    ///
    /// # Errors
    /// Write errors.
    pub async fn restart_enrichment(&self, seq: i64, now: Timestamp, next: Timestamp) -> Result<(), StoreError> {
        self.write(0, move |db| {
            db.prepare_cached(
                "INSERT INTO enrichment (seq, tries, begun_at, next_at) VALUES (?1, 1, ?2, ?3)
                 ON CONFLICT (seq) DO UPDATE SET tries = 1, begun_at = ?2, next_at = ?3",
            )?
            .execute(params![seq, now.as_microsecond(), next.as_microsecond()])
            .map(drop)
        })
        .await
    }

    /// Postpones taken events to `next`. Taking them doesn't count as an attempt.
    ///
    /// # Errors
    /// Write errors.
    pub async fn postpone_enrichments(&self, seqs: Vec<i64>, next: Timestamp) -> Result<(), StoreError> {
        self.write(seqs.len() * 8, move |db| {
            let mut postpone =
                db.prepare_cached("UPDATE enrichment SET next_at = ?, tries = max(tries - 1, 0) WHERE seq = ?")?;
            seqs.iter().try_for_each(|seq| postpone.execute(params![next.as_microsecond(), seq]).map(drop))
        })
        .await
    }

    /// Drops an event from the table: its details are known or never will be.
    ///
    /// # Errors
    /// Write errors.
    pub async fn end_enrichment(&self, seq: i64) -> Result<(), StoreError> {
        self.write(0, move |db| db.prepare_cached("DELETE FROM enrichment WHERE seq = ?")?.execute([seq]).map(drop))
            .await
    }

    /// Whether an event still has attempts left.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn is_enriching(&self, seq: i64) -> Result<bool, StoreError> {
        self.read(move |db| {
            let found: Option<i64> = db
                .prepare_cached("SELECT seq FROM enrichment WHERE seq = ?")?
                .query_row([seq], |row| row.get(0))
                .optional()?;
            Ok(found.is_some())
        })
        .await
    }
}
