//! GitHub, at github.com and on GitHub Enterprise Server.
//!
//! Its search lags by minutes. So if an answer was lost, we look for the issue in the list of its creator's newest
//! issues, by the mark in its text. There is no documented upload for files: we commit them to a separate branch, where
//! everybody with access to the repository can see them.
//!
//! Requests and answers: <https://docs.github.com/en/rest>, version 2022-11-28. Scopes: a classic token needs `repo`; a
//! fine-grained one needs read and write access to Issues and Contents.

mod files;
mod repository;
mod wire;

use std::time::Duration;

use hookbell_core::Secret;
use jiff::Timestamp;
use serde_json::{Value, json};

pub use self::repository::{Repository, RepositoryName};
use self::wire::{WireIssue, WireLabel, WireUser, query, said};
use crate::{
    EarlierTries, FeedbackMark, FiledIssue, IssueChoice, IssueDraft, IssueSweep, TokenOwner, TrackedIssue,
    TrackerFailure, TrackerHttp, TrackerNext,
    connection::{Call, Connection, Repeated, Told},
    markdown::{self, FILE_LINKS_CHARS},
    quote,
};

/// The address of github.com's API. An Enterprise server has it at `https://HOST/api/v3`.
pub const GITHUB_API_URL: &str = "https://api.github.com";

/// Maximum length of an issue's body and title, in characters.
const MAX_BODY_CHARS: usize = 65_536;
const MAX_TITLE_CHARS: usize = 256;

/// How long a new issue can be missing from lists.
const SETTLE_TIME: Duration = Duration::from_secs(30);

/// The wait after a secondary limit without a time, as GitHub advises.
const SECONDARY_LIMIT_PAUSE: Duration = Duration::from_secs(60);

/// The maximum page size, and the maximum pages to read of one list.
const PAGE_ITEMS: usize = 100;
const MAX_PAGES: usize = 20;

/// GitHub with one token.
#[derive(Debug)]
pub struct GitHub {
    connection: Connection,
}

impl GitHub {
    /// Connects to GitHub's API at this address. Set `allow_private` if the user declared that it is in a private
    /// network.
    ///
    /// # Errors
    /// [`TrackerFailure`] if a token must not be sent to the address.
    pub fn new(http: &TrackerHttp, api_url: &str, allow_private: bool, token: &Secret) -> Result<Self, TrackerFailure> {
        let authorization = format!("Bearer {}", token.expose().trim());
        Ok(Self { connection: Connection::new("GitHub", http, api_url, allow_private, authorization)? })
    }

    /// The token's owner. Rejects a classic token that can't create issues.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn check(&self) -> Result<TokenOwner, TrackerFailure> {
        let told = self.ask(Call::get("/user")).await?;
        // Fine-grained tokens name no scopes.
        if let Some(scopes) = told.header("x-oauth-scopes").filter(|scopes| !scopes.is_empty()) {
            let can_write = scopes.split(',').any(|scope| matches!(scope.trim(), "repo" | "public_repo"));
            if !can_write {
                return Err(TrackerFailure::fix_tracker(
                    "the token can’t create issues",
                    "Create one with the scope repo, or a fine-grained one with read and write access to Issues and \
                     Contents.",
                ));
            }
        }
        let user: WireUser = told.read()?;
        Ok(TokenOwner { id: user.login.clone(), name: user.login })
    }

    /// The labels of a repository.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn labels(&self, repository: &RepositoryName) -> Result<Vec<IssueChoice>, TrackerFailure> {
        let labels: Vec<WireLabel> = self.pages(&format!("/repos/{repository}/labels"), &[]).await?;
        Ok(labels.into_iter().map(|label| IssueChoice { id: label.name.clone(), name: label.name }).collect())
    }

    /// The possible assignees for a repository's issues.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn assignees(&self, repository: &RepositoryName) -> Result<Vec<IssueChoice>, TrackerFailure> {
        let users: Vec<WireUser> = self.pages(&format!("/repos/{repository}/assignees"), &[]).await?;
        Ok(users.into_iter().map(|user| IssueChoice { id: user.login.clone(), name: user.login }).collect())
    }

    /// The issue that this token's owner has created for a feedback since then, if any.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn find(
        &self,
        repository: &RepositoryName,
        mark: &FeedbackMark,
        since: Timestamp,
    ) -> Result<Option<TrackedIssue>, TrackerFailure> {
        let owner = self.check().await?;
        let (comment, after) = (mark.comment(), wire::time(since));
        for page in 1..=MAX_PAGES {
            let query = query(&[
                ("creator", owner.id.as_str()),
                ("since", after.as_str()),
                ("state", "all"),
                ("sort", "created"),
                ("direction", "desc"),
                ("per_page", PAGE_ITEMS.to_string().as_str()),
                ("page", page.to_string().as_str()),
            ]);
            let issues: Vec<WireIssue> =
                self.ask(Call::get(&format!("/repos/{repository}/issues?{query}"))).await?.read()?;
            let is_last = issues.len() < PAGE_ITEMS || issues.last().is_some_and(|issue| issue.created_at < since);
            let marked = |issue: &WireIssue| issue.body.as_ref().is_some_and(|body| body.contains(&comment));
            if let Some(issue) = issues.into_iter().find(|issue| !issue.is_pull_request() && marked(issue)) {
                return Ok(Some(issue.into()));
            }
            if is_last {
                return Ok(None);
            }
        }
        Err(TrackerFailure::give_up(
            "there are too many new issues to search",
            "Check on GitHub whether the issue exists.",
        ))
    }

    /// Creates the issue for a feedback, or finds the existing one.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn file(
        &self,
        name: &RepositoryName,
        draft: &IssueDraft,
        earlier: EarlierTries,
    ) -> Result<FiledIssue, TrackerFailure> {
        let repository = self.repository(name).await?;
        let moved_to = (repository.name != *name).then(|| repository.name.to_string());
        if let Some(since) = earlier.since() {
            if let Some(issue) = self.find(&repository.name, &draft.mark, since).await? {
                return Ok(FiledIssue { issue, was_there: true, moved_to, notes: Vec::new() });
            }
            earlier.is_settled("GitHub", SETTLE_TIME)?;
        }
        let fitted = draft.fitted(MAX_BODY_CHARS - FILE_LINKS_CHARS, |parts| markdown::parts(parts).chars().count());
        let chosen = draft.chosen(fitted.cut);
        let mut notes = chosen.left_out;
        let kept = self.keep_files(&repository, &draft.mark, &chosen.files, &mut notes).await?;
        let body = markdown::body(&fitted.parts, &kept, &notes, &draft.mark);
        let issue = self.make(&repository.name, draft, &body, &mut notes).await?;
        Ok(FiledIssue { issue, was_there: false, moved_to, notes })
    }

    /// The issues of a repository that changed since then. Pass the etag of the last sweep over the same period.
    ///
    /// # Errors
    /// [`TrackerFailure`].
    pub async fn sweep(
        &self,
        repository: &RepositoryName,
        since: Timestamp,
        etag: Option<&str>,
    ) -> Result<IssueSweep, TrackerFailure> {
        let path = format!("/repos/{repository}/issues");
        let since = wire::time(since);
        let mut changed = Vec::new();
        let mut first_etag = None;
        for page in 1..=MAX_PAGES {
            let query = query(&[
                ("since", since.as_str()),
                ("state", "all"),
                ("sort", "updated"),
                ("direction", "desc"),
                ("per_page", PAGE_ITEMS.to_string().as_str()),
                ("page", page.to_string().as_str()),
            ]);
            let path = format!("{path}?{query}");
            let told = self.ask(Call::get(&path).unless(etag.filter(|_| page == 1))).await?;
            if told.status.as_u16() == 304 {
                return Ok(IssueSweep::Unchanged);
            }
            if page == 1 {
                first_etag = told.etag();
            }
            let issues: Vec<WireIssue> = told.read()?;
            let is_last = issues.len() < PAGE_ITEMS;
            changed.extend(issues.into_iter().filter(|issue| !issue.is_pull_request()).map(TrackedIssue::from));
            if is_last {
                break;
            }
        }
        Ok(IssueSweep::Changed { issues: changed, etag: first_etag })
    }

    /// Creates an issue. Omits a label or an assignee that the repository rejects, and adds a note.
    async fn make(
        &self,
        repository: &RepositoryName,
        draft: &IssueDraft,
        body: &str,
        notes: &mut Vec<String>,
    ) -> Result<TrackedIssue, TrackerFailure> {
        let mut request = json!({ "title": quote::title(&draft.title, MAX_TITLE_CHARS), "body": body });
        if !draft.labels.is_empty() {
            request["labels"] = json!(draft.labels);
        }
        if let Some(assignee) = &draft.assignee {
            request["assignees"] = json!([assignee]);
        }
        let path = format!("/repos/{repository}/issues");
        let told = loop {
            let told = self.connection.send(Call::post(&path, &request, Repeated::MakesAnother).versioned()).await?;
            match rejected_field(&told, &request) {
                Some(field) => {
                    notes.push(format!("GitHub rejected the {field}"));
                    if let Some(request) = request.as_object_mut() {
                        request.remove(field);
                    }
                }
                None => break settled(told)?,
            }
        };
        let made: WireIssue = told.read()?;
        notes.extend(made.dropped(&draft.labels, draft.assignee.as_deref()));
        Ok(made.into())
    }

    /// Sends a request that is safe to repeat.
    async fn ask(&self, call: Call<'_>) -> Result<Told, TrackerFailure> {
        settled(self.connection.send(call.versioned()).await?)
    }

    /// All items of a list.
    async fn pages<T: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        pairs: &[(&str, &str)],
    ) -> Result<Vec<T>, TrackerFailure> {
        let mut items = Vec::new();
        for page in 1..=MAX_PAGES {
            let (per_page, page) = (PAGE_ITEMS.to_string(), page.to_string());
            let query = query(&[pairs, &[("per_page", per_page.as_str()), ("page", page.as_str())]].concat());
            let found: Vec<T> = self.ask(Call::get(&format!("{path}?{query}"))).await?.read()?;
            let is_last = found.len() < PAGE_ITEMS;
            items.extend(found);
            if is_last {
                break;
            }
        }
        Ok(items)
    }
}

impl Call<'_> {
    fn versioned(self) -> Self {
        self.header("accept", "application/vnd.github+json").header("x-github-api-version", "2022-11-28")
    }
}

/// The answer, or a failure according to GitHub's status codes.
fn settled(told: Told) -> Result<Told, TrackerFailure> {
    if told.status.is_success() || told.status.as_u16() == 304 {
        return Ok(told);
    }
    let said = said(&told.json());
    let failure = told.failure(&said);
    if told.status.as_u16() == 403 && told.pause().is_none() && said.contains("secondary rate limit") {
        let next = TrackerNext::RetryAfter(SECONDARY_LIMIT_PAUSE);
        return Err(TrackerFailure { next, hint: String::new(), ..failure });
    }
    Err(failure)
}

/// The optional field that GitHub rejected, if any.
fn rejected_field(told: &Told, request: &Value) -> Option<&'static str> {
    if told.status.as_u16() != 422 {
        return None;
    }
    let told = told.json();
    let errors = told["errors"].as_array()?;
    let names = |field: &str| errors.iter().any(|error| error["field"].as_str().is_some_and(|name| name == field));
    ["labels", "assignees"].into_iter().find(|field| names(field) && request.get(field).is_some())
}
