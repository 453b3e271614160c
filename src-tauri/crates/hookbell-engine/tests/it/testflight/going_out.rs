//! Plans: what they do, what stops them, and what wakes them.

use std::time::Duration;

use hookbell_asc::api::build_beta_details::ExternalBetaState;
use hookbell_engine::{
    EventLine,
    api::{
        CreateAppWebhookRequest, DecideDistributionRequest, DistributionPlan, DistributionPlanner, DistributionRequest,
        DistributionState as Plan, DistributionStepName as Name, DistributionStepState as Step, NotifyChoice,
        ReviewChoice, RunState, TryRuleRequest, WhatToTest,
    },
};
use hookbell_sim::{ChangeKey, DecideReview, FaultKind, ReviewOutcome, Role};
use hookbell_store::StoredEvent;
use serde_json::json;

use super::{BIRDWATCHERS, READY, STAFF, state};
use crate::{
    asc::{
        Desk,
        builds::{describe, quick, reaches, uploaded},
    },
    studio::eventually,
};

fn full() -> DistributionPlan {
    DistributionPlan {
        groups: vec![STAFF.to_owned(), BIRDWATCHERS.to_owned()],
        texts: vec![WhatToTest { locale: "en-US".to_owned(), text: "Try the map. 🎉".to_owned() }],
        review: ReviewChoice::Submit,
        notify: NotifyChoice::WhenApproved,
        ..DistributionPlan::default()
    }
}

impl Desk {
    async fn distribute(&self, plan: DistributionPlan) -> i64 {
        self.distribute_build(READY, plan).await
    }

    async fn distribute_build(&self, build: &str, plan: DistributionPlan) -> i64 {
        self.studio.hookbell.distributions().distribute(self.out(build, plan)).await.unwrap().id
    }

    async fn decide(&self, id: i64, review: Option<ReviewChoice>, uses_non_exempt_encryption: Option<bool>) {
        let decided = DecideDistributionRequest { id, review, uses_non_exempt_encryption };
        self.studio.hookbell.distributions().decide(decided).await.unwrap();
    }

    /// A webhook that subscribes to build events.
    async fn hears_of_builds(&self) {
        let form = CreateAppWebhookRequest {
            event_types: vec!["BUILD_BETA_DETAIL_EXTERNAL_BUILD_STATE_UPDATED".to_owned()],
            ..self.form()
        };
        self.studio.hookbell.asc_webhooks().create(form).await.unwrap();
    }

    /// The first event of a type, once it has arrived.
    async fn first_event(&self, type_name: &str) -> StoredEvent {
        let mut changes = self.studio.hookbell.store().changes();
        let wait = async {
            loop {
                changes.mark_unchanged();
                let events = self.studio.hookbell.store().after(0, 1_000).await.unwrap();
                if let Some(found) = events.iter().find(|event| event.type_name.as_deref() == Some(type_name)) {
                    return found.clone();
                }
                changes.changed().await.unwrap();
            }
        };
        tokio::time::timeout(Duration::from_secs(30), wait).await.expect("it comes")
    }

    fn decide_review(&self, build: &str, outcome: ReviewOutcome) {
        self.simulator.decide_review(&DecideReview { build_id: build.to_owned(), outcome }).unwrap();
    }
}

#[tokio::test]
async fn a_build_goes_out_to_its_testers_and_the_webhook_tells_that_it_was_approved() {
    let desk = Desk::new().await;
    desk.hears_of_builds().await;
    let id = desk.distribute(full()).await;
    let waits = desk.reaches(id, Plan::Waits).await;
    assert_eq!(state(&waits, Name::WhatToTest), Step::Done, "{waits:#?}");
    assert_eq!(state(&waits, Name::ExternalGroups), Step::Done, "{waits:#?}");
    assert_eq!(state(&waits, Name::Review), Step::Waits, "{waits:#?}");
    let (client, build) = (desk.elsewhere(), hookbell_core::BuildId::new(READY).unwrap());
    let texts = client.beta_build_localizations().of_build(&build).all().await.unwrap();
    assert_eq!(texts[0].whats_new.as_deref(), Some("Try the map."), "what App Store Connect refuses is left out");
    desk.decide_review(READY, ReviewOutcome::Approved);
    let done = desk.reaches(id, Plan::Done).await;
    assert!(done.ended_at.is_some());
    let told = EventLine::from(&desk.first_event("hookbellBuildDistributed").await);
    assert_eq!(told.title, "Build 418 is out to testers");
    assert_eq!(told.body, "Backyard Birds 3.3 (418) is out to Halden staff and Birdwatchers.");
    assert_eq!(desk.asked_for("betaAppReviewSubmissionsCreateInstance"), 1);
    let shown = || desk.studio.shown().into_iter().map(|one| one.title).collect::<Vec<_>>();
    eventually("the notification", || shown().contains(&told.title).then_some(())).await;
    assert_eq!(shown(), [told.title], "the steps in between are not notified");
}

#[tokio::test]
async fn the_same_plan_pressed_twice_is_one_and_does_nothing_twice() {
    let desk = Desk::new().await;
    let first = desk.distribute(full()).await;
    desk.reaches(first, Plan::Waits).await;
    assert_eq!(desk.distribute(full()).await, first);
    let other = desk.distribute(DistributionPlan { notify: NotifyChoice::No, ..full() }).await;
    desk.reaches(other, Plan::Waits).await;
    assert_eq!(desk.reaches(first, Plan::Stopped).await.steps.len(), 6);
    assert_eq!(desk.asked_for("betaAppReviewSubmissionsCreateInstance"), 1);
}

#[tokio::test]
async fn a_rejected_build_stops_the_plan_with_where_the_reasons_are() {
    let desk = Desk::new().await;
    desk.hears_of_builds().await;
    let id = desk.distribute(full()).await;
    desk.reaches(id, Plan::Waits).await;
    desk.decide_review(READY, ReviewOutcome::Rejected);
    let refused = desk.reaches(id, Plan::Refused).await;
    let review = refused.steps.iter().find(|step| step.check.name == Name::Review).unwrap();
    assert_eq!(review.check.message, "Beta App Review rejected the build.");
    let told = EventLine::from(&desk.first_event("hookbellBuildNeedsYou").await);
    assert_eq!(
        (told.title.as_str(), told.body.as_str()),
        ("Build 418 needs attention", "Beta App Review rejected the build.")
    );
    assert!(review.check.hint.as_ref().unwrap().contains("reasons in App Store Connect"));
}

#[tokio::test]
async fn a_key_that_may_not_stops_one_step_and_the_plan_goes_on_when_it_may() {
    let desk = Desk::new().await;
    let key_id = desk.simulator.ready().key_id;
    let role = |role| ChangeKey { key_id: key_id.clone(), role: Some(role), revoked: None };
    desk.simulator.change_key(&role(Role::Developer)).unwrap();
    let id = desk.distribute(full()).await;
    let refused = desk.reaches(id, Plan::Refused).await;
    assert_eq!(state(&refused, Name::WhatToTest), Step::Done, "a developer may write it: {refused:#?}");
    assert_eq!(state(&refused, Name::ExternalGroups), Step::Refused);
    assert_eq!(state(&refused, Name::Review), Step::Later);
    let step = refused.steps.iter().find(|step| step.check.name == Name::ExternalGroups).unwrap();
    assert!(step.check.hint.as_ref().unwrap().contains("App Manager"), "{step:?}");
    desk.simulator.change_key(&role(Role::AppManager)).unwrap();
    desk.studio.hookbell.distributions().retry(DistributionRequest { id }).await.unwrap();
    desk.reaches(id, Plan::Waits).await;
}

#[tokio::test]
async fn a_submission_whose_answer_is_lost_is_looked_up_and_not_sent_again() {
    let desk = Desk::new().await;
    desk.fail("betaAppReviewSubmissionsCreateInstance", FaultKind::CutBody, 1);
    let id = desk.distribute(full()).await;
    let waits = desk.reaches(id, Plan::Waits).await;
    assert_eq!(state(&waits, Name::Review), Step::Waits);
    assert_eq!(desk.asked_for("betaAppReviewSubmissionsCreateInstance"), 1);
}

#[tokio::test]
async fn a_plan_that_waits_for_a_server_that_is_down_goes_on_by_itself() {
    let desk = Desk::new().await;
    desk.fails_with("buildsGetInstance", 503, 99);
    let id = desk.distribute(full()).await;
    let waits = desk.reaches(id, Plan::Waits).await;
    assert!(waits.steps.iter().any(|step| step.check.message.contains("having problems")), "{waits:#?}");
    desk.simulator.clear_faults();
    let submitted = || (desk.asked_for("betaAppReviewSubmissionsCreateInstance") == 1).then_some(());
    eventually("the build is submitted without anybody doing anything", submitted).await;
}

#[tokio::test]
async fn another_build_in_review_is_expired_only_once_somebody_has_decided_it() {
    let desk = Desk::new().await;
    desk.simulator.change(&quick());
    let client = desk.elsewhere();
    let other = uploaded(&client, "430").await;
    client.builds().answer_encryption(&other, false).await.unwrap();
    reaches(&client, &other, ExternalBetaState::ReadyForBetaSubmission).await;
    describe(&client, &other).await;
    client.beta_app_review().submit(&other).await.unwrap();

    let id = desk.distribute(full()).await;
    let asked = desk.reaches(id, Plan::Decide).await;
    let review = asked.steps.iter().find(|step| step.check.name == Name::Review).unwrap();
    let choices: Vec<_> = review.check.choices.iter().filter_map(|choice| choice.review).collect();
    assert_eq!(review.check.message, "Build 430 is in Beta App Review.");
    assert_eq!(choices, [ReviewChoice::ExpireOther, ReviewChoice::AfterOther]);
    assert_eq!(client.builds().get(&other).await.unwrap().expired, Some(false));
    desk.decide(id, Some(ReviewChoice::ExpireOther), None).await;
    let submitted = desk.reaches(id, Plan::Waits).await;
    assert_eq!(state(&submitted, Name::Review), Step::Waits, "{submitted:#?}");
    assert_eq!(client.builds().get(&other).await.unwrap().expired, Some(true));
}

#[tokio::test]
async fn export_compliance_is_asked_once_and_remembered_for_the_next_build() {
    let desk = Desk::new().await;
    desk.simulator.change(&quick());
    let client = desk.elsewhere();
    let plan = || DistributionPlan {
        groups: vec![BIRDWATCHERS.to_owned()],
        remember_encryption: true,
        ..DistributionPlan::default()
    };
    let first = uploaded(&client, "430").await;
    let id = desk.distribute_build(first.as_str(), plan()).await;
    let asked = desk.reaches(id, Plan::Decide).await;
    assert_eq!(state(&asked, Name::Compliance), Step::Decide);
    desk.decide(id, None, Some(false)).await;
    desk.reaches(id, Plan::Done).await;
    let second = uploaded(&client, "431").await;
    let id = desk.distribute_build(second.as_str(), plan()).await;
    desk.reaches(id, Plan::Done).await;
    assert_eq!(client.builds().get(&second).await.unwrap().uses_non_exempt_encryption, Some(false));
}

#[tokio::test]
async fn a_rule_gives_the_build_of_its_event_to_testers() {
    let desk = Desk::new().await;
    desk.hears_of_builds().await;
    let id = desk.distribute(full()).await;
    desk.reaches(id, Plan::Waits).await;
    let event = desk.first_event("buildBetaDetailExternalBuildStateUpdated").await;
    let distribute = json!({ "groups": ["birdwatchers"], "whatToTest": "About {{ app.name }}", "submit": true });
    let rule = json!({ "name": "Out", "then": [{ "distribute": distribute }] });
    let request = TryRuleRequest { seq: event.seq, rule: serde_json::from_value(rule).unwrap() };
    let runs = desk.studio.hookbell.runs().try_rule(request).await.unwrap();
    assert_eq!((runs[0].state, runs[0].label.as_str()), (RunState::Done, "Distribute"), "{runs:?}");
    desk.reaches(id, Plan::Stopped).await;
    let builds = desk.studio.hookbell.builds().list(desk.builds(true)).await.unwrap().builds;
    let plan = builds.into_iter().find(|build| build.id == READY).unwrap().distribution.unwrap();
    assert!(matches!(&plan.by, DistributionPlanner::Rule { name, .. } if name == "Out"), "{plan:?}");
    assert_eq!(plan.plan.texts[0].text, "About Backyard Birds");
}

#[tokio::test]
async fn a_plan_that_was_stopped_does_nothing_more_and_can_not_be_decided() {
    let desk = Desk::new().await;
    let id = desk.distribute(full()).await;
    desk.reaches(id, Plan::Waits).await;
    let room = desk.studio.hookbell.distributions();
    let stopped = room.stop(DistributionRequest { id }).await.unwrap();
    assert_eq!(stopped.state, Plan::Stopped);
    assert_eq!(room.retry(DistributionRequest { id }).await.unwrap_err().field.as_deref(), Some("id"));
    let decide = DecideDistributionRequest { id, review: None, uses_non_exempt_encryption: None };
    assert_eq!(room.decide(decide).await.unwrap_err().field.as_deref(), Some("id"));
}

#[tokio::test]
async fn a_plan_is_checked_before_it_is_written_and_the_check_changes_nothing() {
    let desk = Desk::new().await;
    let writes = || {
        let is_write =
            |name: &str| ["create", "update", "delete"].iter().any(|word| name.to_lowercase().contains(word));
        desk.simulator.counts().operations.into_iter().filter(|(name, _)| is_write(name)).collect::<Vec<_>>()
    };
    let before = writes();
    let room = desk.studio.hookbell.distributions();
    let checks = room.check(desk.out(READY, full())).await.unwrap();
    let states: Vec<_> = checks.iter().map(|check| check.state).collect();
    assert_eq!(states, [Step::Done, Step::Now, Step::Done, Step::Now, Step::Later, Step::Done], "{checks:#?}");
    assert_eq!(writes(), before);
    let twice = DistributionPlan { texts: [full().texts, full().texts].concat(), ..full() };
    assert_eq!(room.distribute(desk.out(READY, twice)).await.unwrap_err().field.as_deref(), Some("plan.texts[1]"));
}
