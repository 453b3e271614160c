//! Rules in scripts: an event triggers an action, which continues after the process was killed.

use std::{
    collections::BTreeSet,
    fs,
    net::SocketAddr,
    process::{Command, Output},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use hookbell_tests::{
    Error, leaks,
    process::Process,
    wait::{self, SOON},
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};

use super::{Script, text};

const SECRET: &str = "the studio's own secret";

const UPLOAD: &str = "BUILD_UPLOAD_STATE_UPDATED";

/// How long a run that failed once may take until its next attempt has ended.
const RETRIED: Duration = Duration::from_secs(150);

/// A request that the server received: its idempotency key, empty for chats, and its body.
type Taken = (String, Vec<u8>);

/// What a server received, and whether it leaves requests unanswered.
#[derive(Clone, Default)]
struct Desk {
    taken: Arc<Mutex<Vec<Taken>>>,
    silent: Arc<AtomicBool>,
}

/// A local HTTP server that records its requests.
struct Server {
    address: SocketAddr,
    desk: Desk,
    serving: JoinHandle<()>,
}

impl Server {
    /// Starts one at this address; on any free port if the port is 0.
    async fn start(address: SocketAddr) -> Self {
        let desk = Desk::default();
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/in", post(take)).with_state(desk.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, desk, serving }
    }

    /// Starts one on a free port; also returns the address of its only path.
    async fn anywhere() -> (Self, String) {
        let server = Self::start(SocketAddr::from(([127, 0, 0, 1], 0))).await;
        let url = format!("http://{}/in", server.address);
        (server, url)
    }

    /// Whether it leaves requests unanswered.
    fn keep_silent(&self, silent: bool) {
        self.desk.silent.store(silent, Ordering::Relaxed);
    }

    /// The requests received, once there are any.
    async fn taken(&self, limit: Duration) -> Result<Vec<Taken>, Error> {
        let some = async || Some(self.desk.taken.lock().unwrap().clone()).filter(|taken| !taken.is_empty());
        wait::eventually(limit, "a request at the server", some).await
    }

    /// Stops it; further connections are refused.
    async fn stop(self) -> SocketAddr {
        self.serving.abort();
        let _ = self.serving.await;
        self.address
    }
}

async fn take(State(desk): State<Desk>, headers: HeaderMap, body: Bytes) {
    let key = headers.get("idempotency-key").map(|key| key.to_str().unwrap()).unwrap_or_default().to_owned();
    desk.taken.lock().unwrap().push((key, body.to_vec()));
    if desk.silent.load(Ordering::Relaxed) {
        std::future::pending::<()>().await;
    }
}

/// Writes a rule to a file.
fn file(script: &Script, document: &Value) -> String {
    let file = script.desktop.root().join("rule.json");
    fs::write(&file, document.to_string()).unwrap();
    file.display().to_string()
}

/// Adds a rule for uploads.
fn add_rule(script: &Script, action: &Value) -> Value {
    let document = json!({ "name": "To my server", "when": { "types": [UPLOAD] }, "then": [action] });
    script.json(&["rules", "add", "--file", &file(script, &document)])
}

/// A webhook without an account.
pub fn add_webhook(script: &Script) -> Value {
    let add = ["webhooks", "add", "--name", "Script", "--secret-env", "STUDIO", "--json"];
    serde_json::from_slice(&succeeds(&mut script.command(&add)).stdout).unwrap()
}

/// Delivers an event about a new build's upload to a webhook.
pub fn trigger(script: &Script, serving: &Process, webhook: &Value) {
    let ready = serving.stdout();
    let ready: Value = serde_json::from_str(ready.lines().next().unwrap()).unwrap();
    let url = format!("{}{}", text(&ready["ready"], "url"), text(webhook, "path"));
    let send = ["trigger", UPLOAD, "--new-id", "--secret-env", "STUDIO", "--url", &url];
    succeeds(&mut script.command(&send));
}

/// Runs a command with the webhook's secret, which must succeed.
fn succeeds(command: &mut Command) -> Output {
    let output = command.env("STUDIO", SECRET).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// The newest run, once it has failed and is waiting for another attempt.
async fn tried_run(script: &Script) -> Result<Value, Error> {
    let newest = async || {
        let run = run_in(script, "waiting").await.ok()?;
        (run["attempts"] != 0).then_some(run)
    };
    wait::eventually(SOON, "a run that waits for another attempt", newest).await
}

/// The newest run, once it is in this state.
async fn run_in(script: &Script, state: &str) -> Result<Value, Error> {
    let newest = async || {
        let runs = script.json(&["runs", "list", "--limit", "1"]);
        Some(runs[0].clone()).filter(|run| run["state"] == state)
    };
    wait::eventually(SOON, format!("a run that is {state}"), newest).await
}

#[tokio::test]
async fn what_a_rule_sends_arrives_even_if_the_server_was_down_and_hookbell_was_killed() -> Result<(), Error> {
    let Some(script) = Script::start().await? else { return Ok(()) };
    let (server, url) = Server::anywhere().await;
    let webhook = add_webhook(&script);
    let forward = json!({ "forward": { "as": "template", "url": url, "text": "{{ event.title }}" } });
    let rule = add_rule(&script, &forward);
    let mut serving = script.serve().await?;

    trigger(&script, &serving, &webhook);
    assert_eq!(server.taken(SOON).await?[0].1, b"Upload complete");
    let done = run_in(&script, "done").await?;
    assert_eq!((&done["rule"], &done["attempts"]), (&rule["id"], &json!(1)), "{done}");

    let address = server.stop().await;
    trigger(&script, &serving, &webhook);
    let waiting = tried_run(&script).await?;
    assert_ne!(waiting["id"], done["id"]);
    serving.kill();
    assert_eq!(run_in(&script, "waiting").await?["id"], waiting["id"], "a run outlives the process");

    let _serving = script.serve().await?;
    let server = Server::start(address).await;
    let taken = server.taken(RETRIED).await?;
    let run = run_in(&script, "done").await?;
    assert_eq!((&run["id"], &run["hint"]), (&waiting["id"], &Value::Null), "{run}");
    let keys: BTreeSet<_> = taken.iter().map(|(key, _)| key).collect();
    assert_eq!(keys.len(), 1, "what arrives twice has the same key");
    Ok(())
}

#[tokio::test]
async fn an_address_that_is_a_secret_stays_in_the_keychain() -> Result<(), Error> {
    let Some(script) = Script::start().await? else { return Ok(()) };
    let address = "https://hooks.slack.example/services/T0/B0/4711-only-the-keychain-knows";
    let set = ["rules", "destinations", "set", "slack", "--url-env", "ADDRESS", "--json"];
    succeeds(script.command(&set).env("ADDRESS", address));
    let listed = script.json(&["rules", "destinations", "list"]);
    assert_eq!(listed, json!([{ "name": "slack", "host": "hooks.slack.example" }]));
    let refused = script.run(&["rules", "destinations", "delete", "slack"]);
    assert_eq!(refused.status.code(), Some(2), "nothing goes without --yes");
    assert_eq!(leaks::in_files(script.desktop.root(), "4711-only-the-keychain-knows")?, Vec::<String>::new());
    assert_eq!(script.json(&["rules", "destinations", "delete", "slack", "--yes"])["deleted"], "slack");
    assert_eq!(script.json(&["rules", "destinations", "list"]), json!([]));
    let missing = script.run(&["rules", "destinations", "delete", "slack", "--yes"]);
    let said = String::from_utf8_lossy(&missing.stderr).into_owned();
    assert!(said.contains("no destination") && said.contains("hookbell rules destinations list"), "{said}");
    Ok(())
}

#[tokio::test]
async fn a_process_that_is_killed_while_it_sends_leaves_the_run_to_the_next_one() -> Result<(), Error> {
    let Some(script) = Script::start().await? else { return Ok(()) };
    let (server, url) = Server::anywhere().await;
    let webhook = add_webhook(&script);
    add_rule(&script, &json!({ "forward": { "as": "raw", "url": url } }));
    let mut serving = script.serve().await?;
    server.keep_silent(true);
    trigger(&script, &serving, &webhook);
    server.taken(SOON).await?;
    let running = run_in(&script, "running").await?;
    serving.kill();

    server.keep_silent(false);
    let _serving = script.serve().await?;
    let done = run_in(&script, "done").await?;
    assert_eq!((&done["id"], &done["attempts"]), (&running["id"], &json!(2)), "{done}");
    let taken = server.taken(SOON).await?;
    assert_eq!(taken.len(), 2, "{taken:?}");
    assert_eq!(taken[0], taken[1], "the server can tell that it is the same");
    Ok(())
}

#[tokio::test]
async fn no_secret_of_a_rule_is_in_a_log_or_any_other_file() -> Result<(), Error> {
    let Some(script) = Script::start().await? else { return Ok(()) };
    let (server, url) = Server::anywhere().await;
    let address = format!("{url}?token=4711-only-the-keychain-knows");
    let set = ["rules", "destinations", "set", "ci", "--url-env", "ADDRESS", "--secret-env", "SIGNING", "--json"];
    succeeds(script.command(&set).env("ADDRESS", address).env("SIGNING", "0815-signs-for-the-server"));
    let webhook = add_webhook(&script);
    add_rule(&script, &json!({ "forward": { "as": "signed", "destination": "ci" } }));
    let serving = script.serve().await?;
    trigger(&script, &serving, &webhook);
    run_in(&script, "done").await?;
    // A failed run has more details.
    server.stop().await;
    trigger(&script, &serving, &webhook);
    tried_run(&script).await?;

    assert!(serving.stderr().contains("TRACE"), "a log that tells little would prove nothing");
    for secret in ["4711-only-the-keychain-knows", "0815-signs-for-the-server", SECRET] {
        assert_eq!(leaks::in_files(script.desktop.root(), secret)?, Vec::<String>::new());
    }
    Ok(())
}

#[tokio::test]
async fn a_chat_gets_a_testers_screenshots_only_if_the_rule_asks_for_them() -> Result<(), Error> {
    const SCREENSHOT: &str = "BETA_FEEDBACK_SCREENSHOT_SUBMISSION_CREATED";
    let Some(script) = Script::start().await? else { return Ok(()) };
    let (server, url) = Server::anywhere().await;
    let add = |screenshots: bool| {
        let forward = json!({ "as": "discord", "url": url, "screenshots": screenshots });
        let document = json!({ "name": "Tell", "when": { "types": [SCREENSHOT] }, "then": [{ "forward": forward }] });
        script.json(&["rules", "add", "--file", &file(&script, &document)])["id"].to_string()
    };
    let rules = [add(false), add(true)];
    let _serving = script.serve().await?;
    script.add_account();
    let apps = script.json(&["apps"]);
    let create = ["webhooks", "create", "--app", text(&apps[0], "id"), "--name", "Script", "--events", "all"];
    let webhook = script.json(&create);
    script.control("/sim/events", json!({ "eventType": SCREENSHOT, "webhookId": webhook["id"] })).await;

    let both = async || {
        let runs = script.json(&["runs", "list", "--state", "done"]);
        (runs.as_array()?.len() == 2).then_some(runs)
    };
    let runs = wait::eventually(SOON, "two runs", both).await?;
    assert!(runs.as_array().unwrap().iter().all(|run| run["answer"] == "200"), "nothing was left out: {runs}");
    let holds = |body: &[u8], what: &[u8]| body.windows(what.len()).any(|part| part == what);
    let taken = server.taken(SOON).await?;
    let (with, without): (Vec<_>, Vec<_>) = taken.iter().partition(|(_, body)| holds(body, b"\x89PNG"));
    assert_eq!((with.len(), without.len()), (1, 1));
    assert!(holds(&with[0].1, b"filename=\"screenshot-1.png\""));
    assert!(serde_json::from_slice::<Value>(&without[0].1).unwrap()["embeds"][0]["image"].is_null());
    let preview = rules.map(|rule| script.json(&["rules", "test", &rule]));
    let previewed = preview.map(|found| found["events"][0]["sends"][0]["withScreenshots"].clone());
    assert_eq!(previewed, [json!(false), json!(true)], "the preview says so too");
    Ok(())
}

#[cfg(unix)]
#[tokio::test]
async fn a_command_finds_the_testers_words_pictures_and_crash_log_in_its_folder() -> Result<(), Error> {
    use std::os::unix::fs::PermissionsExt;

    let Some(script) = Script::start().await? else { return Ok(()) };
    let root = script.desktop.root().to_owned();
    let (program, kept) = (root.join("keep.sh"), |kind: &str| root.join(format!("kept-{kind}")));
    fs::write(&program, "#!/bin/sh\n/bin/cp -R \"$HOOKBELL_EVIDENCE\" \"$1\"\n").unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    let types = ["BETA_FEEDBACK_SCREENSHOT_SUBMISSION_CREATED", "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED"];
    let command = json!([program, kept("{{ event.kind }}")]);
    let document = json!({ "name": "Keep", "when": { "types": types }, "then": [{ "run": { "command": command } }] });
    let rule = script.json(&["rules", "add", "--file", &file(&script, &document)]);
    script.json(&["rules", "enable", &rule["id"].to_string()]);
    let _serving = script.serve().await?;
    script.add_account();
    let apps = script.json(&["apps"]);
    let create = ["webhooks", "create", "--app", text(&apps[0], "id"), "--name", "Script", "--events", "all"];
    let webhook = script.json(&create);

    for (before, event) in types.into_iter().enumerate() {
        script.control("/sim/events", json!({ "eventType": event, "webhookId": webhook["id"] })).await;
        let done = async || {
            let runs = script.json(&["runs", "list", "--state", "done"]);
            (runs.as_array()?.len() > before).then_some(runs)
        };
        let runs = wait::eventually(SOON, format!("a run about {event}"), done).await?;
        assert_eq!(runs[0]["answer"], "It ended with status 0.", "nothing is missing");
    }
    let feedback = script.json(&["feedback", "list"]);
    for (kind, event) in ["screenshot", "crash"].into_iter().zip(types) {
        let told: Value = serde_json::from_slice(&fs::read(kept(kind).join("event.json")).unwrap()).unwrap();
        assert_eq!(told["eventType"], event);
        let id = &told["details"]["feedback"];
        let row = feedback.as_array().unwrap().iter().find(|row| row["id"] == *id).unwrap();
        let words = fs::read_to_string(kept(kind).join("feedback.json")).unwrap();
        assert!(words.contains(&row["comment"].to_string()), "{words}");
    }
    assert!(fs::read(kept("screenshot").join("screenshot-1.png")).unwrap().starts_with(b"\x89PNG"));
    assert!(["crash.ips", "crash.crash"].into_iter().any(|log| kept("crash").join(log).exists()));
    Ok(())
}
