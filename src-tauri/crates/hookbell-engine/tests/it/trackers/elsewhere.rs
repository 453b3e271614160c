//! Linear and Jira: the same room files at them and reads their states.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use hookbell_engine::api::IssueProgress;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Filer, fake::TOKEN};
use crate::asc::Desk;

/// The team's id.
const TEAM: &str = "5f0f9c8e-0000-4000-8000-000000000001";

/// A team at Linear and a project at Jira, as far as the room uses them. `hookbell-trackers` checks every answer
/// against the services' own descriptions.
#[derive(Debug, Default)]
struct Places {
    linear: Vec<Value>,
    jira: Vec<Value>,
    /// The names of the files.
    files: Vec<String>,
    url: String,
}

type Shared = Arc<Mutex<Places>>;

async fn start() -> (String, Shared) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let places = Shared::new(Mutex::new(Places { url: url.clone(), ..Places::default() }));
    let router = Router::new().fallback(handle).layer(DefaultBodyLimit::disable()).with_state(Arc::clone(&places));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, places)
}

async fn handle(State(places): State<Shared>, method: Method, uri: Uri, body: Bytes) -> Response {
    let mut places = places.lock().unwrap();
    let path: Vec<&str> = uri.path().trim_matches('/').split('/').collect();
    let (status, reply) = match (method.as_str(), path.as_slice()) {
        ("POST", ["linear", "graphql"]) => {
            (200, json!({ "data": places.linear(&serde_json::from_slice(&body).unwrap()) }))
        }
        ("PUT", ["upload", name]) => {
            places.files.push((*name).to_owned());
            (200, Value::Null)
        }
        (method, ["jira", "rest", "api", "3", rest @ ..]) => places.jira(method, rest, &body),
        _ => (404, Value::Null),
    };
    (StatusCode::from_u16(status).unwrap(), reply.to_string()).into_response()
}

impl Places {
    fn linear(&mut self, request: &Value) -> Value {
        let (query, variables) = (request["query"].as_str().unwrap(), &request["variables"]);
        let page = json!({ "hasNextPage": false, "endCursor": null });
        match query.split([' ', '(']).nth(1).unwrap() {
            "Viewer" => json!({ "viewer": { "id": "u1", "displayName": "ada" }, "organization": { "name": "Birds" } }),
            "Teams" => {
                let team = json!({ "id": TEAM, "key": "BIRD", "name": "Birds" });
                json!({ "teams": { "nodes": [team], "pageInfo": page } })
            }
            "Team" => json!({ "team": {
                "id": TEAM, "key": "BIRD", "name": "Birds", "labels": { "nodes": [] }, "members": { "nodes": [] },
            } }),
            "Find" => {
                let found: Vec<_> = self.linear.iter().filter(|issue| issue["id"] == variables["id"]).collect();
                json!({ "issues": { "nodes": found }, "attachmentsForURL": { "nodes": [] } })
            }
            "Upload" => {
                let name = variables["filename"].as_str().unwrap();
                json!({ "fileUpload": { "success": true, "uploadFile": {
                    "assetUrl": format!("https://uploads.linear.app/{name}"),
                    "uploadUrl": format!("{}/upload/{name}", self.url), "headers": [],
                } } })
            }
            "Create" => {
                let number = self.linear.len() + 1;
                let issue = json!({
                    "id": variables["input"]["id"], "identifier": format!("BIRD-{number}"),
                    "url": format!("https://linear.app/birds/issue/BIRD-{number}"), "trashed": null,
                    "title": variables["input"]["title"], "state": { "name": "Triage", "type": "triage" },
                    "assignee": null,
                });
                self.linear.push(issue.clone());
                json!({ "issueCreate": { "success": true, "issue": issue } })
            }
            "Attach" => json!({ "attachmentCreate": { "success": true, "attachment": { "id": "a1" } } }),
            "Sweep" => json!({ "issues": { "nodes": self.linear } }),
            other => panic!("{other} is not asked for here"),
        }
    }

    fn jira(&mut self, method: &str, path: &[&str], body: &[u8]) -> (u16, Value) {
        match (method, path) {
            ("GET", ["myself"]) => (200, json!({ "accountId": "u1", "displayName": "Ada" })),
            ("GET", ["project", "search"]) => {
                (200, json!({ "values": [{ "key": "BIRD", "name": "Birds" }], "isLast": true }))
            }
            ("GET", ["issue", "createmeta", "BIRD", "issuetypes"]) => {
                (200, json!({ "issueTypes": [{ "id": "10001", "name": "Bug" }] }))
            }
            ("GET", ["issue", "createmeta", ..]) => (200, json!({ "fields": [] })),
            ("POST", ["issue"]) => {
                let asked: Value = serde_json::from_slice(body).unwrap();
                let number = self.jira.len() + 1;
                let property = &asked["properties"][0];
                self.jira.push(json!({
                    "id": (1000 + number).to_string(), "key": format!("BIRD-{number}"),
                    "fields": {
                        "summary": asked["fields"]["summary"], "resolution": null, "assignee": null, "attachment": [],
                        "status": { "name": "To Do", "statusCategory": { "key": "new" } },
                    },
                    "properties": { property["key"].as_str().unwrap(): property["value"] },
                }));
                (201, json!({ "id": (1000 + number).to_string(), "key": format!("BIRD-{number}"), "self": self.url }))
            }
            ("GET", ["issue", id]) => self
                .jira
                .iter()
                .find(|issue| issue["id"] == *id)
                .map_or((404, Value::Null), |found| (200, found.clone())),
            ("POST", ["issue", _, "attachments"]) => {
                let text = String::from_utf8_lossy(body);
                let name = text.split("filename=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
                self.files.push(name.clone());
                (200, json!([{ "id": "1", "filename": name, "size": 1 }]))
            }
            ("POST", ["issue", _, "remotelink"]) => (201, json!({ "id": 1, "self": self.url })),
            ("POST", ["search", "jql"]) => (200, json!({ "issues": self.jira, "isLast": true })),
            _ => (404, Value::Null),
        }
    }
}

/// A form for a tracker at one of the two.
fn form(url: &str, service: &str) -> Value {
    let (url, place) = match service {
        "linear" => (format!("{url}/linear"), "BIRD"),
        _ => (format!("{url}/jira"), "BIRD"),
    };
    json!({
        "access": { "service": service, "url": url, "email": "ada@birds.example", "token": TOKEN },
        "place": place, "issueType": null, "settings": {},
    })
}

/// Files a screenshot feedback twice, and reads its issue's state after `close`.
async fn files_and_sweeps(service: &str, issues: fn(&Places) -> usize, close: fn(&mut Places)) {
    let (url, places) = start().await;
    let desk = Desk::new().await;
    desk.settled().await;
    let added: Value = desk.studio.ask("addTracker", form(&url, service)).await.unwrap();
    assert_eq!((&added["name"], &added["service"]), (&json!("BIRD · Birds"), &json!(service)));
    let filer = Filer { desk, github: super::GitHubServer::start().await, tracker: added["id"].as_i64().unwrap() };
    let id = filer.screenshot("Save is hidden").await;
    let filed = filer.file(&id).await.unwrap();
    let issue = filed.issue.clone().unwrap();
    assert_eq!((issue.reference.as_str(), issue.title.as_str()), ("BIRD-1", "Save is hidden"), "{filed:?}");
    assert_eq!((issue.progress, filed.notes.as_slice()), (IssueProgress::Open, [].as_slice()));
    assert_eq!(filer.file(&id).await.unwrap(), filed, "the same again is the same issue");
    let made = |places: &Places| (issues(places), places.files.len());
    assert_eq!(made(&places.lock().unwrap()), (1, 1));

    close(&mut places.lock().unwrap());
    let swept = filer.desk.studio.hookbell.trackers().sweep().await.unwrap();
    assert_eq!((swept[0].open, swept[0].done), (0, 1));
    let lines: Value =
        filer.desk.studio.ask("fixedLines", json!({ "app": filer.desk.app(), "since": null })).await.unwrap();
    assert_eq!(lines[0]["text"], "Fixed: Save is hidden");
    let done: Timestamp = lines[0]["doneAt"].as_str().unwrap().parse().unwrap();
    assert!(done <= Timestamp::now() + *filer.desk.studio.ahead.lock().unwrap());
}

#[tokio::test]
async fn feedback_is_filed_at_linear_once_and_what_is_done_there_is_fixed_here() {
    files_and_sweeps(
        "linear",
        |places| places.linear.len(),
        |places| places.linear[0]["state"] = json!({ "name": "Done", "type": "completed" }),
    )
    .await;
}

#[tokio::test]
async fn feedback_is_filed_at_jira_once_and_what_is_done_there_is_fixed_here() {
    files_and_sweeps(
        "jira",
        |places| places.jira.len(),
        |places| places.jira[0]["fields"]["status"] = json!({ "name": "Done", "statusCategory": { "key": "done" } }),
    )
    .await;
}
