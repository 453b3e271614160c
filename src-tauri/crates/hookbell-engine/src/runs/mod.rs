//! Does what rules decided: each run is stored as a row first, so that nothing is lost when the process is killed.

mod command;
mod distribute;
mod forward;
mod issue;
mod perform;
mod work;

pub use self::{perform::run_variables, work::RETRY_RUN_AFTER};

use std::{sync::Arc, time::Duration};

use hookbell_actions::Sender;
use hookbell_core::rules::{Rule, check};
use hookbell_store::{NewRun, RunQuery};
use tokio::{
    sync::Notify,
    time::{Instant, timeout_at},
};

use crate::{
    api::{ApiError, Run, RunIdRequest, RunState, RunsReply, RunsRequest, TryRuleRequest},
    context::Context,
    distribution::Distributions,
    feedback::Feedback,
    rules::{self, Rules},
    trackers::Trackers,
};

const MAX_PAGE_ROWS: u32 = 200;

/// How long to wait for a try. It continues afterwards, and its run records how it ended.
const TRY_TIMEOUT: Duration = Duration::from_secs(10);

/// The room of runs.
#[derive(Debug)]
pub struct Runs {
    context: Context,
    rules: Arc<Rules>,
    feedback: Arc<Feedback>,
    distributions: Arc<Distributions>,
    trackers: Arc<Trackers>,
    sender: Sender,
    woken: Notify,
}

impl Runs {
    pub(crate) fn new(
        context: Context,
        rules: Arc<Rules>,
        feedback: Arc<Feedback>,
        distributions: Arc<Distributions>,
        trackers: Arc<Trackers>,
    ) -> Self {
        Self { context, rules, feedback, distributions, trackers, sender: Sender::default(), woken: Notify::new() }
    }

    /// A page of runs, newest first.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn list(&self, request: RunsRequest) -> Result<RunsReply, ApiError> {
        let limit = request.limit.clamp(1, MAX_PAGE_ROWS);
        let RunsRequest { rule, seq, state, before, .. } = request;
        let store = &self.context.store;
        let mut stored = store.runs(RunQuery { rule, seq, state, before, limit: limit + 1 }).await?;
        let more = stored.len() > limit as usize;
        stored.truncate(limit as usize);
        Ok(RunsReply { runs: rules::listed(store, stored).await?, more })
    }

    /// One run, with its command's output.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`].
    pub async fn one(&self, request: RunIdRequest) -> Result<Run, ApiError> {
        let store = &self.context.store;
        let stored = store.run(request.id).await?.ok_or_else(no_such_run)?;
        rules::with_output(store, vec![stored]).await?.pop().ok_or_else(no_such_run)
    }

    /// Retries a run now that failed, was given up, was skipped or is waiting.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`]; [`crate::api::ErrorCode::InvalidInput`] at `id` for one that is done or
    /// in progress.
    pub async fn retry(&self, request: RunIdRequest) -> Result<Run, ApiError> {
        let run = self.one(request).await?;
        if !self.context.store.retry_run(request.id, self.context.clock.now()).await? {
            let (message, hint) = match run.state {
                RunState::Running => ("this run is in progress", "wait until it’s done"),
                _ => ("this run already succeeded", "use Try now to repeat it"),
            };
            return Err(ApiError::field("id", message, hint));
        }
        self.one(request).await
    }

    /// Does now, once and on one event, what a rule would do. Each action becomes a run without a rule.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at the document's invalid field, [`crate::api::ErrorCode::NotFound`]
    /// if the event doesn't exist.
    pub async fn try_rule(&self, request: TryRuleRequest) -> Result<Vec<Run>, ApiError> {
        let compiled = check(request.rule).map_err(|error| {
            ApiError::field(&error.field, error.message.clone(), "change it, then try the rule again")
        })?;
        let store = &self.context.store;
        store.event(request.seq).await?.ok_or_else(|| ApiError::not_found("event"))?;
        let now = self.context.clock.now();
        let Rule { name, then, .. } = compiled.rule();
        let new = then.iter().zip(0..).map(|(action, place)| NewRun {
            rule: None,
            rule_name: name.clone(),
            place,
            action: serde_json::to_string(action).unwrap_or_default(),
            lane: rules::lane(action),
            due_at: now,
            ended: None,
        });
        let ids = store.write_runs(request.seq, new.collect(), now).await?;
        self.ended(&ids).await
    }

    /// These runs once all of them have ended, or in their current state after a timeout.
    async fn ended(&self, ids: &[i64]) -> Result<Vec<Run>, ApiError> {
        let store = &self.context.store;
        let until = Instant::now() + TRY_TIMEOUT;
        let mut changes = store.changes();
        loop {
            changes.mark_unchanged();
            let mut stored = Vec::new();
            for id in ids {
                stored.extend(store.run(*id).await?);
            }
            let is_open = |state| matches!(state, RunState::Waiting | RunState::Running);
            let waits = stored.iter().any(|run| is_open(run.state));
            if !waits || !matches!(timeout_at(until, changes.changed()).await, Ok(Ok(()))) {
                return Ok(rules::with_output(store, stored).await?);
            }
        }
    }
}

fn no_such_run() -> ApiError {
    ApiError::not_found("run")
}
