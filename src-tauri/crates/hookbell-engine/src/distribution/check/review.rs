//! Beta App Review: whether a build can be submitted, and whether another build of its version blocks it.

use hookbell_asc::api::build_beta_details::ExternalBetaState;

use super::{Facts, done, groups::wanted, is_settled, later, left, now, said, state_of};
use crate::api::{
    DistributionCheck, DistributionChoice, DistributionPlan, DistributionStepName as Name,
    DistributionStepState as State, NotifyChoice, ReviewChoice,
};

/// Where the words that reviewers and testers need are written.
const TEST_INFORMATION_HINT: &str = "Add it under TestFlight → Test Information in App Store Connect, then try again.";

pub(super) fn check(facts: &Facts, plan: &DistributionPlan, steps: &[DistributionCheck]) -> DistributionCheck {
    use ExternalBetaState::{BetaRejected, InBetaReview, WaitingForBetaReview};
    let name = Name::Review;
    if plan.review == ReviewChoice::No {
        return left(name, "Not submitted.");
    }
    let refused = |message: &str, hint: &str| said(name, State::Refused, message, Some(hint));
    let waits = |message: &str| said(name, State::Waits, message, None);
    let Some(testflight) = &facts.testflight else { return waits("TestFlight is preparing the build.") };
    match testflight.external {
        WaitingForBetaReview => return waits("The build is waiting for Beta App Review."),
        InBetaReview => return waits("Beta App Review is reviewing the build."),
        BetaRejected if matches!(facts.review_before, Some(State::Waits | State::Refused)) => {
            return refused(
                "Beta App Review rejected the build.",
                "See Apple’s reasons in App Store Connect. Fix them there and try again, or upload a new build.",
            );
        }
        _ if testflight.is_approved() => return done(name, "Approved."),
        _ => {}
    }
    if wanted(facts, plan, false).is_empty() {
        return refused("Beta App Review is only for external testers.", "Choose an external group, or don’t submit.");
    }
    if !is_settled(steps, Name::Compliance) || state_of(steps, Name::ExternalGroups) != State::Done {
        return later(name, "Waiting for the steps before it.");
    }
    if !facts.missing_information.is_empty() {
        let message = format!("The test information is missing {}.", facts.missing_information.join(", "));
        return refused(&message, TEST_INFORMATION_HINT);
    }
    match state_of(steps, Name::WhatToTest) {
        State::Left if facts.texts.iter().all(|text| text.text.trim().is_empty()) => {
            return refused("Beta App Review requires What to Test.", "Write it, then try again.");
        }
        State::Done | State::Left => {}
        _ => return later(name, "Waiting for What to Test."),
    }
    match (&facts.in_review, plan.review) {
        (Some(other), ReviewChoice::Submit) => in_the_way(other),
        (Some(other), ReviewChoice::AfterOther) => {
            waits(&format!("Build {other} is in Beta App Review. This one is submitted after it."))
        }
        (Some(other), _) => now(name, &format!("Build {other} will expire, and this one will be submitted.")),
        (None, _) => now(name, "The build will be submitted to Beta App Review."),
    }
}

/// Another build of the version is in review: a person has to choose.
fn in_the_way(other: &str) -> DistributionCheck {
    let choice =
        |review, label: String| DistributionChoice { review: Some(review), uses_non_exempt_encryption: None, label };
    DistributionCheck {
        hint: Some(format!("Apple reviews one build of a version at a time. Expiring {other} can’t be undone.")),
        choices: vec![
            choice(ReviewChoice::ExpireOther, format!("Expire {other} and submit this build")),
            choice(ReviewChoice::AfterOther, format!("Submit this build once {other} is reviewed")),
        ],
        ..said(Name::Review, State::Decide, &format!("Build {other} is in Beta App Review."), None)
    }
}

/// Whether testers are to be notified on approval, which must be set before the build is submitted.
pub(in crate::distribution) fn notifies_first(plan: &DistributionPlan) -> bool {
    plan.notify == NotifyChoice::WhenApproved
}
