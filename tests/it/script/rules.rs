//! Rules by script: an event does something, and goes on to do it after the process was killed.

use std::{
    collections::BTreeSet,
    net::SocketAddr,
    process::{Command, Output},
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use hookbell_tests::{
    Error, leaks,
    wait::{self, SOON},
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};

use super::{Script, text};

const SECRET: &str = "the studio's own secret";

/// How long a run that failed once may wait for its next attempt, and that attempt take.
const RETRIED: Duration = Duration::from_secs(150);

/// A request that the server took: its key and its body.
type Taken = (String, Vec<u8>);

/// A local HTTP server that remembers what it is sent.
struct Server {
    address: SocketAddr,
    taken: Arc<Mutex<Vec<Taken>>>,
    serving: JoinHandle<()>,
}

impl Server {
    /// One at this address; any free port where it is 0.
    async fn start(address: SocketAddr) -> Self {
        let taken = Arc::<Mutex<Vec<Taken>>>::default();
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/in", post(take)).with_state(Arc::clone(&taken));
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, taken, serving }
    }

    /// What came, once something did.
    async fn taken(&self, limit: Duration) -> Result<Vec<Taken>, Error> {
        let some = async || Some(self.taken.lock().unwrap().clone()).filter(|taken| !taken.is_empty());
        wait::eventually(limit, "a request at the server", some).await
    }

    /// Closes it; connections to it are refused from now on.
    async fn stop(self) -> SocketAddr {
        self.serving.abort();
        let _ = self.serving.await;
        self.address
    }
}

async fn take(State(taken): State<Arc<Mutex<Vec<Taken>>>>, headers: HeaderMap, body: Bytes) {
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    taken.lock().unwrap().push((key, body.to_vec()));
}

/// A command with the webhook's secret, which has to succeed.
fn succeeds(command: &mut Command) -> Output {
    let output = command.env("STUDIO", SECRET).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// The newest run, once it failed and waits for another attempt.
async fn tried_run(script: &Script) -> Result<Value, Error> {
    let newest = async || {
        let run = run_in(script, "waiting").await.ok()?;
        (run["attempts"] != 0).then_some(run)
    };
    wait::eventually(SOON, "a run that waits for another attempt", newest).await
}

/// The newest run, once it is in a state.
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
    let server = Server::start(SocketAddr::from(([127, 0, 0, 1], 0))).await;
    let url = format!("http://{}/in", server.address);
    let document = json!({ "name": "To my server", "when": { "types": ["BUILD_UPLOAD_STATE_UPDATED"] },
        "then": [{ "forward": { "as": "template", "url": url, "text": "{{ event.title }}" } }] });
    let file = script.desktop.root().join("rule.json");
    std::fs::write(&file, document.to_string()).unwrap();
    let file = file.display().to_string();

    let add = ["webhooks", "add", "--name", "Script", "--secret-env", "STUDIO", "--json"];
    let webhook: Value = serde_json::from_slice(&succeeds(&mut script.command(&add)).stdout).unwrap();
    let rule = script.json(&["rules", "add", "--file", &file]);
    let mut serving = script.serve().await?;
    let trigger = |ready: &str| {
        let ready: Value = serde_json::from_str(ready.lines().next().unwrap()).unwrap();
        let url = format!("{}{}", text(&ready["ready"], "url"), text(&webhook, "path"));
        let send = ["trigger", "BUILD_UPLOAD_STATE_UPDATED", "--new-id", "--secret-env", "STUDIO", "--url", &url];
        succeeds(&mut script.command(&send));
    };

    trigger(&serving.stdout());
    assert_eq!(server.taken(SOON).await?[0].1, b"Upload complete");
    let done = run_in(&script, "done").await?;
    assert_eq!((&done["rule"], &done["attempts"]), (&rule["id"], &json!(1)), "{done}");

    let address = server.stop().await;
    trigger(&serving.stdout());
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
