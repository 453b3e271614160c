//! Feedback: valid pictures, expiring URLs, logs in both formats, and deletion.

use hookbell_sim::{AddFeedback, Simulator, SimulatorSettings};
use jiff::Timestamp;
use serde_json::Value;

use crate::client::{BIRDS, Client, FIELDNOTES, http, start};

const SHOT: &str = "/v1/betaFeedbackScreenshotSubmissions/AD8JvKbr0BK0Cj9OnM6WO6I";

async fn pictures(client: &Client, target: &str) -> Vec<Value> {
    client.read(target).await["data"]["attributes"]["screenshots"].as_array().unwrap().clone()
}

async fn download(picture: &Value) -> (u16, Vec<u8>) {
    let response = http().get(picture["url"].as_str().unwrap()).send().await.unwrap();
    (response.status().as_u16(), response.bytes().await.unwrap().to_vec())
}

fn add(simulator: &Simulator, feedback: AddFeedback) -> String {
    simulator.add_feedback(&feedback).unwrap().remove(0)
}

#[tokio::test]
async fn a_picture_is_had_without_a_token_until_its_url_ends() {
    let (simulator, client) = start().await;
    let old = pictures(&client, SHOT).await;
    let (status, bytes) = download(&old[0]).await;
    assert_eq!(status, 200);
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    let ends: Timestamp = old[0]["expirationDate"].as_str().unwrap().parse().unwrap();
    assert_eq!(ends.duration_since(Timestamp::now()).as_hours(), 6 * 24 - 1, "it lives for six days");

    simulator.expire_pictures();
    assert_eq!(download(&old[0]).await.0, 403);
    let fresh = pictures(&client, SHOT).await;
    assert_ne!(fresh[0]["url"], old[0]["url"]);
    assert_eq!(download(&fresh[0]).await, (200, bytes));

    simulator.change(&SimulatorSettings { picture_lifetime_seconds: Some(0), ..SimulatorSettings::default() });
    assert_eq!(download(&pictures(&client, SHOT).await[1]).await.0, 403);
}

#[tokio::test]
async fn a_url_is_good_for_its_own_picture_only() {
    let (_simulator, client) = start().await;
    let picture = &pictures(&client, SHOT).await[0];
    let url = picture["url"].as_str().unwrap();
    for other in [url.replace("keyboard.png", "dark-list.png"), url.split('?').next().unwrap().to_owned()] {
        assert_eq!(http().get(other).send().await.unwrap().status(), 403);
    }
}

#[tokio::test]
async fn every_kind_of_picture_has_the_bytes_it_promises_or_is_known_to_lie() {
    let (simulator, client) = start().await;
    let kinds: [(&str, &[u8], usize); 7] = [
        ("keyboard.png", b"\x89PNG", 137_642),
        ("dark-list.png", b"\x89PNG", 44_290),
        ("map.jpg", b"\xff\xd8\xff", 60_531),
        ("map.heic", b"\0\0\0", 12_115),
        ("claims-60000.png", b"\x89PNG", 254),
        ("page.png", b"<!doctype html>", 106),
        ("oversized.png", b"\x89PNG", 30 * 1024 * 1024),
    ];
    let names = kinds.map(|(name, ..)| name.to_owned()).to_vec();
    let app_id = FIELDNOTES.to_owned();
    let id = add(&simulator, AddFeedback { app_id, pictures: Some(names), ..AddFeedback::default() });
    let pictures = pictures(&client, &format!("/v1/betaFeedbackScreenshotSubmissions/{id}")).await;
    for ((name, start, size), picture) in kinds.iter().zip(&pictures) {
        let (status, bytes) = download(picture).await;
        assert_eq!((status, bytes.len()), (200, *size), "{name}");
        assert!(bytes.starts_with(start), "{name}");
    }
    assert_eq!(pictures[4]["width"], 60000);
}

#[tokio::test]
async fn anonymous_feedback_has_neither_a_tester_nor_an_address() {
    let (simulator, client) = start().await;
    let seven = Some(vec!["keyboard.png".to_owned(); 7]);
    let id = add(
        &simulator,
        AddFeedback {
            app_id: BIRDS.to_owned(),
            comment: Some(String::new()),
            pictures: seven,
            anonymous: true,
            ..AddFeedback::default()
        },
    );
    let target = format!("{}/v1/betaFeedbackScreenshotSubmissions/{id}?include=tester", client.ready.url);
    let read = http().get(target).bearer_auth(&client.token).send().await.unwrap();
    let read: Value = serde_json::from_slice(&read.bytes().await.unwrap()).unwrap();
    let attributes = &read["data"]["attributes"];
    assert_eq!((&attributes["email"], &attributes["comment"]), (&Value::Null, &Value::from("")));
    assert_eq!(attributes["screenshots"].as_array().unwrap().len(), 7);
    assert_eq!((&read["data"]["relationships"]["tester"], &read["included"]), (&Value::Null, &serde_json::json!([])));
}

#[tokio::test]
async fn crash_logs_come_in_both_forms_and_broken() {
    let (simulator, client) = start().await;
    let log = async |id: &str| {
        let log = client.read(&format!("/v1/betaFeedbackCrashSubmissions/{id}/crashLog")).await;
        let same = client.read(&format!("/v1/betaCrashLogs/{}", log["data"]["id"].as_str().unwrap())).await;
        assert_eq!(log["data"]["attributes"], same["data"]["attributes"]);
        log["data"]["attributes"]["logText"].as_str().unwrap().to_owned()
    };
    let ips = log("AK7UjG-qL5QxXf3gIOGjbpQ").await;
    let (head, body) = ips.split_once('\n').unwrap();
    assert_eq!(serde_json::from_str::<Value>(head).unwrap()["bug_type"], "309");
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["threads"][0]["triggered"], true);

    let text = log("AL9VmH-wN2TyZd6kEsFrcRw").await;
    assert!(text.starts_with("Incident Identifier:") && text.contains("\nThread 3 Crashed:\n"));
    let broken = AddFeedback {
        app_id: BIRDS.to_owned(),
        crash: true,
        crash_log: Some("cut-short.crash".to_owned()),
        ..AddFeedback::default()
    };
    assert!(log(&add(&simulator, broken)).await.ends_with("Backyard"));
}

#[tokio::test]
async fn removed_feedback_is_gone_with_its_log() {
    let (_simulator, client) = start().await;
    let crash = "/v1/betaFeedbackCrashSubmissions/AK7UjG-qL5QxXf3gIOGjbpQ";
    for target in [SHOT, crash] {
        assert_eq!(client.delete(target).await.status, 204);
        assert_eq!(client.get(target).await.code(), "NOT_FOUND");
    }
    assert_eq!(client.get(&format!("{crash}/crashLog")).await.status, 404);
    assert_eq!(client.get("/v1/betaCrashLogs/AK7UjG-qL5QxXf3gIOGjbpQ").await.status, 404);
}

#[tokio::test]
async fn feedback_is_filtered_by_build_version_and_tester() {
    let (_simulator, client) = start().await;
    let count = async |query: &str| {
        let target = format!("/v1/apps/{BIRDS}/betaFeedbackScreenshotSubmissions?{query}");
        client.read(&target).await["meta"]["paging"]["total"].as_u64().unwrap()
    };
    assert_eq!(count("filter[build]=e2b4a7c0-3f5d-4b44-9d0e-52f2f1a0c418").await, 2);
    assert_eq!(count("filter[build]=e2b4a7c0-3f5d-4b44-9d0e-52f2f1a0c412").await, 0);
    assert_eq!(count("filter[build.preReleaseVersion]=5d0f7c44-0b63-4a77-a1f5-91b1a2b63301").await, 2);
    assert_eq!(count("filter[tester]=1c0e0f0b-6a34-4f1b-9d52-6a3f5b8c7e01").await, 1);
    assert_eq!(count("filter[deviceModel]=iPhone14_6").await, 1);
}
