//! `hookbell trackers`, and the issues of `hookbell feedback`.

use hookbell_engine::{
    Hookbell,
    api::{
        AddTrackerRequest, ApiError, FeedbackIssue, FileIssuesRequest, FixedLinesRequest, IssueParts, IssuePreview,
        IssueProgress, NamedThing, RenewTrackerTokenRequest, Tracker, TrackerAccess, TrackerKind, TrackerPlaceRequest,
        TrackerRequest, TrackerSettings,
    },
};

use super::{managing, managing_with};
use crate::{
    arguments::{
        shared::{PlainArguments, SecretArguments},
        trackers::{
            AddTrackerCommand, FileFeedbackArguments, FixedArguments, IssuePartArgument, NewTrackerArguments,
            OneTrackerArguments, RemoveTrackerArguments, TokenArguments, TrackerTokenArguments, TrackersCommand,
        },
    },
    documents::TrackerRemoved,
    error::CliError,
    layout::{Page, counted},
    output::Output,
};

/// How many people to suggest if the requested one doesn't exist.
const MAX_NAMED_PEOPLE: usize = 20;

pub(crate) async fn run(command: TrackersCommand) -> Result<(), CliError> {
    let plain = match &command {
        TrackersCommand::Add(
            AddTrackerCommand::Github { more, .. }
            | AddTrackerCommand::Linear { more, .. }
            | AddTrackerCommand::Jira { more, .. },
        ) => &more.plain,
        TrackersCommand::List(plain)
        | TrackersCommand::Sweep(plain)
        | TrackersCommand::Check(OneTrackerArguments { plain, .. })
        | TrackersCommand::Token(TrackerTokenArguments { plain, .. })
        | TrackersCommand::Remove(RemoveTrackerArguments { plain, .. }) => plain,
    };
    let PlainArguments { place, output } = plain.clone();
    managing(&place, async |hookbell: &Hookbell| answer(hookbell, command, Output::from(&output)).await).await
}

async fn answer(hookbell: &Hookbell, command: TrackersCommand, output: Output) -> Result<(), CliError> {
    let trackers = hookbell.trackers();
    match command {
        TrackersCommand::Add(command) => {
            let (mut request, assignee) = request(command)?;
            if let Some(person) = assignee {
                let choices = trackers.choices(request.place.clone()).await.map_err(at_option)?;
                request.settings.assignee = Some(person_named(choices.people, &person)?);
            }
            let added = trackers.add(request).await.map_err(at_option)?;
            output.document(&added, lay_out)
        }
        TrackersCommand::List(_) => listed(&trackers.list().await?, output),
        TrackersCommand::Sweep(_) => listed(&trackers.sweep().await?, output),
        TrackersCommand::Check(OneTrackerArguments { tracker, .. }) => {
            let id = named(hookbell, &tracker).await?.id;
            let checked = trackers.check(TrackerRequest { id }).await?;
            output.document(&checked, lay_out)?;
            checked.trouble.map_or(Ok(()), |trouble| Err(trouble.into()))
        }
        TrackersCommand::Token(TrackerTokenArguments { tracker, token, .. }) => {
            let id = named(hookbell, &tracker).await?.id;
            let request = RenewTrackerTokenRequest { id, token: secret(token)?.into() };
            output.document(&trackers.renew_token(request).await.map_err(at_option)?, lay_out)
        }
        TrackersCommand::Remove(RemoveTrackerArguments { tracker, yes, .. }) => {
            let Tracker { id, name, .. } = named(hookbell, &tracker).await?;
            if !yes {
                return Err(CliError::Unconfirmed(format!("the token of {name} from the keychain")));
            }
            trackers.remove(TrackerRequest { id }).await?;
            output.document(&TrackerRemoved { removed: id }, |_, page| page.line(&format!("Removed {name}.")))
        }
    }
}

/// `hookbell feedback file`.
pub(crate) async fn file(arguments: FileFeedbackArguments) -> Result<(), CliError> {
    let FileFeedbackArguments { ids, to, title, labels, assignee, include_tester, leave_out, together, dry_run, asc } =
        arguments;
    let output = Output::from(&asc.output);
    managing_with(&asc, async |hookbell: &Hookbell, _| {
        let tracker = named(hookbell, &to).await?;
        let parts = issue_parts(&tracker, include_tester, &leave_out);
        let assignee = match assignee {
            Some(person) => {
                let people = hookbell.trackers().choices_at(TrackerRequest { id: tracker.id }).await?.people;
                Some(person_named(people, &person)?.id)
            }
            None => None,
        };
        let tracker = tracker.id;
        let labels = Some(labels).filter(|labels| !labels.is_empty());
        let first = ids.first().cloned().unwrap_or_default();
        let request = FileIssuesRequest { feedback: ids, tracker, title, labels, assignee, parts, together };
        if dry_run {
            let preview = hookbell.trackers().preview(request).await.map_err(CliError::no_feedback(first))?;
            return output.document(&preview, lay_out_preview);
        }
        let filed = hookbell.trackers().file(request).await.map_err(CliError::no_feedback(first))?;
        output.document(&filed, |filed, page| filed.iter().for_each(|issue| lay_out_issue(issue, page)))?;
        let failed = filed.into_iter().find_map(|issue| issue.error);
        failed.map_or(Ok(()), |error| Err(error.into()))
    })
    .await
}

/// `hookbell feedback fixed`.
pub(crate) async fn fixed(FixedArguments { app, since, plain }: FixedArguments) -> Result<(), CliError> {
    let PlainArguments { place, output } = plain;
    let request = FixedLinesRequest { app, since: since.map(|since| since.to_string()) };
    let lines = managing(&place, async |hookbell: &Hookbell| Ok(hookbell.trackers().fixed_lines(request).await?));
    Output::from(&output).document(&lines.await?, |lines, page| {
        lines.iter().for_each(|line| page.line(&line.text));
        if lines.is_empty() {
            page.line("No issues from this app’s feedback are done. Update their states with: hookbell trackers sweep");
        }
    })
}

/// The tracker to add, and the assignee of its issues.
fn request(command: AddTrackerCommand) -> Result<(AddTrackerRequest, Option<String>), CliError> {
    let (service, url, email, place, issue_type, allow_private_network, more) = match command {
        AddTrackerCommand::Github { repo, api_url, allow_private_network, more } => {
            (TrackerKind::GitHub, api_url, None, repo, None, allow_private_network, more)
        }
        AddTrackerCommand::Linear { team, api_url, more } => {
            (TrackerKind::Linear, api_url, None, team, None, false, more)
        }
        AddTrackerCommand::Jira { site, project, email, issue_type, more } => {
            (TrackerKind::Jira, Some(site), Some(email), project, issue_type, false, more)
        }
    };
    let NewTrackerArguments { token, labels, assignee, apps, title, body, include_tester, .. } = more;
    let access = TrackerAccess { service, url, email, token: secret(token)?.into(), allow_private_network };
    let settings = TrackerSettings { apps, labels, assignee: None, title, body, include_tester };
    Ok((AddTrackerRequest { place: TrackerPlaceRequest { access, place, issue_type }, settings }, assignee))
}

/// What to include in issues, if the arguments say.
fn issue_parts(tracker: &Tracker, include_tester: bool, leave_out: &[IssuePartArgument]) -> Option<IssueParts> {
    let is_in = |part| !leave_out.contains(&part);
    (include_tester || !leave_out.is_empty()).then(|| IssueParts {
        pictures: is_in(IssuePartArgument::Screenshots),
        facts: is_in(IssuePartArgument::Facts),
        log: is_in(IssuePartArgument::Log),
        tester: include_tester || tracker.settings.include_tester,
    })
}

/// The person with this name or id.
fn person_named(people: Vec<NamedThing>, text: &str) -> Result<NamedThing, ApiError> {
    let known: Vec<_> = people.iter().take(MAX_NAMED_PEOPLE).map(|person| person.name.clone()).collect();
    let is_it = |person: &NamedThing| person.id == text || person.name.eq_ignore_ascii_case(text);
    people.into_iter().find(is_it).ok_or_else(|| {
        let hint = format!("choose one of {}", known.join(", "));
        ApiError::field("--assignee", format!("there’s nobody called “{text}” to assign"), hint)
    })
}

fn secret(TokenArguments { token_env, token_file }: TokenArguments) -> Result<hookbell_core::Secret, CliError> {
    SecretArguments { secret_env: token_env, secret_file: token_file }.read()
}

/// The tracker with this name or number.
async fn named(hookbell: &Hookbell, text: &str) -> Result<Tracker, CliError> {
    let missing = || CliError::NoSuch { what: "tracker", id: text.to_owned(), list: "hookbell trackers list" };
    hookbell.trackers().named(text).await?.ok_or_else(missing)
}

/// Attributes an error to the option for its field.
fn at_option(error: ApiError) -> ApiError {
    let option = match error.field.as_deref() {
        Some("place") => "--repo, --team or --project",
        Some("email") => "--email",
        Some("issueType") => "--issue-type",
        Some("labels") => "--label",
        Some("title") => "--title",
        Some("body") => "--body",
        Some("url") => "--api-url or --site",
        _ => return error,
    };
    ApiError { field: Some(option.to_owned()), ..error }
}

fn listed(trackers: &Vec<Tracker>, output: Output) -> Result<(), CliError> {
    output.document(trackers, |trackers, page| {
        trackers.iter().for_each(|tracker| lay_out(tracker, page));
        if trackers.is_empty() {
            page.line(
                "No trackers yet. Add one with: hookbell trackers add github --repo OWNER/NAME --token-file FILE",
            );
        }
    })
}

fn lay_out(tracker: &Tracker, page: &mut Page) {
    let service = tracker.service.label();
    page.table(&[[tracker.id.to_string(), format!("{service} · {}", tracker.name)]]);
    page.indented(&format!("{} open, {} done, as {}", tracker.open, tracker.done, tracker.owner));
    if let Some(trouble) = &tracker.trouble {
        page.indented(&format!("{}: {}", trouble.message, trouble.hint));
    }
}

fn lay_out_issue(issue: &FeedbackIssue, page: &mut Page) {
    if let Some(made) = &issue.issue {
        let state = match (made.progress, &made.fixed_in) {
            (IssueProgress::Done, Some(version)) => format!("fixed in {version}"),
            (IssueProgress::Done, None) => "fixed".to_owned(),
            _ => made.state.clone(),
        };
        page.line(&made.url);
        page.indented(&format!("{} {}, {state}", issue.tracker_name, made.reference));
    }
    if issue.others > 0 {
        page.indented(&format!("With {}", counted(issue.others.into(), "other report", "other reports")));
    }
    issue.notes.iter().for_each(|note| page.indented(note));
}

fn lay_out_preview(preview: &IssuePreview, page: &mut Page) {
    page.line(&preview.title);
    if !preview.labels.is_empty() {
        page.indented(&preview.labels.join(", "));
    }
    page.blank();
    page.verbatim(&preview.markdown);
    page.blank();
    preview.files.iter().for_each(|file| page.line(&format!("{} ({} bytes)", file.name, file.bytes)));
    preview.notes.iter().for_each(|note| page.line(&format!("Missing: {note}")));
    if let Some(issue) = preview.existing.as_ref().and_then(|existing| existing.issue.as_ref()) {
        page.line(&format!("Already filed: {}", issue.url));
    }
    if !preview.similar.ids.is_empty() {
        let similar = counted(preview.similar.ids.len() as u64, "report is", "reports are");
        page.line(&format!("{similar} about the same crash: {}", preview.similar.ids.join(", ")));
    }
}
