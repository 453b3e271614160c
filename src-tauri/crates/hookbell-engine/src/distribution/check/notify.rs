//! Telling testers: by App Store Connect with the approval, or now.

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
            _ => later(name, "It waits for the build."),
        };
    };
    let is_external = plan.review != ReviewChoice::No || !wanted(facts, plan, false).is_empty();
    match plan.notify {
        NotifyChoice::No => left(name, "The plan doesn’t notify testers."),
        NotifyChoice::Now if facts.notified => done(name, "Testers have been notified."),
        NotifyChoice::WhenApproved if testflight.auto_notify => {
            done(name, "App Store Connect notifies testers with the approval.")
        }
        _ if testflight.auto_notify && testflight.is_approved() => {
            done(name, "App Store Connect has notified testers.")
        }
        NotifyChoice::WhenApproved if !testflight.is_approved() => {
            now(name, "App Store Connect will be asked to notify testers with the approval.")
        }
        // A build that came here by this plan's review was released to testers, who were told with it.
        _ if plan.review != ReviewChoice::No && testflight.external == ExternalBetaState::InBetaTesting => {
            done(name, "Testers have the build.")
        }
        _ if testflight.is_approved() => match is_settled(steps, Name::ExternalGroups) {
            true => now(name, "Testers will be notified."),
            false => later(name, "It waits for the groups."),
        },
        _ if !is_external => done(name, "App Store Connect notifies internal testers automatically."),
        _ if plan.review == ReviewChoice::No => said(
            name,
            State::Refused,
            "Testers can’t be notified before Beta App Review has approved the build.",
            Some("Submit the build to Beta App Review, or don’t notify."),
        ),
        _ => later(name, "It waits for Beta App Review."),
    }
}
