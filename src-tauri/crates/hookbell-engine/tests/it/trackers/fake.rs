//! GitHub with one repository, as far as the room of trackers uses it. `hookbell-trackers` checks every answer
//! against the service's own description; this fake counts requests, hangs on demand, and remembers.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{
        HeaderMap, Method, StatusCode, Uri,
        header::{ETAG, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde_json::{Value, json};

pub const TOKEN: &str = "pl4nted-tracker-t0ken";

/// Where a request hangs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Nothing is done, and no answer comes.
    Before,
    /// It is done, but no answer comes.
    Afterwards,
}

#[derive(Debug)]
pub struct Repository {
    pub name: String,
    pub former_name: Option<String>,
    pub issues: Vec<Value>,
    pub files: BTreeMap<String, String>,
    has_branch: bool,
    /// Method and path of each request.
    pub asked: Vec<String>,
    /// The request that hangs, by its index.
    pub stop: Option<(usize, Stop)>,
    /// Statuses for the next requests for a new issue.
    pub refuses: VecDeque<u16>,
    /// How many seconds to wait after a refusal.
    pub retry_after: Option<u32>,
    /// How the next request for a new issue hangs.
    pub stop_at_issue: Option<Stop>,
    version: u32,
    pub not_modified: u32,
}

/// A running fake.
#[derive(Clone)]
pub struct GitHubServer {
    pub url: String,
    state: Arc<Mutex<Repository>>,
}

impl GitHubServer {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let repository = Repository {
            name: "birds/app".to_owned(),
            former_name: None,
            issues: Vec::new(),
            files: BTreeMap::new(),
            has_branch: false,
            asked: Vec::new(),
            stop: None,
            refuses: VecDeque::new(),
            retry_after: None,
            stop_at_issue: None,
            version: 0,
            not_modified: 0,
        };
        let state = Arc::new(Mutex::new(repository));
        let router = Router::new().fallback(handle).layer(DefaultBodyLimit::disable()).with_state(Arc::clone(&state));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, state }
    }

    pub fn with<R>(&self, work: impl FnOnce(&mut Repository) -> R) -> R {
        work(&mut self.state.lock().unwrap())
    }

    pub fn asked(&self) -> usize {
        self.with(|state| state.asked.len())
    }

    /// Puts an issue into a milestone.
    pub fn plan(&self, number: usize, milestone: &str) {
        self.with(|state| {
            state.issues[number - 1]["milestone"] = json!({ "title": milestone });
            state.issues[number - 1]["updated_at"] = json!(now());
            state.version += 1;
        });
    }

    /// Closes an issue, as somebody in a browser does.
    pub fn close(&self, number: usize) {
        self.with(|state| {
            state.issues[number - 1]["state"] = json!("closed");
            state.issues[number - 1]["state_reason"] = json!("completed");
            state.issues[number - 1]["updated_at"] = json!(now());
            state.version += 1;
        });
    }
}

fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

async fn handle(
    State(state): State<Arc<Mutex<Repository>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let stop = {
        let mut state = state.lock().unwrap();
        let number = state.asked.len();
        state.asked.push(format!("{method} {}", uri.path()));
        let here = state.stop.filter(|(at, _)| *at == number).map(|(_, stop)| stop);
        let makes_issue = method == Method::POST && uri.path().ends_with("/issues");
        here.or_else(|| state.stop_at_issue.take_if(|_| makes_issue))
    };
    let answer = match stop {
        Some(Stop::Before) => None,
        Some(Stop::Afterwards) => {
            state.lock().unwrap().answer(&method, &uri, &headers, &body);
            None
        }
        None => Some(state.lock().unwrap().answer(&method, &uri, &headers, &body)),
    };
    match answer {
        Some(answer) => answer,
        None => std::future::pending().await,
    }
}

fn answer(status: u16, body: &Value) -> Response {
    (StatusCode::from_u16(status).unwrap(), body.to_string()).into_response()
}

fn said(status: u16, message: &str) -> Response {
    answer(status, &json!({ "message": message }))
}

impl Repository {
    fn answer(&mut self, method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Response {
        if headers["authorization"] != format!("Bearer {TOKEN}") {
            return said(401, "Bad credentials");
        }
        let path: Vec<&str> = uri.path().trim_matches('/').split('/').collect();
        match (method.as_str(), path.as_slice()) {
            ("GET", ["user"]) => answer(200, &json!({ "login": "octo" })),
            ("GET", ["user", "repos"]) => answer(200, &json!([self.repository()])),
            (method, ["repos", owner, name, rest @ ..]) => {
                let asked = format!("{owner}/{name}");
                if self.former_name.as_ref() == Some(&asked) && method == "GET" {
                    let to = format!("/repos/{}/{}", self.name, rest.join("/"));
                    let mut moved = said(301, "Moved Permanently");
                    moved.headers_mut().insert("location", to.trim_end_matches('/').parse().unwrap());
                    return moved;
                }
                if asked != self.name {
                    return said(404, "Not Found");
                }
                self.within(method, rest, uri, headers, body)
            }
            _ => said(404, "Not Found"),
        }
    }

    fn repository(&self) -> Value {
        json!({
            "full_name": self.name, "html_url": format!("https://github.com/{}", self.name),
            "default_branch": "main", "private": true, "has_issues": true,
        })
    }

    fn within(&mut self, method: &str, rest: &[&str], uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Response {
        match (method, rest) {
            ("GET", []) => answer(200, &self.repository()),
            ("GET", ["labels"]) => answer(200, &json!([{ "name": "beta" }])),
            ("GET", ["assignees"]) => answer(200, &json!([{ "login": "octo" }])),
            ("GET", ["branches", _]) if self.has_branch => answer(200, &json!({})),
            ("GET", ["git", "ref", "heads", "main"]) => answer(200, &json!({ "object": { "sha": "a".repeat(40) } })),
            ("POST", ["git", "refs"]) => {
                self.has_branch = true;
                answer(201, &json!({}))
            }
            ("PUT", ["contents", path @ ..]) => {
                let path = path.join("/");
                if self.files.contains_key(&path) {
                    return said(422, "\"sha\" wasn't supplied.");
                }
                let content: Value = serde_json::from_slice(body).unwrap();
                self.files.insert(path, content["content"].as_str().unwrap().to_owned());
                answer(201, &json!({}))
            }
            ("GET", ["contents", path @ ..]) if self.files.contains_key(&path.join("/")) => answer(200, &json!({})),
            ("GET", ["issues"]) => self.list(uri, headers),
            ("POST", ["issues"]) => self.make(body),
            _ => said(404, "Not Found"),
        }
    }

    fn make(&mut self, body: &[u8]) -> Response {
        if let Some(status) = self.refuses.pop_front() {
            let mut refused = said(status, "refused on purpose");
            if let Some(seconds) = self.retry_after {
                refused.headers_mut().insert(RETRY_AFTER, seconds.into());
            }
            return refused;
        }
        let asked: Value = serde_json::from_slice(body).unwrap();
        let number = self.issues.len() + 1;
        let labels = asked["labels"].as_array().cloned().unwrap_or_default();
        self.issues.push(json!({
            "number": number, "html_url": format!("https://github.com/{}/issues/{number}", self.name),
            "title": asked["title"], "body": asked["body"], "state": "open", "labels": labels, "assignees": [],
            "created_at": now(), "updated_at": now(),
        }));
        self.version += 1;
        answer(201, self.issues.last().unwrap())
    }

    fn list(&mut self, uri: &Uri, headers: &HeaderMap) -> Response {
        let tag = format!("\"{}-{}\"", self.version, uri.query().unwrap_or_default().len());
        if headers.get("if-none-match").is_some_and(|known| *known == tag) {
            self.not_modified += 1;
            return StatusCode::NOT_MODIFIED.into_response();
        }
        let mut listed = answer(200, &json!(self.issues.iter().rev().collect::<Vec<_>>()));
        listed.headers_mut().insert(ETAG, tag.parse().unwrap());
        listed
    }
}
