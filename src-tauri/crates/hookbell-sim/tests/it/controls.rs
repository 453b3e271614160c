//! The controls over HTTP, as scripts use them.

use std::time::{Duration, Instant};

use hookbell_core::EventType;
use hookbell_sim::{Config, Emit, Simulator};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{
    client::{BIRDS, Client, http, start_with},
    receiver::{Receiver, SECRET},
};

async fn start() -> (Simulator, Client) {
    start_with(Config { controls: true, ..Config::default() }).await
}

async fn control(client: &Client, path: &str, body: Value) -> (StatusCode, Value) {
    let request = http().post(format!("{}/sim/{path}", client.ready.url)).json(&body);
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

#[tokio::test]
async fn a_fault_of_an_unknown_operation_is_refused_with_those_there_are() {
    let (simulator, client) = start().await;
    let (status, refused) = control(&client, "faults", json!({ "operation": "appsGetColection" })).await;
    let words = refused["error"].as_str().unwrap();
    assert_eq!(status, 400);
    assert!(words.starts_with("there is no operation appsGetColection; there are "), "{words}");
    for known in ["appsGetCollection", "webhookDeliveriesCreateInstance", "screenshots", "unknown"] {
        assert!(words.contains(known), "{words}");
        let (status, _) = control(&client, "faults", json!({ "operation": known })).await;
        assert_eq!(status, 200, "{known}");
    }
    let (status, refused) = control(&client, "faults", json!({ "kind": "slow" })).await;
    assert_eq!(
        (status, &refused["error"]),
        (
            StatusCode::BAD_REQUEST,
            &json!("this fault can’t happen: slow and drip need delayMs; docs/simulator.md shows what a control takes")
        )
    );
    assert_eq!(simulator.state()["faults"].as_array().unwrap().len(), 4);
}

/// What a browser sends for a page on another site, and for a page whose own name resolves to this computer.
const FOREIGN: [(&str, &str); 4] = [
    ("host", "rebound.example"),
    ("origin", "https://page.example"),
    ("origin", "null"),
    ("sec-fetch-site", "cross-site"),
];

#[tokio::test]
async fn a_web_page_can_neither_send_nor_read_anything() {
    let (simulator, client) = start().await;
    let receiver = Receiver::start().await;
    let webhook = client.webhook(&receiver.url, SECRET, &["BUILD_UPLOAD_STATE_UPDATED"]).await;
    let emit = json!({ "eventType": "BUILD_UPLOAD_STATE_UPDATED" }).to_string();
    let apps = json!({ "count": 1, "webhooksPerApp": 1, "url": receiver.url }).to_string();
    let picture = client.read(&format!("/v1/apps/{BIRDS}/betaFeedbackScreenshotSubmissions")).await;
    let picture = picture["data"][0]["attributes"]["screenshots"][0]["url"].as_str().unwrap().to_owned();
    let at = |path: &str| format!("{}{path}", client.ready.url);
    let calls = [
        (Method::GET, at("/sim/state"), None),
        (Method::POST, at("/sim/events"), Some(&emit)),
        (Method::POST, at("/sim/apps"), Some(&apps)),
        (Method::POST, at("/sim/pictures/expire"), None),
        (Method::DELETE, at("/sim/faults"), None),
        (Method::GET, at(&format!("/v1/webhooks/{webhook}")), None),
        (Method::GET, at("/v1/apps"), None),
        (Method::GET, picture, None),
    ];
    for (method, url, body) in calls {
        for (name, value) in FOREIGN {
            let request = http().request(method.clone(), &url).bearer_auth(&client.token);
            let request = request.header("content-type", "application/json").header(name, value);
            let response = request.body(body.cloned().unwrap_or_default()).send().await.unwrap();
            assert_eq!(response.status(), 403, "{method} {url} {name}: {value}");
            assert!(!response.headers().contains_key("access-control-allow-origin"));
            let said = response.text().await.unwrap();
            assert!(said.starts_with(r#"{"error":"the simulator "#), "{said}");
        }
    }
    assert_eq!(receiver.posts().len(), 0);
    assert_eq!(simulator.apps().len(), 2);
}

#[tokio::test]
async fn what_a_form_can_send_is_no_control() {
    let (simulator, client) = start().await;
    let send = async |media_type: &str| {
        let request = http().post(format!("{}/sim/apps", client.ready.url)).header("content-type", media_type);
        request.body(r#"{"count":1}"#).send().await.unwrap()
    };
    for form in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp"] {
        let response = send(form).await;
        assert_eq!(response.status(), 415, "{form}");
        assert!(response.text().await.unwrap().contains("curl --json"));
    }
    assert_eq!(simulator.apps().len(), 2);
    assert_eq!(send("application/json; charset=utf-8").await.status(), 200);
    assert_eq!(simulator.apps().len(), 3);
}

#[tokio::test]
async fn without_controls_nothing_over_http_makes_it_send_and_its_functions_still_do() {
    let (simulator, client) = start_with(Config::default()).await;
    let receiver = Receiver::start().await;
    client.webhook(&receiver.url, SECRET, &["BUILD_UPLOAD_STATE_UPDATED"]).await;
    let emit = json!({ "eventType": "BUILD_UPLOAD_STATE_UPDATED" });
    assert_eq!(control(&client, "events", emit).await.0, 401, "it is a path like any other of Apple's");
    assert_eq!(client.get("/sim/state").await.status, 404);
    assert_eq!(receiver.posts().len(), 0);
    simulator.emit(Emit::of(EventType::BuildUploadStateUpdated)).await.unwrap();
    assert_eq!(receiver.posts().len(), 1);
}
