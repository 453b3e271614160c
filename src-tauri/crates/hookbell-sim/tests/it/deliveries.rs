//! Pings, the delivery log and redeliveries.

use hookbell_sim::{AttemptState, Backdate, Emit, Simulator, SimulatorSettings};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::{
    client::{Client, Reply, ids, start},
    receiver::{Receiver, SECRET},
};

const TYPES: &[&str] = &["BUILD_UPLOAD_STATE_UPDATED"];
const UPLOAD: hookbell_core::EventType = hookbell_core::EventType::BuildUploadStateUpdated;

fn since(ago: SignedDuration) -> String {
    format!("filter[createdDateGreaterThanOrEqualTo]={}", Timestamp::now() - ago)
}

async fn log(client: &Client, webhook: &str) -> Value {
    let day = since(SignedDuration::from_hours(24));
    client.read(&format!("/v1/webhooks/{webhook}/deliveries?include=event&{day}")).await
}

fn redelivery_of(delivery: &str) -> Value {
    let template = json!({ "data": { "type": "webhookDeliveries", "id": delivery } });
    json!({ "data": { "type": "webhookDeliveries", "relationships": { "template": template } } })
}

async fn emit(simulator: &Simulator, webhook: &str, count: usize) -> Vec<hookbell_sim::Sent> {
    simulator.emit(Emit { count, ..Emit::of(UPLOAD).through(webhook) }).await.unwrap()
}

#[tokio::test]
async fn a_ping_arrives_signed_and_stands_in_the_log() {
    let (_simulator, client) = start().await;
    let receiver = Receiver::start().await;
    let webhook = client.webhook(&receiver.url, SECRET, TYPES).await;
    let to = json!({ "data": { "type": "webhooks", "id": webhook } });
    let ping = json!({ "data": { "type": "webhookPings", "relationships": { "webhook": to } } });
    assert_eq!(client.post("/v1/webhookPings", ping).await.status, 201);

    let posts = receiver.wait_for(1).await;
    assert!(posts[0].is_signed_with(SECRET));
    assert!(!posts[0].is_signed_with("another secret"));
    assert_eq!(posts[0].headers["content-type"], "application/json");
    assert_eq!(posts[0].json()["data"]["type"], "webhookPingCreated");

    let log = until(&client, &webhook, "SUCCEEDED").await;
    let (delivery, event) = (&log["data"][0]["attributes"], &log["included"][0]["attributes"]);
    assert_eq!(delivery["request"]["url"], *receiver.url);
    assert_eq!(delivery["response"], json!({ "httpStatusCode": 200, "body": "thanks" }));
    assert_eq!((&delivery["redelivery"], &event["ping"]), (&json!(false), &json!(true)));
    assert_eq!(event["payload"].as_str().unwrap().as_bytes(), posts[0].body);
}

/// The log, once its newest delivery has this state.
async fn until(client: &Client, webhook: &str, state: &str) -> Value {
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    loop {
        let log = log(client, webhook).await;
        if log["data"][0]["attributes"]["deliveryState"] == state {
            return log;
        }
        assert!(std::time::Instant::now() < deadline, "{log:#}");
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn each_way_to_fail_is_written_down() {
    let (simulator, client) = start().await;
    let receiver = Receiver::start().await;
    let webhook = client.webhook(&receiver.url, SECRET, TYPES).await;
    receiver.answer_with(503);
    let sent = emit(&simulator, &webhook, 1).await;
    assert_eq!((sent[0].delivery_state, sent[0].http_status_code), (AttemptState::Failed, Some(503)));

    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    simulator.change(&SimulatorSettings { delivery_timeout_ms: Some(100), ..SimulatorSettings::default() });
    let deaf = client.webhook(&format!("http://{}/x", silent.local_addr().unwrap()), SECRET, TYPES).await;
    let sent = emit(&simulator, &deaf, 1).await;
    assert_eq!(sent[0].error_message.as_deref(), Some("The server did not respond in time."));

    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let nobody = client.webhook(&format!("http://{free}/x"), SECRET, TYPES).await;
    let sent = emit(&simulator, &nobody, 1).await;
    assert_eq!(sent[0].error_message.as_deref(), Some("Could not connect to the server."));
    let log = log(&client, &nobody).await;
    assert_eq!(log["data"][0]["attributes"]["response"], Value::Null, "there was no response");
    assert_eq!(log["data"][0]["attributes"]["deliveryState"], "FAILED");
}

#[tokio::test]
async fn a_redelivery_sends_the_same_bytes_to_where_the_webhook_points_now() {
    let (simulator, client) = start().await;
    let (old, new) = (Receiver::start().await, Receiver::start().await);
    let webhook = client.webhook(&old.url, SECRET, TYPES).await;
    old.answer_with(500);
    let sent = emit(&simulator, &webhook, 1).await;
    let moved = json!({ "data": { "type": "webhooks", "id": webhook, "attributes": { "url": new.url } } });
    client.patch(&format!("/v1/webhooks/{webhook}"), moved).await;

    let again = client.post("/v1/webhookDeliveries", redelivery_of(&sent[0].delivery_id)).await;
    assert_eq!((again.status, &again.body["data"]["attributes"]["redelivery"]), (201, &json!(true)));
    let posts = new.wait_for(1).await;
    assert_eq!(posts[0].body, old.posts()[0].body);
    assert!(posts[0].is_signed_with(SECRET));
    let log = until(&client, &webhook, "SUCCEEDED").await;
    assert_eq!(ids(&log).len(), 2);
    assert_eq!(log["included"].as_array().unwrap().len(), 1, "both are of one event");
}

#[tokio::test]
async fn a_delivery_is_sent_again_once_and_then_only_its_newest_redelivery() {
    let (simulator, client) = start().await;
    let receiver = Receiver::start().await;
    let webhook = client.webhook(&receiver.url, SECRET, TYPES).await;
    let first = emit(&simulator, &webhook, 1).await.remove(0).delivery_id;
    let again = async |delivery: &str| client.post("/v1/webhookDeliveries", redelivery_of(delivery)).await;
    let id = |reply: &Reply| reply.body["data"]["id"].as_str().unwrap().to_owned();

    let second = id(&again(&first).await);
    let third = id(&again(&second).await);
    for sent_again in [&first, &second] {
        let reply = again(sent_again).await;
        assert_eq!((reply.status, reply.code()), (409, "STATE_ERROR"));
    }
    assert_eq!(again(&third).await.status, 201);
    assert_eq!(receiver.wait_for(4).await.len(), 4, "what was refused was not sent");
}

#[tokio::test]
async fn redelivering_nothing_is_refused() {
    let (_simulator, client) = start().await;
    let reply = client.post("/v1/webhookDeliveries", redelivery_of("no-such")).await;
    assert_eq!((reply.status, reply.code()), (404, "NOT_FOUND"));
    let reply = client.post("/v1/webhookDeliveries", json!({ "data": { "type": "webhookDeliveries" } })).await;
    assert_eq!((reply.code(), reply.place()), ("ENTITY_ERROR.RELATIONSHIP.REQUIRED", "/data/relationships/template"));
}

#[tokio::test]
async fn the_log_reaches_ten_days_back_and_must_be_told_since_when() {
    let (simulator, client) = start().await;
    let receiver = Receiver::start().await;
    let webhook = client.webhook(&receiver.url, SECRET, TYPES).await;
    let target = format!("/v1/webhooks/{webhook}/deliveries");
    let parameter = "filter[createdDateGreaterThanOrEqualTo]";
    let refused = async |query: &str, code: &str| {
        let reply = client.get(&format!("{target}?{query}")).await;
        assert_eq!((reply.status, reply.code(), reply.place()), (400, code, parameter), "{query}");
    };
    refused("", "PARAMETER_ERROR.REQUIRED").await;
    refused(&since(SignedDuration::from_hours(241)), "PARAMETER_ERROR.INVALID").await;
    refused(&format!("{parameter}=yesterday"), "PARAMETER_ERROR.INVALID").await;

    let sent = emit(&simulator, &webhook, 3).await;
    let age = |id: &str, seconds| Backdate { seconds, delivery_id: Some(id.to_owned()), ..Backdate::default() };
    assert_eq!(simulator.backdate(&age(&sent[0].delivery_id, 11 * 86_400)).unwrap(), 1);
    assert_eq!(simulator.backdate(&age(&sent[1].delivery_id, 5 * 86_400)).unwrap(), 1);
    let all = client.read(&format!("{target}?{}", since(SignedDuration::from_hours(239)))).await;
    assert_eq!(ids(&all), [&sent[2].delivery_id, &sent[1].delivery_id], "newest first");
    let before = format!("filter[createdDateLessThan]={}", Timestamp::now() - SignedDuration::from_hours(24));
    let older = client.read(&format!("{target}?{}&{before}", since(SignedDuration::from_hours(239)))).await;
    assert_eq!(ids(&older), [&sent[1].delivery_id]);
    assert_eq!(ids(&client.read(&format!("/v1/webhooks/{webhook}/relationships/deliveries")).await).len(), 2);
    let reply = client.post("/v1/webhookDeliveries", redelivery_of(&sent[0].delivery_id)).await;
    assert_eq!(reply.status, 404, "what has left the log can't be sent again");
}

#[tokio::test]
async fn the_state_filter_works_as_described_only_when_told_to() {
    let (simulator, client) = start().await;
    let receiver = Receiver::start().await;
    let webhook = client.webhook(&receiver.url, SECRET, TYPES).await;
    let good = emit(&simulator, &webhook, 1).await;
    receiver.answer_with(404);
    let bad = emit(&simulator, &webhook, 1).await;
    let target = |state: &str| {
        let day = since(SignedDuration::from_hours(1));
        format!("/v1/webhooks/{webhook}/deliveries?{day}&filter[deliveryState]={state}")
    };
    assert_eq!(client.get(&target("FAILED")).await.place(), "filter[deliveryState]");
    simulator.change(&SimulatorSettings { delivery_state_filter: Some(true), ..SimulatorSettings::default() });
    assert_eq!(ids(&client.read(&target("FAILED")).await), [&bad[0].delivery_id]);
    assert_eq!(ids(&client.read(&target("SUCCEEDED")).await), [&good[0].delivery_id]);
    assert_eq!(client.get(&target("LOST")).await.code(), "PARAMETER_ERROR.INVALID");
}

#[tokio::test]
async fn pages_of_the_log_hold_while_new_deliveries_come_in() {
    let (simulator, client) = start().await;
    let receiver = Receiver::start().await;
    let webhook = client.webhook(&receiver.url, SECRET, TYPES).await;
    let first: Vec<_> = emit(&simulator, &webhook, 5).await.into_iter().map(|sent| sent.delivery_id).collect();
    let day = since(SignedDuration::from_hours(1));
    let page = client.read(&format!("/v1/webhooks/{webhook}/deliveries?limit=2&{day}")).await;
    let mut seen: Vec<String> = ids(&page).into_iter().map(str::to_owned).collect();
    emit(&simulator, &webhook, 3).await;
    let mut next = page["links"]["next"].as_str().map(str::to_owned);
    while let Some(target) = next {
        let page = client.read(&target).await;
        seen.extend(ids(&page).into_iter().map(str::to_owned));
        next = page["links"]["next"].as_str().map(str::to_owned);
    }
    seen.sort();
    let mut first = first;
    first.sort();
    assert_eq!(seen, first);
}
