//! What rules did and are to do: a row for each action of a rule on an event, written before it is done.
//!
//! One process takes runs: the one that holds the leader lock. What it had begun when it was killed is taken back by the
//! next one ([`Store::take_back_runs`]), so a run may be done twice and is never lost.

use std::collections::HashMap;

use hookbell_core::vocabulary;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Store, StoreError, column::word_or};

vocabulary!(
    /// How far a run is.
    RunState, "a state of a run" {
        /// It is to be done, now or later.
        Waiting = "waiting",
        /// It is being done.
        Running = "running",
        /// It was done.
        Done = "done",
        /// It failed, and no further attempt would go better.
        Failed = "failed",
        /// It failed as often as it is tried.
        GivenUp = "givenUp",
        /// It was left out on purpose: the event came late, or has nothing to send.
        Skipped = "skipped",
    }
);

/// A run to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRun {
    /// The rule's number; none if somebody only tries a rule.
    pub rule: Option<i64>,
    /// The rule's name at this moment.
    pub rule_name: String,
    /// Which of the rule's actions, from 0.
    pub place: u32,
    /// The action, JSON.
    pub action: String,
    /// The place that it uses, such as a host: few runs use one at a time.
    pub lane: String,
    /// When it is to be done; nothing is done any more if it has ended.
    pub due_at: Timestamp,
    /// How it ended, where it is written when it is over.
    pub ended: Option<RunEnd>,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRun {
    /// Its number; a later one has a higher number.
    pub id: i64,
    /// The rule's number. The rule may be gone. None of a run that somebody only tried.
    pub rule: Option<i64>,
    /// The rule's name when the run was written.
    pub rule_name: String,
    /// Which of the rule's actions, from 0.
    pub place: u32,
    /// The action, JSON.
    pub action: String,
    /// The place that it uses, as in [`NewRun::lane`].
    pub lane: String,
    /// The event's number.
    pub seq: i64,
    /// How far it is.
    pub state: RunState,
    /// How often it was begun.
    pub attempts: u32,
    /// When it was written. To the millisecond, as all times here.
    pub written_at: Timestamp,
    /// When the next attempt begins; none once it ended.
    pub due_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// What came back, or why it was not done, for a person.
    pub answer: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
    /// What a command wrote.
    pub output: Option<String>,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunEnd {
    /// [`RunState::Waiting`] for another attempt, or one in which the run ends.
    pub state: RunState,
    /// When the next attempt begins, of one that waits.
    pub due_at: Option<Timestamp>,
    /// What came back, or why it was not done, for a person.
    pub answer: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// What a command wrote.
    pub output: Option<String>,
}

/// Which runs to list, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RunQuery {
    /// Those of a rule.
    pub rule: Option<i64>,
    /// Those for an event.
    pub seq: Option<i64>,
    /// Those in a state.
    pub state: Option<RunState>,
    /// Those before this one: the cursor.
    pub before: Option<i64>,
    /// So many at most.
    pub limit: u32,
}

impl Store {
    /// Writes runs for an event. One that is there already, for the same action of the same rule, stays as it is. The
    /// numbers of those that are new.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn write_runs(&self, seq: i64, runs: Vec<NewRun>, now: Timestamp) -> Result<Vec<i64>, StoreError> {
        let bytes = runs.iter().map(|run| run.action.len()).sum();
        self.write(bytes, move |db| insert(db, seq, &runs, now)).await
    }

    /// When the next run is due, if any is.
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

    /// Takes runs that are due, `limit` at most and `limit_of_lane` of each lane, those that are due the longest first.
    /// They are running now. `lanes` says how many of each lane are running already.
    ///
    /// # Errors
    /// Those of a write.
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

    /// Has what was begun and never ended tried again at once: the process that had begun it was killed.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn take_back_runs(&self, now: Timestamp) -> Result<usize, StoreError> {
        self.write(0, move |db| {
            db.prepare_cached("UPDATE run SET state = 'waiting', due_ms = ? WHERE state = 'running'")?
                .execute([now.as_millisecond()])
        })
        .await
    }

    /// Notes how an attempt ended. Nothing happens if the run was deleted meanwhile.
    ///
    /// # Errors
    /// Those of a write.
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

    /// Has a run that failed, was given up or was skipped tried once more, at once. Whether it could be.
    ///
    /// # Errors
    /// Those of a write.
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

    /// Runs, the newest first.
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

    /// How many runs of rules ended from one time until before another, by how they ended. Tries are left out.
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

/// The runs that are due and have room in their lane.
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

/// Writes runs; the numbers of those that are new.
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
