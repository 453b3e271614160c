//! What an issue gets after its creation: its files, and the link back to the feedback.

use hookbell_http::{FormPart, MultipartForm};
use serde_json::json;

use super::{Jira, wire::WireIssue};
use crate::{
    DraftFile, IssueDraft, TrackedIssue, TrackerFailure, TrackerNext,
    connection::{Call, Repeated},
    quote,
};

/// What is read of an issue to complete it.
const COMPLETED_FIELDS: &str = "summary,status,resolution,assignee,attachment,fixVersions";

/// Maximum length of a remote link's title, in characters.
const MAX_LINK_TITLE_CHARS: usize = 255;

impl Jira {
    /// Adds missing files and the link to an issue, and reads its state.
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
                worth_a_note(self.attach(id, file, &name).await, &name, notes)?;
            }
        }
        worth_a_note(self.link(id, draft).await, "The link to the feedback", notes)?;
        Ok(issue.tracked(self.connection.base()))
    }

    async fn attach(&self, id: &str, file: &DraftFile, name: &str) -> Result<(), TrackerFailure> {
        let path = format!("/rest/api/3/issue/{id}/attachments");
        let part = FormPart {
            name: "file".to_owned(),
            file_name: Some(name),
            media_type: Some(&file.media_type),
            bytes: &file.bytes,
        };
        let form = MultipartForm::of(&[part]);
        let call = Call::post_bytes(&path, &form.content_type, form.body, Repeated::IsHarmless);
        self.ask(call.header("x-atlassian-token", "no-check")).await.map(drop)
    }

    /// Links to the feedback. Idempotent, because Jira updates a link with the same `globalId`.
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

/// Turns a permanent failure into a note: the issue is worth having without it.
fn worth_a_note(done: Result<(), TrackerFailure>, what: &str, notes: &mut Vec<String>) -> Result<(), TrackerFailure> {
    match done {
        Err(failure) if matches!(failure.next, TrackerNext::GiveUp | TrackerNext::FixTracker) => {
            notes.push(format!("{what} was left out: {}", failure.message));
            Ok(())
        }
        done => done,
    }
}
