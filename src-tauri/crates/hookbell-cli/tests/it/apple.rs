//! App Store Connect from scripts: the simulator and the commands as real processes, without a keychain.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Output, Stdio},
};

use serde_json::{Value, json};

use crate::listening::{Place, SECRET, event, with_hangups};

/// A running `hookbell simulator`.
pub struct Simulator {
    child: Child,
    ready: Value,
}

impl Simulator {
    pub fn start(place: &Place) -> Self {
        Self::started(place.command(&["simulator", "--json"]))
    }

    fn started(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready = serde_json::from_str::<Value>(&line).unwrap()["ready"].take();
        Self { child, ready }
    }

    fn text(&self, name: &str) -> &str {
        self.ready[name].as_str().unwrap()
    }

    /// Sends a request to the simulator's controls.
    pub fn control(&self, path: &str, body: &Value) {
        self.ask(path, |client, url| client.post(url).json(body));
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.ask("/sim/faults", |client, url| client.delete(url));
    }

    /// The simulator's state.
    pub fn state(&self) -> Value {
        serde_json::from_str(&self.ask("/sim/state", |client, url| client.get(url))).unwrap()
    }

    fn ask(&self, path: &str, request: impl FnOnce(&reqwest::Client, String) -> reqwest::RequestBuilder) -> String {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = request(&client, format!("{}{path}", self.text("url")));
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let answer = request.send().await.unwrap();
            assert!(answer.status().is_success(), "{}", answer.status());
            answer.text().await.unwrap()
        })
    }

    /// `hookbell` with this simulator's key, without a session bus and so without a keychain.
    pub fn command(&self, place: &Place, arguments: &[&str]) -> Command {
        let mut command = place.command(arguments);
        command.args(["--key-id", self.text("keyId"), "--issuer-id", self.text("issuerId")]);
        command.args(["--key-file", self.text("privateKeyFile")]);
        command.env("HOOKBELL_ASC_URL", self.text("url"));
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        command
    }

    /// The same command as a CI job runs it: without a terminal, and with a minimal environment.
    pub fn ci_command(&self, place: &Place, arguments: &[&str]) -> Command {
        let mut command = self.command(place, arguments);
        command.env_clear().env("CI", "true").env("PATH", "/usr/bin:/bin").env("HOME", place.data_dir());
        command.env("HOOKBELL_ASC_URL", self.text("url")).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// The same, run to its end for its JSON.
    pub fn run(&self, place: &Place, arguments: &[&str]) -> Output {
        self.command(place, arguments).arg("--json").output().unwrap()
    }

    /// The only document in its output.
    pub fn json(&self, place: &Place, arguments: &[&str]) -> Value {
        let output = self.run(place, arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_whole_way_of_a_webhook_needs_no_keychain_with_a_key_of_the_callers() {
    let place = Place::new();
    let simulator = Simulator::start(&place);
    let listening = place.listen(&["--path", "/hooks/studio"]);
    let apps = simulator.json(&place, &["apps"]);
    let app = apps[0]["id"].as_str().unwrap();
    let file = place.secret_file();
    let webhook = simulator.json(
        &place,
        &[
            "webhooks",
            "create",
            "--app",
            app,
            "--name",
            "Script",
            "--events",
            "all",
            "--url",
            &listening.url,
            "--secret-file",
            file.to_str().unwrap(),
        ],
    );
    let id = webhook["id"].as_str().unwrap();
    assert_eq!((webhook["eventTypes"].as_array().unwrap().len(), &webhook["local"]), (12, &Value::Null));

    let ping = simulator.json(&place, &["webhooks", "ping", id]);
    assert_eq!((ping["outcome"].as_str(), ping["delivery"]["status"].as_u64()), (Some("answered"), Some(200)));
    assert_eq!(event(&listening.line())["type"], "webhookPingCreated");

    simulator.json(
        &place,
        &["webhooks", "update", id, "--name", "Renamed", "--disable", "--events", "BUILD_UPLOAD_STATE_UPDATED"],
    );
    let listed = simulator.json(&place, &["webhooks", "list", "--app", app]);
    assert_eq!((&listed[0]["name"], &listed[0]["enabled"]), (&json!("Renamed"), &json!(false)));
    let off = simulator.run(&place, &["webhooks", "ping", id]);
    assert_eq!(off.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&off.stderr).contains("Enable it"), "{off:?}");
    simulator.json(&place, &["webhooks", "update", id, "--enable"]);

    simulator.control(
        "/sim/events",
        &json!({ "eventType": "BUILD_UPLOAD_STATE_UPDATED", "webhookId": id, "deliver": false }),
    );
    let failed = simulator.json(&place, &["webhooks", "deliveries", id, "--state", "FAILED"]);
    assert_eq!(failed.as_array().unwrap().len(), 1);
    assert!(failed[0]["means"].as_str().unwrap().starts_with("No response"), "{failed}");
    simulator.json(&place, &["webhooks", "redeliver", failed[0]["id"].as_str().unwrap()]);
    assert_eq!(event(&listening.line())["eventType"], "BUILD_UPLOAD_STATE_UPDATED");
    let sent_again = simulator.json(&place, &["webhooks", "deliveries", id, "--state", "FAILED"]);
    assert_eq!((&sent_again[0]["madeGood"], &sent_again[0]["latest"]), (&json!(true), &json!(false)), "{sent_again}");
    #[cfg(target_os = "linux")]
    if let Some(told) =
        crate::terminal::at_a_terminal(&simulator.command(&place, &["webhooks", "deliveries", id, "--state", "FAILED"]))
    {
        assert!(told.contains("The event arrived another way, as event "), "{told}");
        assert!(!told.contains("then redeliver"), "advice for what needs none: {told}");
    }

    let unsure = simulator.run(&place, &["webhooks", "delete", id]);
    assert_eq!(unsure.status.code(), Some(2));
    assert_eq!(simulator.json(&place, &["webhooks", "delete", id, "--yes"]), json!({ "deleted": id }));
    assert_eq!(simulator.json(&place, &["webhooks", "list", "--app", app]), json!([]));
    assert!(!place.holds("BEGIN PRIVATE KEY"));
}

#[test]
fn a_wrong_secret_is_said_in_one_line_with_its_fix() {
    let place = Place::new();
    let simulator = Simulator::start(&place);
    let listening = place.listen(&["--path", "/hooks/studio"]);
    let app = simulator.json(&place, &["apps"])[0]["id"].as_str().unwrap().to_owned();
    let other = place.data_dir().with_file_name("other-secret");
    std::fs::write(&other, "s0mething else").unwrap();
    let webhook = simulator.json(
        &place,
        &[
            "webhooks",
            "create",
            "--app",
            &app,
            "--name",
            "Script",
            "--events",
            "all",
            "--url",
            &listening.url,
            "--secret-file",
            other.to_str().unwrap(),
        ],
    );
    let ping = simulator.run(&place, &["webhooks", "ping", webhook["id"].as_str().unwrap()]);
    let (said, document) =
        (String::from_utf8_lossy(&ping.stderr), serde_json::from_slice::<Value>(&ping.stdout).unwrap());
    assert_eq!((ping.status.code(), document["outcome"].as_str()), (Some(1), Some("failed")));
    assert!(said.lines().count() == 1 && said.contains("same secret"), "{said}");
    for output in [said.into_owned(), document.to_string()] {
        assert!(!output.contains("s0mething else") && !output.contains(SECRET), "{output}");
    }
}

#[test]
fn faults_end_in_one_line_and_exit_code_1_and_nothing_is_left() {
    let place = Place::new();
    let simulator = Simulator::start(&place);
    let app = simulator.json(&place, &["apps"])[0]["id"].as_str().unwrap().to_owned();
    let file = place.secret_file();
    let create = [
        "webhooks",
        "create",
        "--app",
        &app,
        "--name",
        "Script",
        "--events",
        "all",
        "--url",
        "https://a.example/",
        "--secret-file",
        file.to_str().unwrap(),
    ];
    let faults = [
        (json!({ "operation": "webhooksCreateInstance", "status": 429, "retryAfter": 900 }), "900 s"),
        (json!({ "operation": "webhooksCreateInstance", "status": 500 }), "may still appear: check the app’s webhooks"),
        (json!({ "operation": "webhooksCreateInstance", "kind": "cut" }), "connection broke"),
    ];
    for (fault, said) in faults {
        simulator.control("/sim/faults", &fault);
        let output = simulator.run(&place, &create);
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), error.lines().count()), (Some(1), 1), "{fault}: {error}");
        assert!(error.contains(said) && output.stdout.is_empty(), "{fault}: {output:?}");
        assert_eq!(simulator.json(&place, &["webhooks", "list", "--app", &app]), json!([]), "{fault}");
    }
}

#[test]
fn without_a_keychain_an_account_is_refused_and_not_half_kept() {
    let place = Place::new();
    let simulator = Simulator::start(&place);
    let mut command = place.command(&["accounts", "add", "--key-id", simulator.text("keyId")]);
    command.args(["--issuer-id", simulator.text("issuerId"), "--key-file", simulator.text("privateKeyFile")]);
    command.env("HOOKBELL_ASC_URL", simulator.text("url")).env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr).lines().count(), 1);
    let listed = place.run(&["accounts", "list", "--json"]);
    assert_eq!(serde_json::from_slice::<Value>(&listed.stdout).unwrap(), json!([]));
}

#[test]
fn an_api_in_the_clear_is_refused_before_a_key_is_read() {
    let place = Place::new();
    let mut command = place.command(&["apps", "--key-id", "A", "--key-file", "/nowhere"]);
    let output = command.env("HOOKBELL_ASC_URL", "http://api.example").output().unwrap();
    assert!(!output.status.success());
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.contains("HOOKBELL_ASC_URL") || error.contains("/nowhere"), "{error}");
}

#[test]
fn a_terminal_that_is_closed_leaves_no_key_of_the_simulator_behind() {
    let place = Place::new();
    let mut simulator = Simulator::started(with_hangups(&place.command(&["simulator", "--json"])));
    let key = std::path::PathBuf::from(simulator.text("privateKeyFile"));
    assert!(key.is_file());
    let pid = simulator.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-s", "HUP", &pid]).status().unwrap().success());
    assert!(simulator.child.wait().unwrap().success());
    assert!(!key.exists(), "{}", key.display());
}
