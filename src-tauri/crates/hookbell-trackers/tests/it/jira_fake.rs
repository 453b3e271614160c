//! Jira Cloud with one project. Its search lags: an issue appears in it only after a while.

use std::collections::BTreeMap;

use hookbell_core::Secret;
use hookbell_trackers::{
    TrackerHttp,
    jira::{Jira, JiraPlace},
};
use serde_json::{Value, json};

use crate::{
    fake::{Asked, Fake, FakeTracker, Judge, Reply},
    judge,
};

/// The search's lag in seconds.
pub const SEARCH_LAG_SECONDS: i64 = 50;

/// An issue.
#[derive(Debug)]
pub struct JiraIssue {
    pub fields: Value,
    pub properties: Value,
    pub made_at: i64,
    pub status: (&'static str, &'static str),
    pub resolution: Option<&'static str>,
    pub fix_versions: Vec<&'static str>,
    /// The content of each attachment by its name; a name may come twice.
    pub attachments: Vec<(String, Vec<u8>)>,
    /// Addresses by their `globalId`.
    pub links: BTreeMap<String, String>,
}

/// The state.
#[derive(Debug, Default)]
pub struct JiraFake {
    pub issues: Vec<JiraIssue>,
    /// The time in seconds, which decides what the search shows.
    pub now: i64,
    /// A required field for every issue.
    pub demanded: Option<&'static str>,
    /// Whether attachments are forbidden.
    pub no_attachments: bool,
    /// Whether the search lacks the function for remote links.
    pub no_link_search: bool,
}

/// The place for issues.
pub fn place() -> JiraPlace {
    JiraPlace::new("BIRD", "10001").unwrap()
}

fn errors(status: u16, errors: &Value) -> Reply {
    Reply::json(status, &json!({ "errorMessages": [], "errors": errors }))
}

impl FakeTracker for JiraFake {
    fn answer(&mut self, asked: &Asked) -> Reply {
        // ada@birds.example:T0K3N
        assert_eq!(asked.header("authorization"), Some("Basic YWRhQGJpcmRzLmV4YW1wbGU6VDBLM04="));
        let segments = asked.segments();
        let ["rest", "api", "3", rest @ ..] = segments.as_slice() else { return Reply::empty(404) };
        match (asked.method.as_str(), rest) {
            ("GET", ["myself"]) => Reply::json(200, &json!({ "accountId": "u1", "displayName": "Ada" })),
            ("GET", ["project", "search"]) => {
                let project = json!({ "id": "1", "key": "BIRD", "name": "Birds" });
                Reply::json(200, &json!({ "values": [project], "isLast": true, "startAt": 0, "maxResults": 100 }))
            }
            ("GET", ["issue", "createmeta", "BIRD", "issuetypes"]) => {
                let types = json!([
                    { "id": "10001", "name": "Bug", "subtask": false },
                    { "id": "10002", "name": "Subtask", "subtask": true },
                ]);
                Reply::json(200, &json!({ "issueTypes": types, "startAt": 0, "maxResults": 200, "total": 2 }))
            }
            ("GET", ["issue", "createmeta", "BIRD", "issuetypes", "10001"]) => {
                let fields: Vec<_> = ["summary"].into_iter().chain(self.demanded).map(field).collect();
                Reply::json(200, &json!({ "fields": fields, "startAt": 0, "maxResults": 200, "total": 1 }))
            }
            ("GET", ["user", "assignable", "search"]) => {
                Reply::json(200, &json!([{ "accountId": "u1", "displayName": "Ada", "active": true }]))
            }
            ("POST", ["search", "jql"]) => self.search(&asked.json()),
            ("POST", ["issue"]) => self.make(&asked.json()),
            ("GET", ["issue", id]) => match self.number(id) {
                Some(number) => Reply::json(200, &self.read(number)),
                None => Reply::json(404, &json!({ "errorMessages": ["Issue does not exist"], "errors": {} })),
            },
            ("POST", ["issue", id, "attachments"]) => self.attach(id, asked),
            ("POST", ["issue", id, "remotelink"]) => self.link(id, &asked.json()),
            _ => Reply::empty(404),
        }
    }
}

fn field(id: &str) -> Value {
    json!({
        "fieldId": id,
        "key": id,
        "name": if id == "summary" { "Summary" } else { "Severity" },
        "operations": ["set"],
        "required": true,
        "hasDefaultValue": false,
        "schema": { "type": "string" },
    })
}

impl JiraFake {
    /// Ids are 1001, 1002 …
    fn number(&self, id: &str) -> Option<usize> {
        let number = id.parse::<usize>().ok()?.checked_sub(1001)?;
        (number < self.issues.len()).then_some(number)
    }

    fn read(&self, number: usize) -> Value {
        let issue = &self.issues[number];
        let attachments = issue
            .attachments
            .iter()
            .map(|(name, content)| json!({ "id": "1", "filename": name, "size": content.len() }));
        json!({
            "id": (1001 + number).to_string(),
            "key": format!("BIRD-{}", number + 1),
            "fields": {
                "summary": issue.fields["summary"],
                "status": { "name": issue.status.0, "statusCategory": { "key": issue.status.1 } },
                "resolution": issue.resolution.map(|name| json!({ "name": name })),
                "assignee": null,
                "fixVersions": issue.fix_versions.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>(),
                "attachment": attachments.collect::<Vec<_>>(),
            },
            "properties": issue.properties,
        })
    }

    fn search(&self, request: &Value) -> Reply {
        assert_eq!(request["properties"], json!(["hookbell"]));
        if self.no_link_search && request["jql"].as_str().unwrap().contains("issuesWithRemoteLinksByGlobalId") {
            return Reply::empty(400);
        }
        let shown = |number: &usize| self.issues[*number].made_at + SEARCH_LAG_SECONDS <= self.now;
        let issues: Vec<_> = (0..self.issues.len()).filter(shown).map(|number| self.read(number)).collect();
        Reply::json(200, &json!({ "issues": issues, "isLast": true }))
    }

    fn make(&mut self, request: &Value) -> Reply {
        let fields = &request["fields"];
        if let Some(demanded) = self.demanded {
            return errors(400, &json!({ demanded: "Severity is required." }));
        }
        if fields["assignee"]["accountId"] == "gone" {
            return errors(400, &json!({ "assignee": "User 'gone' cannot be assigned issues." }));
        }
        let labels = fields["labels"].as_array().into_iter().flatten();
        if labels.filter_map(Value::as_str).any(|label| label.contains(' ')) {
            return errors(400, &json!({ "labels": "The label can't contain spaces." }));
        }
        assert!(fields["description"].to_string().chars().count() <= 32_767);
        let properties = request["properties"].as_array().into_iter().flatten();
        let properties =
            properties.map(|property| (property["key"].as_str().unwrap().to_owned(), property["value"].clone()));
        self.issues.push(JiraIssue {
            fields: fields.clone(),
            properties: Value::Object(properties.collect()),
            made_at: self.now,
            status: ("To Do", "new"),
            resolution: None,
            fix_versions: Vec::new(),
            attachments: Vec::new(),
            links: BTreeMap::new(),
        });
        let number = self.issues.len();
        let id = (1000 + number).to_string();
        let key = format!("BIRD-{number}");
        Reply::json(201, &json!({ "id": id, "key": key, "self": format!("https://x.example/{id}") }))
    }

    fn attach(&mut self, id: &str, asked: &Asked) -> Reply {
        assert_eq!(asked.header("x-atlassian-token"), Some("no-check"));
        let Some(number) = self.number(id) else { return Reply::empty(404) };
        if self.no_attachments {
            return Reply::empty(403);
        }
        let (name, content) = read_form(asked);
        let answer = json!([{ "id": "1", "filename": name, "size": content.len() }]);
        self.issues[number].attachments.push((name, content));
        Reply::json(200, &answer)
    }

    fn link(&mut self, id: &str, request: &Value) -> Reply {
        let Some(number) = self.number(id) else { return Reply::empty(404) };
        let (id, url) = (request["globalId"].as_str().unwrap(), request["object"]["url"].as_str().unwrap());
        let before = self.issues[number].links.insert(id.to_owned(), url.to_owned());
        let status = if before.is_some() { 200 } else { 201 };
        Reply::json(status, &json!({ "id": 1, "self": "https://x.example/link/1" }))
    }
}

/// The only file of a form, with its name.
fn read_form(asked: &Asked) -> (String, Vec<u8>) {
    let boundary = asked.header("content-type").unwrap().split_once("boundary=").unwrap().1;
    let whole = &asked.body[..];
    let head_end = whole.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
    let head = std::str::from_utf8(&whole[..head_end]).unwrap();
    assert!(head.starts_with(&format!("--{boundary}\r\n")) && head.contains("name=\"file\""), "{head}");
    let name = head.split_once("filename=\"").unwrap().1.split_once('"').unwrap().0;
    let end = format!("\r\n--{boundary}--\r\n");
    let content = whole[head_end..].strip_suffix(end.as_bytes()).unwrap();
    (name.to_owned(), content.to_vec())
}

/// A running fake that is validated with Jira's API description, and a client of it.
pub async fn jira(state: JiraFake) -> (Fake<JiraFake>, Jira) {
    start(state, judge::jira()).await
}

/// A running fake with this judge, and a client of it.
pub async fn start(state: JiraFake, judge: Judge) -> (Fake<JiraFake>, Jira) {
    let fake = Fake::start(state, judge).await;
    let token = Secret::new("T0K3N").unwrap();
    let client = Jira::new(&TrackerHttp::default(), &fake.url, "ada@birds.example", &token).unwrap();
    (fake, client)
}
