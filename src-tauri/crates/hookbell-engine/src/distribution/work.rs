//! The work on plans: those that are due are taken and done as far as they go, and how far that is is written down.
//!
//! The process that leads works, and a command that wrote a plan down works on that one itself, as no app may be running.
//! A plan that waits is woken by the events of its build. Timers are for what takes seconds, and a safety net.

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

/// How many plans are done at a time, and taken at once.
const MAX_CONCURRENT_PLANS: usize = 4;
const MAX_TAKEN_PLANS: u32 = 16;

/// When a plan is begun again whose process was killed. Every step of an attempt renews it.
const BEGIN_AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(2);

/// After which wait a plan is looked at again whose build TestFlight has not caught up with; then every
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

/// The safety net where an event is waited for.
const LOOK_AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// How often a command that waits for its plan looks at the build itself.
const LOOK_HERE_AFTER: Duration = Duration::from_secs(30);

/// How long TestFlight may take to act on an answer about encryption.
const ANSWER_SETTLES_AFTER: SignedDuration = SignedDuration::from_mins(2);

/// How long to wait before the store is asked again after it failed.
const RETRY_STORE_AFTER: Duration = Duration::from_secs(15);

/// How many open plans are looked after.
const MAX_OPEN_PLANS: u32 = 500;

/// How many events are read in one go.
const MAX_EVENTS: u32 = 200;

impl Distributions {
    /// Works until it is dropped. What was begun then is begun again by the next process.
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

    /// Has what is due looked for at once, as after sleep: a timer stood still meanwhile.
    pub(crate) fn woke(&self) {
        self.woken.notify_one();
    }

    /// Does what is due, and returns when to look again.
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

    /// Wakes the plans whose builds events told of. At the start it wakes all of them: much may have happened since.
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
                    // A plan that waits for another build's review does not know that build's events by an id.
                    if of == Some(build.as_str()) || waits_for_other(plan) {
                        store.wake_distribution(build.clone(), now).await?;
                    }
                }
            }
        }
        *heard = Some(newest);
        Ok(())
    }

    /// Does a plan in this process as far as it goes now, or with `wait` until somebody has to act or it has ended.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`]; what the store says.
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
            // Another process may be at it.
            if !is_moving(plan.state) || (!wait && plan.state != DistributionState::Running) {
                return Ok(view(plan));
            }
            let due = plan.due_at.map(|due| Duration::try_from(now.duration_until(due)).unwrap_or_default());
            tokio::select! {
                changed = stored.changed() => if changed.is_err() { return Ok(view(plan)) },
                // Nothing tells this process of events while no app runs.
                () = tokio::time::sleep(due.unwrap_or(LOOK_HERE_AFTER).min(LOOK_HERE_AFTER)) => self.wake(id).await?,
            }
        }
    }

    /// Has a plan that waits looked at at once.
    async fn wake(&self, id: i64) -> Result<(), ApiError> {
        let plan = self.stored(id).await?;
        if let Some(build) = plan.planned.build.filter(|_| plan.state == DistributionState::Waits) {
            self.context.store.wake_distribution(build, self.context.clock.now()).await?;
        }
        Ok(())
    }

    /// Does a plan as far as it goes, and writes down how far that is.
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
            // It stays as begun, and is begun again later.
            tracing::warn!(%error, plan = plan.id, "how far a plan got could not be written down");
        }
        self.told(&plan.planned.app).await;
    }

    async fn go(&self, stored: &StoredDistribution) -> Result<Went, ApiError> {
        let Some(build) = &stored.planned.build else { return Ok(Went::Ended) };
        let access = self.access_of(stored).await?;
        let now = self.context.clock.now();
        // What a person asked for may use the rest of the hour.
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
                // Lists and news show the build as it is now.
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
            let taking_in = || said(next, State::Waits, "App Store Connect is taking it in.", None);
            tried.insert(next, done.unwrap_or_else(taking_in));
        }
    }
}

/// How far an attempt came.
enum Went {
    /// To these steps.
    To(Vec<DistributionCheck>),
    /// Nowhere: the rest of the hour's requests is left for people until then.
    Until(Timestamp),
    /// Nothing is wanted any more.
    Ended,
}

/// What the plan's own past says.
fn with_past(facts: &mut Facts, stored: &StoredDistribution, now: Timestamp) {
    let step = |name| stored.steps.iter().find(|step| step.name == name);
    facts.review_before = step(Name::Review).map(|step| step.state).filter(|_| stored.attempts > 1);
    facts.notified = step(Name::Notify).is_some_and(|step| step.state == State::Done);
    facts.answer_settled = step(Name::Compliance)
        .is_some_and(|step| step.state == State::Waits && now.duration_since(step.at) >= ANSWER_SETTLES_AFTER);
}

/// What was refused stays so until somebody tries it again.
fn refused_before(stored: &StoredDistribution) -> Tried {
    let refused = stored.steps.iter().filter(|step| stored.attempts > 1 && step.state == State::Refused);
    refused.map(|step| (step.name, kept_check(step))).collect()
}

/// Whether nobody is at a plan now.
fn is_idle(plan: &StoredDistribution) -> bool {
    plan.state != DistributionState::Running
}

fn waits_for_other(plan: &StoredDistribution) -> bool {
    plan.state == DistributionState::Waits && view(plan.clone()).plan.review == ReviewChoice::AfterOther
}

/// The step to do next, if one can be done now.
fn next(steps: &[DistributionCheck], plan: &DistributionPlan) -> Option<Name> {
    let is_now = |name: &Name| steps.iter().any(|step| step.name == *name && step.state == State::Now);
    Some(Name::Notify).filter(|name| notifies_first(plan) && is_now(name)).or_else(|| STEPS.into_iter().find(is_now))
}

fn kept(plan: &StoredDistribution) -> Vec<DistributionCheck> {
    view(plan.clone()).steps.into_iter().map(|step| step.check).collect()
}

/// The steps of a plan whose build could not be read: the first one that is open says why.
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
        // A build that was just processed is not found for a moment.
        let is_new = error.code == ErrorCode::NotFound && plan.attempts as usize <= LOOK_SOON_AFTER.len();
        *open = match is_new {
            true => said(open.name, State::Waits, "App Store Connect doesn’t know the build yet.", None),
            false => explained(open.name, error),
        };
    }
    steps
}

/// A step that an error holds up. What may pass by itself is waited for.
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

/// When a plan is looked at again by itself.
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
