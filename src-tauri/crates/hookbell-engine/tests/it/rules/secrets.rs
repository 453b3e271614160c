//! A destination is a secret: it is in the keychain and nowhere else.

use hookbell_core::{SIGNATURE_HEADER, Secret, Signature};
use hookbell_engine::api::{ErrorCode, RunState};
use serde_json::{Value, json};

use super::{PING, Server, rule};
use crate::studio::{Studio, eventually, file_with, long, post, sample};

const PLANTED: &str = "pl4nted-t0ken";

#[tokio::test]
async fn the_address_of_a_destination_is_in_no_file_run_or_error() {
    let (studio, server) = (Studio::listening().await, Server::start().await);
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    let address = format!("{}?token={PLANTED}", server.url);
    let saved: Value =
        studio.call("saveDestination", json!({ "name": "CI", "url": address, "secret": PLANTED })).await.unwrap();
    assert_eq!(saved, json!({ "name": "CI", "host": "127.0.0.1" }));
    server.answers(&[200, 404]);
    studio.save(rule("To CI", json!([{ "forward": { "as": "signed", "destination": "CI" } }]))).await;
    post(&url, "s3cret", sample(PING, "one")).await;
    studio.run_in(RunState::Done).await;
    post(&url, "s3cret", sample(PING, "two")).await;
    studio.run_in(RunState::Failed).await;
    let runs = serde_json::to_string(&studio.runs().await).unwrap();
    assert!(!runs.contains(PLANTED), "{runs}");
    studio.hookbell.stop().await;
    assert_eq!(file_with(studio.folder.path(), PLANTED.as_bytes()), None);
}

#[tokio::test]
async fn an_event_is_signed_with_the_webhooks_secret_where_the_destination_has_none() {
    let (studio, server) = (Studio::listening().await, Server::start().await);
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    let save = json!({ "name": "CI", "url": server.url, "secret": null });
    let _: Value = studio.call("saveDestination", save).await.unwrap();
    let to = |place: Value| json!([{ "forward": place }]);
    studio.save(rule("By name", to(json!({ "as": "signed", "destination": "CI" })))).await;
    studio.save(rule("By address", to(json!({ "as": "signed", "url": server.url })))).await;
    let body = sample(PING, "one");
    post(&url, "s3cret", body.clone()).await;
    eventually("both requests", || (server.received().len() == 2).then_some(())).await;
    let expected = Signature::of(&Secret::new(long("s3cret")).unwrap(), &body).to_string();
    for (headers, received) in server.received() {
        let signatures: Vec<_> = headers.get_all(SIGNATURE_HEADER).iter().map(|one| one.to_str().unwrap()).collect();
        assert_eq!((signatures, received), (vec![expected.as_str()], body.clone()));
    }
}

#[tokio::test]
async fn a_destination_that_was_deleted_fails_its_runs_with_what_to_do() {
    let (studio, server) = (Studio::listening().await, Server::start().await);
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    let save = json!({ "name": "CI", "url": server.url, "secret": null });
    let _: Value = studio.call("saveDestination", save).await.unwrap();
    let left: Value = studio.call("deleteDestination", json!({ "name": "CI" })).await.unwrap();
    assert_eq!(left, json!([]));
    studio.save(rule("To CI", json!([{ "forward": { "as": "raw", "destination": "CI" } }]))).await;
    post(&url, "s3cret", sample(PING, "one")).await;
    let run = studio.run_in(RunState::Failed).await;
    assert_eq!(run.answer.as_deref(), Some("there is no destination “CI”"));
    let refused = json!({ "name": "CI", "url": "ftp://x", "secret": null });
    let refused = studio.call::<Value>("saveDestination", refused).await.unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::InvalidInput, Some("url")));
}
