//! Faults: each kind as a client sees it, only where and as often as it was told.

use std::time::{Duration, Instant};

use hookbell_sim::{Fault, FaultKind, Simulator};

use crate::client::{http, start};

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
