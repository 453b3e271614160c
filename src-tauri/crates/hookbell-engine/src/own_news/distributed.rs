//! News: a plan for a build is done, or waits for a person. Somebody asked for exactly this, so no setting turns it
//! off, and it replaces the notification that the build was processed.

use hookbell_core::{
    AppId, BuildId, Instance,
    words::{OwnNews, platform_name},
};
use hookbell_store::{DistributionQuery, DistributionState, Store, StoredDistribution};
use jiff::{SignedDuration, Timestamp};

use super::tell::{Found, Told, fact, known};
use crate::{
    api::{ApiError, Distribution, DistributionStepState, EventDetails, NamedThing},
    distribution,
    known_apps::KnownApps,
    seen_builds::SeenBuild,
};

/// Anything that ended longer ago is no longer news.
const STALE_AFTER: SignedDuration = SignedDuration::from_hours(24 * 7);

/// The newest plans are enough: older ones were reported, or are stale.
const MAX_PLANS: u32 = 50;

/// A build that is being distributed is among the newest.
const MAX_BUILDS: u32 = 200;

pub(super) async fn look(store: &Store, now: Timestamp) -> Result<Found, ApiError> {
    let query = DistributionQuery { limit: MAX_PLANS, ..DistributionQuery::default() };
    let plans = store.distributions(query).await?;
    let is_news = |plan: &StoredDistribution| {
        let is_told =
            matches!(plan.state, DistributionState::Done | DistributionState::Decide | DistributionState::Refused);
        is_told && plan.ended_at.is_none_or(|at| now.duration_since(at) < STALE_AFTER)
    };
    let mut found = Found::default();
    let plans: Vec<_> = plans.into_iter().filter(is_news).collect();
    if plans.is_empty() {
        return Ok(found);
    }
    let apps = KnownApps::read(store).await?;
    for plan in plans {
        let Some(build) = plan.planned.build.clone() else { continue };
        let app = plan.planned.app.clone();
        let known = store.known_builds(app.clone(), MAX_BUILDS).await?;
        let seen = known.iter().find(|known| known.id == build).and_then(SeenBuild::kept);
        let details = details(&app, &apps, seen.as_ref());
        found.told.push(told(distribution::view(plan), &build, seen.as_ref(), details));
    }
    Ok(found)
}

fn told(plan: Distribution, build: &BuildId, seen: Option<&SeenBuild>, details: EventDetails) -> Told {
    let stopped = plan
        .steps
        .iter()
        .find(|step| matches!(step.check.state, DistributionStepState::Decide | DistributionStepState::Refused));
    let (id, news, facts) = match stopped {
        // The same step may stop a plan again after a retry; its time tells the two apart.
        Some(step) => (
            format!("hookbell-build-needs-you-{}-{}", plan.id, step.at.as_deref().unwrap_or_default()),
            OwnNews::BuildNeedsYou { build: known(&details), why: step.check.message.clone() },
            step.check.hint.as_deref().map(|hint| vec![fact("What to do", hint)]).unwrap_or_default(),
        ),
        None => {
            let given = seen.map(|seen| seen.groups.as_slice()).unwrap_or_default();
            let names: Vec<_> = given.iter().filter(|group| plan.plan.groups.contains(&group.id)).collect();
            let to = Some(distribution::names(&names)).filter(|names| !names.is_empty());
            let facts = to.iter().map(|groups| fact("Groups", groups)).collect();
            let news = OwnNews::BuildDistributed { build: known(&details), to };
            (format!("hookbell-build-distributed-{}", plan.id), news, facts)
        }
    };
    let instance = Some(Instance { kind: "builds".to_owned(), id: build.to_string() });
    Told { id, news, instance, details: EventDetails { facts, ..details } }
}

fn details(app: &AppId, apps: &KnownApps, seen: Option<&SeenBuild>) -> EventDetails {
    let name = apps.all().into_iter().find(|known| known.id == app.as_str()).map(|known| known.name);
    EventDetails {
        app: name.map(|name| NamedThing { id: app.to_string(), name }),
        version: seen.and_then(|seen| seen.version.clone()),
        build: seen.and_then(|seen| seen.number.clone()),
        platform: seen.and_then(|seen| seen.platform.as_deref()).map(platform_name),
        ..EventDetails::default()
    }
}
