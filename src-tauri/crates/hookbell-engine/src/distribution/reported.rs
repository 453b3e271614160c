//! Which of Apple's events a plan makes superfluous: the build only took a step that the plan asked for. The end of the
//! plan is told instead, once.

use hookbell_core::{BuildId, EventKind};
use hookbell_store::{DistributionQuery, DistributionState, Store, StoreError, StoredDistribution, StoredEvent};
use jiff::SignedDuration;

use crate::api::{DistributionPlan, ReviewChoice};

/// How late Apple's last events of a plan may come after its end.
const LATE_BY: SignedDuration = SignedDuration::from_mins(10);

/// The newest plan of a build counts; it replaced the others.
const MAX_PLANS: u32 = 1;

/// Whether an event is a step of a plan that is going on, or has just ended well. A rejection, and anything else that
/// a plan doesn't ask for, is not.
pub(crate) async fn reports(store: &Store, event: &StoredEvent) -> Result<bool, StoreError> {
    let Some(instance) = event.instance.as_ref().filter(|_| event.kind == EventKind::Build) else { return Ok(false) };
    let (Some(to), Ok(build)) = (event.to.as_deref(), BuildId::new(instance.id.as_str())) else { return Ok(false) };
    let query = DistributionQuery { build: Some(build), limit: MAX_PLANS, ..DistributionQuery::default() };
    let plan = store.distributions(query).await?.into_iter().next();
    Ok(plan.is_some_and(|plan| goes_on(&plan, event) && asks_for(&plan, to)))
}

fn goes_on(plan: &StoredDistribution, event: &StoredEvent) -> bool {
    match plan.state {
        DistributionState::Stopped | DistributionState::Refused => false,
        DistributionState::Done => plan.ended_at.is_some_and(|at| event.received_at.duration_since(at) < LATE_BY),
        _ => true,
    }
}

fn asks_for(plan: &StoredDistribution, to: &str) -> bool {
    let planned: DistributionPlan = serde_json::from_str(&plan.planned.plan).unwrap_or_default();
    match to {
        "READY_FOR_BETA_SUBMISSION" | "WAITING_FOR_BETA_REVIEW" | "IN_BETA_REVIEW" | "BETA_APPROVED" => {
            planned.review != ReviewChoice::No
        }
        "READY_FOR_BETA_TESTING" | "IN_BETA_TESTING" => true,
        _ => false,
    }
}
