//! A command's input, and what happens to its output.

use std::os::unix::fs::PermissionsExt;

use hookbell_engine::api::{RunIdRequest, RunState};
use serde_json::{Value, json};

use super::{PING, rule};
use crate::studio::{Studio, post, sample};

/// Writes a script into the studio's folder, and returns its path.
fn script(studio: &Studio, text: &str) -> String {
    let path = studio.folder.path().join("script.sh");
    std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
    path.display().to_string()
}

#[tokio::test]
async fn a_command_gets_the_event_and_a_folder_and_nothing_of_our_environment() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    let path = script(&studio, "/bin/cat; echo \"$1\"; /bin/ls \"$HOOKBELL_EVIDENCE\"; /usr/bin/env");
    let command = json!([{ "run": { "command": [path, "it is a {{ event.kind }}"] } }]);
    studio.save(rule("Script", command)).await;
    post(&url, "s3cret", sample(PING, "one")).await;
    let id = studio.run_in(RunState::Done).await.id;
    let output = studio.hookbell.runs().one(RunIdRequest { id }).await.unwrap().output.unwrap();
    let lines: Vec<_> = output.lines().collect();
    let event: Value = serde_json::from_str(lines[0]).unwrap();
    assert_eq!((&event["id"], lines[1], lines[2]), (&json!("one"), "it is a ping", "event.json"));
    for line in &lines[3..] {
        let name = line.split('=').next().unwrap();
        assert!(name.starts_with("HOOKBELL_") || ["PWD", "OLDPWD", "SHLVL", "_"].contains(&name), "{line}");
    }
    assert!(output.contains("HOOKBELL_EVENT_ID=one"));
    assert!(studio.runs().await[0].output.is_none(), "a list has no output");
}

#[tokio::test]
async fn a_command_that_fails_says_how_and_is_tried_again() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    let path = script(&studio, "echo no such branch >&2; exit 3");
    studio.save(rule("Script", json!([{ "run": { "command": [path] } }]))).await;
    post(&url, "s3cret", sample(PING, "one")).await;
    let run = studio.run_with("the attempt", |run| run.attempts == 1 && run.state == RunState::Waiting).await;
    assert!(run.answer.unwrap().ends_with("ended with status 3"));
    let run = studio.hookbell.runs().one(RunIdRequest { id: run.id }).await.unwrap();
    assert_eq!(run.output.as_deref(), Some("no such branch\n"));
}
