//! Which events still want their details, and when they are tried next.
//!
//! Taking an event moves its next try into the future in the same write, so that of several processes
//! one tries it, and that a process that is killed meanwhile only delays it.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use crate::{Store, StoreError};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/019-enrichment.sql");

/// An event that was taken, to be tried now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueEnrichment {
    /// The event.
    pub seq: i64,
    /// How often it was tried, this time included.
    pub tries: u32,
}

impl Store {
    /// Up to which event it was looked whether there is anything to read.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn enrichment_mark(&self) -> Result<i64, StoreError> {
        self.read(|db| db.prepare_cached("SELECT seq FROM enrichment_mark")?.query_row([], |row| row.get(0))).await
    }

    /// Notes that it was looked up to `mark`, and takes those of `seqs` that no other process has looked
    /// at. If they are not done by `next`, they are due then.
    ///
    /// # Errors
    /// Those of a write.
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

    /// When the next try is due, if any is to come.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn next_enrichment(&self) -> Result<Option<Timestamp>, StoreError> {
        let next: Option<i64> = self
            .read(|db| db.prepare_cached("SELECT min(next_at) FROM enrichment")?.query_row([], |row| row.get(0)))
            .await?;
        Ok(next.and_then(|next| Timestamp::from_microsecond(next).ok()))
    }

    /// Takes at most `limit` events that are due. Their next try is what `next` says of the number of
    /// tries, this one included; where it says nothing, this is the last one and the event is let go.
    ///
    /// # Errors
    /// Those of a write.
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

    /// Has an event tried from the beginning, also if it was let go; this counts as the first try, the next is due at
    /// `next`.
    ///
    /// # Errors
    /// Those of a write.
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

    /// Has events that were taken tried at `next` and not before. That they were taken counts as no try.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn postpone_enrichments(&self, seqs: Vec<i64>, next: Timestamp) -> Result<(), StoreError> {
        self.write(seqs.len() * 8, move |db| {
            let mut postpone =
                db.prepare_cached("UPDATE enrichment SET next_at = ?, tries = max(tries - 1, 0) WHERE seq = ?")?;
            seqs.iter().try_for_each(|seq| postpone.execute(params![next.as_microsecond(), seq]).map(drop))
        })
        .await
    }

    /// Lets an event go: its details are known, or never will be.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn end_enrichment(&self, seq: i64) -> Result<(), StoreError> {
        self.write(0, move |db| db.prepare_cached("DELETE FROM enrichment WHERE seq = ?")?.execute([seq]).map(drop))
            .await
    }

    /// Whether an event is still to be tried.
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
