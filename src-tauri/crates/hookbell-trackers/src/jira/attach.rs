//! What an issue gets after it was made: its files, and the link back to the feedback.

use serde_json::json;

use super::{Jira, wire::WireIssue};
use crate::{
    DraftFile, IssueDraft, TrackedIssue, TrackerFailure, TrackerNext,
    connection::{Call, Repeated},
    multipart::multipart_form,
    quote,
};

/// What is read of an issue to complete it.
const COMPLETED_FIELDS: &str = "summary,status,resolution,assignee,attachment";

/// The longest title of a remote link, in characters.
const MAX_LINK_TITLE_CHARS: usize = 255;

impl Jira {
    /// Adds what an issue lacks of its files and its link, and reads its state.
    pub(super) async fn complete(
        &self,
        id: &str,
        draft: &IssueDraft,
        files: &[DraftFile],
        notes: &mut Vec<String>,
    ) -> Result<TrackedIssue, TrackerFailure> {
        let path = format!("/rest/api/3/issue/{id}?fields={COMPLETED_FIELDS}");
        let issue: WireIssue = self.ask(Call::get(&path)).await?.read()?;
        for (at, file) in files.iter().enumerate() {
            let name = format!("{}-{}", at + 1, file.safe_name());
            if !issue.has_attachment(&name) {
                worth_a_note(self.attach(id, draft, file, &name).await, &name, notes)?;
            }
        }
        worth_a_note(self.link(id, draft).await, "The link to the feedback", notes)?;
        Ok(issue.tracked(self.connection.base()))
    }

    async fn attach(&self, id: &str, draft: &IssueDraft, file: &DraftFile, name: &str) -> Result<(), TrackerFailure> {
        let path = format!("/rest/api/3/issue/{id}/attachments");
        let form = multipart_form(file, name, &draft.mark);
        let call = Call::post_bytes(&path, &form.content_type, form.body, Repeated::IsHarmless);
        self.ask(call.header("x-atlassian-token", "no-check")).await.map(drop)
    }

    /// Links to the feedback: once, as Jira updates a link with the same `globalId`.
    async fn link(&self, id: &str, draft: &IssueDraft) -> Result<(), TrackerFailure> {
        let request = json!({
            "globalId": draft.mark.text(),
            "application": { "type": "dev.hookbell", "name": "Hookbell" },
            "relationship": "reported in",
            "object": {
                "url": draft.page,
                "title": "TestFlight feedback",
                "summary": quote::title(&draft.title, MAX_LINK_TITLE_CHARS),
            },
        });
        let path = format!("/rest/api/3/issue/{id}/remotelink");
        self.ask(Call::post(&path, &request, Repeated::IsHarmless)).await.map(drop)
    }
}

/// What would fail at every try is noted: the issue is worth having without it.
fn worth_a_note(done: Result<(), TrackerFailure>, what: &str, notes: &mut Vec<String>) -> Result<(), TrackerFailure> {
    match done {
        Err(failure) if matches!(failure.next, TrackerNext::GiveUp | TrackerNext::FixTracker) => {
            notes.push(format!("{what} was left out: {}", failure.message));
            Ok(())
        }
        done => done,
    }
}
