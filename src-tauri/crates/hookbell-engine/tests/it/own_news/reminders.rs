//! Expiring builds, long waits, and digests.

use hookbell_core::words::Importance;
use hookbell_engine::api::{ChangeSettingsRequest, CreateAppWebhookRequest, DigestPeriod, EventRequest, QuietHours};
use hookbell_sim::Emit;
use hookbell_store::{NewEvent, NewRun, RunEnd, RunState};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{choose, fence, ids, later, own, restarted, studio, until};
use crate::{
    asc::Desk,
    insights::{BUILD, VERSION, event, of_birds, told},
    studio::Studio,
};

const DAY: SignedDuration = SignedDuration::from_hours(24);

fn expiring(build: &str, number: &str, days: i32) -> Option<Value> {
    let at = (Timestamp::now() + DAY * days).to_string();
    let app = json!({ "id": "6448000001", "name": "Backyard Birds" });
    Some(json!({ "app": app, "version": "3.3", "build": number, "platform": "iOS",
        "expiry": { "build": build, "at": at } }))
}

fn tested(thing: &str) -> NewEvent {
    event(BUILD, thing, "IN_BETA_REVIEW>IN_BETA_TESTING", 1)
}

async fn title(studio: &Studio) -> String {
    own(studio).await.last().unwrap().title.clone()
}

#[tokio::test]
async fn the_newest_build_is_told_of_three_times_before_it_expires_and_once_each_also_after_a_restart() {
    let studio = studio().await;
    told(&studio, tested("newest"), expiring("b2", "418", 20)).await;
    told(&studio, tested("older"), expiring("b1", "417", 15)).await;
    fence(&studio, "early").await;
    assert_eq!(ids(&studio).await, [""; 0]);

    later(&studio, DAY * 6 + SignedDuration::from_hours(1)).await;
    assert_eq!(until(&studio, 1).await, ["hookbell-build-expires-b2-14"]);
    assert_eq!(title(&studio).await, "Build 418 expires in 14 days");
    later(&studio, SignedDuration::from_hours(1)).await;
    fence(&studio, "again").await;
    assert_eq!(ids(&studio).await.len(), 1);

    later(&studio, DAY * 7).await;
    assert_eq!(until(&studio, 2).await[1], "hookbell-build-expires-b2-7");
    let studio = restarted(studio).await;
    later(&studio, DAY * 6).await;
    assert_eq!(until(&studio, 3).await[2], "hookbell-build-expires-b2-1");
    let last = own(&studio).await.pop().unwrap();
    assert_eq!((last.title.as_str(), last.importance), ("Build 418 expires tomorrow", Importance::NeedsYou));

    later(&studio, DAY * 2).await;
    fence(&studio, "over").await;
    assert_eq!(ids(&studio).await.len(), 3, "an expired build is no news of this kind");
}

/// The build of the first event, once its details contain the expiry date.
async fn expiry_that_was_read(studio: &Studio) -> String {
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(10);
    loop {
        let events = studio.hookbell.store().after(0, 10).await.unwrap();
        let details = events.first().and_then(|event| event.details.clone()).unwrap_or_default();
        if let Some(build) = details["expiry"]["build"].as_str() {
            return build.to_owned();
        }
        assert!(tokio::time::Instant::now() < deadline, "no expiry was read: {details}");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_build_that_app_store_connect_does_not_have_any_more_is_not_told() {
    let desk = Desk::paced(super::pace()).await;
    let studio = &desk.studio;
    let form = CreateAppWebhookRequest {
        event_types: vec!["BUILD_BETA_DETAIL_EXTERNAL_BUILD_STATE_UPDATED".to_owned()],
        ..desk.form()
    };
    let webhook = studio.hookbell.asc_webhooks().create(form).await.unwrap();
    let emit = json!({ "eventType": "BUILD_BETA_DETAIL_EXTERNAL_BUILD_STATE_UPDATED", "webhookId": webhook.id });
    desk.simulator.emit(serde_json::from_value::<Emit>(emit).unwrap()).await.unwrap();
    let real = expiry_that_was_read(studio).await;
    told(studio, tested("gone"), expiring("gone", "417", 10)).await;
    let mut other = expiring(&real, "418", 10);
    other.as_mut().unwrap()["app"]["id"] = json!("6448000002");
    told(studio, tested("moved"), other).await;
    fence(studio, "asked").await;
    assert_eq!(ids(studio).await, [""; 0], "one is gone, and the other expires later than was stored");
}

#[tokio::test]
async fn what_takes_twice_as_long_as_ever_is_told_once_for_that_time() {
    let studio = studio().await;
    let of = |version: &str| {
        let app = json!({ "id": "6448000001", "name": "Backyard Birds" });
        Some(json!({ "app": app, "version": version, "platform": "iOS" }))
    };
    for (version, hours) in [("3.0", 900), ("3.1", 700), ("3.2", 500)] {
        told(&studio, event(VERSION, version, "READY_FOR_REVIEW>WAITING_FOR_REVIEW", hours), of(version)).await;
        told(&studio, event(VERSION, version, "WAITING_FOR_REVIEW>IN_REVIEW", hours - 40), of(version)).await;
        told(&studio, event(VERSION, version, "IN_REVIEW>READY_FOR_DISTRIBUTION", hours - 41), of(version)).await;
    }
    let begun = event(VERSION, "3.3", "READY_FOR_REVIEW>WAITING_FOR_REVIEW", 79);
    told(&studio, begun.clone(), of("3.3")).await;
    later(&studio, SignedDuration::from_mins(30)).await;
    // After 80 hours, which is 8 more than without a history.
    later(&studio, SignedDuration::from_mins(40)).await;
    let since = begun.event.timestamp.unwrap().as_second();
    assert_eq!(until(&studio, 1).await, [format!("hookbell-unusually-long-3.3-WAITING_FOR_REVIEW-{since}")]);
    let news = own(&studio).await.remove(0);
    assert_eq!(news.title, "Waiting for Review for 3 days");
    assert!(news.sentence.ends_with("This usually takes 40 h."), "{}", news.sentence);
    assert!((news.received_at - begun.event.timestamp.unwrap()).total(jiff::Unit::Hour).unwrap() >= 80.0);

    let studio = restarted(studio).await;
    later(&studio, DAY).await;
    fence(&studio, "once").await;
    assert_eq!(ids(&studio).await.len(), 1);
}

#[tokio::test]
async fn a_version_that_was_approved_and_never_released_is_told_unless_a_newer_one_has_overtaken_it() {
    let studio = studio().await;
    let of = |app: &str, version: &str| {
        let app = json!({ "id": app, "name": "Backyard Birds" });
        Some(json!({ "app": app, "version": version, "platform": "iOS" }))
    };
    let approved = |thing: &str, hours| event(VERSION, thing, "IN_REVIEW>PENDING_DEVELOPER_RELEASE", hours);
    told(&studio, event(VERSION, "newer", ">PREPARE_FOR_SUBMISSION", 10), of("1", "2.1")).await;
    told(&studio, approved("overtaken", 40), of("1", "2.0")).await;
    told(&studio, approved("forgotten", 20), of("2", "7.0")).await;
    // Only now is it due: until then it isn't known which app they are about.
    later(&studio, DAY * 3 + SignedDuration::from_hours(8)).await;
    fence(&studio, "told").await;
    let news: Vec<_> = own(&studio).await.into_iter().filter(|event| !event.id.as_str().contains("fence")).collect();
    assert_eq!(news.len(), 1);
    assert_eq!(
        (news[0].title.as_str(), news[0].importance),
        ("7.0 is approved but not released", Importance::NeedsYou)
    );
}

#[tokio::test]
async fn a_digest_is_off_until_somebody_wants_it_and_says_what_came_waits_and_was_done() {
    let studio = studio().await;
    let quiet_hours = QuietHours { time_zone: Some("UTC".to_owned()), ..QuietHours::default() };
    let request = ChangeSettingsRequest { quiet_hours: Some(quiet_hours), ..ChangeSettingsRequest::default() };
    studio.hookbell.settings().change(request).await.unwrap();
    let mut needs_you = event(VERSION, "v", "IN_REVIEW>REJECTED", 0);
    needs_you.description.importance = Importance::NeedsYou;
    told(&studio, needs_you, None).await;
    let about = told(&studio, tested("b"), of_birds("3.3", Some("418"))).await;
    for (place, state) in [(0, RunState::Done), (1, RunState::Failed)] {
        let ended = Some(RunEnd { state, due_at: None, answer: "200".into(), hint: None, output: None });
        let (now, action) = (Timestamp::now(), r#"{"archive":{}}"#.to_owned());
        let run =
            NewRun { rule: Some(1), rule_name: "CI".into(), place, action, lane: String::new(), due_at: now, ended };
        studio.hookbell.store().write_runs(about, vec![run], now).await.unwrap();
    }
    later(&studio, DAY).await;
    fence(&studio, "off").await;
    assert_eq!(ids(&studio).await, [""; 0]);
    choose(&studio, |choice| choice.digest = DigestPeriod::Daily).await;
    let digest = until(&studio, 1).await.remove(0);
    assert!(digest.starts_with("hookbell-digest-day-"), "{digest}");
    let seq = own(&studio).await.into_iter().find(|event| event.id.as_str() == digest).unwrap().seq;
    let detail = studio.hookbell.events().detail(EventRequest { seq }).await.unwrap();
    let facts = detail.details.unwrap().facts;
    let value = |label: &str| facts.iter().find(|fact| fact.label == label).unwrap().value.clone();
    assert_eq!(value("Needs attention"), "1");
    assert_ne!(value("Arrived"), "0");
    assert_eq!(["Runs of rules", "Failed runs", "Backyard Birds"].map(value), ["1", "1", "1"]);
    fence(&studio, "same day").await;
    assert_eq!(ids(&studio).await.len(), 1);
}
