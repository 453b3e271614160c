//! The groups that get a build: internal and external ones.

use hookbell_asc::api::{
    build_beta_details::{ExternalBetaState, InternalBetaState},
    builds::BuildAudience,
};

use super::{Facts, done, is_settled, later, left, now, said};
use crate::api::{
    BuildGroup, DistributionCheck, DistributionPlan, DistributionStepName as Name, DistributionStepState as State,
};

pub(super) fn internal(facts: &Facts, plan: &DistributionPlan, steps: &[DistributionCheck]) -> DistributionCheck {
    let name = Name::InternalGroups;
    let wanted = wanted(facts, plan, true);
    if wanted.is_empty() {
        return left(name, "No internal group is selected.");
    }
    let (automatic, chosen): (Vec<_>, Vec<_>) = wanted.into_iter().partition(|group| group.automatic);
    if chosen.is_empty() {
        return done(name, &format!("{} gets every build automatically.", names(&automatic)));
    }
    if let Some(step) = common(facts, name, &chosen, steps) {
        return step;
    }
    match facts.testflight.as_ref().map(|testflight| &testflight.internal) {
        Some(InternalBetaState::Processing | InternalBetaState::MissingExportCompliance) | None => {
            said(name, State::Waits, "TestFlight is preparing the build.", None)
        }
        _ => now(name, &format!("{} will get the build.", names(&missing(facts, &chosen)))),
    }
}

pub(super) fn external(facts: &Facts, plan: &DistributionPlan, steps: &[DistributionCheck]) -> DistributionCheck {
    let name = Name::ExternalGroups;
    if let Some(gone) = plan.groups.iter().find(|id| facts.groups.iter().all(|group| group.id != **id)) {
        let message = format!("The app has no group {}.", hookbell_core::words::one_line(gone, 40));
        return said(name, State::Refused, &message, Some("Choose the groups again."));
    }
    let chosen = wanted(facts, plan, false);
    if chosen.is_empty() {
        return left(name, "No external group is selected.");
    }
    if facts.audience == Some(BuildAudience::InternalOnly) {
        let hint = "Choose internal groups, or upload a build that isn’t for internal testing only.";
        return said(name, State::Refused, "The build is for internal testing only.", Some(hint));
    }
    if let Some(step) = common(facts, name, &chosen, steps) {
        return step;
    }
    match facts.testflight.as_ref().map(|testflight| &testflight.external) {
        Some(ExternalBetaState::NotApplicable) => {
            let hint = "Choose internal groups, or another build.";
            said(name, State::Refused, "TestFlight offers no external testing for the build.", Some(hint))
        }
        Some(ExternalBetaState::Processing | ExternalBetaState::MissingExportCompliance) | None => {
            said(name, State::Waits, "TestFlight is preparing the build.", None)
        }
        _ => now(name, &format!("{} will get the build.", names(&missing(facts, &chosen)))),
    }
}

/// Common to both kinds of groups: nothing left to do, or export compliance comes first.
fn common(facts: &Facts, name: Name, chosen: &[&BuildGroup], steps: &[DistributionCheck]) -> Option<DistributionCheck> {
    if missing(facts, chosen).is_empty() {
        let verb = if chosen.len() == 1 { "has" } else { "have" };
        return Some(done(name, &format!("{} {verb} the build.", names(chosen))));
    }
    (!is_settled(steps, Name::Compliance)).then(|| later(name, "Waiting for export compliance."))
}

/// The chosen groups of one kind.
pub(in crate::distribution) fn wanted<'f>(
    facts: &'f Facts,
    plan: &DistributionPlan,
    internal: bool,
) -> Vec<&'f BuildGroup> {
    facts.groups.iter().filter(|group| group.internal == internal && plan.groups.contains(&group.id)).collect()
}

/// The chosen groups that don't have the build yet.
pub(in crate::distribution) fn missing<'f>(facts: &Facts, chosen: &[&'f BuildGroup]) -> Vec<&'f BuildGroup> {
    chosen.iter().filter(|group| !group.automatic && !facts.given.contains(&group.id)).copied().collect()
}

/// "QA", "QA and Press", "QA, Press and Birders".
pub(crate) fn names(groups: &[&BuildGroup]) -> String {
    let names: Vec<_> = groups.iter().map(|group| hookbell_core::words::one_line(&group.name, 60)).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}
