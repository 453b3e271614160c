//! Rules that act on the story, and a chat server on this computer that receives their messages.

use std::net::Ipv4Addr;

use axum::Router;
use hookbell_engine::{
    Hookbell,
    api::{RunState, RunsRequest},
};
use serde_json::{Value, json};
use tokio::{
    net::TcpListener,
    time::{Instant, sleep},
};

use crate::{
    Outcome,
    scene::{CHECK_EVERY, UP_WITHIN},
};

/// Saves the rules. They apply to later events.
pub async fn save(hookbell: &Hookbell) -> Outcome<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let url = format!("http://{}/services/beta", listener.local_addr()?);
    let taken = || async { "ok" };
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(taken)).await });
    let chat = json!({ "name": "beta", "url": url, "secret": null });
    hookbell_engine::call(hookbell, "saveDestination", chat).await?;
    for rule in rules() {
        hookbell_engine::call(hookbell, "saveRule", json!({ "id": null, "rule": rule })).await?;
    }
    Ok(())
}

fn rules() -> [Value; 3] {
    [
        json!({
            "name": "Beta crashes to the team",
            "when": { "types": ["BETA_FEEDBACK_CRASH_SUBMISSION_CREATED"] },
            "then": [
                { "notify": { "title": "{{ app.name }} crashed", "breakThroughQuietHours": true } },
                { "forward": { "as": "slack", "destination": "beta" } },
            ],
        }),
        json!({
            "name": "Failed uploads, even at night",
            "when": { "types": ["BUILD_UPLOAD_STATE_UPDATED"], "states": ["FAILED"] },
            "then": [{ "notify": { "breakThroughQuietHours": true } }],
        }),
        json!({
            "name": "Quiet during processing",
            "when": { "states": ["PROCESSING"] },
            "then": [{ "silence": {} }],
        }),
    ]
}

/// Waits until the chat has received the rules' messages.
pub async fn done(hookbell: &Hookbell) -> Outcome<()> {
    let deadline = Instant::now() + UP_WITHIN;
    loop {
        let request = RunsRequest { limit: 200, ..RunsRequest::default() };
        let sent: Vec<_> =
            hookbell.runs().list(request).await?.runs.into_iter().filter(|run| run.action == "forward").collect();
        if !sent.is_empty() && sent.iter().all(|run| run.state == RunState::Done) {
            return Ok(());
        }
        if Instant::now() > deadline {
            return Err(format!("the rules did not send everything: {sent:?}").into());
        }
        sleep(CHECK_EVERY).await;
    }
}
