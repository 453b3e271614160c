//! What rules did and have yet to do: one row for each action of a rule on an event, written before the action runs.
//!
//! Only the process with the leader lock takes runs. After it was killed, the next leader reclaims the runs it had
//! begun ([`Store::take_back_runs`]), so a run may be performed twice but is never lost.

use std::collections::HashMap;

use hookbell_core::vocabulary;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Store, StoreError, column::word_or};

vocabulary!(
    /// The state of a run.
    RunState, "a state of a run" {
        /// It will run, now or later.
        Waiting = "waiting",
        /// It is running.
        Running = "running",
        /// It succeeded.
        Done = "done",
        /// It failed, and a retry would fail too.
        Failed = "failed",
        /// It failed at every attempt.
        GivenUp = "givenUp",
        /// It was skipped on purpose: the event arrived late, or has nothing to send.
        Skipped = "skipped",
    }
);

/// A run to store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRun {
    /// The rule's number; none if somebody just tries a rule.
    pub rule: Option<i64>,
    /// The rule's current name.
    pub rule_name: String,
    /// Which of the rule's actions, from 0.
    pub place: u32,
    /// The action, as JSON.
    pub action: String,
    /// The place it uses, such as a host: few runs share one at a time.
    pub lane: String,
    /// When it is due; ignored if it has ended.
    pub due_at: Timestamp,
    /// Its outcome, for a run that is stored after it ended.
    pub ended: Option<RunEnd>,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRun {
    /// Its number; later runs have higher numbers.
    pub id: i64,
    /// The rule's number, even if the rule is gone. None if somebody just tried a rule.
    pub rule: Option<i64>,
    /// The rule's name when the run was stored.
    pub rule_name: String,
    /// Which of the rule's actions, from 0.
    pub place: u32,
    /// The action, as JSON.
    pub action: String,
    /// The place it uses, as in [`NewRun::lane`].
    pub lane: String,
    /// The event's number.
    pub seq: i64,
    /// Its state.
    pub state: RunState,
    /// The number of attempts begun.
    pub attempts: u32,
    /// When it was stored. All times here have millisecond precision.
    pub written_at: Timestamp,
    /// When the next attempt is due; none once it ended.
    pub due_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// The response, or why it wasn't done, for people.
    pub answer: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
    /// A command's output.
    pub output: Option<String>,
}

/// The outcome of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunEnd {
    /// [`RunState::Waiting`] for another attempt, or a final state.
    pub state: RunState,
    /// When the next attempt is due, for a waiting run.
    pub due_at: Option<Timestamp>,
    /// The response, or why it wasn't done, for people.
    pub answer: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// A command's output.
    pub output: Option<String>,
}

/// Which runs to list, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RunQuery {
    /// Runs of a rule.
    pub rule: Option<i64>,
    /// Runs for an event.
    pub seq: Option<i64>,
    /// Runs in a state.
    pub state: Option<RunState>,
    /// Runs before this one: the cursor.
    pub before: Option<i64>,
    /// The maximum number of runs.
    pub limit: u32,
}

impl Store {
    /// Stores runs for an event. An existing run for the same action of the same rule stays as it is. Returns the
    /// numbers of the new ones.
    ///
    /// # Errors
    /// Write errors.
    pub async fn write_runs(&self, seq: i64, runs: Vec<NewRun>, now: Timestamp) -> Result<Vec<i64>, StoreError> {
        let bytes = runs.iter().map(|run| run.action.len()).sum();
        self.write(bytes, move |db| insert(db, seq, &runs, now)).await
    }

    /// When the next run is due, if any.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn next_run_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let due: Option<i64> = self
            .read(|db| {
                db.prepare_cached("SELECT min(due_ms) FROM run WHERE due_ms IS NOT NULL")?
                    .query_row([], |row| row.get(0))
            })
            .await?;
        Ok(due.and_then(|due| Timestamp::from_millisecond(due).ok()))
    }

    /// Takes due runs, at most `limit` in total and `limit_of_lane` per lane, longest overdue first, and marks them as
    /// running. `lanes` has the number of runs already running in each lane.
    ///
    /// # Errors
    /// Write errors.
    pub async fn take_runs(
        &self,
        now: Timestamp,
        limit: usize,
        limit_of_lane: usize,
        lanes: HashMap<String, usize>,
    ) -> Result<Vec<StoredRun>, StoreError> {
        self.write(0, move |db| {
            let due = due(db, now, limit, limit_of_lane, lanes.clone())?;
            let mut begin = db.prepare_cached(
                "UPDATE run SET state = 'running', attempts = attempts + 1, due_ms = NULL WHERE id = ?",
            )?;
            let mut taken = db.prepare_cached(&select("WHERE id = ?"))?;
            due.iter()
                .map(|id| {
                    begin.execute([id])?;
                    taken.query_row([id], read)
                })
                .collect()
        })
        .await
    }

    /// Makes runs that began but never ended due at once: the process that began them was killed.
    ///
    /// # Errors
    /// Write errors.
    pub async fn take_back_runs(&self, now: Timestamp) -> Result<usize, StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("UPDATE run SET state = 'waiting', due_ms = ? WHERE state = 'running'")?
                .execute([now.as_millisecond()])
        })
        .await
    }

    /// Records the outcome of an attempt. Does nothing if the run was deleted in the meantime.
    ///
    /// # Errors
    /// Write errors.
    pub async fn end_run(&self, id: i64, end: RunEnd, now: Timestamp) -> Result<(), StoreError> {
        let bytes = end.answer.len() + end.output.as_ref().map_or(0, String::len);
        self.write(bytes, move |db| {
            let RunEnd { state, due_at, answer, hint, output } = &end;
            let ended = due_at.is_none().then(|| now.as_millisecond());
            let due = due_at.map(Timestamp::as_millisecond);
            db.prepare_cached(
                "UPDATE run SET state = ?, due_ms = ?, ended_ms = ?, answer = ?, hint = ?, output = ? WHERE id = ?",
            )?
            .execute(params![state.as_str(), due, ended, answer, hint, output, id])
            .map(drop)
        })
        .await
    }

    /// Retries a run that failed, was given up or was skipped, at once. Returns whether that was possible.
    ///
    /// # Errors
    /// Write errors.
    pub async fn retry_run(&self, id: i64, now: Timestamp) -> Result<bool, StoreError> {
        self.write(0, move |db| {
            db.prepare_cached(
                "UPDATE run SET state = 'waiting', attempts = 0, due_ms = ?, ended_ms = NULL
                 WHERE id = ? AND state IN ('failed', 'givenUp', 'skipped', 'waiting')",
            )?
            .execute(params![now.as_millisecond(), id])
            .map(|changed| changed > 0)
        })
        .await
    }

    /// Runs, newest first.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn runs(&self, query: RunQuery) -> Result<Vec<StoredRun>, StoreError> {
        self.read(move |db| {
            let RunQuery { rule, seq, state, before, limit } = query;
            db.prepare_cached(&select(
                "WHERE (?1 IS NULL OR rule_id = ?1) AND (?2 IS NULL OR seq = ?2) AND (?3 IS NULL OR state = ?3)
                   AND (?4 IS NULL OR id < ?4) ORDER BY id DESC LIMIT ?5",
            ))?
            .query_map(params![rule, seq, state.map(RunState::as_str), before, limit], read)?
            .collect()
        })
        .await
    }

    /// The number of rules' runs that ended from `from` until before `until`, by outcome. Runs without a rule are left
    /// out.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn runs_ended(&self, from: Timestamp, until: Timestamp) -> Result<HashMap<RunState, u32>, StoreError> {
        self.read(move |db| {
            db.prepare_cached(
                "SELECT state, count(*) FROM run
                 WHERE rule_id IS NOT NULL AND ended_ms >= ? AND ended_ms < ? GROUP BY state",
            )?
            .query_map([from.as_millisecond(), until.as_millisecond()], |row| {
                Ok((word_or(row, 0, RunState::Failed)?, row.get(1)?))
            })?
            .collect()
        })
        .await
    }

    /// One run.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn run(&self, id: i64) -> Result<Option<StoredRun>, StoreError> {
        self.read(move |db| db.prepare_cached(&select("WHERE id = ?"))?.query_row([id], read).optional()).await
    }
}

/// The due runs that have room in their lane.
fn due(
    db: &Connection,
    now: Timestamp,
    limit: usize,
    limit_of_lane: usize,
    mut lanes: HashMap<String, usize>,
) -> rusqlite::Result<Vec<i64>> {
    let mut found = Vec::new();
    let mut due = db.prepare_cached("SELECT id, lane FROM run WHERE due_ms <= ? ORDER BY due_ms, id")?;
    let mut rows = due.query([now.as_millisecond()])?;
    while found.len() < limit
        && let Some(row) = rows.next()?
    {
        let count = lanes.entry(row.get(1)?).or_default();
        if *count < limit_of_lane {
            *count += 1;
            found.push(row.get(0)?);
        }
    }
    Ok(found)
}

/// Stores runs and returns the numbers of the new ones.
pub(crate) fn insert(db: &Connection, seq: i64, runs: &[NewRun], now: Timestamp) -> rusqlite::Result<Vec<i64>> {
    let mut insert = db.prepare_cached(
        "INSERT INTO run (rule_id, rule_name, place, action, seq, state, attempts, written_ms, due_ms, ended_ms, answer, hint,
            lane)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13 WHERE EXISTS (SELECT 1 FROM event WHERE seq = ?5)
         ON CONFLICT DO NOTHING RETURNING id",
    )?;
    let mut written = Vec::new();
    for run in runs {
        let now = now.as_millisecond();
        let ended = run.ended.as_ref();
        let values = params![
            run.rule,
            run.rule_name,
            run.place,
            run.action,
            seq,
            ended.map_or(RunState::Waiting, |end| end.state).as_str(),
            u32::from(ended.is_some_and(|end| end.state != RunState::Skipped)),
            now,
            ended.is_none().then(|| run.due_at.as_millisecond()),
            ended.map(|_| now),
            ended.map(|end| end.answer.as_str()),
            ended.and_then(|end| end.hint.as_deref()),
            run.lane,
        ];
        written.extend(insert.query_row(values, |row| row.get::<_, i64>(0)).optional()?);
    }
    Ok(written)
}

fn select(which: &str) -> String {
    format!(
        "SELECT id, rule_id, rule_name, place, action, seq, state, attempts, written_ms, due_ms, ended_ms, answer, hint,
                output, lane FROM run {which}"
    )
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredRun> {
    let time = |column: usize| -> rusqlite::Result<Option<Timestamp>> {
        Ok(row.get::<_, Option<i64>>(column)?.and_then(|ms| Timestamp::from_millisecond(ms).ok()))
    };
    Ok(StoredRun {
        id: row.get(0)?,
        rule: row.get(1)?,
        rule_name: row.get(2)?,
        place: row.get(3)?,
        action: row.get(4)?,
        seq: row.get(5)?,
        state: word_or(row, 6, RunState::Failed)?,
        attempts: row.get(7)?,
        written_at: time(8)?.unwrap_or_default(),
        due_at: time(9)?,
        ended_at: time(10)?,
        answer: row.get(11)?,
        hint: row.get(12)?,
        output: row.get(13)?,
        lane: row.get(14)?,
    })
}
