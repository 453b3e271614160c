//! What an action would do with an event: its templates filled in. Used by the preview and by runs.

use hookbell_actions::{Message, host_of};
use hookbell_core::{
    EventKind, EventType, TrackerKind,
    rules::{Action, Distribute, Facts, FileIssue, Forward, ForwardFormat, Notify, Remind, RunCommand, render},
    words::Importance,
};

use crate::{
    api::Sends,
    notice::{Say, Wording},
};

/// Why an action is skipped for an event, although nothing is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotDone {
    /// The event was fetched late, and the rule doesn't act on such events.
    Late,
    /// The action forwards what App Store Connect sent, but the event is Hookbell's own.
    NoPayload,
    /// The action files feedback, but the event isn't about feedback.
    NoFeedback,
}

impl NotDone {
    /// The reason, as a sentence.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Late => "Skipped: the event was fetched more than an hour after it happened.",
            Self::NoPayload => "Skipped: Hookbell created this event, so it has no payload.",
            Self::NoFeedback => "Skipped: the event isn’t about feedback.",
        }
    }

    /// What to do about it, as a sentence.
    pub(crate) fn hint(self) -> &'static str {
        match self {
            Self::Late => "Retry it, or let the rule act on events that are fetched late.",
            Self::NoPayload => "Send a template instead, or leave Hookbell’s own event types out of the rule.",
            Self::NoFeedback => "Limit the rule to crash or screenshot feedback.",
        }
    }
}

/// Why an action is skipped for an event, if it is.
pub(super) fn not_done(action: &Action, is_done_late: bool, facts: &Facts) -> Option<NotDone> {
    if facts.event.late && !is_done_late {
        return Some(NotDone::Late);
    }
    if matches!(action, Action::Issue(_)) {
        let is_about_feedback =
            [EventKind::Screenshot, EventKind::Crash].iter().any(|kind| kind.as_str() == facts.event.kind);
        return (!is_about_feedback).then_some(NotDone::NoFeedback);
    }
    let is_own = facts.event.event_type.as_deref().and_then(EventType::from_name).is_some_and(EventType::is_own);
    let sends_payload =
        matches!(action, Action::Forward(Forward { format: ForwardFormat::Raw | ForwardFormat::Signed, .. }));
    (is_own && sends_payload).then_some(NotDone::NoPayload)
}

/// Why an action's templates can't be filled in: the field, as the document names it, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {message}")]
pub(crate) struct FillError {
    field: String,
    message: String,
}

fn fill(field: &str, template: &str, facts: &Facts) -> Result<String, FillError> {
    render(template, facts).map_err(|error| FillError { field: field.to_owned(), message: error.to_string() })
}

fn fill_some(field: &str, template: Option<&str>, facts: &Facts) -> Result<Option<String>, FillError> {
    template.map(|template| fill(field, template, facts)).transpose()
}

/// A notification's wording.
pub(crate) fn notify(notify: &Notify, facts: &Facts) -> Result<Wording, FillError> {
    let link = fill_some("notify.link", notify.link.as_deref(), facts)?;
    if let Some(link) = &link
        && !["hookbell://", "https://"].iter().any(|scheme| link.starts_with(scheme))
    {
        let message = "a link starts with hookbell:// or https://".to_owned();
        return Err(FillError { field: "notify.link".to_owned(), message });
    }
    Ok(Wording {
        title: fill_some("notify.title", notify.title.as_deref(), facts)?,
        body: fill_some("notify.body", notify.body.as_deref(), facts)?,
        link,
        sound: notify.sound,
    })
}

/// A reminder's wording.
pub(crate) fn remind(remind: &Remind, facts: &Facts) -> Result<Wording, FillError> {
    Ok(Wording {
        title: fill_some("remind.title", remind.title.as_deref(), facts)?,
        body: fill_some("remind.body", remind.body.as_deref(), facts)?,
        ..Wording::default()
    })
}

/// The program and its arguments. An argument can't contain a NUL character, and whatever a tester writes must not
/// prevent the command from running.
pub(crate) fn command(run: &RunCommand, facts: &Facts) -> Result<Vec<String>, FillError> {
    let part = |(at, part): (usize, &String)| {
        fill(&format!("run.command[{at}]"), part, facts).map(|filled| filled.replace('\0', "\u{2400}"))
    };
    run.command.iter().enumerate().map(part).collect()
}

/// A message for a chat: the template's text, or the event's sentence.
pub(crate) fn message(forward: &Forward, facts: &Facts) -> Result<Message, FillError> {
    let app = facts.app.name.as_ref().filter(|app| !facts.event.title.contains(app.as_str()));
    let title = match app {
        Some(app) => format!("{} · {app}", facts.event.title),
        None => facts.event.title.clone(),
    };
    Ok(Message {
        title,
        text: text(forward, facts)?.unwrap_or_else(|| facts.event.body.clone()),
        link: facts.links.app_store_connect.clone(),
        urgent: [Importance::Bad, Importance::NeedsYou].iter().any(|one| one.as_str() == facts.event.importance),
    })
}

/// The text to forward, if the rule has one.
pub(crate) fn text(forward: &Forward, facts: &Facts) -> Result<Option<String>, FillError> {
    fill_some("forward.text", forward.text.as_deref(), facts)
}

/// The rule's own headers.
pub(crate) fn headers(forward: &Forward, facts: &Facts) -> Result<Vec<(String, String)>, FillError> {
    let headers = forward.headers.iter();
    headers.map(|(name, value)| Ok((name.clone(), fill(&format!("forward.headers.{name}"), value, facts)?))).collect()
}

/// The text for testers, if the rule has one.
pub(crate) fn what_to_test(distribute: &Distribute, facts: &Facts) -> Result<Option<String>, FillError> {
    fill_some("distribute.whatToTest", distribute.what_to_test.as_deref(), facts)
}

/// The issue's title, if the rule has one.
pub(crate) fn issue_title(issue: &FileIssue, facts: &Facts) -> Result<Option<String>, FillError> {
    fill_some("issue.title", issue.title.as_deref(), facts)
}

/// The resource that an action uses; only a few runs use one concurrently.
pub(crate) fn lane(action: &Action) -> String {
    match action {
        Action::Run(_) => "run".to_owned(),
        Action::Distribute(_) => "distribute".to_owned(),
        Action::Issue(_) => "issue".to_owned(),
        Action::Forward(forward) => match (&forward.destination, &forward.url) {
            (Some(name), _) => format!("destination {name}"),
            (None, Some(url)) => host_of(url).unwrap_or_default(),
            (None, None) => String::new(),
        },
        Action::Notify(_) | Action::Silence(_) | Action::Archive(_) | Action::Remind(_) => String::new(),
    }
}

/// The action's name for people: "Notify", "Slack", "Run make-notes".
pub(crate) fn label(action: &Action) -> String {
    match action {
        Action::Notify(_) => "Notify".to_owned(),
        Action::Silence(_) => "Don’t notify".to_owned(),
        Action::Archive(_) => "Archive".to_owned(),
        Action::Remind(_) => "Remind".to_owned(),
        Action::Distribute(_) => "Distribute".to_owned(),
        Action::Issue(issue) => format!("File in {}", tracker_words(issue)),
        Action::Run(run) => {
            let program = run.command.first().map(String::as_str).unwrap_or_default();
            format!("Run {}", program.rsplit(['/', '\\']).next().unwrap_or(program))
        }
        Action::Forward(forward) => match forward.format {
            ForwardFormat::Slack => "Slack".to_owned(),
            ForwardFormat::Teams => "Microsoft Teams".to_owned(),
            ForwardFormat::Discord => "Discord".to_owned(),
            ForwardFormat::Ntfy => "ntfy".to_owned(),
            ForwardFormat::Raw | ForwardFormat::Signed | ForwardFormat::Template => {
                let host = forward.url.as_deref().and_then(|url| host_of(url).ok());
                let place = host.or_else(|| forward.destination.clone()).unwrap_or_default();
                format!("Forward to {place}")
            }
        },
    }
}

/// The tracker's name for people, even if a rule contains the name of its kind.
fn tracker_words(issue: &FileIssue) -> &str {
    match issue.tracker.parse::<TrackerKind>() {
        Ok(kind) => kind.label(),
        Err(_) => &issue.tracker,
    }
}

/// What an action would do with an event.
pub(crate) fn sends(action: &Action, is_done_late: bool, facts: &Facts) -> Sends {
    let (title, text, error) = match words(action, facts) {
        Ok((title, text)) => (title, text, None),
        Err(error) => (None, String::new(), Some(error.to_string())),
    };
    let not_done = not_done(action, is_done_late, facts).map(|why| why.words().to_owned());
    let with_screenshots = sends_screenshots(action, facts);
    Sends { action: action.name().to_owned(), label: label(action), title, text, with_screenshots, error, not_done }
}

/// Whether screenshots are sent along: the rule asks for them, and the event can have some.
fn sends_screenshots(action: &Action, facts: &Facts) -> bool {
    let event_type = facts.event.event_type.as_deref().and_then(EventType::from_name);
    matches!(action, Action::Forward(forward) if forward.screenshots)
        && event_type == Some(EventType::BetaFeedbackScreenshotSubmissionCreated)
}

fn words(action: &Action, facts: &Facts) -> Result<(Option<String>, String), FillError> {
    let event = &facts.event;
    let shown = |words: Wording| {
        (Some(words.title.unwrap_or_else(|| event.title.clone())), words.body.unwrap_or_else(|| event.body.clone()))
    };
    Ok(match action {
        Action::Notify(one) => shown(notify(one, facts)?),
        Action::Remind(one) => shown(remind(one, facts)?),
        Action::Silence(_) => (None, "No notification is shown.".to_owned()),
        Action::Archive(_) => (None, "The event is archived.".to_owned()),
        Action::Run(run) => (None, command_line(&command(run, facts)?)),
        Action::Distribute(distribute) => {
            let text = what_to_test(distribute, facts)?.unwrap_or_default();
            (Some(format!("To {}", distribute.groups.join(", "))), text)
        }
        Action::Issue(issue) => {
            let title = issue_title(issue, facts)?;
            (title, format!("The feedback is filed in {}, with its files.", tracker_words(issue)))
        }
        Action::Forward(forward) => {
            headers(forward, facts)?;
            match forward.format {
                ForwardFormat::Raw => {
                    (None, "The payload, byte for byte, with App Store Connect’s headers.".to_owned())
                }
                ForwardFormat::Signed => (None, "The payload, signed with another secret.".to_owned()),
                ForwardFormat::Template => (None, text(forward, facts)?.unwrap_or_default()),
                ForwardFormat::Slack | ForwardFormat::Teams | ForwardFormat::Discord | ForwardFormat::Ntfy => {
                    let message = message(forward, facts)?;
                    (Some(message.title), message.text)
                }
            }
        }
    })
}

/// A command on one line, for people only: no shell runs it.
fn command_line(parts: &[String]) -> String {
    let quoted = parts.iter().map(|part| match part.is_empty() || part.contains(char::is_whitespace) {
        true => format!("“{part}”"),
        false => part.clone(),
    });
    quoted.collect::<Vec<_>>().join(" ")
}

/// A rule's decision about a notification, if its action makes one.
pub(crate) fn say(action: &Action, facts: &Facts) -> Option<Result<Say, FillError>> {
    match action {
        Action::Notify(one) => Some(notify(one, facts).map(Say::This)),
        Action::Silence(_) => Some(Ok(Say::Nothing)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_tester_writes_is_one_argument_and_keeps_no_command_from_running() {
        let mut facts = Facts::sample();
        facts.feedback.comment = Some("a\0b $(id)\n-rf".to_owned());
        let parts = ["/bin/echo".to_owned(), "{{ feedback.comment }}".to_owned()];
        let run = RunCommand { command: parts.to_vec(), cwd: None, timeout_seconds: 60 };
        assert_eq!(command(&run, &facts).unwrap(), ["/bin/echo", "a\u{2400}b $(id)\n-rf"]);
    }
}
