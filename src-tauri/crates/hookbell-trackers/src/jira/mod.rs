//! Jira Cloud.
//!
//! Its search lags too. So the issue has the mark from its creation, as an invisible property, and we consider an issue
//! missing only after a while. We then retry the attachments and the remote link until they exist, and recognize an
//! attachment by its name, the link by its `globalId`.
//!
//! Requests and answers: <https://developer.atlassian.com/cloud/jira/platform/rest/v3/>. The API token's owner needs
//! permission to browse the project and to create issues, attachments and links in it.

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

/// Maximum length of an issue's description and summary, in characters.
const MAX_DESCRIPTION_CHARS: usize = 32_767;
const MAX_SUMMARY_CHARS: usize = 255;

/// How many characters of a description to reserve for notes on what was left out.
const NOTES_CHARS: usize = 6_000;

/// How long a new issue can be missing from the search.
const SETTLE_TIME: Duration = Duration::from_secs(60);

/// The issue property that holds the mark.
const MARK_PROPERTY: &str = "hookbell";

/// A Jira Cloud site with one person's token.
#[derive(Debug)]
pub struct Jira {
    connection: Connection,
}

impl Jira {
    /// Connects to the site at this address, such as `https://example.atlassian.net`, with the email address of the
    /// token's owner.
    ///
    /// # Errors
    /// [`TrackerFailure`] if a token must not be sent to the address.
    pub fn new(http: &TrackerHttp, site: &str, email: &str, token: &Secret) -> Result<Self, TrackerFailure> {
        let pair = format!("{}:{}", email.trim(), token.expose().trim());
        let authorization = format!("Basic {}", BASE64.encode(pair.as_bytes()));
        Ok(Self { connection: Connection::new("Jira", http, site, false, authorization)? })
    }

    /// The token's owner.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn check(&self) -> Result<TokenOwner, TrackerFailure> {
        let myself: Myself = self.ask(Call::get("/rest/api/3/myself")).await?.read()?;
        Ok(TokenOwner { id: myself.account_id, name: myself.display_name })
    }

    /// Creates the issue for a feedback, or finds the existing one, and completes it.
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
        // The issue exists now, and a retry completes it.
        let completed = self.complete(&id, draft, &chosen.files, &mut notes).await;
        let issue = completed.map_err(TrackerFailure::after_making)?;
        Ok(FiledIssue { issue, was_there, moved_to: None, notes })
    }

    /// Creates an issue, and returns its id. Omits a label or an assignee that the project rejects, and adds a note.
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
            // Jira's labels are single words.
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

    /// Sends a request that is safe to repeat.
    async fn ask(&self, call: Call<'_>) -> Result<Told, TrackerFailure> {
        settled(self.connection.send(call.header("accept", "application/json")).await?)
    }
}

/// The answer, or a failure according to Jira's status codes.
fn settled(told: Told) -> Result<Told, TrackerFailure> {
    if told.status.is_success() {
        return Ok(told);
    }
    let errors: Errors = serde_json::from_value(told.json()).unwrap_or_default();
    let failure = told.failure(&errors.said());
    if told.status.as_u16() == 400 && errors.demands_a_field() {
        return Err(TrackerFailure {
            next: TrackerNext::FixTracker,
            hint: "The project requires a field that Hookbell doesn’t fill in. Choose another issue type, or give the \
                   field a default in Jira."
                .to_owned(),
            ..failure
        });
    }
    Err(failure)
}

/// The optional field that Jira rejected, if any.
fn rejected_field(told: &Told, request: &Value) -> Option<&'static str> {
    if told.status.as_u16() != 400 {
        return None;
    }
    let errors: Errors = serde_json::from_value(told.json()).unwrap_or_default();
    ["labels", "assignee"].into_iter().find(|field| errors.names(field) && request["fields"].get(field).is_some())
}
