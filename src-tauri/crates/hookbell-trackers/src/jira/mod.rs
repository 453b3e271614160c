//! Jira Cloud.
//!
//! Its search is behind too, so the mark is part of the issue from its first moment, as a property that nobody sees,
//! and an issue that is not found is believed to be missing only after a while. Everything after that, the attachments
//! and the remote link, is done anew until it is there: an attachment by its name, the link by its `globalId`.
//!
//! Requests and answers: <https://developer.atlassian.com/cloud/jira/platform/rest/v3/>. The token is an API token of a
//! person who may browse the project and create issues in it, with attachments and links.

mod attach;
mod places;
mod search;
mod wire;

use std::time::Duration;

use data_encoding::BASE64;
use hookbell_core::Secret;
use serde_json::{Value, json};

pub use self::places::JiraPlace;
use self::wire::{Errors, Myself, Reference};
use crate::{
    BodyPart, EarlierTries, FiledIssue, IssueDraft, TokenOwner, TrackerFailure, TrackerHttp, TrackerNext, adf,
    connection::{Call, Connection, Repeated, Told},
    quote,
};

/// The longest description and summary of an issue, in characters.
const MAX_DESCRIPTION_CHARS: usize = 32_767;
const MAX_SUMMARY_CHARS: usize = 255;

/// How many characters of a description are kept free for sentences on what was left out.
const NOTES_CHARS: usize = 6_000;

/// How long the search may lack an issue that was just made.
const SETTLE_TIME: Duration = Duration::from_secs(60);

/// The property of an issue that holds the mark.
const MARK_PROPERTY: &str = "hookbell";

/// A site of Jira Cloud with one person's token.
#[derive(Debug)]
pub struct Jira {
    connection: Connection,
}

impl Jira {
    /// The site at this address, such as `https://example.atlassian.net`, with the e-mail address that belongs to the
    /// token.
    ///
    /// # Errors
    /// [`TrackerFailure`] when the address is none to send a token to.
    pub fn new(http: &TrackerHttp, site: &str, email: &str, token: &Secret) -> Result<Self, TrackerFailure> {
        let pair = format!("{}:{}", email.trim(), token.expose().trim());
        let authorization = format!("Basic {}", BASE64.encode(pair.as_bytes()));
        Ok(Self { connection: Connection::new("Jira", http, site, false, authorization)? })
    }

    /// Whose token it is.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn check(&self) -> Result<TokenOwner, TrackerFailure> {
        let myself: Myself = self.ask(Call::get("/rest/api/3/myself")).await?.read()?;
        Ok(TokenOwner { id: myself.account_id, name: myself.display_name })
    }

    /// Makes the issue of a feedback, or finds the one that is there, and completes it.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn file(
        &self,
        place: &JiraPlace,
        draft: &IssueDraft,
        earlier: EarlierTries,
    ) -> Result<FiledIssue, TrackerFailure> {
        let found = match (earlier, earlier.since()) {
            (EarlierTries::MayHaveMadeIt { now, .. }, Some(since)) => self.find(&draft.mark, since, now).await?,
            _ => None,
        };
        let chars = |parts: &[BodyPart]| adf::document(parts, &[]).to_string().chars().count();
        let fitted = draft.fitted(MAX_DESCRIPTION_CHARS - NOTES_CHARS, chars);
        let chosen = draft.chosen(fitted.cut);
        let mut notes = chosen.left_out;
        let (id, was_there) = match found {
            Some(issue) => (issue.id, true),
            None => {
                earlier.is_settled("Jira", SETTLE_TIME)?;
                let description = adf::document(&fitted.parts, &notes);
                (self.make(place, draft, &description, &mut notes).await?, false)
            }
        };
        // The issue is there now, and another try completes it.
        let completed = self.complete(&id, draft, &chosen.files, &mut notes).await;
        let issue = completed.map_err(TrackerFailure::after_making)?;
        Ok(FiledIssue { issue, was_there, moved_to: None, notes })
    }

    /// Makes an issue, and gives its id. What the project does not take of it, a label or an assignee, is left out and
    /// noted.
    async fn make(
        &self,
        place: &JiraPlace,
        draft: &IssueDraft,
        description: &Value,
        notes: &mut Vec<String>,
    ) -> Result<String, TrackerFailure> {
        let mut request = json!({
            "fields": {
                "project": { "key": place.project() },
                "issuetype": { "id": place.issue_type() },
                "summary": quote::title(&draft.title, MAX_SUMMARY_CHARS),
                "description": description,
            },
            "properties": [{ "key": MARK_PROPERTY, "value": { "feedback": draft.mark.text() } }],
        });
        if !draft.labels.is_empty() {
            // A label of Jira's is one word.
            let word = |label: &String| label.split_whitespace().collect::<Vec<_>>().join("-");
            request["fields"]["labels"] = json!(draft.labels.iter().map(word).collect::<Vec<_>>());
        }
        if let Some(assignee) = &draft.assignee {
            request["fields"]["assignee"] = json!({ "accountId": assignee });
        }
        loop {
            let call = Call::post("/rest/api/3/issue", &request, Repeated::MakesAnother);
            let told = self.connection.send(call.header("accept", "application/json")).await?;
            let Some(field) = rejected_field(&told, &request) else {
                let made: Reference = settled(told)?.read()?;
                return Ok(made.id);
            };
            notes.push(format!("Jira rejected the {field}"));
            if let Some(fields) = request["fields"].as_object_mut() {
                fields.remove(field);
            }
        }
    }

    /// Sends a request that changes nothing, or the same again.
    async fn ask(&self, call: Call<'_>) -> Result<Told, TrackerFailure> {
        settled(self.connection.send(call.header("accept", "application/json")).await?)
    }
}

/// The answer, or what its status means at Jira.
fn settled(told: Told) -> Result<Told, TrackerFailure> {
    if told.status.is_success() {
        return Ok(told);
    }
    let errors: Errors = serde_json::from_value(told.json()).unwrap_or_default();
    let failure = told.failure(&errors.said());
    if told.status.as_u16() == 400 && errors.demands_a_field() {
        return Err(TrackerFailure {
            next: TrackerNext::FixTracker,
            hint: "The project demands a field that Hookbell does not fill in. Choose another issue type, or give the \
                   field a default in Jira."
                .to_owned(),
            ..failure
        });
    }
    Err(failure)
}

/// The field that may be left out and that Jira did not take.
fn rejected_field(told: &Told, request: &Value) -> Option<&'static str> {
    if told.status.as_u16() != 400 {
        return None;
    }
    let errors: Errors = serde_json::from_value(told.json()).unwrap_or_default();
    ["labels", "assignee"].into_iter().find(|field| errors.names(field) && request["fields"].get(field).is_some())
}
