//! What rules decide about an event: its wording, its silence, its place, and why.

use std::time::Duration;

use hookbell_core::{EventId, ReceivedDelivery, WebhookId, words::OwnNews};
use hookbell_engine::api::{PauseRequest, Run, RunIdRequest, RunState};
use hookbell_store::{NewEvent, Source};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{PING, REJECTED, Server, rule};
use crate::studio::{Studio, eventually, post, sample};

#[tokio::test]
async fn a_notification_has_the_words_of_the_first_rule_that_says_some() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    studio.save(rule("Words", json!([{ "notify": { "title": "Look: {{ event.kind }}", "sound": true } }]))).await;
    studio.save(rule("Too late", json!([{ "silence": {} }]))).await;
    post(&url, "s3cret", sample(PING, "one")).await;
    let shown = studio.notified(1).await;
    assert_eq!((shown[0].title.as_str(), shown[0].sound), ("Look: ping", hookbell_engine::Sound::Usual));
    let why: Value = studio.call("eventRules", json!({ "seq": 1 })).await.unwrap();
    assert_eq!((&why["told"], &why["rules"][1]["applied"]), (&json!("“Words” notified you."), &json!(true)));
    assert_eq!(why["runs"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn an_event_is_silenced_and_archived_by_its_rule_and_the_next_one_is_told_as_usual() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    let mut hush = rule("Hush", json!([{ "silence": {} }, { "archive": {} }]));
    hush["when"] = json!({ "if": "event.kind == 'ping'" });
    studio.save(hush).await;
    post(&url, "s3cret", sample(PING, "one")).await;
    post(&url, "s3cret", sample(REJECTED, "two")).await;
    let shown = studio.notified(1).await;
    assert_eq!((shown.len(), shown[0].route.as_str()), (1, "#/inbox/2"));
    assert_eq!(studio.unread().await, 1);
    let why: Value = studio.call("eventRules", json!({ "seq": 2 })).await.unwrap();
    assert_eq!(why["told"], "Your notification settings apply.");
    assert_eq!(why["rules"][0]["reason"], "The condition is false.");
}

#[tokio::test]
async fn a_template_that_fails_fails_its_run_with_the_place_and_the_event_is_told_as_usual() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    studio.save(rule("Broken", json!([{ "notify": { "title": "{{ event.title | int }}" } }]))).await;
    post(&url, "s3cret", sample(PING, "one")).await;
    let shown = studio.notified(1).await;
    assert!(!shown[0].title.is_empty() && shown[0].route == "#/inbox/1");
    let run = studio.run_in(RunState::Failed).await;
    assert!(run.answer.as_deref().unwrap().starts_with("notify.title: "), "{run:?}");
}

#[tokio::test]
async fn a_condition_that_fails_is_said_at_its_rule_until_the_rule_is_saved_and_the_event_is_told_as_usual() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    let mut fails = rule("Fails", json!([{ "silence": {} }]));
    fails["when"] = json!({ "if": "event.title | int > 400" });
    let id = studio.save(fails).await;
    post(&url, "s3cret", sample(PING, "one")).await;
    studio.notified(1).await;
    let why: Value = studio.call("eventRules", json!({ "seq": 1 })).await.unwrap();
    assert!(why["rules"][0]["reason"].as_str().unwrap().starts_with("The condition failed: "), "{why}");
    let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
    let listed = loop {
        let listed = studio.rules().await.remove(0);
        if listed.trouble.is_some() {
            break listed;
        }
        assert!(tokio::time::Instant::now() < deadline, "the rule does not say that its condition failed");
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    assert!(listed.trouble.unwrap().starts_with("The condition failed for “"));
    assert!(listed.rule.enabled, "the next event may go better");
    let fixed = rule("Fixed", json!([{ "silence": {} }]));
    let saved: Value = studio.call("saveRule", json!({ "id": id, "rule": fixed })).await.unwrap();
    assert_eq!(saved["trouble"], Value::Null);
}

#[tokio::test]
async fn what_breaks_through_is_shown_in_a_pause_and_the_rest_waits() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    let mut urgent = rule("Urgent", json!([{ "notify": { "breakThroughQuietHours": true } }]));
    urgent["when"] = json!({ "if": "event.kind == 'asset'" });
    studio.save(urgent).await;
    studio.hookbell.overview().pause(PauseRequest { minutes: 60 }).await.unwrap();
    post(&url, "s3cret", sample(PING, "one")).await;
    post(&url, "s3cret", sample(REJECTED, "two")).await;
    assert_eq!(studio.notified(1).await[0].route, "#/inbox/2");
    eventually("the other", || {
        let done = studio.shown().len() == 1;
        done.then_some(())
    })
    .await;
    studio.hookbell.overview().resume().await.unwrap();
    assert_eq!(studio.notified(2).await[1].route, "#/inbox/1");
}

/// An event that happened this many hours before it was fetched.
async fn fetch(studio: &Studio, webhook: &str, id: &str, hours: i64) {
    let body = String::from_utf8(sample(PING, id)).unwrap();
    let delivery = ReceivedDelivery {
        webhook: WebhookId::new(webhook).unwrap(),
        received_at: Timestamp::now(),
        body: body.into_bytes(),
        signature: None,
    };
    let mut event = NewEvent::read(delivery, Source::Fetched);
    event.event.timestamp = Some(Timestamp::now() - jiff::SignedDuration::from_hours(hours));
    studio.hookbell.store().keep_events(vec![event]).await.unwrap();
}

#[tokio::test]
async fn events_that_were_fetched_late_reach_chats_but_no_command_unless_the_rule_says_so() {
    let (studio, server) = (Studio::listening().await, Server::start().await);
    let webhook = studio.webhook("s3cret").await;
    let both =
        json!([{ "forward": { "as": "raw", "url": server.url } }, { "run": { "command": ["no-such-program"] } }]);
    studio.save(rule("Both", both.clone())).await;
    fetch(&studio, &webhook.id, "late", 2).await;
    let ask = json!({ "rule": rule("Both", both), "id": null, "days": 30, "seq": 1, "limit": 1 });
    let preview: Value = studio.call("previewRule", ask).await.unwrap();
    let sends = &preview["events"][0]["sends"];
    assert_eq!((&sends[0]["notDone"], &sends[1]["error"]), (&Value::Null, &Value::Null), "{preview}");
    assert!(sends[1]["notDone"].as_str().unwrap().starts_with("Skipped: "), "{preview}");
    studio.run_with("the chat", |run| run.action == "forward" && run.state == RunState::Done).await;
    let skipped = studio.run_in(RunState::Skipped).await;
    assert_eq!((skipped.action.as_str(), studio.runs().await.len()), ("run", 2));
    assert!(skipped.answer.unwrap().contains("more than an hour after it happened"));
    studio.hookbell.runs().retry(RunIdRequest { id: skipped.id }).await.unwrap();
    let run = studio.run_in(RunState::Failed).await;
    assert_eq!((run.id, run.answer.as_deref()), (skipped.id, Some("no-such-program wasn’t found")));
    fetch(&studio, &webhook.id, "soon", 0).await;
    let soon = |run: &Run| run.state == RunState::Failed && run.event.as_ref().is_some_and(|event| event.seq == 2);
    studio.run_with("the command", soon).await;
}

#[tokio::test]
async fn own_news_have_no_payload_to_send_and_say_so_and_are_told_to_a_template() {
    let (studio, server) = (Studio::listening().await, Server::start().await);
    let both = json!([{ "forward": { "as": "raw", "url": server.url } },
        { "forward": { "as": "template", "url": server.url, "text": "{{ event.title }}" } }]);
    studio.save(rule("Both", both)).await;
    let news = OwnNews::TunnelDown { minutes: 15 };
    let id = EventId::new("hookbell-tunnel-down-1").unwrap();
    let event = NewEvent::own(id, &news, None, None, Timestamp::now());
    studio.hookbell.store().keep_events(vec![event]).await.unwrap();
    studio.run_in(RunState::Done).await;
    let skipped = studio.run_in(RunState::Skipped).await;
    assert!(skipped.answer.unwrap().contains("has no payload"));
    let received = server.received();
    assert_eq!(received.iter().map(|(_, body)| body.clone()).collect::<Vec<_>>(), [news.describe().title.into_bytes()]);
    studio.hookbell.runs().retry(RunIdRequest { id: skipped.id }).await.unwrap();
    assert!(studio.run_in(RunState::Failed).await.answer.unwrap().contains("has no payload"));
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_preview_says_what_a_rule_would_have_done_and_does_nothing() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    for id in ["one", "two"] {
        post(&url, "s3cret", sample(PING, id)).await;
    }
    post(&url, "s3cret", sample(REJECTED, "three")).await;
    let mut wanted =
        rule("Chat", json!([{ "forward": { "as": "slack", "destination": "team", "text": "{{ event.kind }}!" } }]));
    wanted["when"] = json!({ "if": "event.kind == 'ping'" });
    let ask = json!({ "rule": wanted, "id": null, "days": 30, "seq": null, "limit": 1 });
    let preview: Value = studio.call("previewRule", ask).await.unwrap();
    assert_eq!((&preview["matches"], &preview["compared"]), (&json!(2), &json!(3)));
    assert_eq!(preview["events"].as_array().unwrap().len(), 1);
    assert_eq!(preview["events"][0]["sends"][0]["text"], "ping!");
    assert_eq!(preview["others"], json!([{ "reason": "doesn’t meet the condition", "count": 1 }]));
    let one = json!({ "rule": wanted, "id": null, "days": 30, "seq": 3, "limit": 1 });
    let one: Value = studio.call("previewRule", one).await.unwrap();
    assert_eq!(
        (&one["events"][0]["matches"], &one["events"][0]["reason"]),
        (&json!(false), &json!("The condition is false."))
    );
    wanted["when"] = json!({ "if": "event.knid" });
    let wrong = json!({ "rule": wanted, "id": null, "days": 30, "seq": null, "limit": 1 });
    let wrong: Value = studio.call("previewRule", wrong).await.unwrap();
    assert_eq!((&wrong["error"]["field"], &wrong["compared"]), (&json!("when.if"), &json!(0)));
    assert!(studio.runs().await.is_empty());
}
