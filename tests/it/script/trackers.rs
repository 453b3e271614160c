//! Trackers in scripts: added with a token from a file, and feedback filed twice as one issue.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use hookbell_tests::{
    Error,
    wait::{self, SOON},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{Script, text};

pub const TOKEN: &str = "a tracker's own t0ken";

/// Fake GitHub, Linear and Jira servers, with the endpoints that commands use. Issues are created only at GitHub.
pub struct FakeTrackers {
    address: String,
    issues: Arc<Mutex<Vec<Value>>>,
}

impl FakeTrackers {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let issues = Arc::<Mutex<Vec<Value>>>::default();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&issues));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, issues }
    }

    pub fn github(&self) -> String {
        format!("{}/gh", self.address)
    }

    pub fn linear(&self) -> String {
        format!("{}/linear", self.address)
    }

    pub fn jira(&self) -> String {
        format!("{}/jira", self.address)
    }

    pub fn close_all(&self) {
        for issue in self.issues.lock().unwrap().iter_mut() {
            issue["state"] = json!("closed");
        }
    }
}

async fn answer(
    State(issues): State<Arc<Mutex<Vec<Value>>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    assert!(headers.contains_key("authorization"), "{uri}");
    let path: Vec<&str> = uri.path().trim_matches('/').split('/').collect();
    let repository = json!({
        "full_name": "halden/birds", "html_url": "https://github.com/halden/birds", "default_branch": "main",
        "private": true, "has_issues": true,
    });
    let (status, reply) = match (method.as_str(), path.as_slice()) {
        ("GET", ["gh", "user"]) => (200, json!({ "login": "mira-halden" })),
        ("GET", ["gh", "repos", "halden", "birds"]) => (200, repository),
        ("GET", ["gh", "repos", "halden", "birds", "labels"]) => (200, json!([])),
        ("GET", ["gh", "repos", "halden", "birds", "assignees"]) => (200, json!([{ "login": "mira-halden" }])),
        ("GET", ["gh", "repos", "halden", "birds", "branches", _]) => (200, json!({})),
        ("PUT", ["gh", "repos", "halden", "birds", "contents", ..]) => (201, json!({})),
        ("GET", ["gh", "repos", "halden", "birds", "issues"]) => (200, json!(*issues.lock().unwrap())),
        ("POST", ["gh", "repos", "halden", "birds", "issues"]) => {
            let asked: Value = serde_json::from_slice(&body).unwrap();
            let mut issues = issues.lock().unwrap();
            let number = issues.len() + 214;
            let logins = asked["assignees"].as_array().into_iter().flatten();
            let assignees: Vec<Value> = logins.map(|login| json!({ "login": login })).collect();
            let now = jiff::Timestamp::now().to_string();
            issues.push(json!({
                "number": number, "html_url": format!("https://github.com/halden/birds/issues/{number}"),
                "title": asked["title"], "body": asked["body"], "state": "open", "created_at": now,
                "assignees": assignees,
            }));
            (201, issues.last().unwrap().clone())
        }
        ("POST", ["linear", "graphql"]) => (
            200,
            json!({ "data": {
            "viewer": { "id": "m1", "displayName": "Mira" }, "organization": { "name": "Halden" },
            "teams": {
                "nodes": [{ "id": "a3f1c0de-0000-4000-8000-000000000000", "key": "ENG", "name": "Engineering" }],
                "pageInfo": { "hasNextPage": false, "endCursor": null },
            },
        } }),
        ),
        ("GET", ["jira", .., "myself"]) => (200, json!({ "accountId": "m1", "displayName": "Mira Okafor" })),
        ("GET", ["jira", .., "project", "search"]) => {
            (200, json!({ "values": [{ "key": "BIRD", "name": "Backyard Birds" }], "isLast": true }))
        }
        ("GET", ["jira", .., "issuetypes"]) => (200, json!({ "issueTypes": [{ "id": "10004", "name": "Bug" }] })),
        ("GET", ["jira", .., "issuetypes", _]) => (200, json!({ "fields": [] })),
        _ => (404, json!({ "message": "Not Found" })),
    };
    (StatusCode::from_u16(status).unwrap(), reply.to_string()).into_response()
}

// Multi-threaded, because the test blocks on commands while the fakes answer them.
#[tokio::test(flavor = "multi_thread")]
async fn feedback_is_filed_once_by_script_and_its_fix_is_a_line_for_what_to_test() -> Result<(), Error> {
    let Some(script) = Script::start().await? else { return Ok(()) };
    let services = FakeTrackers::start().await;
    script.add_account();
    let token = script.desktop.root().join("token");
    std::fs::write(&token, format!("{TOKEN}\n")).unwrap();
    let token = token.display().to_string();
    let github = services.github();
    let add = ["trackers", "add", "github", "--repo", "halden/birds", "--api-url", &github, "--token-file", &token];
    let added = script.json(&add);
    assert_eq!((&added["name"], &added["owner"]), (&json!("halden/birds"), &json!("mira-halden")));
    let feedback = script.json(&["feedback", "list", "--refresh", "--kind", "screenshot"]);
    let (id, app) = (feedback[0]["id"].as_str().unwrap(), feedback[0]["app"].as_str().unwrap());

    let planned = script.json(&["feedback", "file", id, "--to", "halden/birds", "--dry-run"]);
    assert!(planned["markdown"].as_str().unwrap().contains("Device"), "{planned}");
    assert!(!planned["markdown"].as_str().unwrap().contains("E-mail"), "{planned}");
    let other = ["--include-tester", "--leave-out", "facts", "--leave-out", "screenshots"];
    let other = script.json(&[&["feedback", "file", id, "--to", "halden/birds", "--dry-run"], &other[..]].concat());
    let markdown = other["markdown"].as_str().unwrap();
    assert!(markdown.contains("E-mail") && !markdown.contains("Device"), "{markdown}");
    assert_eq!(other["files"], json!([]));
    let to_nobody = script.run(&["feedback", "file", id, "--to", "halden/birds", "--assignee", "nobody"]);
    let said = String::from_utf8(to_nobody.stderr).unwrap();
    assert!(said.contains("nobody called “nobody”") && said.contains("mira-halden"), "{said}");
    assert_eq!(services.issues.lock().unwrap().len(), 0, "a dry run files nothing");
    let title = ["--title", "Save is hidden", "--assignee", "Mira-Halden"];
    let filed = script.json(&[&["feedback", "file", id, "--to", "halden/birds"], &title[..]].concat());
    assert_eq!(services.issues.lock().unwrap()[0]["assignees"], json!([{ "login": "mira-halden" }]));
    assert_eq!(filed[0]["issue"]["url"], "https://github.com/halden/birds/issues/214");
    assert_eq!(script.json(&["feedback", "file", id, "--to", "halden/birds"]), filed, "the same again");
    assert_eq!(services.issues.lock().unwrap().len(), 1);

    services.close_all();
    script.json(&["trackers", "sweep"]);
    let fixed = script.json(&["feedback", "fixed", "--app", app]);
    assert_eq!((fixed.as_array().unwrap().len(), &fixed[0]["text"]), (1, &json!("Fixed: Save is hidden")));
    let unsure = script.run(&["trackers", "remove", "halden/birds"]);
    assert_eq!(unsure.status.code(), Some(2), "{unsure:?}");
    script.json(&["trackers", "remove", "halden/birds", "--yes"]);
    assert_eq!(script.json(&["trackers", "list"]), json!([]));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ready_made_rule_files_each_crash_by_script_once_it_is_enabled() -> Result<(), Error> {
    let Some(script) = Script::start().await? else { return Ok(()) };
    let services = FakeTrackers::start().await;
    script.add_account();
    let (token, rule) = (script.desktop.root().join("token"), script.desktop.root().join("rule.json"));
    std::fs::write(&token, format!("{TOKEN}\n")).unwrap();
    let (token, github) = (token.display().to_string(), services.github());
    script.json(&["trackers", "add", "github", "--repo", "halden/birds", "--api-url", &github, "--token-file", &token]);
    let ready_made = script.run(&["rules", "ready-made", "file-crashes-in-github"]);
    std::fs::write(&rule, ready_made.stdout).unwrap();
    let added = script.json(&["rules", "add", "--file", &rule.display().to_string()]);
    assert_eq!(added["rule"]["enabled"], false, "it files nothing before somebody wants it");
    let id = added["id"].to_string();
    script.json(&["rules", "enable", &id]);

    let _serving = script.serve().await?;
    let apps = script.json(&["apps"]);
    let create = ["webhooks", "create", "--app", text(&apps[0], "id"), "--name", "Script", "--events", "all"];
    let webhook = script.json(&create);
    let event = json!({ "eventType": "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED", "webhookId": webhook["id"] });
    script.control("/sim/events", event).await;
    let done = async || {
        let runs = script.json(&["runs", "list", "--state", "done"]);
        Some(runs[0].clone()).filter(|run| run["action"] == "issue")
    };
    let run = wait::eventually(SOON, "the issue", done).await?;
    assert_eq!(run["answer"], "https://github.com/halden/birds/issues/214");
    assert_eq!(services.issues.lock().unwrap().len(), 1);
    let preview = script.json(&["rules", "test", &id]);
    assert_eq!(preview["events"][0]["sends"][0]["notDone"], "The feedback has its issue there already.");
    let exported = script.command(&["rules", "export", &id]).output().unwrap();
    let exported = String::from_utf8(exported.stdout).unwrap();
    assert!(exported.contains(r#""tracker": "github""#) && !exported.contains(TOKEN), "{exported}");
    Ok(())
}
