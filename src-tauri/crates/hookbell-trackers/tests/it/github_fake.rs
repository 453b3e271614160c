//! GitHub with one repository: issues, labels, and a branch of files.
//!
//! The answers are files in GitHub's shape; tests set only the relevant fields.

use std::collections::BTreeMap;

use hookbell_core::Secret;
use hookbell_trackers::{TrackerHttp, github::GitHub};
use serde_json::{Value, json};

use crate::{
    fake::{Asked, Fake, FakeTracker, Judge, Reply},
    judge,
};

/// The creation time of every issue here.
pub const MADE_AT: &str = "2026-11-30T12:00:00Z";

/// The state.
#[derive(Debug)]
pub struct GitHubFake {
    pub issues: Vec<Value>,
    /// The Base64 content of each file, by path.
    pub files: BTreeMap<String, String>,
    pub has_branch: bool,
    /// The repository's current name.
    pub full_name: String,
    /// Its former name, which redirects.
    pub former_name: Option<String>,
    pub is_archived: bool,
    pub has_issues: bool,
    pub is_empty: bool,
    /// Whether the token is allowed to commit and set labels.
    pub can_push: bool,
    /// A login that can't be assigned.
    pub unknown_login: Option<String>,
    pub scopes: Option<String>,
    /// Increases with each change of an issue.
    pub version: u32,
}

impl Default for GitHubFake {
    fn default() -> Self {
        Self {
            issues: Vec::new(),
            files: BTreeMap::new(),
            has_branch: false,
            full_name: "birds/app".to_owned(),
            former_name: None,
            is_archived: false,
            has_issues: true,
            is_empty: false,
            can_push: true,
            unknown_login: None,
            scopes: None,
            version: 0,
        }
    }
}

fn user() -> Value {
    with(include_str!("github_answers/user.json"), json!({ "login": "octo" }))
}

fn person(login: &str) -> Value {
    with(include_str!("github_answers/person.json"), json!({ "login": login }))
}

/// An answer in GitHub's shape with these fields.
fn with(answer: &str, fields: Value) -> Value {
    let mut answer: Value = serde_json::from_str(answer).unwrap();
    for (name, value) in fields.as_object().unwrap() {
        answer[name] = value.clone();
    }
    answer
}

fn message(status: u16, message: &str) -> Reply {
    Reply::json(status, &json!({ "message": message, "documentation_url": "https://docs.github.com/rest" }))
}

fn rejected(resource: &str, field: &str) -> Reply {
    let errors = json!([{ "resource": resource, "field": field, "code": "invalid" }]);
    Reply::json(
        422,
        &json!({
            "message": "Validation Failed",
            "documentation_url": "https://docs.github.com/rest",
            "errors": errors,
        }),
    )
}

impl FakeTracker for GitHubFake {
    fn answer(&mut self, asked: &Asked) -> Reply {
        assert_eq!(asked.header("authorization"), Some("Bearer T0K3N"));
        assert_eq!(asked.header("x-github-api-version"), Some("2022-11-28"));
        let segments = asked.segments();
        match (asked.method.as_str(), segments.as_slice()) {
            ("GET", ["user"]) => {
                let mut reply = Reply::json(200, &user());
                reply.headers.extend(self.scopes.clone().map(|scopes| ("x-oauth-scopes", scopes)));
                reply
            }
            ("GET", ["user", "repos"]) => Reply::json(200, &json!([self.repository()])),
            (method, ["repos", owner, name, rest @ ..]) => {
                let asked_name = format!("{owner}/{name}");
                if self.former_name.as_ref() == Some(&asked_name) {
                    let status = if method == "GET" { 301 } else { 307 };
                    let location = format!("/repos/{}/{}", self.full_name, rest.join("/"));
                    let headers = vec![("location", location.trim_end_matches('/').to_owned())];
                    return Reply { headers, ..message(status, "Moved Permanently") };
                }
                if asked_name != self.full_name {
                    return message(404, "Not Found");
                }
                self.in_repository(method, rest, asked)
            }
            _ => message(404, "Not Found"),
        }
    }
}

impl GitHubFake {
    fn repository(&self) -> Value {
        let fields = json!({
            "full_name": self.full_name,
            "name": self.full_name.split('/').next_back(),
            "html_url": format!("https://github.com/{}", self.full_name),
            "default_branch": "main",
            "archived": self.is_archived,
            "has_issues": self.has_issues,
        });
        with(include_str!("github_answers/repository.json"), fields)
    }

    fn in_repository(&mut self, method: &str, rest: &[&str], asked: &Asked) -> Reply {
        match (method, rest) {
            ("GET", []) => Reply::json(200, &self.repository()),
            ("GET", ["labels"]) => {
                Reply::json(200, &json!([with(include_str!("github_answers/label.json"), json!({ "name": "beta" }))]))
            }
            ("GET", ["assignees"]) => Reply::json(200, &json!([person("octo")])),
            ("GET", ["issues"]) => self.list(asked),
            ("POST", ["issues"]) => self.make(asked),
            ("GET", ["branches", _]) if self.has_branch => {
                Reply::json(200, &with(include_str!("github_answers/branch.json"), json!({})))
            }
            ("GET", ["branches", _]) => message(404, "Branch not found"),
            ("GET", ["git", "ref", "heads", "main"]) if self.is_empty => message(409, "Git Repository is empty."),
            ("GET", ["git", "ref", "heads", "main"]) => {
                Reply::json(200, &with(include_str!("github_answers/reference.json"), json!({})))
            }
            ("POST", ["git", "refs"]) if !self.can_push => {
                message(403, "Resource not accessible by personal access token")
            }
            ("POST", ["git", "refs"]) if self.has_branch => message(422, "Reference already exists"),
            ("POST", ["git", "refs"]) => {
                self.has_branch = true;
                Reply::json(201, &with(include_str!("github_answers/reference.json"), json!({})))
            }
            ("PUT", ["contents", path @ ..]) => self.commit(&path.join("/"), asked),
            ("GET", ["contents", path @ ..]) if self.files.contains_key(&path.join("/")) => {
                Reply::json(200, &with(include_str!("github_answers/content.json"), json!({})))
            }
            _ => message(404, "Not Found"),
        }
    }

    fn commit(&mut self, path: &str, asked: &Asked) -> Reply {
        if !self.can_push {
            return message(403, "Resource not accessible by personal access token");
        }
        let request = asked.json();
        assert_eq!(request["branch"], "hookbell-feedback");
        if self.files.contains_key(path) {
            return message(422, "Invalid request.\n\n\"sha\" wasn't supplied.");
        }
        self.files.insert(path.to_owned(), request["content"].as_str().unwrap().to_owned());
        Reply::json(201, &with(include_str!("github_answers/commit.json"), json!({})))
    }

    fn make(&mut self, asked: &Asked) -> Reply {
        if !self.has_issues {
            return message(410, "Issues are disabled for this repo");
        }
        let request = asked.json();
        assert!(request["body"].as_str().unwrap().chars().count() <= 65_536);
        let assignees = request["assignees"].as_array().cloned().unwrap_or_default();
        if assignees.iter().any(|login| login.as_str() == self.unknown_login.as_deref()) {
            return rejected("Issue", "assignees");
        }
        let number = self.issues.len() + 1;
        let labels = if self.can_push { request["labels"].clone() } else { Value::Null };
        let labels: Vec<_> = labels.as_array().into_iter().flatten().map(|name| json!({ "name": name })).collect();
        let assignees: Vec<_> = assignees.iter().map(|login| person(login.as_str().unwrap())).collect();
        let fields = json!({
            "number": number,
            "html_url": format!("https://github.com/{}/issues/{number}", self.full_name),
            "title": request["title"],
            "body": request["body"],
            "state": "open",
            "user": person("octo"),
            "labels": labels,
            "assignees": assignees,
            "created_at": MADE_AT,
            "updated_at": MADE_AT,
        });
        self.issues.push(with(include_str!("github_answers/issue.json"), fields));
        self.version += 1;
        Reply::json(201, self.issues.last().unwrap())
    }

    fn list(&self, asked: &Asked) -> Reply {
        let etag = format!("W/\"{}\"", self.version);
        if asked.header("if-none-match") == Some(etag.as_str()) {
            return Reply::empty(304);
        }
        let since = asked.parameter("since").unwrap_or_default();
        let creator = asked.parameter("creator");
        let size: usize = asked.parameter("per_page").unwrap().parse().unwrap();
        let page: usize = asked.parameter("page").unwrap().parse().unwrap();
        let fits = |issue: &&Value| {
            let login = issue["user"]["login"].as_str();
            issue["updated_at"].as_str().unwrap() >= since.as_str()
                && creator.as_deref().is_none_or(|creator| login == Some(creator))
        };
        let newest_first = self.issues.iter().rev().filter(fits).skip((page - 1) * size).take(size);
        let issues: Vec<_> = newest_first.cloned().collect();
        Reply { headers: vec![("etag", etag)], ..Reply::json(200, &json!(issues)) }
    }

    /// Puts an issue into a milestone.
    pub fn plan(&mut self, number: usize, milestone: &str) {
        let milestone = with(include_str!("github_answers/milestone.json"), json!({ "title": milestone }));
        self.issues[number - 1]["milestone"] = milestone;
        self.version += 1;
    }

    /// Closes an issue, as somebody in a browser does.
    pub fn close(&mut self, number: usize, reason: &str) {
        let issue = &mut self.issues[number - 1];
        issue["state"] = json!("closed");
        issue["state_reason"] = json!(reason);
        issue["updated_at"] = json!("2026-11-30T13:00:00Z");
        self.version += 1;
    }

    /// Adds an issue by somebody else.
    pub fn add(&mut self, login: &str, body: &str) {
        let number = self.issues.len() + 1;
        let fields = json!({
            "number": number,
            "html_url": format!("https://github.com/{}/issues/{number}", self.full_name),
            "body": body,
            "state": "open",
            "user": person(login),
            "created_at": MADE_AT,
            "updated_at": MADE_AT,
        });
        self.issues.push(with(include_str!("github_answers/issue.json"), fields));
    }
}

/// A running fake that is validated with GitHub's API description, and a client of it.
pub async fn github(state: GitHubFake) -> (Fake<GitHubFake>, GitHub) {
    start(state, judge::github()).await
}

/// A running fake with this judge, and a client of it.
pub async fn start(state: GitHubFake, judge: Judge) -> (Fake<GitHubFake>, GitHub) {
    let fake = Fake::start(state, judge).await;
    let token = Secret::new("T0K3N").unwrap();
    let client = GitHub::new(&TrackerHttp::default(), &fake.url, false, &token).unwrap();
    (fake, client)
}
