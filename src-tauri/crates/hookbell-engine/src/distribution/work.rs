//! Works on plans: takes those that are due, does as much as possible, and records the progress.
//!
//! The process with the leader lock works. A command that stored a plan also works on that plan itself, because no
//! app may be running. Events of its build wake a waiting plan. Timers cover what takes seconds, and serve as a
//! safety net.

use std::{sync::Arc, time::Duration};

use futures_util::{StreamExt, stream};
use hookbell_core::EventKind;
use hookbell_store::{DistributionProgress, DistributionQuery, StoreError, StoredDistribution};
use jiff::{SignedDuration, Timestamp};

use super::{
    Distributions,
    check::{Facts, STEPS, Tried, check, notifies_first, said},
    is_moving,
    view::{kept_check, step_row, view},
};
use crate::{
    api::{
        ApiError, Distribution, DistributionCheck, DistributionPlan, DistributionState, DistributionStepName as Name,
        DistributionStepState as State, ErrorCode, ReviewChoice,
    },
    enrich, seen_builds,
    text::first_upper,
};

/// How many plans run concurrently, and are taken at once.
const MAX_CONCURRENT_PLANS: usize = 4;
const MAX_TAKEN_PLANS: u32 = 16;

/// When a plan whose process was killed is restarted. Every step of an attempt renews this.
const BEGIN_AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(2);

/// Waits between checks of a plan whose build TestFlight hasn't caught up with; afterwards every
/// [`LOOK_AGAIN_AFTER`].
const LOOK_SOON_AFTER: [SignedDuration; 8] = [
    SignedDuration::from_secs(5),
    SignedDuration::from_secs(5),
    SignedDuration::from_secs(10),
    SignedDuration::from_secs(10),
    SignedDuration::from_secs(30),
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(2),
    SignedDuration::from_mins(5),
];

/// The safety net for plans that wait for an event.
const LOOK_AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// How often a command that waits for its plan checks the build itself.
const LOOK_HERE_AFTER: Duration = Duration::from_secs(30);

/// How long TestFlight may take to process an answer about encryption.
const ANSWER_SETTLES_AFTER: SignedDuration = SignedDuration::from_mins(2);

/// Wait before retrying after a store error.
const RETRY_STORE_AFTER: Duration = Duration::from_secs(15);

/// How many open plans are handled.
const MAX_OPEN_PLANS: u32 = 500;

/// How many events are read at once.
const MAX_EVENTS: u32 = 200;

impl Distributions {
    /// Works until dropped. The next process restarts unfinished attempts.
    pub(crate) async fn run(self: Arc<Self>) {
        let mut stored = self.context.store.changes();
        let mut heard = None;
        loop {
            stored.mark_unchanged();
            let wait = match self.work(&mut heard).await {
                Ok(due) => {
                    due.map(|due| Duration::try_from(self.context.clock.now().duration_until(due)).unwrap_or_default())
                }
                Err(error) => {
                    tracing::warn!(%error, "plans wait for the store");
                    Some(RETRY_STORE_AFTER)
                }
            };
            tokio::select! {
                changed = stored.changed() => if changed.is_err() { return },
                () = self.woken.notified() => {}
                () = sleep(wait) => {}
            }
        }
    }

    /// Checks for due plans at once, for example after sleep, during which timers stood still.
    pub(crate) fn woke(&self) {
        self.woken.notify_one();
    }

    /// Does what is due, and returns when to check again.
    async fn work(&self, heard: &mut Option<i64>) -> Result<Option<Timestamp>, StoreError> {
        let store = &self.context.store;
        self.hear(heard).await?;
        loop {
            let due = store.next_distribution_due().await?;
            if due.is_none_or(|due| due > self.context.clock.now()) {
                return Ok(due);
            }
            let taken = self.take(None).await?;
            stream::iter(taken).for_each_concurrent(MAX_CONCURRENT_PLANS, |plan| self.attempt(plan)).await;
        }
    }

    async fn take(&self, only: Option<i64>) -> Result<Vec<StoredDistribution>, StoreError> {
        let now = self.context.clock.now();
        let next = now.saturating_add(BEGIN_AGAIN_AFTER).unwrap_or(now);
        self.context.store.take_distributions(now, next, only, MAX_TAKEN_PLANS).await
    }

    /// Wakes the plans whose builds had events. At the start it wakes all of them, because much may have happened
    /// since.
    async fn hear(&self, heard: &mut Option<i64>) -> Result<(), StoreError> {
        let (store, now) = (&self.context.store, self.context.clock.now());
        let query = DistributionQuery { open: true, limit: MAX_OPEN_PLANS, ..DistributionQuery::default() };
        let open = store.distributions(query).await?;
        let Some(before) = heard.filter(|_| !open.is_empty()) else {
            *heard = Some(store.last_seq().await?);
            for build in open.iter().filter(|plan| is_idle(plan)).filter_map(|plan| plan.planned.build.clone()) {
                store.wake_distribution(build, now).await?;
            }
            return Ok(());
        };
        let mut newest = before;
        loop {
            let events = store.after(newest, MAX_EVENTS).await?;
            let Some(last) = events.last() else { break };
            newest = last.seq;
            for event in events.iter().filter(|event| event.kind == EventKind::Build) {
                let of = event.instance.as_ref().map(|instance| instance.id.as_str());
                for plan in open.iter().filter(|plan| is_idle(plan)) {
                    let Some(build) = &plan.planned.build else { continue };
                    // A plan that waits for another build's review doesn't know that build's id.
                    if of == Some(build.as_str()) || waits_for_other(plan) {
                        store.wake_distribution(build.clone(), now).await?;
                    }
                }
            }
        }
        *heard = Some(newest);
        Ok(())
    }

    /// Works on a plan in this process as far as it gets now, or with `wait` until a person has to act or it has
    /// ended.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], or a store error.
    pub async fn work_on(&self, id: i64, wait: bool) -> Result<Distribution, ApiError> {
        let store = &self.context.store;
        let mut stored = store.changes();
        self.wake(id).await?;
        loop {
            stored.mark_unchanged();
            let plan = self.stored(id).await?;
            let now = self.context.clock.now();
            if plan.due_at.is_some_and(|due| due <= now) {
                for taken in self.take(Some(id)).await? {
                    self.attempt(taken).await;
                }
                continue;
            }
            // Another process may be working on it.
            if !is_moving(plan.state) || (!wait && plan.state != DistributionState::Running) {
                return Ok(view(plan));
            }
            let due = plan.due_at.map(|due| Duration::try_from(now.duration_until(due)).unwrap_or_default());
            tokio::select! {
                changed = stored.changed() => if changed.is_err() { return Ok(view(plan)) },
                // While no app runs, nothing notifies this process of events.
                () = tokio::time::sleep(due.unwrap_or(LOOK_HERE_AFTER).min(LOOK_HERE_AFTER)) => self.wake(id).await?,
            }
        }
    }

    /// Makes a waiting plan due now.
    async fn wake(&self, id: i64) -> Result<(), ApiError> {
        let plan = self.stored(id).await?;
        if let Some(build) = plan.planned.build.filter(|_| plan.state == DistributionState::Waits) {
            self.context.store.wake_distribution(build, self.context.clock.now()).await?;
        }
        Ok(())
    }

    /// Works on a plan as far as it gets, and records the progress.
    async fn attempt(&self, plan: StoredDistribution) {
        let (steps, until) = match self.go(&plan).await {
            Ok(Went::To(steps)) => (steps, None),
            Ok(Went::Until(until)) => (kept(&plan), Some(until)),
            Ok(Went::Ended) => return,
            Err(error) => (stopped_by(&plan, error), None),
        };
        let (state, now) = (state_of(&steps), self.context.clock.now());
        let due_at = until.or_else(|| due(&steps, plan.attempts, now));
        let progress =
            DistributionProgress { state, due_at, steps: steps.iter().map(|step| step_row(step, now)).collect() };
        if let Err(error) = self.context.store.progress_distribution(plan.id, progress, now).await {
            // It stays marked as started, and is restarted later.
            tracing::warn!(%error, plan = plan.id, "how far a plan got could not be written down");
        }
        self.told(&plan.planned.app).await;
    }

    async fn go(&self, stored: &StoredDistribution) -> Result<Went, ApiError> {
        let Some(build) = &stored.planned.build else { return Ok(Went::Ended) };
        let access = self.access_of(stored).await?;
        let now = self.context.clock.now();
        // What a person asked for may use the rest of the hourly limit.
        if stored.attempts > 1
            && let Some(until) = enrich::spent_until(&access.client, false, now)
        {
            return Ok(Went::Until(until));
        }
        let plan: DistributionPlan = view(stored.clone()).plan;
        let mut tried = refused_before(stored);
        loop {
            let mut facts = self.facts(&access, &stored.planned.app, build, &plan).await?;
            with_past(&mut facts, stored, now);
            let steps = check(&facts, &plan, &tried);
            let Some(next) = next(&steps, &plan) else {
                // Update the build that lists and news show.
                if let Err(error) = seen_builds::read_one(&self.context, &access, &stored.planned.app, build).await {
                    tracing::info!(%error, plan = stored.id, "the build of a plan could not be read again");
                }
                return Ok(Went::To(steps));
            };
            let rows = steps.iter().map(|step| step_row(step, self.context.clock.now())).collect();
            let now = self.context.clock.now();
            let due_at = now.saturating_add(BEGIN_AGAIN_AFTER).ok();
            let begun = DistributionProgress { state: DistributionState::Running, due_at, steps: rows };
            let is_wanted = self.context.store.progress_distribution(stored.id, begun, now).await?;
            if !is_wanted {
                return Ok(Went::Ended);
            }
            self.told(&stored.planned.app).await;
            tracing::info!(plan = stored.id, step = next.as_str(), "doing a step of a plan");
            let done = self.perform(next, &access, &stored.planned.app, build, &facts, &plan).await;
            // It is found done now. If not, App Store Connect has not caught up.
            let taking_in = || said(next, State::Waits, "App Store Connect is processing it.", None);
            tried.insert(next, done.unwrap_or_else(taking_in));
        }
    }
}

/// How far an attempt got.
enum Went {
    /// It reached these checks.
    To(Vec<DistributionCheck>),
    /// It didn't run: until then the rest of the hourly limit is reserved for people.
    Until(Timestamp),
    /// Nothing is left to do.
    Ended,
}

/// Adds what the plan itself did before.
fn with_past(facts: &mut Facts, stored: &StoredDistribution, now: Timestamp) {
    let step = |name| stored.steps.iter().find(|step| step.name == name);
    facts.review_before = step(Name::Review).map(|step| step.state).filter(|_| stored.attempts > 1);
    facts.notified = step(Name::Notify).is_some_and(|step| step.state == State::Done);
    facts.answer_settled = step(Name::Compliance)
        .is_some_and(|step| step.state == State::Waits && now.duration_since(step.at) >= ANSWER_SETTLES_AFTER);
}

/// Refused steps stay refused until somebody retries them.
fn refused_before(stored: &StoredDistribution) -> Tried {
    let refused = stored.steps.iter().filter(|step| stored.attempts > 1 && step.state == State::Refused);
    refused.map(|step| (step.name, kept_check(step))).collect()
}

/// Whether nobody is working on a plan now.
fn is_idle(plan: &StoredDistribution) -> bool {
    plan.state != DistributionState::Running
}

fn waits_for_other(plan: &StoredDistribution) -> bool {
    plan.state == DistributionState::Waits && view(plan.clone()).plan.review == ReviewChoice::AfterOther
}

/// The next step that can be done now.
fn next(steps: &[DistributionCheck], plan: &DistributionPlan) -> Option<Name> {
    let is_now = |name: &Name| steps.iter().any(|step| step.name == *name && step.state == State::Now);
    Some(Name::Notify).filter(|name| notifies_first(plan) && is_now(name)).or_else(|| STEPS.into_iter().find(is_now))
}

fn kept(plan: &StoredDistribution) -> Vec<DistributionCheck> {
    view(plan.clone()).steps.into_iter().map(|step| step.check).collect()
}

/// The steps of a plan whose build couldn't be read: the first open one explains why.
fn stopped_by(plan: &StoredDistribution, error: ApiError) -> Vec<DistributionCheck> {
    let mut steps = match plan.steps.is_empty() {
        true => check(&Facts::default(), &view(plan.clone()).plan, &Tried::new()),
        false => STEPS
            .into_iter()
            .filter_map(|name| plan.steps.iter().find(|step| step.name == name).map(kept_check))
            .collect(),
    };
    let open = steps.iter_mut().find(|step| !matches!(step.state, State::Done | State::Left));
    if let Some(open) = open {
        // A build that was just processed isn't found for a moment.
        let is_new = error.code == ErrorCode::NotFound && plan.attempts as usize <= LOOK_SOON_AFTER.len();
        *open = match is_new {
            true => said(open.name, State::Waits, "App Store Connect doesn’t list the build yet.", None),
            false => explained(open.name, error),
        };
    }
    steps
}

/// A step that failed with an error. If the error may go away by itself, the step waits.
pub(super) fn explained(name: Name, error: ApiError) -> DistributionCheck {
    let state = match error.code {
        ErrorCode::AppleUnreachable
        | ErrorCode::OutcomeUnknown
        | ErrorCode::RateLimited
        | ErrorCode::AgreementMissing
        | ErrorCode::KeychainLocked
        | ErrorCode::KeychainAbsent
        | ErrorCode::KeychainTimedOut
        | ErrorCode::StoreUnwritable => State::Waits,
        _ => State::Refused,
    };
    let sentence = |text: &str| format!("{}.", first_upper(text.trim_end_matches('.')));
    said(name, state, &sentence(&error.message), Some(&sentence(&error.hint)))
}

fn state_of(steps: &[DistributionCheck]) -> DistributionState {
    let has = |state| steps.iter().any(|step| step.state == state);
    match () {
        () if has(State::Refused) => DistributionState::Refused,
        () if has(State::Decide) => DistributionState::Decide,
        () if steps.iter().all(|step| matches!(step.state, State::Done | State::Left)) => DistributionState::Done,
        () => DistributionState::Waits,
    }
}

/// When a plan is next checked by itself.
fn due(steps: &[DistributionCheck], attempts: u32, now: Timestamp) -> Option<Timestamp> {
    let mut waiting = steps.iter().filter(|step| step.state == State::Waits).peekable();
    waiting.peek()?;
    let soon = match waiting.all(|step| step.name == Name::Review) {
        true => None,
        false => LOOK_SOON_AFTER.get(attempts.saturating_sub(1) as usize).copied(),
    };
    now.saturating_add(soon.unwrap_or(LOOK_AGAIN_AFTER)).ok()
}

async fn sleep(wait: Option<Duration>) {
    match wait {
        Some(wait) => tokio::time::sleep(wait).await,
        None => std::future::pending().await,
    }
}
