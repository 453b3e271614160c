//! Linear, through its GraphQL API.
//!
//! Clients can choose an issue's id, so a feedback's issue always has the same one: a repeated request fails instead of
//! creating a second issue. An issue that a colleague created is found by the address attached to it, which is unique
//! to the feedback. Files go where `fileUpload` says, and the issue's text contains the address it returns.
//!
//! Requests and answers: <https://linear.app/developers/graphql>, limits:
//! <https://linear.app/developers/rate-limiting>. A personal API key needs the permissions Read and Create issues.

mod queries;
mod said;
mod wire;

use bytes::Bytes;
use hookbell_core::Secret;
use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub use self::queries::LINEAR_OPERATIONS;
use self::wire::{Attached, Created, Found, Issues, Page, Team, TeamReply, Teams, Uploaded, ViewerReply};
use crate::{
    DraftFile, FeedbackMark, FiledIssue, IssueChoice, IssueDraft, IssuePlace, IssueSweep, TokenOwner, TrackedIssue,
    TrackerFailure, TrackerHttp, TrackerNext,
    connection::{Call, Connection, Repeated},
    markdown::{self, FILE_LINKS_CHARS, KeptAt},
    quote,
};

/// The address of Linear's API.
pub const LINEAR_API_URL: &str = "https://api.linear.app";

/// Maximum length of an issue's text and title, in characters. Linear documents no limit; these are far below its
/// request size limit.
const MAX_BODY_CHARS: usize = 100_000;
const MAX_TITLE_CHARS: usize = 255;

/// How many ids to request in one sweep.
const SWEEP_ISSUES: usize = 100;

/// How many pages of teams to read.
const MAX_PAGES: usize = 10;

/// Linear with one token.
#[derive(Debug)]
pub struct Linear {
    connection: Connection,
}

/// A team with the choices for its issues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinearTeam {
    /// The team. Its name consists of the key, with which its issues' names begin, and the team's own name.
    pub place: IssuePlace,
    /// Its labels.
    pub labels: Vec<IssueChoice>,
    /// Its members.
    pub members: Vec<IssueChoice>,
}

impl Linear {
    /// Connects to Linear's API at this address.
    ///
    /// # Errors
    /// [`TrackerFailure`] if a token must not be sent to the address.
    pub fn new(http: &TrackerHttp, api_url: &str, token: &Secret) -> Result<Self, TrackerFailure> {
        let token = token.expose().trim();
        // A personal key is sent bare, an application's token after `Bearer`.
        let authorization = if token.starts_with("lin_api_") { token.to_owned() } else { format!("Bearer {token}") };
        Ok(Self { connection: Connection::new("Linear", http, api_url, false, authorization)? })
    }

    /// The token's owner, with the workspace's name.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn check(&self) -> Result<TokenOwner, TrackerFailure> {
        let reply: ViewerReply = self.ask(queries::VIEWER, json!({}), Repeated::IsHarmless).await?;
        let name = format!("{} at {}", reply.viewer.display_name, reply.organization.name);
        Ok(TokenOwner { id: reply.viewer.id, name })
    }

    /// The teams that the token can access.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn teams(&self) -> Result<Vec<IssuePlace>, TrackerFailure> {
        let mut teams = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..MAX_PAGES {
            let reply: Teams = self.ask(queries::TEAMS, json!({ "after": after }), Repeated::IsHarmless).await?;
            teams.extend(reply.teams.nodes.into_iter().map(Team::place));
            match reply.teams.page_info {
                Page { has_next_page: true, end_cursor: Some(cursor) } => after = Some(cursor),
                Page { .. } => break,
            }
        }
        Ok(teams)
    }

    /// A team by its id, with its labels and members.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn team(&self, id: &str) -> Result<LinearTeam, TrackerFailure> {
        let reply: TeamReply = self.ask(queries::TEAM, json!({ "id": id }), Repeated::IsHarmless).await?;
        Ok(reply.into())
    }

    /// The issue of a feedback in a team, no matter who created it, even if it is in the trash.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn find(
        &self,
        team: &str,
        mark: &FeedbackMark,
        page: &str,
    ) -> Result<Option<TrackedIssue>, TrackerFailure> {
        let variables = json!({ "id": mark.uuid(team), "url": mark.address(page, team) });
        let found: Found = self.ask(queries::FIND, variables, Repeated::IsHarmless).await?;
        let attached = found.attachments.nodes.into_iter().map(|attachment| attachment.issue);
        Ok(found.issues.nodes.into_iter().chain(attached).next().map(TrackedIssue::from))
    }

    /// Creates the issue for a feedback, or finds the existing one. Safe to repeat.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn file(&self, team: &str, draft: &IssueDraft) -> Result<FiledIssue, TrackerFailure> {
        if let Some(issue) = self.find(team, &draft.mark, &draft.page).await? {
            self.attach(team, &issue.id, draft).await?;
            return Ok(FiledIssue { issue, was_there: true, moved_to: None, notes: Vec::new() });
        }
        let fitted = draft.fitted(MAX_BODY_CHARS - FILE_LINKS_CHARS, |parts| markdown::parts(parts).chars().count());
        let chosen = draft.chosen(fitted.cut);
        let mut notes = chosen.left_out;
        let labels = self.label_ids(team, &draft.labels, &mut notes).await?;
        let mut kept = Vec::new();
        for file in &chosen.files {
            match self.upload(file).await {
                Ok(file) => kept.push(file),
                Err(failure) if matches!(failure.next, TrackerNext::GiveUp) => {
                    notes.push(format!("{} was left out: {}", file.safe_name(), failure.message));
                }
                Err(failure) => return Err(failure),
            }
        }
        let mut input = json!({
            "id": draft.mark.uuid(team),
            "teamId": team,
            "title": quote::title(&draft.title, MAX_TITLE_CHARS),
            "description": markdown::body(&fitted.parts, &kept, &notes, &draft.mark),
        });
        if !labels.is_empty() {
            input["labelIds"] = json!(labels);
        }
        if let Some(assignee) = &draft.assignee {
            input["assigneeId"] = json!(assignee);
        }
        let (issue, was_there) = self.make(team, draft, input).await?;
        self.attach(team, &issue.id, draft).await.map_err(TrackerFailure::after_making)?;
        Ok(FiledIssue { issue, was_there, moved_to: None, notes })
    }

    /// The ones of these issues that changed since then. Linear has no conditional requests; one request reads a
    /// hundred.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn sweep(&self, ids: &[String], since: Timestamp) -> Result<IssueSweep, TrackerFailure> {
        let mut changed = Vec::new();
        for ids in ids.chunks(SWEEP_ISSUES) {
            let variables = json!({ "ids": ids, "since": since.to_string() });
            let found: Issues = self.ask(queries::SWEEP, variables, Repeated::IsHarmless).await?;
            changed.extend(found.issues.nodes.into_iter().map(TrackedIssue::from));
        }
        if changed.is_empty() {
            return Ok(IssueSweep::Unchanged);
        }
        Ok(IssueSweep::Changed { issues: changed, etag: None })
    }

    /// Creates the issue. If its id is taken, an earlier request created it.
    async fn make(&self, team: &str, draft: &IssueDraft, input: Value) -> Result<(TrackedIssue, bool), TrackerFailure> {
        let created: Result<Created, _> =
            self.ask(queries::CREATE, json!({ "input": input }), Repeated::MakesAnother).await;
        match created {
            Ok(Created { issue_create }) => match issue_create.issue {
                Some(issue) => Ok((issue.into(), false)),
                None => {
                    let message = "Linear didn’t say which issue it created";
                    Err(TrackerFailure::new(TrackerNext::Retry, message, "").after_making())
                }
            },
            Err(failure) if failure.next == TrackerNext::GiveUp => {
                match self.find(team, &draft.mark, &draft.page).await? {
                    Some(issue) => Ok((issue, true)),
                    None => Err(failure),
                }
            }
            Err(failure) => Err(failure),
        }
    }

    /// Attaches the feedback's address. Idempotent, because Linear updates an attachment with the same address.
    async fn attach(&self, team: &str, issue: &str, draft: &IssueDraft) -> Result<(), TrackerFailure> {
        let input = json!({
            "issueId": issue,
            "url": draft.mark.address(&draft.page, team),
            "title": "TestFlight feedback",
            "subtitle": quote::title(&draft.title, MAX_TITLE_CHARS),
        });
        let _attached: Attached = self.ask(queries::ATTACH, json!({ "input": input }), Repeated::IsHarmless).await?;
        Ok(())
    }

    /// The ids of labels by name. Adds a note about labels that no longer exist in the team.
    async fn label_ids(
        &self,
        team: &str,
        names: &[String],
        notes: &mut Vec<String>,
    ) -> Result<Vec<String>, TrackerFailure> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let known = self.team(team).await?.labels;
        let mut ids = Vec::new();
        for name in names {
            match known.iter().find(|label| label.name.eq_ignore_ascii_case(name)) {
                Some(label) => ids.push(label.id.clone()),
                None => notes.push(format!("The team no longer has the label “{name}”")),
            }
        }
        Ok(ids)
    }

    async fn upload(&self, file: &DraftFile) -> Result<KeptAt, TrackerFailure> {
        let name = file.safe_name();
        let variables = json!({ "contentType": file.media_type, "filename": name, "size": file.bytes.len() });
        let uploaded: Uploaded = self.ask(queries::UPLOAD, variables, Repeated::IsHarmless).await?;
        let Some(place) = uploaded.file_upload.upload_file else {
            return Err(TrackerFailure::give_up("Linear offered no upload address for it", ""));
        };
        let unfit = || TrackerFailure::give_up("Linear named a header that can’t be sent", "");
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::try_from(file.media_type.as_str()).map_err(|_| unfit())?);
        headers.insert("cache-control", HeaderValue::from_static("public, max-age=31536000"));
        for header in place.headers {
            let name = HeaderName::try_from(header.key.as_str()).map_err(|_| unfit())?;
            headers.insert(name, HeaderValue::try_from(header.value.as_str()).map_err(|_| unfit())?);
        }
        let (http, allow_private) = self.connection.http();
        let bytes = Bytes::from(file.bytes.clone());
        http.put_elsewhere("Linear", &place.upload_url, allow_private, headers, bytes).await?;
        Ok(KeptAt { name, address: place.asset_url, is_picture: file.is_picture() })
    }

    /// Sends an operation with its variables, and returns its data.
    async fn ask<T: DeserializeOwned>(
        &self,
        query: &str,
        variables: Value,
        repeated: Repeated,
    ) -> Result<T, TrackerFailure> {
        let request = json!({ "query": query, "variables": variables });
        let told = self.connection.send(Call::post("/graphql", &request, repeated)).await?;
        said::data(&told, repeated)
    }
}
