//! The controls over HTTP, as a script uses them.

use std::time::{Duration, Instant};

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::{
    client::{BIRDS, Client, http, start},
    receiver::{Receiver, SECRET},
};

async fn control(client: &Client, path: &str, body: Value) -> (StatusCode, Value) {
    let request = http().post(format!("{}/sim/{path}", client.ready.url)).body(body.to_string());
    let response = request.send().await.unwrap();
    (response.status(), serde_json::from_slice(&response.bytes().await.unwrap()).unwrap_or_default())
}

#[tokio::test]
async fn a_script_emits_an_event_and_reads_how_it_went() {
    let (_simulator, client) = start().await;
    let receiver = Receiver::start().await;
    let webhook = client.webhook(&receiver.url, SECRET, &["APP_STORE_VERSION_APP_VERSION_STATE_UPDATED"]).await;
    let body = json!({
        "webhookId": webhook,
        "eventType": "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED",
        "set": { "/data/attributes/newValue": "REJECTED" },
    });
    let (status, sent) = control(&client, "events", body).await;
    assert_eq!(status, 200, "{sent}");
    let delivery = &sent["deliveries"][0];
    assert_eq!((&delivery["deliveryState"], &delivery["httpStatusCode"]), (&json!("SUCCEEDED"), &json!(200)));
    assert_eq!(receiver.posts()[0].json()["data"]["attributes"]["newValue"], "REJECTED");
    assert_eq!(receiver.posts()[0].json()["data"]["id"], delivery["eventId"]);

    let (status, refused) = control(&client, "events", json!({ "webhookId": "x", "eventType": "PING" })).await;
    assert_eq!(status, 404);
    assert!(refused["error"].as_str().unwrap().starts_with("there is no webhook x"), "{refused}");
    assert_eq!(control(&client, "events", json!({ "eventTyp": "PING" })).await.0, 400);
}

#[tokio::test]
async fn the_scene_is_set_and_shown() {
    let (_simulator, client) = start().await;
    let apps = json!({ "count": 20, "webhooksPerApp": 10 });
    assert_eq!(control(&client, "apps", apps).await.1["ids"].as_array().unwrap().len(), 20);
    assert_eq!(control(&client, "apps", json!({ "count": 1, "webhooksPerApp": 11 })).await.0, 400);
    let feedback = json!({ "appId": BIRDS, "count": 500, "comment": "Hello", "pictures": ["map.heic"] });
    assert_eq!(control(&client, "feedback", feedback).await.1["ids"].as_array().unwrap().len(), 500);
    assert_eq!(control(&client, "feedback", json!({ "appId": BIRDS, "pictures": ["cat.gif"] })).await.0, 400);
    let missed = json!({
        "appId": control(&client, "apps", json!({ "count": 1, "webhooksPerApp": 1 })).await.1["ids"][0],
        "eventType": "BUILD_UPLOAD_STATE_UPDATED",
        "count": 100,
        "deliver": false,
        "at": "2026-01-05T10:00:00Z",
    });
    assert_eq!(control(&client, "events", missed).await.1["deliveries"].as_array().unwrap().len(), 100);
    assert_eq!(control(&client, "backdate", json!({ "seconds": 60 })).await.1["deliveries"], 100);

    let state: Value =
        http().get(format!("{}/sim/state", client.ready.url)).send().await.unwrap().json().await.unwrap();
    assert_eq!(state["apps"].as_array().unwrap().len(), 23);
    assert_eq!(state["webhooks"].as_array().unwrap().len(), 201);
    assert_eq!(state["deliveries"][99]["state"], "FAILED");
    assert_eq!(state["deliveries"][99]["createdDate"], "2026-01-05T09:59:00Z");
    assert_eq!(state["issuerId"], *client.ready.issuer_id.as_ref().unwrap());
}

#[tokio::test]
async fn calls_are_counted_and_latency_is_kept_by_calls_side_by_side() {
    let (simulator, client) = start().await;
    assert_eq!(control(&client, "settings", json!({ "latencyMs": 100 })).await.0, 204);
    let began = Instant::now();
    let calls = (0..20).map(|_| client.get("/v1/apps"));
    futures_util::future::join_all(calls).await;
    assert!(began.elapsed() >= Duration::from_millis(100));
    let counts = simulator.counts();
    assert_eq!((counts.operations["appsGetCollection"], counts.total, counts.in_flight), (20, 20, 0));
    assert!(counts.most_in_flight > 1, "{counts:?}");
    assert_eq!(control(&client, "calls/reset", json!({})).await.0, 204);
    assert_eq!(simulator.counts().total, 0);
    assert_eq!(control(&client, "settings", json!({ "latency": 100 })).await.0, 400);
}

#[tokio::test]
async fn faults_are_set_and_taken_back() {
    let (_simulator, client) = start().await;
    let (status, waiting) = control(&client, "faults", json!({ "path": "/v1", "kind": "html", "count": null })).await;
    assert_eq!((status, &waiting["faults"][0]["kind"]), (StatusCode::OK, &json!("html")));
    let target = format!("{}/sim/faults", client.ready.url);
    assert_eq!(http().delete(target).send().await.unwrap().status(), 204);
    assert_eq!(client.get("/v1/apps").await.status, 200);
    assert_eq!(control(&client, "faults", json!({ "kind": "meteor" })).await.0, 400);
}
