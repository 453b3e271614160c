//! Linear with one team: issues, attachments and uploads.

use std::collections::BTreeMap;

use hookbell_core::Secret;
use hookbell_trackers::{TrackerHttp, linear::Linear};
use serde_json::{Value, json};

use crate::{
    fake::{Asked, Fake, FakeTracker, Judge, Reply},
    graphql,
};

/// The team's id.
pub const TEAM: &str = "5f0f9c8e-0000-4000-8000-000000000001";

/// The state.
#[derive(Debug, Default)]
pub struct LinearFake {
    /// As operations select them, plus `description` and `labelIds`, which no operation selects.
    pub issues: Vec<Value>,
    /// The issue for each attached address.
    pub attachments: BTreeMap<String, String>,
    /// The content of each uploaded file.
    pub uploads: BTreeMap<String, Vec<u8>>,
    /// The fake's own address, for files.
    pub url: String,
}

fn data(data: &Value) -> Reply {
    Reply::json(200, &json!({ "data": data }))
}

/// An error in Linear's form.
pub fn error(status: u16, code: &str, words: &str) -> Reply {
    let error = json!({ "message": words, "extensions": { "code": code, "userPresentableMessage": words } });
    Reply::json(status, &json!({ "errors": [error] }))
}

impl FakeTracker for LinearFake {
    fn answer(&mut self, asked: &Asked) -> Reply {
        if asked.method == "PUT" {
            assert_eq!(asked.header("authorization"), None, "the place for files gets no token");
            assert_eq!(asked.header("x-goog-content-length-range"), Some("0,100"), "the headers are sent as told");
            self.uploads.insert(asked.path().to_owned(), asked.body.to_vec());
            return Reply::empty(200);
        }
        assert_eq!(asked.header("authorization"), Some("lin_api_T0K3N"));
        let request = asked.json();
        let (query, variables) = (request["query"].as_str().unwrap(), &request["variables"]);
        let name = query.split([' ', '(']).nth(1).unwrap();
        match name {
            "Viewer" => data(&json!({
                "viewer": { "id": "u1", "displayName": "ada" },
                "organization": { "name": "Birds" },
            })),
            "Teams" => {
                let team = json!({ "id": TEAM, "key": "BIRD", "name": "Birds" });
                data(&json!({ "teams": { "nodes": [team], "pageInfo": { "hasNextPage": false, "endCursor": null } } }))
            }
            "Team" => data(&json!({ "team": {
                "id": TEAM,
                "key": "BIRD",
                "name": "Birds",
                "labels": { "nodes": [{ "id": "l1", "name": "Beta" }] },
                "members": { "nodes": [{ "id": "u1", "displayName": "ada" }] },
            } })),
            "Find" => self.find(variables),
            "Sweep" => self.sweep(variables),
            "Create" => self.create(&variables["input"]),
            "Attach" => self.attach(&variables["input"]),
            "Upload" => self.place(variables),
            other => error(400, "GRAPHQL_VALIDATION_FAILED", other),
        }
    }
}

/// The fields of an issue that operations select.
fn selected(issue: &Value) -> Value {
    let mut issue = issue.clone();
    for unselected in ["description", "labelIds", "updatedAt"] {
        issue.as_object_mut().unwrap().remove(unselected);
    }
    issue
}

impl LinearFake {
    fn issue(&self, id: &str) -> Option<Value> {
        self.issues.iter().find(|issue| issue["id"] == id).map(selected)
    }

    fn find(&self, variables: &Value) -> Reply {
        let by_id = self.issue(variables["id"].as_str().unwrap());
        let attached = self.attachments.get(variables["url"].as_str().unwrap());
        let attached = attached.and_then(|id| self.issue(id)).map(|issue| json!({ "issue": issue }));
        data(&json!({
            "issues": { "nodes": by_id.into_iter().collect::<Vec<_>>() },
            "attachmentsForURL": { "nodes": attached.into_iter().collect::<Vec<_>>() },
        }))
    }

    fn sweep(&self, variables: &Value) -> Reply {
        let ids = variables["ids"].as_array().unwrap();
        let since = variables["since"].as_str().unwrap();
        let fits = |issue: &&Value| ids.contains(&issue["id"]) && issue["updatedAt"].as_str().unwrap() > since;
        let issues: Vec<_> = self.issues.iter().filter(fits).map(selected).collect();
        data(&json!({ "issues": { "nodes": issues } }))
    }

    fn create(&mut self, input: &Value) -> Reply {
        let id = input["id"].as_str().unwrap();
        if self.issue(id).is_some() {
            return error(400, "INVALID_INPUT", "An entity with this id exists already");
        }
        let number = self.issues.len() + 1;
        let issue = json!({
            "id": id,
            "identifier": format!("BIRD-{number}"),
            "url": format!("https://linear.app/birds/issue/BIRD-{number}"),
            "title": input["title"],
            "description": input["description"],
            "labelIds": input["labelIds"],
            "updatedAt": "2026-11-30T12:00:00Z",
            "trashed": null,
            "state": { "name": "Triage", "type": "triage" },
            "assignee": null,
            "projectMilestone": null,
            "cycle": null,
        });
        self.issues.push(issue.clone());
        data(&json!({ "issueCreate": { "success": true, "issue": selected(&issue) } }))
    }

    fn attach(&mut self, input: &Value) -> Reply {
        let (url, issue) = (input["url"].as_str().unwrap(), input["issueId"].as_str().unwrap());
        self.attachments.insert(url.to_owned(), issue.to_owned());
        data(&json!({ "attachmentCreate": { "success": true, "attachment": { "id": "a1" } } }))
    }

    fn place(&self, variables: &Value) -> Reply {
        let name = variables["filename"].as_str().unwrap();
        data(&json!({ "fileUpload": { "success": true, "uploadFile": {
            "assetUrl": format!("https://uploads.linear.app/birds/{name}"),
            "uploadUrl": format!("{}/upload/{name}", self.url),
            "headers": [{ "key": "x-goog-content-length-range", "value": "0,100" }],
        } } }))
    }

    /// Puts an issue into a cycle, and into a milestone of its project.
    pub fn plan(&mut self, number: usize, cycle: Option<&str>, milestone: &str) {
        let issue = &mut self.issues[number - 1];
        issue["cycle"] = json!({ "name": cycle });
        issue["projectMilestone"] = json!({ "name": milestone });
        issue["updatedAt"] = json!("2026-11-30T13:00:00Z");
    }

    /// Moves an issue to another state, as somebody in a browser does.
    pub fn change(&mut self, number: usize, state: &str, kind: &str) {
        let issue = &mut self.issues[number - 1];
        issue["state"] = json!({ "name": state, "type": kind });
        issue["updatedAt"] = json!("2026-11-30T13:00:00Z");
    }
}

/// A running fake that is validated with Linear's schema, and a client of it.
pub async fn linear() -> (Fake<LinearFake>, Linear) {
    start(graphql::linear()).await
}

/// A running fake with this judge, and a client of it.
pub async fn start(judge: Judge) -> (Fake<LinearFake>, Linear) {
    let fake = Fake::start(LinearFake::default(), judge).await;
    let url = fake.url.clone();
    fake.with(|state| state.url = url);
    let token = Secret::new("lin_api_T0K3N").unwrap();
    let client = Linear::new(&TrackerHttp::default(), &fake.url, &token).unwrap();
    (fake, client)
}
