//! Plans for getting a build to its testers, each with its steps. The plan itself is JSON that the engine interprets.
//!
//! A plan waits for its upload, becomes due, is taken by the leader process, and then waits or ends. Each step's
//! outcome is stored in its row, so a plan that is checked again continues from App Store Connect's state.

pub(crate) mod compliance;
pub(crate) mod known_build;
pub(crate) mod work;

use hookbell_core::{AccountId, AppId, BuildId, vocabulary};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{
    Store, StoreError,
    column::{Text, word_or},
};

pub(crate) const MIGRATION: &str = include_str!("../../../migrations/030-distribution.sql");

vocabulary!(
    /// The state of a plan.
    DistributionState, "a state of a plan" {
        /// Its upload is not a build yet.
        WaitsForBuild = "waitsForBuild",
        /// It is running.
        Running = "running",
        /// It waits for App Store Connect.
        Waits = "waits",
        /// It waits for a person's decision.
        Decide = "decide",
        /// App Store Connect rejected a step.
        Refused = "refused",
        /// Everything it asks for is done.
        Done = "done",
        /// A person stopped it, or another plan replaced it.
        Stopped = "stopped",
    }
);

vocabulary!(
    /// A step on a build's way to its testers, in order.
    DistributionStepName, "a step of a plan" {
        /// The answer about encryption.
        Compliance = "compliance",
        /// The texts of What to Test.
        WhatToTest = "whatToTest",
        /// Internal groups: the team's own people.
        InternalGroups = "internalGroups",
        /// External groups.
        ExternalGroups = "externalGroups",
        /// Beta App Review.
        Review = "review",
        /// Notifying the testers.
        Notify = "notify",
    }
);

vocabulary!(
    /// The state of a step.
    DistributionStepState, "a state of a step" {
        /// It is done.
        Done = "done",
        /// It is running.
        Now = "now",
        /// An earlier step comes first.
        Later = "later",
        /// It waits for App Store Connect.
        Waits = "waits",
        /// It waits for a person's decision.
        Decide = "decide",
        /// App Store Connect rejected it, or it isn't possible.
        Refused = "refused",
        /// The plan doesn't include it.
        Left = "left",
    }
);

/// A plan to store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDistribution {
    /// The app.
    pub app: AppId,
    /// The account whose key it uses; none for the command line's key.
    pub account: Option<AccountId>,
    /// The upload that will become the build.
    pub upload: Option<i64>,
    /// The build, once there is one.
    pub build: Option<BuildId>,
    /// The plan, as JSON.
    pub plan: String,
    /// Who planned it, as JSON.
    pub planned_by: String,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDistribution {
    /// Its number, never reused.
    pub id: i64,
    /// The stored plan.
    pub planned: NewDistribution,
    /// How far it is.
    pub state: DistributionState,
    /// When it is checked next.
    pub due_at: Option<Timestamp>,
    /// How often it was checked since a person last changed it.
    pub attempts: u32,
    /// When it was stored. All times here have millisecond precision.
    pub written_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// The steps checked so far, unordered.
    pub steps: Vec<StoredDistributionStep>,
}

/// A step of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDistributionStep {
    /// Its name.
    pub name: DistributionStepName,
    /// How far it is.
    pub state: DistributionStepState,
    /// The state in words.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The choices for a person, as JSON.
    pub choices: String,
    /// When it reached this state.
    pub at: Timestamp,
}

/// Which plans to list, newest first. A field that is `None` doesn't restrict the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DistributionQuery {
    /// Plans for an app.
    pub app: Option<AppId>,
    /// Plans for a build.
    pub build: Option<BuildId>,
    /// Plans for an upload.
    pub upload: Option<i64>,
    /// Only those that have not ended.
    pub open: bool,
    /// The maximum number of plans.
    pub limit: u32,
}

impl Store {
    /// Stores a plan, replacing an open plan for the same build or upload. If that plan is identical, it stays and its
    /// number is returned.
    ///
    /// # Errors
    /// Write errors.
    pub async fn write_distribution(&self, new: NewDistribution, now: Timestamp) -> Result<i64, StoreError> {
        self.write(new.plan.len(), move |db| write(db, &new, now.as_millisecond())).await
    }

    /// One plan.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn distribution(&self, id: i64) -> Result<Option<StoredDistribution>, StoreError> {
        self.read(move |db| one(db, id)).await
    }

    /// Plans, newest first.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn distributions(&self, query: DistributionQuery) -> Result<Vec<StoredDistribution>, StoreError> {
        self.read(move |db| {
            let DistributionQuery { app, build, upload, open, limit } = query;
            let (app, build) = (app.as_ref().map(AppId::as_str), build.as_ref().map(BuildId::as_str));
            let plans: Vec<_> = db
                .prepare_cached(&select(
                    "WHERE (?1 IS NULL OR app_id = ?1) AND (?2 IS NULL OR build_id = ?2)
                       AND (?3 IS NULL OR upload_id = ?3) AND (NOT ?4 OR ended_ms IS NULL) ORDER BY id DESC LIMIT ?5",
                ))?
                .query_map(params![app, build, upload, open, limit], read)?
                .collect::<rusqlite::Result<_>>()?;
            plans.into_iter().map(|plan| with_steps(db, plan)).collect()
        })
        .await
    }
}

fn write(db: &Connection, new: &NewDistribution, now: i64) -> rusqlite::Result<i64> {
    let build = new.build.as_ref().map(BuildId::as_str);
    let open: Option<(i64, String)> = db
        .prepare_cached(
            "SELECT id, plan FROM distribution WHERE ended_ms IS NULL AND (build_id = ?1 OR upload_id = ?2)
             ORDER BY id DESC LIMIT 1",
        )?
        .query_row(params![build, new.upload], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((id, plan)) = open
        && plan == new.plan
    {
        return Ok(id);
    }
    db.prepare_cached(
        "UPDATE distribution SET state = 'stopped', due_ms = NULL, ended_ms = ?3
         WHERE ended_ms IS NULL AND (build_id = ?1 OR upload_id = ?2)",
    )?
    .execute(params![build, new.upload, now])?;
    let (state, due) = match build {
        Some(_) => (DistributionState::Running, Some(now)),
        None => (DistributionState::WaitsForBuild, None),
    };
    db.prepare_cached(
        "INSERT INTO distribution (app_id, account_id, upload_id, build_id, plan, planned_by, state, due_ms, written_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        new.app.as_str(),
        new.account.as_ref().map(AccountId::as_str),
        new.upload,
        build,
        new.plan,
        new.planned_by,
        state.as_str(),
        due,
        now,
    ])?;
    Ok(db.last_insert_rowid())
}

fn one(db: &Connection, id: i64) -> rusqlite::Result<Option<StoredDistribution>> {
    let plan = db.prepare_cached(&select("WHERE id = ?"))?.query_row([id], read).optional()?;
    plan.map(|plan| with_steps(db, plan)).transpose()
}

fn with_steps(db: &Connection, plan: StoredDistribution) -> rusqlite::Result<StoredDistribution> {
    let steps = db
        .prepare_cached(
            "SELECT name, state, message, hint, choices, at_ms FROM distribution_step WHERE distribution_id = ?",
        )?
        .query_map([plan.id], |row| {
            let Ok(name) = row.get_ref(0)?.as_str()?.parse() else { return Ok(None) };
            Ok(Some(StoredDistributionStep {
                name,
                state: word_or(row, 1, DistributionStepState::Waits)?,
                message: row.get(2)?,
                hint: row.get(3)?,
                choices: row.get(4)?,
                at: Timestamp::from_millisecond(row.get(5)?).unwrap_or_default(),
            }))
        })?
        .filter_map(Result::transpose)
        .collect::<rusqlite::Result<_>>()?;
    Ok(StoredDistribution { steps, ..plan })
}

fn select(which: &str) -> String {
    format!(
        "SELECT id, app_id, account_id, upload_id, build_id, plan, planned_by, state, due_ms, attempts, written_ms, ended_ms
         FROM distribution {which}"
    )
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredDistribution> {
    let time = |column: usize| -> rusqlite::Result<Option<Timestamp>> {
        Ok(row.get::<_, Option<i64>>(column)?.and_then(|ms| Timestamp::from_millisecond(ms).ok()))
    };
    Ok(StoredDistribution {
        id: row.get(0)?,
        planned: NewDistribution {
            app: row.get::<_, Text<_>>(1)?.0,
            account: row.get::<_, Option<Text<_>>>(2)?.map(|id| id.0),
            upload: row.get(3)?,
            build: row.get::<_, Option<Text<_>>>(4)?.map(|id| id.0),
            plan: row.get(5)?,
            planned_by: row.get(6)?,
        },
        state: word_or(row, 7, DistributionState::Stopped)?,
        due_at: time(8)?,
        attempts: row.get(9)?,
        written_at: time(10)?.unwrap_or_default(),
        ended_at: time(11)?,
        steps: Vec::new(),
    })
}
