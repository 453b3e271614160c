//! Webhooks: created, changed and deleted as Apple allows, refused as Apple refuses.

use serde_json::{Value, json};

use crate::client::{BIRDS, FIELDNOTES, ids, new_webhook, start};

const URL: &str = "https://hooks.halden.example/hooks/8f3kQ2";
const TYPES: &[&str] = &["BUILD_UPLOAD_STATE_UPDATED"];

#[tokio::test]
async fn a_webhook_is_made_listed_changed_and_removed() {
    let (_simulator, client) = start().await;
    let id = client.webhook(URL, "old secret", TYPES).await;
    let target = format!("/v1/webhooks/{id}");
    let list = client.read(&format!("/v1/apps/{BIRDS}/webhooks?include=app")).await;
    assert_eq!(ids(&list), [&id]);
    assert_eq!(list["included"][0]["id"], BIRDS);
    assert_eq!(ids(&client.read(&format!("/v1/apps/{BIRDS}/relationships/webhooks")).await), [&id]);
    assert!(ids(&client.read(&format!("/v1/apps/{FIELDNOTES}/webhooks")).await).is_empty());

    let change = json!({ "data": { "type": "webhooks", "id": id, "attributes": {
        "enabled": false, "name": "Off for now", "secret": "new secret", "eventTypes": null,
    }}});
    let changed = client.patch(&target, change).await;
    assert_eq!(changed.status, 200, "{:#}", changed.body);
    let attributes = client.read(&target).await["data"]["attributes"].clone();
    assert_eq!(attributes, json!({ "enabled": false, "eventTypes": TYPES, "name": "Off for now", "url": URL }));

    assert_eq!(client.delete(&target).await.status, 204);
    assert_eq!(client.get(&target).await.code(), "NOT_FOUND");
    assert_eq!(client.delete(&target).await.code(), "NOT_FOUND");
}

#[tokio::test]
async fn no_answer_and_no_state_shows_a_secret() {
    let (simulator, client) = start().await;
    let made = client.post("/v1/webhooks", new_webhook(BIRDS, URL, "tell nobody 4711", TYPES)).await;
    let id = made.body["data"]["id"].as_str().unwrap();
    let read = client.read(&format!("/v1/webhooks/{id}")).await;
    for shown in [&made.body, &read, &simulator.state()] {
        assert!(!shown.to_string().contains("4711"), "{shown:#}");
    }
}

#[tokio::test]
async fn each_bad_attribute_is_refused_at_its_place() {
    let (_simulator, client) = start().await;
    let good = new_webhook(BIRDS, URL, "secret", TYPES);
    let with = |name: &str, value: Value| {
        let mut body = good.clone();
        body["data"]["attributes"][name] = value;
        body
    };
    let cases = [
        ("name", json!(null), "ENTITY_ERROR.ATTRIBUTE.REQUIRED"),
        ("name", json!("  "), "ENTITY_ERROR.ATTRIBUTE.INVALID"),
        ("name", json!(7), "ENTITY_ERROR.ATTRIBUTE.TYPE"),
        ("secret", json!(null), "ENTITY_ERROR.ATTRIBUTE.REQUIRED"),
        ("secret", json!(""), "ENTITY_ERROR.ATTRIBUTE.INVALID"),
        ("enabled", json!(null), "ENTITY_ERROR.ATTRIBUTE.REQUIRED"),
        ("enabled", json!("yes"), "ENTITY_ERROR.ATTRIBUTE.TYPE"),
        ("eventTypes", json!(null), "ENTITY_ERROR.ATTRIBUTE.REQUIRED"),
        ("eventTypes", json!([]), "ENTITY_ERROR.ATTRIBUTE.INVALID"),
        ("eventTypes", json!("BUILD_UPLOAD_STATE_UPDATED"), "ENTITY_ERROR.ATTRIBUTE.TYPE"),
        ("eventTypes", json!(["APP_LUNCH_STATE_UPDATED"]), "ENTITY_ERROR.ATTRIBUTE.TYPE"),
        ("eventTypes", json!(["PING"]), "ENTITY_ERROR.ATTRIBUTE.TYPE"),
        ("url", json!(null), "ENTITY_ERROR.ATTRIBUTE.REQUIRED"),
        ("url", json!("http://hooks.halden.example/x"), "ENTITY_ERROR.ATTRIBUTE.INVALID"),
        ("url", json!("http://127.0.0.1.halden.example/x"), "ENTITY_ERROR.ATTRIBUTE.INVALID"),
        ("url", json!("ftp://hooks.halden.example/x"), "ENTITY_ERROR.ATTRIBUTE.INVALID"),
        ("url", json!("hooks"), "ENTITY_ERROR.ATTRIBUTE.INVALID"),
        ("colour", json!("red"), "ENTITY_ERROR.ATTRIBUTE.UNKNOWN"),
    ];
    for (name, value, code) in cases {
        let reply = client.post("/v1/webhooks", with(name, value.clone())).await;
        let place = format!("/data/attributes/{name}");
        assert_eq!((reply.status, reply.code(), reply.place()), (409, code, &*place), "{name}: {value}");
    }
    for url in ["http://127.0.0.1:8377/hooks/a", "http://[::1]:8377/hooks/a", "http://localhost:8377/hooks/a"] {
        assert_eq!(client.post("/v1/webhooks", with("url", json!(url))).await.status, 201, "{url}");
    }
}

#[tokio::test]
async fn several_mistakes_are_told_at_once() {
    let (_simulator, client) = start().await;
    let reply = client.post("/v1/webhooks", json!({ "data": { "type": "webhooks" } })).await;
    let places: Vec<_> =
        reply.body["errors"].as_array().unwrap().iter().map(|e| e["source"]["pointer"].as_str().unwrap()).collect();
    let wanted = ["name", "secret", "eventTypes", "url", "enabled"].map(|name| format!("/data/attributes/{name}"));
    assert_eq!(places, [&wanted[..], &["/data/relationships/app".to_owned()]].concat());
}

#[tokio::test]
async fn wrong_bodies_are_refused() {
    let (_simulator, client) = start().await;
    let id = client.webhook(URL, "secret", TYPES).await;
    let check = async |body: Value, status: u16, code: &str, place: &str| {
        let reply = client.post("/v1/webhooks", body).await;
        assert_eq!((reply.status, reply.code(), reply.place()), (status, code, place));
    };
    check(json!([]), 400, "ENTITY_INVALID", "").await;
    check(json!({ "data": { "type": "apps" } }), 409, "ENTITY_ERROR.TYPE", "/data/type").await;
    let app = "/data/relationships/app";
    check(new_webhook("1", URL, "secret", TYPES), 409, "ENTITY_ERROR.RELATIONSHIP.INVALID", app).await;
    let other = json!({ "data": { "type": "webhooks", "id": "another", "attributes": { "enabled": true } } });
    let reply = client.patch(&format!("/v1/webhooks/{id}"), other).await;
    assert_eq!((reply.status, reply.place()), (409, "/data/id"));

    let plain = crate::client::http().post(format!("{}/v1/webhooks", client.ready.url)).bearer_auth(&client.token);
    assert_eq!(plain.body("{}").send().await.unwrap().status(), 415);
}

#[tokio::test]
async fn an_app_has_ten_webhooks_and_no_eleventh() {
    let (_simulator, client) = start().await;
    for _ in 0..10 {
        client.webhook(URL, "secret", TYPES).await;
    }
    let reply = client.post("/v1/webhooks", new_webhook(BIRDS, URL, "secret", TYPES)).await;
    assert_eq!((reply.status, reply.code()), (409, "STATE_ERROR"));
    let other = client.post("/v1/webhooks", new_webhook(FIELDNOTES, URL, "secret", TYPES)).await;
    assert_eq!(other.status, 201, "another app has its own ten");
}
