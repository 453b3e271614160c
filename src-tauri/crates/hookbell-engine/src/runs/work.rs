//! Does the work: takes due runs, does them, and records how they ended.
//!
//! Only the process with the leader lock works. Nothing is polled: one timer waits for the next due run. Only a few
//! runs use the same lane concurrently, so that a slow server delays nobody else.

use std::{collections::HashMap, sync::Arc, time::Duration};

use hookbell_actions::{ActionFailure, Next};
use hookbell_store::{RunEnd, RunState, StoreError, StoredRun};
use jiff::{SignedDuration, Timestamp};
use tokio::{task::JoinSet, time::Instant};

use super::{
    Runs,
    perform::{Failed, Performed},
};

/// How many runs are done concurrently, overall and per lane.
const MAX_CONCURRENT_RUNS: usize = 8;
const MAX_CONCURRENT_RUNS_OF_LANE: usize = 2;

/// How long after each failed attempt the next one starts. After the last of these a run is given up.
pub const RETRY_RUN_AFTER: [SignedDuration; 8] = [
    SignedDuration::from_secs(10),
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(6),
    SignedDuration::from_hours(12),
    SignedDuration::from_hours(24),
];

/// Wait before retrying after a store error.
const RETRY_STORE_AFTER: Duration = Duration::from_secs(15);

/// The lanes in use, and by how many runs.
type Lanes = HashMap<String, usize>;

impl Runs {
    /// Works until dropped. The next process restarts unfinished runs.
    pub(crate) async fn run(self: Arc<Self>) {
        let mut stored = self.context.store.changes();
        while let Err(error) = self.context.store.take_back_runs(self.context.clock.now()).await {
            tracing::warn!(%error, "runs wait for the store");
            tokio::time::sleep(RETRY_STORE_AFTER).await;
        }
        let (mut working, mut lanes) = (JoinSet::new(), Lanes::new());
        loop {
            stored.mark_unchanged();
            let until = match self.begin_due(&mut working, &mut lanes).await {
                Ok(until) => until,
                Err(error) => {
                    tracing::warn!(%error, "runs wait for the store");
                    Some(Instant::now() + RETRY_STORE_AFTER)
                }
            };
            tokio::select! {
                changed = stored.changed() => {
                    if changed.is_err() {
                        return;
                    }
                }
                Some(ended) = working.join_next() => {
                    match ended {
                        Ok(lane) => leave(&mut lanes, &lane),
                        Err(error) => {
                            tracing::error!(%error, "a run broke down");
                            // Its lane is no longer known. It is reclaimed at the next start.
                            if working.is_empty() {
                                lanes.clear();
                            }
                        }
                    }
                }
                () = self.woken.notified() => {}
                () = sleep_until(until) => {}
            }
        }
    }

    /// Checks for due runs at once, for example after sleep, during which timers stood still.
    pub(crate) fn woke(&self) {
        self.woken.notify_one();
    }

    /// Starts due runs while there is capacity. Returns when to check again, unless a running one ends first.
    async fn begin_due(
        self: &Arc<Self>,
        working: &mut JoinSet<String>,
        lanes: &mut Lanes,
    ) -> Result<Option<Instant>, StoreError> {
        let (store, now) = (&self.context.store, self.context.clock.now());
        let Some(due) = store.next_run_due().await? else { return Ok(None) };
        if due > now {
            let wait = Duration::try_from(now.duration_until(due)).unwrap_or_default();
            return Ok(Some(Instant::now() + wait));
        }
        let room = MAX_CONCURRENT_RUNS.saturating_sub(working.len());
        if room == 0 {
            return Ok(None);
        }
        let taken = store.take_runs(now, room, MAX_CONCURRENT_RUNS_OF_LANE, lanes.clone()).await?;
        let took_some = !taken.is_empty();
        for run in taken {
            *lanes.entry(run.lane.clone()).or_default() += 1;
            let runs = Arc::clone(self);
            working.spawn(async move {
                let lane = run.lane.clone();
                runs.work(run).await;
                lane
            });
        }
        // There may be capacity for more. If nothing could be taken, all lanes with due runs are in use.
        Ok(took_some.then(Instant::now))
    }

    /// Does one run, and records how it ended.
    async fn work(&self, run: StoredRun) {
        let performed = self.perform(&run).await;
        let now = self.context.clock.now();
        if let (Err(Failed { failure, .. }), Some(rule)) = (&performed, run.rule)
            && failure.next == Next::SwitchOff
            && let Err(error) = self.rules.switch_off(rule, &failure.message).await
        {
            tracing::warn!(%error, "a rule could not be disabled");
        }
        let end = end(&run, performed, now);
        if let Err(error) = self.context.store.end_run(run.id, end, now).await {
            // It stays marked as started, and the next start reclaims it.
            tracing::warn!(%error, run = run.id, "the end of a run could not be written down");
        }
    }
}

fn leave(lanes: &mut Lanes, lane: &str) {
    if let Some(count) = lanes.get_mut(lane) {
        *count -= 1;
        if *count == 0 {
            lanes.remove(lane);
        }
    }
}

/// How an attempt ended, and when the next one starts.
fn end(run: &StoredRun, performed: Result<Performed, Failed>, now: Timestamp) -> RunEnd {
    let (failure, output) = match performed {
        Ok(Performed { answer, output }) => {
            return RunEnd { state: RunState::Done, due_at: None, answer, hint: None, output };
        }
        Err(Failed { failure, output }) => (failure, output),
    };
    let ActionFailure { message, hint, next } = failure;
    let usual = RETRY_RUN_AFTER.get(run.attempts.saturating_sub(1) as usize).copied();
    let wait = match next {
        // Somebody is watching a try and can press again.
        _ if run.rule.is_none() => Err(RunState::Failed),
        Next::GiveUp | Next::SwitchOff => Err(RunState::Failed),
        Next::Retry => usual.ok_or(RunState::GivenUp),
        Next::RetryAfter(asked) => {
            let asked = SignedDuration::try_from(asked).unwrap_or_default();
            usual.map(|usual| usual.max(asked)).ok_or(RunState::GivenUp)
        }
    };
    let due_at = wait.ok().and_then(|wait| now.saturating_add(wait).ok());
    let hint = Some(hint).filter(|hint| !hint.is_empty());
    RunEnd { state: wait.err().unwrap_or(RunState::Waiting), due_at, answer: message, hint, output }
}

async fn sleep_until(until: Option<Instant>) {
    match until {
        Some(until) => tokio::time::sleep_until(until).await,
        None => std::future::pending().await,
    }
}
