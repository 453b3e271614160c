//! Searches for issues: the one of a feedback, and those that changed.
//!
//! Times in Jira's queries are in the time zone of the token's owner, unless given as minutes ago.

use jiff::Timestamp;
use serde_json::json;

use super::{
    Jira, MARK_PROPERTY,
    wire::{SearchPage, WireIssue},
};
use crate::{
    FeedbackMark, IssueSweep, TrackedIssue, TrackerFailure, TrackerNext,
    connection::{Call, Repeated},
};

/// The page size, and the maximum pages to read.
const PAGE_ISSUES: usize = 100;
const MAX_PAGES: usize = 10;

/// How far a sweep overlaps the last one: a change appears in the search only after a while.
const SWEEP_OVERLAP_MINUTES: i64 = 5;

impl Jira {
    /// The issue of a feedback: one that this token's owner has created since then, or one that somebody linked to it.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn find(
        &self,
        mark: &FeedbackMark,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<Option<TrackedIssue>, TrackerFailure> {
        let own = format!("creator = currentUser() AND created >= \"-{}m\"", minutes(since, now));
        let linked = format!("issue in issuesWithRemoteLinksByGlobalId(\"{}\")", mark.text());
        let searched = match self.search(&format!("({own}) OR {linked} ORDER BY created DESC")).await {
            // Some sites lack that function. Issues created by the token's owner are found without it.
            Err(failure) if failure.next == TrackerNext::GiveUp => {
                self.search(&format!("{own} ORDER BY created DESC")).await
            }
            searched => searched,
        };
        let found = searched?.into_iter().find(|issue| issue.is_of(mark));
        Ok(found.map(|issue| issue.tracked(self.connection.base())))
    }

    /// The feedback issues that changed since then, in this project or created by this token's owner. Jira's search has
    /// no conditional requests; one request reads a hundred issues.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn sweep(&self, project: &str, since: Timestamp, now: Timestamp) -> Result<IssueSweep, TrackerFailure> {
        let place = super::JiraPlace::new(project, "0")?;
        let jql = format!(
            "(project = \"{}\" OR creator = currentUser()) AND updated >= \"-{}m\" ORDER BY updated DESC",
            place.project(),
            minutes(since, now) + SWEEP_OVERLAP_MINUTES,
        );
        let found = self.search(&jql).await?.into_iter().filter(WireIssue::is_of_feedback);
        let issues: Vec<_> = found.map(|issue| issue.tracked(self.connection.base())).collect();
        if issues.is_empty() { Ok(IssueSweep::Unchanged) } else { Ok(IssueSweep::Changed { issues, etag: None }) }
    }

    async fn search(&self, jql: &str) -> Result<Vec<WireIssue>, TrackerFailure> {
        let mut request = json!({
            "jql": jql,
            "fields": ["summary", "status", "resolution", "assignee", "fixVersions"],
            "properties": [MARK_PROPERTY],
            "maxResults": PAGE_ISSUES,
        });
        let mut issues = Vec::new();
        for _ in 0..MAX_PAGES {
            let call = Call::post("/rest/api/3/search/jql", &request, Repeated::IsHarmless);
            let page: SearchPage = self.ask(call).await?.read()?;
            issues.extend(page.issues);
            let Some(token) = page.next_page_token else { return Ok(issues) };
            request["nextPageToken"] = json!(token);
        }
        Ok(issues)
    }
}

/// Minutes since then, rounded up.
fn minutes(since: Timestamp, now: Timestamp) -> i64 {
    now.duration_since(since).as_mins().max(0) + 1
}
