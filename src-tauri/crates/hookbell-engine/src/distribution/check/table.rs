//! A table of what each step decides, without I/O.

use super::*;
use crate::api::NotifyChoice;

fn group(id: &str, internal: bool, automatic: bool) -> BuildGroup {
    BuildGroup { id: id.to_owned(), name: id.to_uppercase(), internal, automatic }
}

fn text(locale: &str, text: &str) -> WhatToTest {
    WhatToTest { locale: locale.to_owned(), text: text.to_owned() }
}

/// A processed build with its compliance answered, ready to be submitted.
fn ready() -> Facts {
    Facts {
        processing: Some(ProcessingState::Valid),
        answer: Some(false),
        testflight: Some(InTestFlight {
            internal: InternalBetaState::InBetaTesting,
            external: ExternalBetaState::ReadyForBetaSubmission,
            auto_notify: false,
        }),
        groups: vec![group("team", true, true), group("qa", true, false), group("birders", false, false)],
        texts: vec![text("en-US", "Try the map.")],
        ..Facts::default()
    }
}

fn in_state(external: ExternalBetaState) -> Facts {
    let testflight = ready().testflight.map(|testflight| InTestFlight { external, ..testflight });
    Facts { testflight, ..ready() }
}

fn full() -> DistributionPlan {
    DistributionPlan {
        groups: vec!["qa".to_owned(), "birders".to_owned()],
        texts: vec![text("en-US", "Try the map.")],
        review: ReviewChoice::Submit,
        ..DistributionPlan::default()
    }
}

fn states(facts: &Facts, plan: &DistributionPlan) -> [State; 6] {
    check(facts, plan, &Tried::new()).into_iter().map(|step| step.state).collect::<Vec<_>>().try_into().unwrap()
}

fn step(facts: &Facts, plan: &DistributionPlan, name: Name) -> DistributionCheck {
    check(facts, plan, &Tried::new()).into_iter().find(|step| step.name == name).unwrap()
}

use State::{Decide, Done, Later, Left, Now, Refused, Waits};

#[test]
fn a_ready_build_is_given_to_its_groups_and_then_submitted() {
    assert_eq!(states(&ready(), &full()), [Done, Done, Now, Now, Later, Left]);
    let given = Facts { given: vec!["qa".to_owned(), "birders".to_owned()], ..ready() };
    assert_eq!(states(&given, &full()), [Done, Done, Done, Done, Now, Left]);
    let submitted = Facts { testflight: in_state(ExternalBetaState::WaitingForBetaReview).testflight, ..given.clone() };
    assert_eq!(states(&submitted, &full()), [Done, Done, Done, Done, Waits, Left]);
    let approved = Facts { testflight: in_state(ExternalBetaState::BetaApproved).testflight, ..given };
    assert_eq!(states(&approved, &full()), [Done, Done, Done, Done, Done, Left]);
}

type Change = fn(&mut Facts);

#[test]
fn what_is_the_matter_with_the_build_is_said_once() {
    let without = |change: Change| {
        let mut facts = ready();
        change(&mut facts);
        facts.answer = None;
        states(&facts, &full())
    };
    let rest = [Done, Later, Later, Later, Left];
    let changes: [(Change, State); 8] = [
        (|facts| facts.processing = Some(ProcessingState::Processing), Waits),
        (|facts| facts.processing = None, Waits),
        (|facts| facts.processing = Some(ProcessingState::Invalid), Refused),
        (|facts| facts.processing = Some(ProcessingState::Failed), Refused),
        (|facts| facts.expired = true, Refused),
        (|facts| facts.testflight = None, Waits),
        (|facts| facts.testflight = in_state(ExternalBetaState::ProcessingException).testflight, Refused),
        (|facts| facts.testflight = in_state(ExternalBetaState::Expired).testflight, Refused),
    ];
    for (change, state) in changes {
        let found = without(change);
        assert_eq!((found[0], &found[1..]), (state, &rest[..]));
    }
}

#[test]
fn export_compliance_is_asked_once_and_remembered() {
    let open = Facts { answer: None, ..in_state(ExternalBetaState::MissingExportCompliance) };
    let asked = step(&open, &full(), Name::Compliance);
    let choices: Vec<_> = asked.choices.iter().filter_map(|choice| choice.uses_non_exempt_encryption).collect();
    assert_eq!((asked.state, choices), (Decide, vec![false, true]));
    assert_eq!(states(&open, &full()), [Decide, Done, Later, Later, Later, Left]);
    let remembered = Facts { remembered: Some(false), ..open.clone() };
    assert_eq!(step(&remembered, &full(), Name::Compliance).state, Now);
    let planned = DistributionPlan { uses_non_exempt_encryption: Some(true), ..full() };
    assert_eq!(step(&open, &planned, Name::Compliance).state, Now);
    let only_texts = DistributionPlan { groups: Vec::new(), review: ReviewChoice::No, ..full() };
    assert_eq!(states(&open, &only_texts), [Left, Done, Left, Left, Left, Left]);
}

#[test]
fn an_answer_that_testflight_has_not_taken_in_is_waited_for_and_then_needs_documents() {
    let fresh = Facts { answer: Some(true), ..in_state(ExternalBetaState::MissingExportCompliance) };
    assert_eq!(step(&fresh, &full(), Name::Compliance).state, Waits);
    let settled = Facts { answer_settled: true, ..fresh };
    assert_eq!(step(&settled, &full(), Name::Compliance).state, Refused);
    let reviewed = in_state(ExternalBetaState::InExportComplianceReview);
    assert_eq!(step(&reviewed, &full(), Name::Compliance).state, Waits);
}

#[test]
fn an_answer_that_was_given_can_not_be_changed() {
    let plan = DistributionPlan { uses_non_exempt_encryption: Some(true), ..full() };
    let found = step(&ready(), &plan, Name::Compliance);
    assert_eq!(found.state, Done);
    assert!(found.message.contains("can’t be changed"), "{}", found.message);
}

#[test]
fn a_text_is_written_where_it_differs_and_never_when_it_is_too_long() {
    let with = |text_of: &str| DistributionPlan { texts: vec![text("en-US", text_of)], ..full() };
    assert_eq!(step(&ready(), &with("Try the list."), Name::WhatToTest).state, Now);
    assert_eq!(step(&ready(), &with("Try the map. 🎉"), Name::WhatToTest).state, Done, "the emoji can't be written");
    assert_eq!(step(&ready(), &with(&"ä".repeat(2_000)), Name::WhatToTest).state, Now);
    let long = step(&ready(), &with(&format!("{}a", "ä".repeat(2_000))), Name::WhatToTest);
    assert_eq!((long.state, long.message.as_str()), (Refused, "The text for en-US has 4001 bytes."));
}

#[test]
fn a_group_that_gets_every_build_is_never_given_one() {
    let plan = DistributionPlan { groups: vec!["team".to_owned()], ..DistributionPlan::default() };
    assert_eq!(states(&ready(), &plan), [Done, Left, Done, Left, Left, Left]);
}

#[test]
fn external_groups_are_refused_for_builds_that_can_not_leave_the_team() {
    let internal_only = Facts { audience: Some(BuildAudience::InternalOnly), ..ready() };
    assert_eq!(states(&internal_only, &full()), [Done, Done, Now, Refused, Later, Left]);
    let not_applicable = in_state(ExternalBetaState::NotApplicable);
    assert_eq!(step(&not_applicable, &full(), Name::ExternalGroups).state, Refused);
    let gone = DistributionPlan { groups: vec!["gone".to_owned()], ..full() };
    assert_eq!(step(&ready(), &gone, Name::ExternalGroups).message, "The app has no group gone.");
}

#[test]
fn another_build_in_review_is_for_somebody_to_decide() {
    let blocked = Facts { given: full().groups, in_review: Some("418".to_owned()), ..ready() };
    let asked = step(&blocked, &full(), Name::Review);
    let choices: Vec<_> = asked.choices.iter().filter_map(|choice| choice.review).collect();
    assert_eq!((asked.state, choices), (Decide, vec![ReviewChoice::ExpireOther, ReviewChoice::AfterOther]));
    for (review, state) in [(ReviewChoice::AfterOther, Waits), (ReviewChoice::ExpireOther, Now)] {
        assert_eq!(step(&blocked, &DistributionPlan { review, ..full() }, Name::Review).state, state);
    }
}

#[test]
fn a_submission_needs_external_testers_a_text_and_the_test_information() {
    let given = Facts { given: full().groups, ..ready() };
    let lacking = Facts { missing_information: vec!["a feedback email", "a description"], ..given.clone() };
    let found = step(&lacking, &full(), Name::Review);
    assert_eq!(found.state, Refused);
    assert_eq!(found.message, "The test information is missing a feedback email, a description.");
    let wordless = Facts { texts: Vec::new(), ..given.clone() };
    let no_texts = DistributionPlan { texts: Vec::new(), ..full() };
    assert_eq!(step(&wordless, &no_texts, Name::Review).state, Refused);
    let team = DistributionPlan { groups: vec!["qa".to_owned()], ..full() };
    assert_eq!(step(&given, &team, Name::Review).state, Refused);
}

#[test]
fn a_rejection_ends_the_review_of_a_plan_and_not_that_of_the_next_plan() {
    let rejected = Facts { given: full().groups, ..in_state(ExternalBetaState::BetaRejected) };
    assert_eq!(step(&rejected, &full(), Name::Review).state, Now, "it was rejected before the plan");
    let by_this_plan = Facts { review_before: Some(Waits), ..rejected };
    assert_eq!(step(&by_this_plan, &full(), Name::Review).state, Refused);
}

#[test]
fn testers_are_told_once_the_build_can_be_installed() {
    let given = Facts { given: full().groups, ..ready() };
    let later = DistributionPlan { notify: NotifyChoice::Now, ..full() };
    assert_eq!(step(&given, &later, Name::Notify).state, Later);
    let unsubmitted = DistributionPlan { review: ReviewChoice::No, ..later.clone() };
    assert_eq!(step(&given, &unsubmitted, Name::Notify).state, Refused);
    let approved = Facts { testflight: in_state(ExternalBetaState::BetaApproved).testflight, ..given.clone() };
    assert_eq!(step(&approved, &later, Name::Notify).state, Now);
    let out = Facts { testflight: in_state(ExternalBetaState::InBetaTesting).testflight, ..given.clone() };
    assert_eq!(step(&out, &later, Name::Notify).state, Done);
    let with_approval = DistributionPlan { notify: NotifyChoice::WhenApproved, ..full() };
    assert_eq!(step(&given, &with_approval, Name::Notify).state, Now);
    let mut set = given;
    set.testflight.as_mut().unwrap().auto_notify = true;
    assert_eq!(step(&set, &with_approval, Name::Notify).state, Done);
}

#[test]
fn a_step_that_was_refused_holds_up_only_those_that_depend_on_it() {
    let refused = said(Name::ExternalGroups, Refused, "This key may not.", None);
    let tried = Tried::from([(Name::ExternalGroups, refused)]);
    let states: Vec<_> = check(&ready(), &full(), &tried).into_iter().map(|step| step.state).collect();
    assert_eq!(states, [Done, Done, Now, Refused, Later, Left]);
}
