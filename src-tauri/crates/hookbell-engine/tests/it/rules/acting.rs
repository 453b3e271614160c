//! What is sent, how often, and how answers are handled.

use hookbell_core::SIGNATURE_HEADER;
use hookbell_engine::api::{RunIdRequest, RunState, TrayState};
use serde_json::{Value, json};

use super::{PING, REJECTED, Server, forward, rule};
use crate::studio::{Studio, eventually, post, sample};

#[tokio::test]
async fn an_event_that_comes_three_times_is_forwarded_once_byte_for_byte() {
    let (studio, server) = (Studio::listening().await, Server::start().await);
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    studio.save(rule("To CI", forward(&server))).await;
    let body = [b"  ".as_slice(), &sample(PING, "one"), b"\r\n"].concat();
    for _ in 0..3 {
        post(&url, "s3cret", body.clone()).await;
    }
    let run = studio.run_in(RunState::Done).await;
    assert_eq!((run.answer.as_deref(), run.attempts, run.rule_name.as_str()), (Some("200: taken"), 1, "To CI"));
    let received = server.received();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].1, body);
    assert!(received[0].0.contains_key(SIGNATURE_HEADER) && received[0].0.contains_key("idempotency-key"));
    assert_eq!(studio.runs().await.len(), 1);
}

#[tokio::test]
async fn what_is_not_answered_is_tried_again_with_the_same_key_and_a_longer_wait_is_respected() {
    let (studio, server) = (Studio::listening().await, Server::start().await);
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    server.answers.lock().unwrap().extend([(503, None), (429, Some("7200"))]);
    studio.save(rule("To CI", forward(&server))).await;
    post(&url, "s3cret", sample(PING, "one")).await;
    let wait = async |attempts| {
        let run =
            studio.run_with("the attempt", |run| run.attempts == attempts && run.state == RunState::Waiting).await;
        let due: jiff::Timestamp = run.due_at.unwrap().parse().unwrap();
        due.duration_since(run.written_at.parse().unwrap()).as_secs()
    };
    assert!((10..20).contains(&wait(1).await));
    studio.pass_hours(1).await;
    assert!((3 * 3600..3 * 3600 + 60).contains(&wait(2).await), "an hour has passed, and two were asked for");
    studio.pass_hours(3).await;
    studio.run_in(RunState::Done).await;
    let keys: Vec<_> = server.received().iter().map(|(headers, _)| headers["idempotency-key"].clone()).collect();
    assert!(keys.len() == 3 && keys.iter().all(|key| *key == keys[0]), "{keys:?}");
}

#[tokio::test]
async fn after_nine_attempts_a_run_is_given_up_with_the_reason_and_can_be_retried() {
    let (studio, server) = (Studio::listening().await, Server::start().await);
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    server.answers(&[500; 9]);
    let id = studio.save(rule("To CI", forward(&server))).await;
    post(&url, "s3cret", sample(PING, "one")).await;
    for attempts in 1..9 {
        studio.run_with("the attempt", |run| run.attempts == attempts && run.state == RunState::Waiting).await;
        studio.pass_hours(25).await;
    }
    let run = studio.run_in(RunState::GivenUp).await;
    assert_eq!((run.attempts, run.answer.as_deref()), (9, Some("The server returned 500: “taken”")));
    let listed = studio.rules().await.remove(0);
    assert_eq!((listed.id, listed.failed_runs, listed.last_run.unwrap().id), (id, 1, run.id));
    studio.hookbell.runs().retry(RunIdRequest { id: run.id }).await.unwrap();
    studio.run_in(RunState::Done).await;
    assert_eq!(studio.rules().await[0].failed_runs, 0);
    let refused = studio.hookbell.runs().retry(RunIdRequest { id: run.id }).await.unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("id"));
}

#[tokio::test]
async fn an_address_that_is_gone_switches_its_rule_off_and_says_so() {
    let (studio, server) = (Studio::listening().await, Server::start().await);
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    server.answers(&[410]);
    let id = studio.save(rule("To CI", forward(&server))).await;
    post(&url, "s3cret", sample(PING, "one")).await;
    studio.run_in(RunState::Failed).await;
    let listed = studio.rules().await.remove(0);
    assert!(!listed.rule.enabled);
    assert!(listed.trouble.unwrap().contains("returned 410"));
    let said = studio.said_of_rules(true).await.unwrap();
    assert_eq!(said.title, "The rule “To CI” needs attention");
    assert!(said.detail.contains("returned 410"), "{said:?}");
    assert_eq!(studio.hookbell.overview().status().await.unwrap().tray, TrayState::Attention);
    let enabled: Value = studio.call("enableRule", json!({ "id": id, "enabled": true })).await.unwrap();
    assert_eq!(enabled["trouble"], Value::Null);
    assert_eq!(studio.said_of_rules(false).await, None);
}

#[tokio::test]
async fn a_rule_that_is_changed_or_deleted_changes_nothing_of_the_runs_that_are_written() {
    let (studio, server, other) = (Studio::listening().await, Server::start().await, Server::start().await);
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    server.answers(&[500, 500]);
    let id = studio.save(rule("To CI", forward(&server))).await;
    post(&url, "s3cret", sample(PING, "one")).await;
    studio.run_with("the attempt", |run| run.attempts == 1 && run.state == RunState::Waiting).await;
    let _: Value = studio.call("saveRule", json!({ "id": id, "rule": rule("Else", forward(&other)) })).await.unwrap();
    studio.pass_hours(1).await;
    studio.run_with("the attempt", |run| run.attempts == 2 && run.state == RunState::Waiting).await;
    let _: Value = studio.call("deleteRule", json!({ "id": id })).await.unwrap();
    studio.pass_hours(1).await;
    let run = studio.run_in(RunState::Done).await;
    assert_eq!((run.rule, run.rule_name.as_str(), server.received().len()), (Some(id), "To CI", 3));
    assert!(other.received().is_empty());
}

#[tokio::test]
async fn a_reminder_comes_unless_the_event_was_read() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    studio.save(rule("Later", json!([{ "remind": { "afterMinutes": 60, "title": "Still {{ event.kind }}" } }]))).await;
    post(&url, "s3cret", sample(PING, "one")).await;
    post(&url, "s3cret", sample(REJECTED, "two")).await;
    studio.notified(2).await;
    studio.hookbell.store().set_read(vec![1], true).await.unwrap();
    studio.pass_hours(2).await;
    let shown = studio.notified(3).await;
    assert_eq!((shown[2].title.as_str(), shown[2].route.as_str()), ("Still asset", "#/inbox/2"));
    let read = studio
        .run_with("the one that was read", |run| run.event.as_ref().unwrap().seq == 1 && run.state == RunState::Done);
    assert_eq!(read.await.answer.as_deref(), Some("It was already read or archived."));
}

#[tokio::test]
async fn a_rule_is_tried_on_one_event_and_once_whatever_comes_back() {
    let (studio, server) = (Studio::listening().await, Server::start().await);
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    post(&url, "s3cret", sample(PING, "one")).await;
    studio.notified(1).await;
    server.answers(&[500]);
    let mut tried = rule("Tried", forward(&server));
    tried["enabled"] = json!(false);
    for expected in ["failed", "done"] {
        let runs: Value = studio.call("tryRule", json!({ "rule": tried, "seq": 1 })).await.unwrap();
        assert_eq!((&runs[0]["state"], &runs[0]["rule"]), (&json!(expected), &Value::Null));
    }
    eventually("both", || (server.received().len() == 2).then_some(())).await;
    assert_eq!(studio.runs().await.len(), 2);
}
