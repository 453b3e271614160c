//! Faults: each kind as a client sees it, only where and as often as configured.

use std::time::{Duration, Instant};

use hookbell_sim::{Fault, FaultKind, Simulator, SimulatorSettings};
use reqwest::header::{HeaderMap, HeaderValue};
use serde_json::{Value, json};

use crate::client::{BIRDS, Client, http, ids, new_webhook, start};

fn fault(simulator: &Simulator, kind: FaultKind) {
    simulator.add_fault(Fault { kind, path: Some("/v1/apps".to_owned()), ..Fault::default() }).unwrap();
}

#[tokio::test]
async fn a_status_hits_its_operation_as_often_as_told() {
    let (simulator, client) = start().await;
    let operation = Some("appsGetCollection".to_owned());
    let fault = Fault { operation, status: Some(429), count: Some(2), retry_after: Some(7), ..Fault::default() };
    simulator.add_fault(fault).unwrap();
    assert_eq!(client.get("/v1/apps/6479283016").await.status, 200);
    for _ in 0..2 {
        let reply = client.get("/v1/apps").await;
        assert_eq!((reply.status, reply.code()), (429, "RATE_LIMIT_EXCEEDED"));
        assert_eq!(reply.headers["retry-after"], "7");
    }
    assert_eq!(client.get("/v1/apps").await.status, 200);
}

#[tokio::test]
async fn an_unnamed_status_is_apples_general_error() {
    let (simulator, client) = start().await;
    simulator.add_fault(Fault::default()).unwrap();
    let reply = client.get("/v1/apps").await;
    assert_eq!((reply.status, reply.code()), (500, "UNEXPECTED_ERROR"));
    assert!(simulator.add_fault(Fault { status: Some(99), ..Fault::default() }).is_err());
}

#[tokio::test]
async fn a_cut_ends_the_connection_before_any_answer() {
    let (simulator, client) = start().await;
    fault(&simulator, FaultKind::Cut);
    let error = client.send(reqwest::Method::GET, "/v1/apps", None).await.unwrap_err();
    assert!(error.is_request(), "{error:?}");
    assert_eq!(client.get("/v1/apps").await.status, 200);
}

#[tokio::test]
async fn a_cut_body_ends_in_the_middle() {
    let (simulator, client) = start().await;
    fault(&simulator, FaultKind::CutBody);
    let request = http().get(format!("{}/v1/apps", client.ready.url)).bearer_auth(&client.token);
    let mut response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    let promised = response.content_length().unwrap();
    let mut got = 0;
    let error = loop {
        match response.chunk().await {
            Ok(Some(piece)) => got += piece.len() as u64,
            Ok(None) => panic!("the body was whole"),
            Err(error) => break error,
        }
    };
    assert!(error.is_body() || error.is_decode(), "{error:?}");
    assert_eq!(got, promised.div_ceil(2));
}

#[tokio::test]
async fn a_truncated_answer_is_whole_http_and_half_json() {
    let (simulator, client) = start().await;
    fault(&simulator, FaultKind::Truncate);
    let request = http().get(format!("{}/v1/apps", client.ready.url)).bearer_auth(&client.token);
    let bytes = request.send().await.unwrap().bytes().await.unwrap();
    assert!(serde_json::from_slice::<serde_json::Value>(&bytes).unwrap_err().is_eof());
}

#[tokio::test]
async fn a_page_for_people_and_a_redirect_elsewhere() {
    let (simulator, client) = start().await;
    let request = || http().get(format!("{}/v1/apps", client.ready.url)).bearer_auth(&client.token);
    fault(&simulator, FaultKind::Html);
    let response = request().send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
    assert!(response.text().await.unwrap().starts_with("<!doctype html>"));
    fault(&simulator, FaultKind::Redirect);
    let response = request().send().await.unwrap();
    assert_eq!(response.status(), 302);
    assert_eq!(response.headers()["location"], "https://elsewhere.example/v1/apps");
}

#[tokio::test]
async fn the_next_page_can_lead_to_another_host() {
    let (simulator, client) = start().await;
    let to = Some("https://other.example".to_owned());
    simulator.add_fault(Fault { kind: FaultKind::NextOtherHost, to, ..Fault::default() }).unwrap();
    let page = client.read("/v1/apps?limit=1").await;
    let next = page["links"]["next"].as_str().unwrap();
    assert!(next.starts_with("https://other.example/v1/apps?cursor="), "{next}");
}

#[tokio::test]
async fn slow_and_dripping_answers_are_right_in_the_end() {
    let (simulator, client) = start().await;
    for kind in [FaultKind::Slow, FaultKind::Drip] {
        simulator.add_fault(Fault { kind, delay_ms: 200, ..Fault::default() }).unwrap();
        let began = Instant::now();
        assert_eq!(client.read("/v1/apps").await["meta"]["paging"]["total"], 2);
        assert!(began.elapsed() >= Duration::from_millis(200), "{kind:?}");
    }
}

/// Sends a GET without validation, because live answers differ from Apple's description.
async fn raw(client: &Client, target: &str) -> (u16, HeaderMap, String) {
    let request = http().get(format!("{}{target}", client.ready.url)).bearer_auth(&client.token);
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.headers().clone(), response.text().await.unwrap())
}

#[tokio::test]
async fn an_agreement_that_is_missing_has_its_code_and_the_page_to_see() {
    let (simulator, client) = start().await;
    let code = "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED";
    let operation = Some("betaFeedbackCrashSubmissionsCrashLogGetToOneRelated".to_owned());
    let fault = Fault { operation, status: Some(403), code: Some(code.to_owned()), ..Fault::default() };
    simulator.add_fault(fault).unwrap();
    let log = "/v1/betaFeedbackCrashSubmissions/AK7UjG-qL5QxXf3gIOGjbpQ/crashLog";
    let (status, _, body) = raw(&client, log).await;
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!((status, &body["errors"][0]["code"]), (403, &json!(code)));
    assert_eq!(body["errors"][0]["links"], json!({ "see": "/business" }));
    assert_eq!(client.get(log).await.status, 200, "it passes");
}

#[tokio::test]
async fn a_code_stands_beside_its_status() {
    let (simulator, client) = start().await;
    for (status, code) in
        [(404, "NOT_FOUND"), (403, "FORBIDDEN_ERROR.PLA_NOT_ACCEPTED"), (401, "NOT_AUTHORIZED"), (409, "STATE_ERROR")]
    {
        simulator.add_fault(Fault { status: Some(status), code: Some(code.to_owned()), ..Fault::default() }).unwrap();
        let reply = client.get("/v1/apps").await;
        assert_eq!((reply.status, reply.code()), (status, code));
        assert_eq!(client.get("/v1/apps").await.status, 200);
    }
}

#[tokio::test]
async fn a_body_is_sent_as_it_is_with_its_headers() {
    let (simulator, client) = start().await;
    let given = |status, body: &str| Fault { status: Some(status), body: Some(body.to_owned()), ..Fault::default() };
    let half = r#"{"data":{"type":"betaCrashLogs","id":"A","attributes":{"logText":"half an emoji: \ud83c"}}}"#;
    let bodies = [
        (200, half),
        (200, r#"{"data":null,"links":{"self":"https://api.appstoreconnect.apple.com/v1/betaCrashLogs/A"}}"#),
        (200, r#"{"data":{"type":"betaCrashLogs","id":"A"}}"#),
        (200, r#"{"data":[{"type":"apps","id":"1","attributes":{"diskBytesAvailable":-1}}]}"#),
        (200, ""),
        (500, "nothing of Apple's"),
    ];
    for (status, body) in bodies {
        simulator.add_fault(given(status, body)).unwrap();
        let (got, headers, text) = raw(&client, "/v1/apps").await;
        assert_eq!(
            (got, &*text, &headers["content-type"]),
            (status, body, &HeaderValue::from_static("application/json"))
        );
    }

    let limits = "user-hour-lim:3600;user-hour-rem:3411;";
    let headers = [("X-Rate-Limit", limits), ("content-type", "text/plain"), ("Retry-After", "3")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    simulator.add_fault(Fault { headers, ..given(429, "wait") }).unwrap();
    let (status, headers, _) = raw(&client, "/v1/apps").await;
    assert_eq!(
        (status, &headers["x-rate-limit"], &headers["retry-after"]),
        (429, &limits.parse().unwrap(), &"3".parse().unwrap())
    );
    assert_eq!(headers["content-type"], "text/plain");
    assert_eq!(raw(&client, "/v1/apps").await.1["x-rate-limit"], "user-hour-lim:3600;user-hour-rem:3599;");

    simulator
        .add_fault(Fault { status: Some(200), body_base64: Some("/9j/4A==".to_owned()), ..Fault::default() })
        .unwrap();
    let request = http().get(format!("{}/v1/apps", client.ready.url));
    assert_eq!(&*request.send().await.unwrap().bytes().await.unwrap(), b"\xff\xd8\xff\xe0");
}

#[tokio::test]
async fn a_call_can_be_carried_out_although_its_answer_is_an_error_or_none() {
    let (simulator, client) = start().await;
    let operation = Some("webhooksCreateInstance".to_owned());
    let make = || new_webhook(BIRDS, "https://hooks.halden.example/a", "secret", &["BUILD_UPLOAD_STATE_UPDATED"]);
    let webhooks = async || ids(&client.read(&format!("/v1/apps/{BIRDS}/webhooks")).await).len();

    simulator.add_fault(Fault { operation: operation.clone(), done: true, ..Fault::default() }).unwrap();
    let reply = client.post("/v1/webhooks", make()).await;
    assert_eq!((reply.status, reply.code(), webhooks().await), (500, "UNEXPECTED_ERROR", 1));
    simulator.add_fault(Fault { operation: operation.clone(), ..Fault::default() }).unwrap();
    assert_eq!(client.post("/v1/webhooks", make()).await.status, 500);
    assert_eq!(webhooks().await, 1);
    simulator.add_fault(Fault { operation, kind: FaultKind::Cut, done: true, ..Fault::default() }).unwrap();
    assert!(client.send(reqwest::Method::POST, "/v1/webhooks", Some(make())).await.is_err());
    assert_eq!(webhooks().await, 2);
}

#[tokio::test]
async fn many_reads_side_by_side_meet_a_500_now_and_then_and_a_few_never() {
    let (simulator, client) = start().await;
    simulator.change(&SimulatorSettings { latency_ms: Some(50), ..SimulatorSettings::default() });
    simulator.add_fault(Fault { count: None, parallel: 4, percent: 50, ..Fault::default() }).unwrap();
    let statuses = async |side_by_side: usize| {
        let calls = (0..side_by_side).map(|_| async { client.get("/v1/apps").await.status });
        futures_util::future::join_all(calls).await
    };
    for _ in 0..5 {
        assert_eq!(statuses(4).await, [200; 4]);
    }
    let mut many = statuses(60).await;
    many.sort_unstable();
    many.dedup();
    assert_eq!(many, [200, 500]);
}

#[tokio::test]
async fn pictures_can_fail_too() {
    let (simulator, client) = start().await;
    let target = "/v1/betaFeedbackScreenshotSubmissions/AD8JvKbr0BK0Cj9OnM6WO6I";
    let feedback = client.read(target).await;
    let url = feedback["data"]["attributes"]["screenshots"][0]["url"].as_str().unwrap().to_owned();
    let path = Some("/screenshots".to_owned());
    simulator.add_fault(Fault { path, status: Some(403), ..Fault::default() }).unwrap();
    assert_eq!(http().get(&url).send().await.unwrap().status(), 403);
    assert_eq!(http().get(&url).send().await.unwrap().status(), 200);
    assert_eq!(simulator.counts().operations["screenshots"], 2);
}
