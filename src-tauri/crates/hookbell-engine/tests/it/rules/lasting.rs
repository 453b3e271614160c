//! Nothing is lost: not when interrupted, and not with ten thousand events at once.

use hookbell_core::{ReceivedDelivery, WebhookId};
use hookbell_engine::api::RunState;
use hookbell_store::{NewEvent, RunQuery, Source};
use jiff::Timestamp;
use serde_json::json;

use super::{PING, Server, forward, rule};
use crate::studio::{Studio, eventually, post, sample};

#[tokio::test]
async fn what_was_being_sent_when_the_process_ended_is_sent_again_by_the_next_one() {
    let (studio, server) = (Studio::listening().await, Server::start().await);
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    server.answers(&[0]);
    studio.save(rule("To CI", forward(&server))).await;
    post(&url, "s3cret", sample(PING, "one")).await;
    eventually("the first attempt", || (server.received().len() == 1).then_some(())).await;
    studio.hookbell.stop().await;

    let next = studio.again().await;
    next.start().await;
    let run = next.run_in(RunState::Done).await;
    assert_eq!((run.attempts, server.received().len(), next.runs().await.len()), (2, 2, 1));
    let keys: Vec<_> = server.received().iter().map(|(headers, _)| headers["idempotency-key"].clone()).collect();
    assert_eq!(keys[0], keys[1], "the server can tell that it is the same");
}

#[tokio::test]
async fn an_event_that_was_stored_just_before_the_end_is_decided_about_by_the_next_process() {
    let studio = Studio::listening().await;
    let server = Server::start().await;
    let webhook = studio.webhook("s3cret").await;
    studio.save(rule("To CI", forward(&server))).await;
    studio.hookbell.finish().await;
    keep(&studio, &webhook.id, 1).await;
    assert_eq!(studio.hookbell.store().unjudged(0, 9).await.unwrap().len(), 1);
    studio.hookbell.stop().await;

    let next = studio.again().await;
    next.start().await;
    next.run_in(RunState::Done).await;
    assert_eq!((next.notified(1).await.len(), server.received().len()), (1, 1));
}

/// Stores this many events at once.
async fn keep(studio: &Studio, webhook: &str, count: usize) {
    let events = (0..count).map(|number| {
        let delivery = ReceivedDelivery {
            webhook: WebhookId::new(webhook).unwrap(),
            received_at: Timestamp::now(),
            body: sample(PING, &number.to_string()),
            signature: None,
        };
        NewEvent::read(delivery, Source::Fetched)
    });
    studio.hookbell.store().keep_events(events.collect()).await.unwrap();
}

#[tokio::test]
async fn ten_thousand_events_and_ten_rules_lose_nothing_and_show_one_summary() {
    const EVENTS: usize = 10_000;
    let (studio, server) = (Studio::open().await, Server::start().await);
    let webhook = studio.webhook("s3cret").await;
    for number in 0..9 {
        let mut one = rule(&format!("Rule {number}"), json!([{ "notify": { "title": "{{ event.title }}" } }]));
        one["when"] = json!({ "if": format!("event.id == '{number}'") });
        studio.save(one).await;
    }
    let mut last = rule("To CI", forward(&server));
    last["when"] = json!({ "if": "event.id == '7' or event.id == '9999'" });
    studio.save(last).await;
    keep(&studio, &webhook.id, EVENTS).await;
    studio.start().await;
    let store = studio.hookbell.store();
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(120);
    while !store.unjudged(0, 1).await.unwrap().is_empty() || !store.unnotified(1).await.unwrap().is_empty() {
        assert!(tokio::time::Instant::now() < deadline, "the rules take too long");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    eventually("both", || (server.received().len() == 2).then_some(())).await;
    assert_eq!(store.runs(RunQuery { limit: 100, ..RunQuery::default() }).await.unwrap().len(), 11);
    let shown = studio.shown();
    let tags: std::collections::BTreeSet<_> = shown.iter().map(|one| one.tag.clone()).collect();
    assert_eq!(tags.len(), 1, "one summary that grows: {shown:#?}");
}
