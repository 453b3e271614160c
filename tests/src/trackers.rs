//! Fake GitHub, Linear and Jira servers, with the endpoints that the command line and the window use.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// A token that none of them checks, but which must be sent and must never be shown.
pub const TOKEN: &str = "a tracker's own t0ken";

/// The first issue's number.
pub const FIRST_ISSUE: usize = 214;

/// All three services at one address. Issues are created only at GitHub, in one repository.
#[derive(Debug)]
pub struct FakeTrackers {
    address: String,
    github: Arc<Mutex<Repository>>,
}

#[derive(Debug, Default)]
struct Repository {
    issues: Vec<Value>,
    /// The paths of committed files.
    files: Vec<String>,
    loses_answer: bool,
}

impl FakeTrackers {
    /// Starts them on a free port.
    ///
    /// # Errors
    /// An [`io::Error`] if there is none.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let github = Arc::<Mutex<Repository>>::default();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&github));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { address, github })
    }

    /// GitHub's API address.
    #[must_use]
    pub fn github(&self) -> String {
        format!("{}/gh", self.address)
    }

    /// Linear's API address.
    #[must_use]
    pub fn linear(&self) -> String {
        format!("{}/linear", self.address)
    }

    /// Jira's API address.
    #[must_use]
    pub fn jira(&self) -> String {
        format!("{}/jira", self.address)
    }

    /// The issues at GitHub, in GitHub's format.
    #[must_use]
    pub fn issues(&self) -> Vec<Value> {
        locked(&self.github).issues.clone()
    }

    /// The paths of the files committed to the repository.
    #[must_use]
    pub fn files(&self) -> Vec<String> {
        locked(&self.github).files.clone()
    }

    /// Creates the next issue, but breaks the connection before the answer has arrived.
    pub fn lose_next_answer(&self) {
        locked(&self.github).loses_answer = true;
    }

    /// Closes all issues.
    pub fn close_all(&self) {
        for issue in &mut locked(&self.github).issues {
            issue["state"] = json!("closed");
        }
    }
}

fn locked(github: &Mutex<Repository>) -> MutexGuard<'_, Repository> {
    github.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Repository {
    fn create(&mut self, asked: &Value) -> Value {
        let number = self.issues.len() + FIRST_ISSUE;
        let logins = asked["assignees"].as_array().into_iter().flatten();
        let assignees: Vec<Value> = logins.map(|login| json!({ "login": login })).collect();
        let issue = json!({
            "number": number, "html_url": format!("https://github.com/halden/birds/issues/{number}"),
            "title": asked["title"], "body": asked["body"], "state": "open",
            "created_at": jiff::Timestamp::now().to_string(), "assignees": assignees,
        });
        self.issues.push(issue.clone());
        issue
    }
}

async fn answer(
    State(github): State<Arc<Mutex<Repository>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !headers.contains_key("authorization") {
        return (StatusCode::UNAUTHORIZED, json!({ "message": "Requires authentication" }).to_string()).into_response();
    }
    let path: Vec<&str> = uri.path().trim_matches('/').split('/').collect();
    let repository = json!({
        "full_name": "halden/birds", "html_url": "https://github.com/halden/birds", "default_branch": "main",
        "private": true, "has_issues": true, "archived": false, "permissions": { "push": true },
    });
    let (status, reply) = match (method.as_str(), path.as_slice()) {
        ("GET", ["gh", "user"]) => (200, json!({ "login": "mira-halden" })),
        ("GET", ["gh", "user", "repos"]) => (200, json!([repository])),
        ("GET", ["gh", "repos", "halden", "birds"]) => (200, repository),
        ("GET", ["gh", "repos", "halden", "birds", "labels"]) => (200, json!([])),
        ("GET", ["gh", "repos", "halden", "birds", "assignees"]) => (200, json!([{ "login": "mira-halden" }])),
        ("GET", ["gh", "repos", "halden", "birds", "branches", _]) => (200, json!({})),
        ("PUT", ["gh", "repos", "halden", "birds", "contents", rest @ ..]) => {
            locked(&github).files.push(rest.join("/"));
            (201, json!({}))
        }
        ("GET", ["gh", "repos", "halden", "birds", "issues"]) => (200, json!(locked(&github).issues)),
        ("POST", ["gh", "repos", "halden", "birds", "issues"]) => {
            let mut github = locked(&github);
            let issue = github.create(&serde_json::from_slice(&body).unwrap_or_default());
            if std::mem::take(&mut github.loses_answer) {
                return (StatusCode::CREATED, broken_body()).into_response();
            }
            (201, issue)
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
    (StatusCode::from_u16(status).unwrap_or_default(), reply.to_string()).into_response()
}

/// A body that breaks off before its first byte.
fn broken_body() -> Body {
    let broken = Err::<Bytes, _>(io::Error::from(io::ErrorKind::ConnectionReset));
    Body::from_stream(futures_util::stream::iter([broken]))
}
