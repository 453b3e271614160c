//! Rules that file feedback: one issue for each, whatever happens.

use hookbell_core::{
    ReceivedDelivery, WebhookId,
    fixture::{Change, body, edit},
};
use hookbell_engine::api::{Run, RunState};
use hookbell_sim::FaultKind;
use hookbell_store::{NewEvent, Source};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{
    Filer,
    fake::{Repository, Stop},
};
use crate::{
    feedback::{CRASH, SCREENSHOT},
    rules::rule,
    studio::{Studio, eventually, post, sample},
};

fn files(more: Value) -> Value {
    let mut issue = json!({ "tracker": "github" });
    issue.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    let mut rule = rule("File each crash", json!([{ "issue": issue }]));
    rule["when"] = json!({ "types": ["BETA_FEEDBACK_CRASH_SUBMISSION_CREATED"] });
    rule
}

/// Stores an event about a feedback, as if fetched this many hours after it happened.
async fn keep(studio: &Studio, webhook: &str, event: &str, feedback: &str, hours: i64) {
    let about = Change::parse(&format!("/data/relationships/instance/data/id=\"{feedback}\"")).unwrap();
    let received_at = Timestamp::now();
    let body = edit(body(CRASH), &[Change::id(&event.parse().unwrap()), about]).unwrap();
    let webhook = WebhookId::new(webhook).unwrap();
    let delivery = ReceivedDelivery { webhook, received_at, body, signature: None };
    let mut event = NewEvent::read(delivery, Source::Fetched);
    event.event.timestamp = Some(received_at - SignedDuration::from_hours(hours));
    studio.hookbell.store().keep_events(vec![event]).await.unwrap();
}

/// A run that meets the condition, while the time until its next attempt is skipped.
async fn hurried(studio: &Studio, what: &str, is_wanted: impl Fn(&Run) -> bool) -> Run {
    let hurry = async {
        for number in 0.. {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            *studio.ahead.lock().unwrap() += SignedDuration::from_secs(20);
            studio.hookbell.store().set_setting("aTestLooksAtTheClock", &number).await.unwrap();
        }
    };
    tokio::select! { run = studio.run_with(what, is_wanted) => run, () = hurry => unreachable!() }
}

#[tokio::test]
async fn a_rule_files_each_crash_with_its_title_and_labels_and_leaves_other_feedback_alone() {
    let filer = Filer::new().await;
    let (studio, webhook) = (&filer.desk.studio, filer.desk.everything().await);
    studio.save(files(json!({ "title": "{{ app.name }} crashed", "labels": ["crash"] }))).await;
    filer.desk.emit(SCREENSHOT, &webhook).await;
    filer.desk.emit(CRASH, &webhook).await;
    let run = studio.run_in(RunState::Done).await;
    assert_eq!((run.action.as_str(), run.label.as_str(), run.attempts), ("issue", "File in GitHub", 1));
    assert_eq!(run.answer.as_deref(), Some("https://github.com/birds/app/issues/1"));
    let made = filer.github.with(|github| github.issues[0].clone());
    assert_eq!((&made["title"], &made["labels"]), (&json!("Backyard Birds crashed"), &json!(["crash"])));
    assert!(made["body"].as_str().unwrap().contains("crashed: "), "the crashed thread is in it: {made}");
    assert_eq!((studio.runs().await.len(), filer.issues()), (1, 1));
}

#[tokio::test]
async fn a_rules_preview_shows_the_issue_that_it_would_file() {
    let filer = Filer::new().await;
    let studio = &filer.desk.studio;
    let webhook = studio.webhook("s3cret").await.id;
    let id = filer.crash().await;
    keep(studio, &webhook, "first", &id, 0).await;
    let preview = async |tracker: &str| -> Value {
        let rule = files(json!({ "tracker": tracker }));
        let ask = json!({ "rule": rule, "id": null, "days": 30, "seq": null, "limit": 5 });
        let preview: Value = studio.ask("previewRule", ask).await.unwrap();
        preview["events"][0]["sends"][0].clone()
    };
    let sends = preview("birds/app").await;
    let draft = filer.desk.studio.hookbell.trackers().preview(filer.request(&[&id], false)).await.unwrap();
    assert_eq!((&sends["title"], &sends["text"]), (&json!(draft.title), &json!(draft.markdown)));
    assert!(draft.markdown.contains("crashed: "), "{draft:?}");
    assert_eq!(preview("birds/gone").await["error"], "there is no tracker “birds/gone”");
    assert_eq!(filer.issues(), 0);
    filer.file(&id).await.unwrap();
    assert_eq!(preview("birds/app").await["notDone"], "The feedback has its issue there already.");
}

#[tokio::test]
async fn feedback_that_has_an_issue_keeps_it_and_an_event_that_was_fetched_late_is_filed_too() {
    let filer = Filer::new().await;
    let studio = &filer.desk.studio;
    let webhook = studio.webhook("s3cret").await.id;
    let (one, two) = (filer.crash().await, filer.crash().await);
    let by_hand = filer.file(&one).await.unwrap().issue.unwrap();
    studio.save(files(json!({ "tracker": "Birds/App" }))).await;
    keep(studio, &webhook, "first", &one, 0).await;
    let first = studio.run_in(RunState::Done).await;
    assert_eq!((first.answer.as_deref(), filer.issues()), (Some(by_hand.url.as_str()), 1));
    keep(studio, &webhook, "late", &two, 30).await;
    studio.run_with("the late one", |run| run.state == RunState::Done && run.id != first.id).await;
    assert_eq!(filer.issues(), 2);
}

#[tokio::test]
async fn what_is_not_about_feedback_is_left_out_and_a_missing_tracker_is_named() {
    let filer = Filer::new().await;
    let studio = &filer.desk.studio;
    let webhook = studio.webhook("s3cret").await;
    studio.save(rule("Everything", json!([{ "issue": { "tracker": "github" } }]))).await;
    post(&webhook.payload_url.unwrap(), "s3cret", sample(hookbell_core::EventType::WebhookPingCreated, "one")).await;
    let skipped = studio.run_in(RunState::Skipped).await;
    assert_eq!(skipped.answer.as_deref(), Some("Skipped: the event isn’t about feedback."));
    let id = filer.crash().await;
    studio.save(files(json!({ "tracker": "birds/gone" }))).await;
    keep(studio, &webhook.id, "two", &id, 0).await;
    let failed = studio.run_in(RunState::Failed).await;
    assert_eq!(failed.answer.as_deref(), Some("there is no tracker “birds/gone”"));
    studio.run_in(RunState::Done).await;
    assert_eq!(filer.issues(), 1);
}

#[tokio::test]
async fn a_crash_is_filed_once_its_log_is_here() {
    let filer = Filer::new().await;
    let (studio, webhook) = (&filer.desk.studio, filer.desk.everything().await);
    filer.desk.break_down("betaFeedbackCrashSubmissionsCrashLogGetToOneRelated", FaultKind::Status, Some(404));
    studio.save(files(json!({}))).await;
    filer.desk.emit(CRASH, &webhook).await;
    let waits = studio.run_with("the attempt", |run| run.attempts == 1 && run.state == RunState::Waiting).await;
    assert_eq!((waits.answer.as_deref(), filer.issues()), (Some("1 file is not downloaded yet"), 0));
    filer.desk.simulator.clear_faults();
    hurried(studio, "the issue", |run| run.state == RunState::Done).await;
    let (issues, files) = filer.github.with(|github| (github.issues.len(), github.files.len()));
    assert_eq!((issues, files), (1, 1), "the log is in it");
}

#[tokio::test]
async fn a_tracker_that_asks_for_a_pause_gets_it_and_the_run_waits() {
    let filer = Filer::new().await;
    let studio = &filer.desk.studio;
    let webhook = studio.webhook("s3cret").await.id;
    let id = filer.crash().await;
    filer.github.with(|github| github.refuses.push_back(429));
    filer.github.with(|github| github.retry_after = Some(900));
    studio.save(files(json!({}))).await;
    keep(studio, &webhook, "one", &id, 0).await;
    let waits = studio.run_with("the attempt", |run| run.attempts == 1 && run.state == RunState::Waiting).await;
    let due: Timestamp = waits.due_at.unwrap().parse().unwrap();
    let wait = due.duration_since(Timestamp::now()).as_secs();
    assert!((890..=900).contains(&wait), "{wait}");
    let run = hurried(studio, "the issue", |run| run.state == RunState::Done).await;
    assert_eq!((run.attempts, filer.issues()), (2, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_it_files_a_rule_makes_no_second_issue() {
    for stop in [Stop::Before, Stop::Afterwards] {
        let filer = Filer::new().await;
        let studio = &filer.desk.studio;
        let webhook = studio.webhook("s3cret").await.id;
        let id = filer.crash().await;
        filer.github.with(|github| github.stop_at_issue = Some(stop));
        studio.save(files(json!({}))).await;
        keep(studio, &webhook, "one", &id, 0).await;
        let is_asked = |github: &mut Repository| github.stop_at_issue.is_none();
        eventually("the request", || filer.github.with(is_asked).then_some(())).await;
        studio.hookbell.stop().await;
        assert_eq!(filer.issues(), usize::from(stop == Stop::Afterwards));

        let next = studio.again().await;
        next.start().await;
        let run = hurried(&next, "the issue", |run| run.state == RunState::Done).await;
        assert!(run.attempts > 1, "{run:?}");
        assert_eq!((filer.issues(), next.runs().await.len()), (1, 1), "{stop:?}");
        next.hookbell.stop().await;
    }
}
