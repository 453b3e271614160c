//! Trackers: feedback from a simulated App Store Connect becomes issues at a fake GitHub.

mod acting;
mod elsewhere;
mod fake;
mod filing;
mod fixing;
mod keeping;

use std::time::Duration;

use hookbell_engine::api::{ApiError, FeedbackIssue, FileIssuesRequest};
use hookbell_sim::AddFeedback;
use jiff::SignedDuration;
use serde_json::{Value, json};

use self::fake::{GitHubServer, TOKEN};
use crate::{asc::Desk, feedback::pictures};

/// A tracker's form.
fn form(github: &GitHubServer, settings: &Value) -> Value {
    json!({
        "access": { "service": "github", "url": github.url, "token": TOKEN },
        "place": "birds/app", "issueType": null, "settings": settings,
    })
}

/// A person with feedback, and a GitHub to file it at.
struct Filer {
    desk: Desk,
    github: GitHubServer,
    tracker: i64,
}

impl Filer {
    async fn new() -> Self {
        Self::with(json!({ "labels": ["beta"] })).await
    }

    async fn with(settings: Value) -> Self {
        let (desk, github) = (Desk::new().await, GitHubServer::start().await);
        desk.settled().await;
        let added: Value = desk.studio.ask("addTracker", form(&github, &settings)).await.unwrap();
        Self { desk, github, tracker: added["id"].as_i64().unwrap() }
    }

    async fn screenshot(&self, comment: &str) -> String {
        let sent = AddFeedback { comment: Some(comment.to_owned()), ..pictures(&["keyboard.png"]) };
        let id = self.desk.read_in(sent).await;
        self.desk.fetched(&id).await;
        id
    }

    async fn crash(&self) -> String {
        let log = Some("life-list.ips".to_owned());
        let id = self.desk.read_in(AddFeedback { crash: true, crash_log: log, ..AddFeedback::default() }).await;
        self.desk.fetched(&id).await;
        id
    }

    fn request(&self, ids: &[&str], together: bool) -> FileIssuesRequest {
        let ids: Vec<_> = ids.iter().map(|id| (*id).to_owned()).collect();
        let (title, labels, assignee, parts) = (None, None, None, None);
        FileIssuesRequest { feedback: ids, tracker: self.tracker, title, labels, assignee, parts, together }
    }

    /// Files one feedback. When Hookbell waits for the tracker, the clock advances at once.
    async fn file(&self, id: &str) -> Result<FeedbackIssue, ApiError> {
        let trackers = self.desk.studio.hookbell.trackers();
        let filing = trackers.file(self.request(&[id], false));
        let hurry = async {
            loop {
                tokio::time::sleep(Duration::from_millis(50)).await;
                *self.desk.studio.ahead.lock().unwrap() += SignedDuration::from_secs(20);
            }
        };
        let filed = tokio::select! { filed = filing => filed, () = hurry => unreachable!() };
        filed.map(|mut filed| filed.remove(0))
    }

    fn issues(&self) -> usize {
        self.github.with(|github| github.issues.len())
    }
}

impl crate::studio::Studio {
    pub async fn ask<T: serde::de::DeserializeOwned>(&self, command: &str, request: Value) -> Result<T, ApiError> {
        let reply = hookbell_engine::call(&self.hookbell, command, request).await?;
        Ok(serde_json::from_value(reply).unwrap())
    }
}
