//! Notifies testers: App Store Connect does it on approval, or we do it now.

use hookbell_asc::api::build_beta_details::ExternalBetaState;

use super::{Facts, done, groups::wanted, is_settled, later, left, now, said};
use crate::api::{
    DistributionCheck, DistributionPlan, DistributionStepName as Name, DistributionStepState as State, NotifyChoice,
    ReviewChoice,
};

pub(super) fn check(facts: &Facts, plan: &DistributionPlan, steps: &[DistributionCheck]) -> DistributionCheck {
    let name = Name::Notify;
    let Some(testflight) = &facts.testflight else {
        return match plan.notify {
            NotifyChoice::No => left(name, "The plan doesn’t notify testers."),
            _ => later(name, "Waiting for the build."),
        };
    };
    let is_external = plan.review != ReviewChoice::No || !wanted(facts, plan, false).is_empty();
    match plan.notify {
        NotifyChoice::No => left(name, "The plan doesn’t notify testers."),
        NotifyChoice::Now if facts.notified => done(name, "Testers have been notified."),
        NotifyChoice::WhenApproved if testflight.auto_notify => done(name, "Testers are notified on approval."),
        _ if testflight.auto_notify && testflight.is_approved() => done(name, "Testers have been notified."),
        NotifyChoice::WhenApproved if !testflight.is_approved() => now(name, "Testers will be notified on approval."),
        // A build that got here through this plan's review was released to testers, and they were notified then.
        _ if plan.review != ReviewChoice::No && testflight.external == ExternalBetaState::InBetaTesting => {
            done(name, "Testers have the build.")
        }
        _ if testflight.is_approved() => match is_settled(steps, Name::ExternalGroups) {
            true => now(name, "Testers will be notified."),
            false => later(name, "Waiting for the groups."),
        },
        _ if !is_external => done(name, "Internal testers are always notified."),
        _ if plan.review == ReviewChoice::No => said(
            name,
            State::Refused,
            "Testers can’t be notified until Beta App Review approves the build.",
            Some("Submit the build to Beta App Review, or don’t notify."),
        ),
        _ => later(name, "Waiting for Beta App Review."),
    }
}
