//! What rules decide about events: once per event, in one transaction with the resulting runs.
//!
//! An event that arrives while a rule is enabled waits for the decision, and no notification is shown before. So
//! nothing is lost if a process is killed in between: the next one decides.

use jiff::Timestamp;
use rusqlite::params;

use super::{event, run};
use crate::{NewRun, Store, StoreError, StoredEvent};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/028-judging.sql");

/// What rules have decided about an event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judgment {
    /// The event's number.
    pub seq: i64,
    /// The resulting runs.
    pub runs: Vec<NewRun>,
    /// Whether to archive it.
    pub archive: bool,
    /// Changes to its notification, as JSON; `None` for the default.
    pub notice: Option<String>,
    /// Whether to show its notification even in quiet hours and pauses.
    pub urgent: bool,
}

/// How often rules and runs have changed, in any process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RuleChanges {
    /// Changes of rules.
    pub rules: i64,
    /// Changes of runs.
    pub runs: i64,
}

impl Store {
    /// Events after this one that rules have not decided about, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn unjudged(&self, after: i64, limit: u32) -> Result<Vec<StoredEvent>, StoreError> {
        self.read(move |db| event::unjudged(db, after, limit)).await
    }

    /// Stores decisions and their runs. Returns how many events had no decision yet: another process may have been
    /// first.
    ///
    /// # Errors
    /// Write errors; in that case none of them is stored.
    pub async fn judge(&self, judgments: Vec<Judgment>, now: Timestamp) -> Result<usize, StoreError> {
        let bytes = judgments.iter().flat_map(|judgment| &judgment.runs).map(|run| run.action.len()).sum();
        self.write(bytes, move |db| {
            let mut decide = db.prepare_cached(
                "UPDATE event SET to_judge = 0, notice = ?, urgent = ?, archived = archived OR ?
                 WHERE seq = ? AND to_judge = 1",
            )?;
            judgments.iter().try_fold(0, |decided, Judgment { seq, runs, archive, notice, urgent }| {
                if decide.execute(params![notice, urgent, archive, seq])? == 0 {
                    return Ok(decided);
                }
                run::insert(db, *seq, runs, now)?;
                Ok(decided + 1)
            })
        })
        .await
    }

    /// Shows an event's notification once more, with other words. Returns `false` if the event is gone or, with
    /// `unless_read`, was read or archived.
    ///
    /// # Errors
    /// Write errors.
    pub async fn notify_again(&self, seq: i64, notice: String, unless_read: bool) -> Result<bool, StoreError> {
        self.write(notice.len(), move |db| {
            db.prepare_cached(
                "UPDATE event SET notice = ?, notified_at = NULL WHERE seq = ? AND (NOT ? OR (read = 0 AND archived = 0))",
            )?
            .execute(params![notice, seq, unless_read])
            .map(|changed| changed > 0)
        })
        .await
    }

    /// How often rules and runs have changed.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn rule_changes(&self) -> Result<RuleChanges, StoreError> {
        self.read(|db| {
            db.prepare_cached("SELECT rules, runs FROM rule_changes")?
                .query_row([], |row| Ok(RuleChanges { rules: row.get(0)?, runs: row.get(1)? }))
        })
        .await
    }
}
