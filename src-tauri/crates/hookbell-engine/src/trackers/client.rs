//! One tracker with its token: a common interface to the three services.

use hookbell_core::{Secret, TrackerKind};
use hookbell_store::MadeIssue;
use hookbell_trackers::{
    EarlierTries, FiledIssue, IssueChoice, IssueDraft, IssuePlace, IssueSweep, TokenOwner, TrackedIssue,
    TrackerFailure, TrackerHttp, TrackerNext,
    github::{GITHUB_API_URL, GitHub, RepositoryName},
    jira::{Jira, JiraPlace},
    linear::{LINEAR_API_URL, Linear},
};
use jiff::Timestamp;

use super::kept::Document;
use crate::api::{ApiError, ErrorCode, NamedThing, TrackerAccess, TrackerChoices};

/// A service with a token.
#[derive(Debug)]
pub(super) enum TrackerClient {
    GitHub(GitHub),
    Linear(Linear),
    Jira(Jira),
}

impl TrackerClient {
    /// A client for the access given in a form.
    pub(super) fn of_access(http: &TrackerHttp, access: &TrackerAccess, token: &Secret) -> Result<Self, ApiError> {
        let url = given(access.url.as_deref());
        Self::new(http, access.service, url, given(access.email.as_deref()), access.allow_private_network, token)
    }

    /// A client for a stored tracker.
    pub(super) fn of_document(http: &TrackerHttp, document: &Document, token: &Secret) -> Result<Self, ApiError> {
        let (url, email) = (document.url.as_deref(), document.email.as_deref());
        Self::new(http, document.service, url, email, document.allow_private_network, token)
    }

    fn new(
        http: &TrackerHttp,
        service: TrackerKind,
        url: Option<&str>,
        email: Option<&str>,
        allow_private: bool,
        token: &Secret,
    ) -> Result<Self, ApiError> {
        let client = match service {
            TrackerKind::GitHub => {
                GitHub::new(http, url.unwrap_or(GITHUB_API_URL), allow_private, token).map(Self::GitHub)
            }
            TrackerKind::Linear => Linear::new(http, url.unwrap_or(LINEAR_API_URL), token).map(Self::Linear),
            TrackerKind::Jira => {
                let url = url.ok_or_else(|| {
                    let hint = "enter one such as https://example.atlassian.net";
                    ApiError::field("url", "Jira needs the site’s address", hint)
                })?;
                let email = email.ok_or_else(|| {
                    ApiError::field("email", "Jira needs an email address", "enter the one of the token’s owner")
                })?;
                Jira::new(http, url, email, token).map(Self::Jira)
            }
        };
        client.map_err(|failure| ApiError { field: Some("url".to_owned()), ..error(&failure) })
    }

    /// The owner of the token.
    pub(super) async fn owner(&self) -> Result<NamedThing, TrackerFailure> {
        let TokenOwner { id, name } = match self {
            Self::GitHub(client) => client.check().await?,
            Self::Linear(client) => client.check().await?,
            Self::Jira(client) => client.check().await?,
        };
        Ok(NamedThing { id, name })
    }

    /// Where issues can be made.
    pub(super) async fn places(&self) -> Result<Vec<NamedThing>, TrackerFailure> {
        let places = match self {
            Self::GitHub(client) => client.repositories().await?,
            Self::Linear(client) => client.teams().await?,
            Self::Jira(client) => client.projects().await?,
        };
        Ok(places.into_iter().map(|IssuePlace { id, name }| NamedThing { id, name }).collect())
    }

    /// A place with its current id and name, if the token can access it and it accepts issues.
    pub(super) async fn place(&self, place: &str) -> Result<NamedThing, TrackerFailure> {
        if let Self::GitHub(client) = self {
            let name = client.repository(&place.parse::<RepositoryName>()?).await?.name.to_string();
            return Ok(NamedThing { id: name.clone(), name });
        }
        let key = |place: &NamedThing| place.name.split(" · ").next().unwrap_or_default().to_owned();
        let places = self.places().await?;
        let is_it = |known: &&NamedThing| known.id == place || key(known).eq_ignore_ascii_case(place.trim());
        places.iter().find(is_it).cloned().ok_or_else(|| unknown_place(place, &places))
    }

    /// Jira's issue type with this id or name, if it requires no further fields; without a wish "Bug" or "Task" if it
    /// exists, else the first. `None` for other services.
    pub(super) async fn issue_type(&self, place: &str, wish: Option<&str>) -> Result<Option<String>, TrackerFailure> {
        let Self::Jira(client) = self else { return Ok(None) };
        let types = client.issue_types(place).await?;
        let named = |name: &str| types.iter().find(|one| one.id == name || one.name.eq_ignore_ascii_case(name.trim()));
        let found = match wish {
            Some(wish) => named(wish),
            None => named("Bug").or_else(|| named("Task")).or(types.first()),
        };
        let Some(found) = found else {
            let names = types.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ");
            let message = format!("the project has no issue type “{}”", wish.unwrap_or_default());
            return Err(refused(message, format!("It has {names}.")));
        };
        demands_nothing(client, &JiraPlace::new(place, &found.id)?).await?;
        Ok(Some(found.id.clone()))
    }

    /// The properties that an issue can have in a place.
    pub(super) async fn choices(
        &self,
        place: &str,
        issue_type: Option<&str>,
    ) -> Result<TrackerChoices, TrackerFailure> {
        let named = |choices: Vec<IssueChoice>| -> Vec<NamedThing> {
            choices.into_iter().map(|IssueChoice { id, name }| NamedThing { id, name }).collect()
        };
        match self {
            Self::GitHub(client) => {
                let name: RepositoryName = place.parse()?;
                let (labels, people) = (client.labels(&name).await?, client.assignees(&name).await?);
                Ok(TrackerChoices { labels: named(labels), people: named(people), ..TrackerChoices::default() })
            }
            Self::Linear(client) => {
                let team = client.team(place).await?;
                let (labels, people) = (named(team.labels), named(team.members));
                Ok(TrackerChoices { labels, people, ..TrackerChoices::default() })
            }
            Self::Jira(client) => {
                let demanded = match issue_type {
                    Some(issue_type) => client.demanded_fields(&JiraPlace::new(place, issue_type)?).await?,
                    None => Vec::new(),
                };
                Ok(TrackerChoices {
                    labels: Vec::new(),
                    people: named(client.assignees(place).await?),
                    issue_types: named(client.issue_types(place).await?),
                    demanded: demanded.into_iter().map(|field| field.name).collect(),
                })
            }
        }
    }

    /// Makes a feedback's issue, or finds the existing one.
    pub(super) async fn file(
        &self,
        document: &Document,
        draft: &IssueDraft,
        earlier: EarlierTries,
    ) -> Result<FiledIssue, TrackerFailure> {
        match self {
            Self::GitHub(client) => client.file(&document.place.parse()?, draft, earlier).await,
            Self::Linear(client) => client.file(&document.place, draft).await,
            Self::Jira(client) => {
                let place = JiraPlace::new(&document.place, document.issue_type.as_deref().unwrap_or_default())?;
                client.file(&place, draft, earlier).await
            }
        }
    }

    /// The issues that changed since then.
    pub(super) async fn sweep(
        &self,
        document: &Document,
        ids: &[String],
        since: Timestamp,
        etag: Option<&str>,
        now: Timestamp,
    ) -> Result<IssueSweep, TrackerFailure> {
        match self {
            Self::GitHub(client) => client.sweep(&document.place.parse()?, since, etag).await,
            Self::Linear(client) => client.sweep(ids, since).await,
            Self::Jira(client) => client.sweep(&document.place, since, now).await,
        }
    }
}

async fn demands_nothing(client: &Jira, place: &JiraPlace) -> Result<(), TrackerFailure> {
    let demanded = client.demanded_fields(place).await?;
    if demanded.is_empty() {
        return Ok(());
    }
    let names = demanded.into_iter().map(|field| field.name).collect::<Vec<_>>().join(", ");
    Err(refused(
        format!("the project requires {names}"),
        "Choose another issue type, or give these fields a default in Jira.",
    ))
}

fn unknown_place(place: &str, places: &[NamedThing]) -> TrackerFailure {
    let known: Vec<_> = places.iter().take(20).map(|place| place.name.as_str()).collect();
    let hint = match known.is_empty() {
        true => "The token has access to none. Grant it access first.".to_owned(),
        false => format!("The token has access to {}.", known.join(", ")),
    };
    refused(format!("the token has no access to “{}”", place.trim()), hint)
}

fn refused(message: impl Into<String>, hint: impl Into<String>) -> TrackerFailure {
    let (message, hint) = (message.into(), hint.into());
    TrackerFailure { message, hint, next: TrackerNext::FixTracker, may_have_made: false }
}

fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// Converts a failure to an API error.
pub(super) fn error(failure: &TrackerFailure) -> ApiError {
    let code = match failure.next {
        TrackerNext::Retry | TrackerNext::RetryAfter(_) => ErrorCode::NoAnswer,
        TrackerNext::GiveUp | TrackerNext::FixTracker => ErrorCode::InvalidInput,
    };
    let hint = match (failure.hint.is_empty(), failure.next) {
        (false, _) => failure.hint.clone(),
        (true, TrackerNext::RetryAfter(wait)) => format!("Try again in {} seconds.", wait.as_secs().max(1)),
        (true, _) => "Try again.".to_owned(),
    };
    ApiError::new(code, failure.message.clone(), hint)
}

/// Converts an issue for the store.
pub(super) fn made(issue: TrackedIssue, now: Timestamp) -> MadeIssue {
    use hookbell_core::IssueProgress;

    let TrackedIssue { id, reference, url, title, progress, state, assignee, version } = issue;
    let done_at = (progress == IssueProgress::Done).then_some(now);
    MadeIssue { id, reference, url, title, progress, state, assignee, version, filed_at: now, done_at }
}
