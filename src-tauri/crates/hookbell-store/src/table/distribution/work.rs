//! Running plans: taking those that are due, and storing their progress.

use hookbell_core::BuildId;
use jiff::Timestamp;
use rusqlite::params;

use super::{DistributionState, StoredDistribution, StoredDistributionStep, one};
use crate::{Store, StoreError};

/// A plan's progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistributionProgress {
    /// Its new state. [`DistributionState::Done`] and [`DistributionState::Stopped`] end the plan.
    pub state: DistributionState,
    /// When it is checked next; none if only a person or an event moves it.
    pub due_at: Option<Timestamp>,
    /// The current steps. A step whose state and words are unchanged keeps its time.
    pub steps: Vec<StoredDistributionStep>,
}

impl Store {
    /// When the next plan is due, if any. Plans with the command line's key don't count.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn next_distribution_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let due: Option<i64> = self
            .read(|db| {
                db.prepare_cached(
                    "SELECT min(due_ms) FROM distribution WHERE due_ms IS NOT NULL AND account_id IS NOT NULL",
                )?
                .query_row([], |row| row.get(0))
            })
            .await?;
        Ok(due.and_then(|due| Timestamp::from_millisecond(due).ok()))
    }

    /// Takes due plans, longest overdue first. They are now running, and become due again at `next` in case the process
    /// that took them is killed. `only` takes one plan; without it, plans with the command line's key are skipped, as
    /// no other process has that key.
    ///
    /// # Errors
    /// Write errors.
    pub async fn take_distributions(
        &self,
        now: Timestamp,
        next: Timestamp,
        only: Option<i64>,
        limit: u32,
    ) -> Result<Vec<StoredDistribution>, StoreError> {
        self.write(0, move |db| {
            let due: Vec<i64> = db
                .prepare_cached(
                    "SELECT id FROM distribution WHERE due_ms <= ?1 AND (id = ?2 OR (?2 IS NULL AND account_id IS NOT NULL))
                     ORDER BY due_ms, id LIMIT ?3",
                )?
                .query_map(params![now.as_millisecond(), only, limit], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let mut begin = db.prepare_cached(
                "UPDATE distribution SET state = 'running', attempts = attempts + 1, due_ms = ?2 WHERE id = ?1",
            )?;
            let mut taken = Vec::with_capacity(due.len());
            for id in due {
                begin.execute([id, next.as_millisecond()])?;
                taken.extend(one(db, id)?);
            }
            Ok(taken)
        })
        .await
    }

    /// Stores a plan's progress. If the plan was woken in the meantime, it stays due. Returns `false`, without writing,
    /// if it has ended in the meantime.
    ///
    /// # Errors
    /// Write errors.
    pub async fn progress_distribution(
        &self,
        id: i64,
        progress: DistributionProgress,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let bytes = progress.steps.iter().map(|step| step.message.len() + step.choices.len()).sum();
        self.write(bytes, move |db| {
            let DistributionProgress { state, due_at, steps } = &progress;
            let ended = matches!(state, DistributionState::Done | DistributionState::Stopped);
            let changed = db
                .prepare_cached(
                    "UPDATE distribution SET state = ?2, ended_ms = ?4,
                        due_ms = CASE WHEN ?4 IS NOT NULL THEN NULL WHEN due_ms <= ?5 THEN due_ms ELSE ?3 END
                     WHERE id = ?1 AND ended_ms IS NULL",
                )?
                .execute(params![
                    id,
                    state.as_str(),
                    due_at.map(Timestamp::as_millisecond),
                    ended.then(|| now.as_millisecond()),
                    now.as_millisecond()
                ])?;
            let mut keep = db.prepare_cached(
                "INSERT INTO distribution_step (distribution_id, name, state, message, hint, choices, at_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (distribution_id, name) DO UPDATE SET state = excluded.state, message = excluded.message,
                    hint = excluded.hint, choices = excluded.choices,
                    at_ms = CASE WHEN state = excluded.state AND message = excluded.message THEN at_ms
                        ELSE excluded.at_ms END",
            )?;
            for step in steps.iter().filter(|_| changed == 1) {
                let StoredDistributionStep { name, state, message, hint, choices, at } = step;
                keep.execute(params![id, name.as_str(), state.as_str(), message, hint, choices, at.as_millisecond()])?;
            }
            Ok(changed == 1)
        })
        .await
    }

    /// Changes the plan itself as a person decided, and makes it due at once. Returns `false` if it has ended or waits
    /// for its build.
    ///
    /// # Errors
    /// Write errors.
    pub async fn replan_distribution(&self, id: i64, plan: String, now: Timestamp) -> Result<bool, StoreError> {
        self.write(plan.len(), move |db| {
            db.prepare_cached(
                "UPDATE distribution SET plan = ?2, state = 'running', attempts = 0, due_ms = ?3
                 WHERE id = ?1 AND ended_ms IS NULL AND build_id IS NOT NULL",
            )?
            .execute(params![id, plan, now.as_millisecond()])
            .map(|changed| changed == 1)
        })
        .await
    }

    /// Makes the open plan of a build due at once because something about the build changed. Returns whether there is
    /// one.
    ///
    /// # Errors
    /// Write errors.
    pub async fn wake_distribution(&self, build: BuildId, now: Timestamp) -> Result<bool, StoreError> {
        self.write(0, move |db| {
            db.prepare_cached(
                "UPDATE distribution SET due_ms = ?2 WHERE build_id = ?1 AND ended_ms IS NULL
                   AND (due_ms IS NULL OR due_ms > ?2)",
            )?
            .execute(params![build.as_str(), now.as_millisecond()])
            .map(|changed| changed == 1)
        })
        .await
    }
}
