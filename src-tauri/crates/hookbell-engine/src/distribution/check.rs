//! Decides what each step of a plan would do: pure, from what App Store Connect says about a build. No requests, no
//! changes.
//!
//! Every attempt begins with this, so a step that somebody did by hand simply counts as done. Earlier refusals are an
//! input too, because later steps depend on them.

mod groups;
mod notify;
mod review;
#[cfg(test)]
mod table;

use std::collections::HashMap;

use hookbell_asc::api::{
    beta_build_localizations::MAX_WHAT_TO_TEST_BYTES,
    build_beta_details::{ExternalBetaState, InternalBetaState},
    builds::{BuildAudience, ProcessingState},
};

pub(crate) use self::groups::names;
pub(super) use self::{
    groups::{missing, wanted},
    review::notifies_first,
};
use super::texts::publishable;
use crate::{
    api::{
        BuildGroup, DistributionCheck, DistributionChoice, DistributionPlan, DistributionStepName as Name,
        DistributionStepState as State, ReviewChoice, WhatToTest,
    },
    text::first_upper,
};

/// The steps, in order.
pub(super) const STEPS: [Name; 6] =
    [Name::Compliance, Name::WhatToTest, Name::InternalGroups, Name::ExternalGroups, Name::Review, Name::Notify];

/// What is known about a build, its app, and what this plan already did.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    pub(super) processing: Option<ProcessingState>,
    pub(super) expired: bool,
    pub(super) audience: Option<BuildAudience>,
    /// Whether it uses encryption that isn't exempt; `None` until somebody has answered.
    pub(super) answer: Option<bool>,
    /// The answer remembered for the app.
    pub(super) remembered: Option<bool>,
    /// `None` while TestFlight doesn't know the build.
    pub(super) testflight: Option<InTestFlight>,
    /// The groups of the app.
    pub(super) groups: Vec<BuildGroup>,
    /// The ids of the groups that have the build.
    pub(super) given: Vec<String>,
    pub(super) texts: Vec<WhatToTest>,
    /// What Beta App Review requires of the app and is missing, in words.
    pub(super) missing_information: Vec<&'static str>,
    /// The number of another build of the same version that is in Beta App Review.
    pub(super) in_review: Option<String>,
    /// Whether TestFlight has had enough time to process an answer about encryption.
    pub(super) answer_settled: bool,
    /// Whether this plan has notified testers.
    pub(super) notified: bool,
    /// The state of this plan's review after the last attempt.
    pub(super) review_before: Option<State>,
}

/// A build's state in TestFlight.
#[derive(Debug, Clone)]
pub(super) struct InTestFlight {
    pub(super) internal: InternalBetaState,
    pub(super) external: ExternalBetaState,
    pub(super) auto_notify: bool,
}

impl InTestFlight {
    /// Whether external testers have it, or Beta App Review has approved it.
    fn is_approved(&self) -> bool {
        use ExternalBetaState::{BetaApproved, InBetaTesting, ReadyForBetaTesting};
        matches!(self.external, BetaApproved | ReadyForBetaTesting | InBetaTesting)
    }
}

/// What the last attempt at a step ended with, where a check alone can't tell.
pub(super) type Tried = HashMap<Name, DistributionCheck>;

/// All six steps, in order.
pub(super) fn check(facts: &Facts, plan: &DistributionPlan, tried: &Tried) -> Vec<DistributionCheck> {
    let mut steps = Vec::new();
    let mut blocked = blocker(facts);
    for name in STEPS {
        let step = match name {
            Name::Compliance => compliance(facts, plan),
            Name::WhatToTest => what_to_test(facts, plan),
            Name::InternalGroups => groups::internal(facts, plan, &steps),
            Name::ExternalGroups => groups::external(facts, plan, &steps),
            Name::Review => review::check(facts, plan, &steps),
            Name::Notify => notify::check(facts, plan, &steps),
        };
        let is_open = !matches!(step.state, State::Done | State::Left);
        // The first open step reports what is wrong with the build. The others wait for it.
        let step = match &blocked {
            Some(Blocked::Here(state, message, hint)) if is_open => {
                let step = said(name, *state, message, *hint);
                blocked = Some(Blocked::Before);
                step
            }
            Some(Blocked::Before) if is_open => later(name, "Waiting for the build."),
            _ => step,
        };
        steps.push(match tried.get(&name) {
            Some(tried) if step.state == State::Now => tried.clone(),
            _ => step,
        });
    }
    steps
}

/// What blocks every step.
enum Blocked {
    Here(State, &'static str, Option<&'static str>),
    /// An earlier step has reported it.
    Before,
}

fn blocker(facts: &Facts) -> Option<Blocked> {
    let refused = |message, hint| Some(Blocked::Here(State::Refused, message, Some(hint)));
    let waits = |message| Some(Blocked::Here(State::Waits, message, None));
    if facts.expired {
        return refused("The build has expired.", "Choose a newer build.");
    }
    match facts.processing {
        Some(ProcessingState::Failed | ProcessingState::Invalid) => {
            return refused("App Store Connect couldn’t process the build.", "Upload a new build.");
        }
        Some(ProcessingState::Valid) => {}
        _ => return waits("Waiting for processing."),
    }
    let Some(testflight) = &facts.testflight else { return waits("TestFlight is preparing the build.") };
    match (&testflight.internal, &testflight.external) {
        (InternalBetaState::ProcessingException, _) | (_, ExternalBetaState::ProcessingException) => {
            refused("TestFlight couldn’t process the build.", "Upload it again with a new build number.")
        }
        (InternalBetaState::Expired, _) | (_, ExternalBetaState::Expired) => {
            refused("The build has expired.", "Choose a newer build.")
        }
        _ => None,
    }
}

fn compliance(facts: &Facts, plan: &DistributionPlan) -> DistributionCheck {
    let name = Name::Compliance;
    let is_missing = facts.testflight.as_ref().is_some_and(|testflight| {
        testflight.external == ExternalBetaState::MissingExportCompliance
            || testflight.internal == InternalBetaState::MissingExportCompliance
    });
    let in_review = facts.testflight.as_ref().is_some_and(|testflight| {
        testflight.external == ExternalBetaState::InExportComplianceReview
            || testflight.internal == InternalBetaState::InExportComplianceReview
    });
    match facts.answer {
        Some(_) if in_review => said(name, State::Waits, "Apple is reviewing the export compliance documents.", None),
        Some(_) if is_missing && facts.answer_settled => said(
            name,
            State::Refused,
            "App Store Connect needs export compliance documents.",
            Some("Provide them on the build’s page in App Store Connect, then try again."),
        ),
        Some(_) if is_missing => said(name, State::Waits, "TestFlight is processing the answer.", None),
        Some(given) if plan.uses_non_exempt_encryption.is_some_and(|wanted| wanted != given) => {
            done(name, &format!("The build already says: {}. That can’t be changed.", encryption(given)))
        }
        Some(given) => done(name, &format!("{}.", first_upper(encryption(given)))),
        None if !plan.needs_compliance() => left(name, "The plan doesn’t need it."),
        None => match plan.uses_non_exempt_encryption.or(facts.remembered) {
            Some(answer) => now(name, &format!("The answer will be: {}.", encryption(answer))),
            None => DistributionCheck {
                hint: Some("Encryption that’s part of the system, such as HTTPS, is exempt.".to_owned()),
                choices: [false, true].map(encryption_choice).to_vec(),
                ..said(name, State::Decide, "Does the build use non-exempt encryption?", None)
            },
        },
    }
}

fn encryption(uses_non_exempt: bool) -> &'static str {
    if uses_non_exempt { "non-exempt encryption" } else { "no non-exempt encryption" }
}

fn encryption_choice(uses: bool) -> DistributionChoice {
    let label = if uses { "Yes" } else { "No" };
    DistributionChoice { review: None, uses_non_exempt_encryption: Some(uses), label: label.to_owned() }
}

fn what_to_test(facts: &Facts, plan: &DistributionPlan) -> DistributionCheck {
    let name = Name::WhatToTest;
    if plan.texts.is_empty() {
        return left(name, "The plan doesn’t change it.");
    }
    let wanted: Vec<_> = plan.texts.iter().map(|text| (&text.locale, publishable(&text.text))).collect();
    if let Some((locale, text)) = wanted.iter().find(|(_, text)| text.len() > MAX_WHAT_TO_TEST_BYTES) {
        let message = format!("The text for {locale} has {} bytes.", text.len());
        return said(name, State::Refused, &message, Some("Shorten it to 4,000 bytes."));
    }
    let has = |locale: &str, text: &str| facts.texts.iter().any(|own| own.locale == locale && own.text == text);
    let locales = wanted.iter().map(|(locale, _)| locale.as_str()).collect::<Vec<_>>().join(", ");
    let note = if wanted.iter().zip(&plan.texts).any(|((_, text), given)| *text != given.text.trim_end()) {
        " App Store Connect doesn’t accept emoji or “<”, so they’re left out."
    } else {
        ""
    };
    match wanted.iter().all(|(locale, text)| has(locale, text)) {
        true => done(name, &format!("Written in {locales}.{note}")),
        false => now(name, &format!("It will be written in {locales}.{note}")),
    }
}

impl DistributionPlan {
    /// Whether any part of the plan requires an answer about encryption.
    fn needs_compliance(&self) -> bool {
        !self.groups.is_empty() || self.review != ReviewChoice::No || self.uses_non_exempt_encryption.is_some()
    }
}

/// The state of an earlier step.
fn state_of(steps: &[DistributionCheck], name: Name) -> State {
    steps.iter().find(|step| step.name == name).map_or(State::Left, |step| step.state)
}

/// Whether an earlier step no longer blocks.
fn is_settled(steps: &[DistributionCheck], name: Name) -> bool {
    matches!(state_of(steps, name), State::Done | State::Left)
}

/// A step's check with its state and wording.
pub(super) fn said(name: Name, state: State, message: &str, hint: Option<&str>) -> DistributionCheck {
    DistributionCheck { name, state, message: message.to_owned(), hint: hint.map(str::to_owned), choices: Vec::new() }
}

fn done(name: Name, message: &str) -> DistributionCheck {
    said(name, State::Done, message, None)
}

fn now(name: Name, message: &str) -> DistributionCheck {
    said(name, State::Now, message, None)
}

fn later(name: Name, message: &str) -> DistributionCheck {
    said(name, State::Later, message, None)
}

fn left(name: Name, message: &str) -> DistributionCheck {
    said(name, State::Left, message, None)
}
