//! The parts of GitHub's API that we read.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use crate::{IssueProgress, TrackedIssue, issue::version_in};

#[derive(Debug, Deserialize)]
pub(super) struct WireUser {
    pub(super) login: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct WireLabel {
    pub(super) name: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct WireIssue {
    number: u64,
    html_url: String,
    title: String,
    state: String,
    #[serde(default)]
    state_reason: Option<String>,
    #[serde(default)]
    pub(super) body: Option<String>,
    #[serde(default)]
    labels: Vec<AnyLabel>,
    #[serde(default)]
    assignees: Vec<WireUser>,
    #[serde(default)]
    milestone: Option<WireMilestone>,
    pub(super) created_at: Timestamp,
    #[serde(default)]
    pull_request: Option<Value>,
}

#[derive(Debug, Deserialize)]
struct WireMilestone {
    title: String,
}

/// A label of an issue is a name or an object with one.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum AnyLabel {
    Name(String),
    Object {
        #[serde(default)]
        name: Option<String>,
    },
}

impl WireIssue {
    /// Lists of issues contain pull requests too.
    pub(super) fn is_pull_request(&self) -> bool {
        self.pull_request.is_some()
    }

    /// What the issue lacks compared to the request. GitHub silently drops labels and assignees that the token isn't
    /// allowed to set.
    pub(super) fn dropped(&self, labels: &[String], assignee: Option<&str>) -> Vec<String> {
        let has = |wanted: &str| {
            self.labels.iter().any(|label| {
                let name = match label {
                    AnyLabel::Name(name) => Some(name),
                    AnyLabel::Object { name } => name.as_ref(),
                };
                name.is_some_and(|name| name.eq_ignore_ascii_case(wanted))
            })
        };
        let missing = labels.iter().filter(|label| !has(label));
        let mut dropped: Vec<_> = missing.map(|label| format!("GitHub did not set the label “{label}”")).collect();
        let assigned = |login: &str| self.assignees.iter().any(|user| user.login.eq_ignore_ascii_case(login));
        dropped.extend(assignee.filter(|login| !assigned(login)).map(|login| format!("GitHub did not assign {login}")));
        dropped
    }
}

impl From<WireIssue> for TrackedIssue {
    fn from(issue: WireIssue) -> Self {
        let (progress, state) = match (issue.state.as_str(), issue.state_reason.as_deref()) {
            ("closed", Some("not_planned")) => (IssueProgress::Dropped, "Closed as not planned"),
            ("closed", Some("duplicate")) => (IssueProgress::Dropped, "Closed as duplicate"),
            ("closed", _) => (IssueProgress::Done, "Closed"),
            _ => (IssueProgress::Open, "Open"),
        };
        Self {
            id: issue.number.to_string(),
            reference: format!("#{}", issue.number),
            url: issue.html_url,
            title: issue.title,
            progress,
            state: state.to_owned(),
            assignee: issue.assignees.into_iter().next().map(|user| user.login),
            version: issue.milestone.and_then(|milestone| version_in(&milestone.title)),
        }
    }
}

/// A time in GitHub's parameter format, to the second.
pub(super) fn time(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The query string of these pairs.
pub(super) fn query(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// An error's message, in one line.
pub(super) fn said(error: &Value) -> String {
    let mut said = error["message"].as_str().unwrap_or_default().to_owned();
    for error in error["errors"].as_array().into_iter().flatten() {
        let text = error["message"].as_str().or_else(|| error.as_str());
        let field = || Some(format!("{} {}", error["field"].as_str()?, error["code"].as_str()?));
        if let Some(text) = text.map(str::to_owned).or_else(field) {
            said = format!("{said}; {text}");
        }
    }
    said
}
