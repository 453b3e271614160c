//! Checks every command's JSON output against `docs/cli.md`: its form, its type, and an example of each.
//!
//! `UPDATE_DOCS=1` writes the examples.

use std::{collections::BTreeSet, env, fs, path::PathBuf};

use hookbell_package::kit::Ipa;
use hookbell_tests::{
    Error,
    process::Process,
    trackers::{FakeTrackers, TOKEN},
    wait::{self, SOON},
};
use serde_json::{Value, json};

use super::{
    Script, says,
    shapes::{Shape, Shapes, declared, offence, shape},
    text,
};

/// Longer texts are cut in an example.
const MAX_EXAMPLE_CHARS: usize = 120;

/// `docs/cli.md`: each command's type and form, and all types.
struct Reference {
    text: String,
    shapes: Shapes,
}

impl Reference {
    fn read() -> Self {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/cli.md");
        let text = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
        let (_, types) = text.split_once("\n```ts\n").unwrap();
        let shapes = declared(types.trim_end().trim_end_matches("```"));
        Self { text, shapes }
    }

    /// The commands that print JSON.
    fn commands(&self) -> BTreeSet<String> {
        let sections = self.text.split("\n## hookbell ").skip(1).filter(|section| section.contains("\nPrints one "));
        sections.map(|section| section.lines().next().unwrap().to_owned()).collect()
    }

    /// Whether a command prints a line per result, and the type of a result.
    fn of(&self, command: &str) -> (bool, Shape) {
        let (_, section) = self.text.split_once(&format!("\n## hookbell {command}\n")).unwrap();
        let line = section.lines().find(|line| line.starts_with("Prints one ")).unwrap();
        let kind = line.split('`').nth(1).unwrap();
        (line.starts_with("Prints one line of JSON per result"), shape(kind))
    }
}

/// The outputs, checked against the reference.
struct Walk {
    script: Script,
    /// The listener's address.
    address: String,
    reference: Reference,
    seen: BTreeSet<String>,
    offences: Vec<String>,
}

impl Walk {
    /// Runs a command to its end, whatever its outcome, and returns the first result.
    fn run(&mut self, command: &str, more: &[&str]) -> Value {
        let arguments: Vec<_> = command.split(' ').chain(more.iter().copied()).collect();
        let mut hookbell = self.script.command(&arguments);
        // An export is always JSON.
        if !["settings export", "rules export"].contains(&command) {
            hookbell.arg("--json");
        }
        let output = hookbell.env("STUDIO", "the studio's own secret").env("HOOKBELL_LOG", "off").output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        assert!(!printed.is_empty(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        self.look(command, &printed)
    }

    /// All commands for rules, and a failing run of one.
    async fn rules(&mut self, webhook: &str) -> Result<(), Error> {
        let folder = self.script.desktop.root().to_owned();
        let file = |name: &str| folder.join(name).display().to_string();
        let rule = json!({ "name": "Crashes to my server", "when": { "importance": ["bad"] },
            "then": [{ "forward": { "as": "raw", "url": format!("{}/hooks/none", self.address) } }] });
        fs::write(file("rule.json"), rule.to_string()).unwrap();
        fs::write(file("address"), "https://hooks.slack.example/services/T0/B0/x").unwrap();
        let id = self.run("rules add", &["--file", &file("rule.json")])["id"].to_string();
        self.run("rules update", &[&id, "--file", &file("rule.json")]);
        self.run("rules show", &[&id]);
        self.run("rules test", &[&id]);
        self.run("rules test", &[&id, "--last", "1"]);
        self.run("rules disable", &[&id]);
        self.run("rules enable", &[&id]);
        self.run("rules move", &[&id]);
        self.run("rules export", &[]);
        self.run("rules import", &[&file("rule.json")]);
        self.run("rules names", &[]);
        self.run("rules ready-made", &[]);
        self.run("rules ready-made", &["hush-processing"]);
        self.run("rules destinations set", &["slack", "--url-file", &file("address")]);
        self.run("rules destinations list", &[]);
        self.run("rules destinations delete", &["slack", "--yes"]);
        let crash = json!({ "eventType": "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED", "webhookId": webhook });
        self.script.control("/sim/events", crash).await;
        let failed = async || self.script.json(&["runs", "list", "--state", "failed"])[0]["id"].as_i64();
        let run = wait::eventually(SOON, "a run that failed", failed).await?.to_string();
        self.run("runs list", &[]);
        self.run("runs show", &[&run]);
        self.run("rules list", &[]);
        self.run("runs retry", &[&run]);
        self.run("rules delete", &[&id, "--yes"]);
        Ok(())
    }

    /// Uploads of builds: one completed, one paused, one canceled.
    async fn uploads(&mut self) -> Result<(), Error> {
        let file = |number: &str| {
            let path = self.script.desktop.root().join(format!("Birds {number}.ipa"));
            let ipa = Ipa::new("se.halden.backyardbirds", "3.3", number).with_ballast(20_000);
            fs::write(&path, ipa.bytes().unwrap()).unwrap();
            path.display().to_string()
        };
        let files = ["430", "431", "432"].map(file);
        self.run("builds upload", &[&files[0], "--group", "Birdwatchers", "--uses-encryption", "no", "--wait"]);
        self.run("builds uploads list", &[]);
        for (file, then) in [(&files[1], "builds uploads pause"), (&files[2], "builds uploads cancel")] {
            self.script
                .control("/sim/faults", json!({ "operation": "uploadParts", "status": 503, "count": null }))
                .await;
            let mut command = self.script.command(&["builds", "upload", file, "--json"]);
            let _uploading = Process::start("upload", &mut command, &self.script.desktop.logs())?;
            let sending = async || {
                let newest = &self.script.json(&["builds", "uploads", "list"])[0];
                (newest["stage"] == "sending").then(|| newest["id"].to_string())
            };
            let id = wait::eventually(SOON, "an upload on its way", sending).await?;
            self.run(then, &[&id]);
            self.script.clear_faults().await;
            if then == "builds uploads pause" {
                self.run("builds uploads resume", &[&id, "--wait"]);
            }
        }
        Ok(())
    }

    /// All commands for trackers, and feedback that is filed and fixed.
    async fn trackers(&mut self, app: &str) {
        let services = FakeTrackers::start().await.unwrap();
        let (github, linear, jira) = (services.github(), services.linear(), services.jira());
        let token = self.script.desktop.root().join("token").display().to_string();
        fs::write(&token, TOKEN).unwrap();
        let with = ["--token-file", &token];
        self.run(
            "trackers add github",
            &[&["--repo", "halden/birds", "--api-url", &github, "--label", "testflight"], &with[..]].concat(),
        );
        self.run("trackers add linear", &[&["--team", "ENG", "--api-url", &linear], &with[..]].concat());
        let project = ["--site", &jira, "--project", "BIRD", "--email", "mira@halden.example"];
        self.run("trackers add jira", &[&project, &with[..]].concat());
        self.run("trackers token", &[&["halden/birds"], &with[..]].concat());
        self.run("trackers check", &["halden/birds"]);
        let feedback = self.script.json(&["feedback", "list", "--app", app, "--kind", "screenshot"]);
        let id = text(&feedback[0], "id").to_owned();
        self.run("feedback file", &[&id, "--to", "halden/birds"]);
        self.run("feedback file", &[&id, "--to", "halden/birds", "--dry-run"]);
        services.close_all();
        self.run("trackers remove", &["ENG", "--yes"]);
        self.run("trackers remove", &["BIRD", "--yes"]);
        self.run("trackers sweep", &[]);
        self.run("trackers list", &[]);
        self.run("feedback fixed", &["--app", app]);
    }

    /// Checks a command's output against the reference, and returns the first result.
    fn look(&mut self, command: &str, printed: &str) -> Value {
        let (lines, kind) = self.reference.of(command);
        let results: Vec<Value> = match lines {
            true => printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
            false => vec![serde_json::from_str(printed).unwrap()],
        };
        let found = results.iter().filter_map(|result| offence(result, &kind, &self.reference.shapes));
        self.offences.extend(found.map(|found| format!("{command}{found}")));
        if self.seen.insert(command.to_owned()) {
            self.keep_example(command, lines, &results);
        }
        results.into_iter().next().unwrap()
    }

    /// Examples are committed, so they are rewritten only on request; they always match their type.
    fn keep_example(&mut self, command: &str, lines: bool, results: &[Value]) {
        let place = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/crates/hookbell-cli/tests/printed");
        let file = place.join(format!("{}.json", command.replace(' ', "-")));
        if env::var_os("UPDATE_DOCS").is_some() {
            let one = |value: &Value| match lines {
                true => serde_json::to_string(&self.example(value)).unwrap(),
                false => serde_json::to_string_pretty(&self.example(value)).unwrap(),
            };
            let mut different = Vec::new();
            // One line of each kind is enough.
            for result in results {
                let sort = result.as_object().and_then(|object| object.keys().next().cloned());
                if different.iter().all(|(known, _)| *known != sort) {
                    different.push((sort, one(result)));
                }
            }
            let text: String = different.into_iter().map(|(_, text)| format!("{text}\n")).collect();
            fs::write(&file, text).unwrap();
        }
        let committed = fs::read_to_string(&file).unwrap_or_default();
        let (_, kind) = self.reference.of(command);
        let values = serde_json::Deserializer::from_str(&committed).into_iter::<Value>();
        let values: Vec<Value> = values.map(|value| value.unwrap_or_default()).collect();
        if values.is_empty() {
            self.offences.push(format!("{command} has no example: run `make docs`"));
        }
        let found = values.iter().filter_map(|value| offence(value, &kind, &self.reference.shapes));
        self.offences.extend(found.map(|found| format!("{command}, its example{found}: run `make docs`")));
    }

    /// A value as an example: shortened, and without anything specific to this run.
    fn example(&self, value: &Value) -> Value {
        match value {
            Value::Array(items) => items.iter().take(1).map(|item| self.example(item)).collect(),
            Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), self.example(value))).collect(),
            Value::String(text) => {
                let text = text.replace(&self.script.desktop.root().display().to_string(), "/home/you");
                let text = text.replace(self.script.text("url"), "http://127.0.0.1:8399");
                let text = text.replace(&self.address, "http://127.0.0.1:8377");
                let cut = text.char_indices().nth(MAX_EXAMPLE_CHARS);
                Value::String(cut.map_or(text.clone(), |(at, _)| format!("{}…", &text[..at])))
            }
            other => other.clone(),
        }
    }
}

// Multi-threaded, because the test blocks on commands while the fakes answer them.
#[tokio::test(flavor = "multi_thread")]
async fn every_command_prints_what_its_reference_says_and_the_examples_are_current() -> Result<(), Error> {
    let Some(script) = Script::start().await? else { return Ok(()) };
    let serving = script.serve().await?;
    let address = address(&serving.stdout());
    let mut walk = Walk { script, address, reference: Reference::read(), seen: BTreeSet::new(), offences: Vec::new() };

    let key = ["keyId", "issuerId", "privateKeyFile"].map(|name| walk.script.text(name).to_owned());
    let account = walk.run("accounts add", &["--key-id", &key[0], "--issuer-id", &key[1], "--key-file", &key[2]]);
    walk.run("accounts list", &[]);
    let apps = walk.run("apps", &[]);
    let app = text(&apps[0], "id").to_owned();
    let webhook = walk.run("webhooks create", &["--app", &app, "--name", "Studio", "--events", "all"]);
    let id = text(&webhook, "id").to_owned();
    walk.run("webhooks add", &["--name", "By hand", "--secret-env", "STUDIO"]);
    walk.run("webhooks list", &["--app", &app]);
    walk.run("webhooks ping", &[&id]);
    let crash = "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED";
    walk.script.control("/sim/events", json!({ "eventType": crash, "webhookId": id })).await;
    says(&serving, crash).await?;
    says(&serving, r#"{"notification":"#).await?;
    walk.look("serve", &format!("{}\n", serving.stdout().trim_end()));
    let missed = json!({ "eventType": "BUILD_UPLOAD_STATE_UPDATED", "webhookId": id, "deliver": false });
    walk.script.control("/sim/events", missed).await;
    walk.run("catch-up", &[]);
    let deliveries = walk.run("webhooks deliveries", &[&id]);
    walk.run("webhooks redeliver", &[text(&deliveries[0], "id")]);
    walk.run("webhooks redeliver", &["--failed", &id]);
    walk.run("webhooks update", &[&id, "--name", "Renamed"]);

    walk.run("groups list", &["--app", &app]);
    let builds = walk.run("builds list", &["--app", &app]);
    let build = text(&builds[0], "id").to_owned();
    walk.run("builds show", &[&build]);
    walk.run("builds distribute", &[&build, "--group", "Birdwatchers", "--what-to-test", "Try the map.", "--submit"]);
    walk.uploads().await?;
    let feedback = walk.run("feedback list", &["--refresh"]);
    let first = text(&feedback[0], "id").to_owned();
    for one in feedback.as_array().unwrap() {
        walk.run("feedback show", &[text(one, "id")]);
    }
    walk.run("feedback export", &[&first, "--to", &walk.script.desktop.root().join("issue-42").display().to_string()]);
    walk.run("feedback delete", &[&first]);
    walk.run("feedback delete", &[&first, "--yes"]);
    walk.run("builds expire", &[&build, "--yes"]);
    let event = walk.run("events", &[]);
    let nowhere = format!("{}/hooks/none", walk.address);
    walk.run("events resend", &[text(&event["event"], "id"), "--to", &nowhere, "--secret-env", "STUDIO"]);
    walk.run("events delete", &[text(&event["event"], "id")]);
    walk.run("events delete", &[text(&event["event"], "id"), "--yes"]);

    walk.run("views save", &["Backyard Birds", "--app", &app]);
    walk.run("views list", &[]);
    walk.run("views delete", &["Backyard Birds"]);

    walk.rules(&id).await?;
    walk.trackers(&app).await;
    walk.run("tunnel providers", &[]);
    walk.run("tunnel set", &["custom", "--field", "command=true"]);
    for command in ["tunnel status", "tunnel start", "tunnel restart", "tunnel stop", "tunnel heal"] {
        walk.run(command, &[]);
    }
    walk.run("tunnel set", &["none"]);
    walk.run("settings show", &[]);
    walk.run("settings export", &[]);
    let settings = walk.script.desktop.root().join("settings.json");
    fs::write(&settings, walk.script.command(&["settings", "export"]).output().unwrap().stdout).unwrap();
    walk.run("settings import", &[&settings.display().to_string()]);
    walk.run("doctor", &[]);
    walk.run("trigger", &["PING", "--print", "--secret-env", "STUDIO", "--url", &nowhere]);
    walk.run("verify", &["--signature", "hmacsha256=00", "--secret-env", "STUDIO"]);
    let ready = json!({ "ready": walk.script.ready });
    walk.look("simulator", &format!("{ready}\n"));
    let listened =
        serving.stdout().lines().filter(|line| !line.contains("notification")).collect::<Vec<_>>().join("\n");
    walk.look("listen", &format!("{listened}\n"));
    walk.run("webhooks delete", &[&id, "--yes"]);
    walk.run("accounts remove", &[text(&account, "id")]);

    assert_eq!(walk.seen, walk.reference.commands(), "each command is held against its reference");
    assert!(walk.offences.is_empty(), "{:#?}", walk.offences);
    Ok(())
}

fn address(lines: &str) -> String {
    let ready: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    text(&ready["ready"], "url").to_owned()
}
