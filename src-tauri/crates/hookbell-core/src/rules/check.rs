//! Checks a rule before it is stored.

use super::{
    Action, CompiledRule, Distribute, FileIssue, Forward, ForwardFormat, MAX_ACTIONS, MAX_RULE_NAME_CHARS, Remind,
    Rule, RunCommand,
    template::{self, TemplateError},
};
use crate::{EventType, MAX_ISSUE_LABELS, MAX_LABEL_CHARS};

/// The maximum delay of a reminder: 30 days.
pub const MAX_REMINDER_MINUTES: u32 = 30 * 24 * 60;

/// The maximum run time of a command: an hour.
pub const MAX_RUN_SECONDS: u32 = 60 * 60;

/// The maximum number of a command's parts: the program and its arguments.
pub const MAX_COMMAND_PARTS: usize = 64;

/// The maximum number of groups that a rule gives a build to.
pub const MAX_GROUPS: usize = 200;

/// What is wrong with a rule, and in which field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {message}")]
pub struct RuleError {
    /// The field's path in the document: `when.if`, `then[0].notify.title`.
    pub field: String,
    /// What is wrong with it and what to do.
    pub message: String,
}

impl RuleError {
    fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }

    fn template(field: impl Into<String>, error: &TemplateError) -> Self {
        Self::new(field, error.to_string())
    }
}

/// Compiles a rule's condition and templates, and checks every limit.
///
/// # Errors
/// The first problem found.
pub fn check(rule: Rule) -> Result<CompiledRule, RuleError> {
    let name = rule.name.trim();
    if name.is_empty() {
        return Err(RuleError::new("name", "enter a name"));
    }
    if name.chars().count() > MAX_RULE_NAME_CHARS {
        return Err(RuleError::new("name", format!("use at most {MAX_RULE_NAME_CHARS} characters")));
    }
    for (at, text) in rule.when.types.iter().enumerate() {
        if EventType::from_name(text).is_none() {
            let known: Vec<_> = EventType::known().map(EventType::name).collect();
            let message = format!("“{text}” isn’t an event type; choose from {}", known.join(", "));
            return Err(RuleError::new(format!("when.types[{at}]"), message));
        }
    }
    if rule.then.is_empty() {
        return Err(RuleError::new("then", "add an action"));
    }
    if rule.then.len() > MAX_ACTIONS {
        return Err(RuleError::new("then", format!("use at most {MAX_ACTIONS} actions")));
    }
    for (at, action) in rule.then.iter().enumerate() {
        let inside = |error: RuleError| RuleError { field: format!("then[{at}].{}", error.field), ..error };
        check_action(action).map_err(inside)?;
        for (field, text) in action.templates() {
            template::check(text).map_err(|error| inside(RuleError::template(field, &error)))?;
        }
    }
    CompiledRule::new(rule).map_err(|error| RuleError::template("when.if", &error))
}

fn check_action(action: &Action) -> Result<(), RuleError> {
    match action {
        Action::Remind(Remind { after_minutes, .. }) if !(1..=MAX_REMINDER_MINUTES).contains(after_minutes) => {
            Err(RuleError::new("remind.afterMinutes", format!("choose 1 to {MAX_REMINDER_MINUTES} minutes")))
        }
        Action::Run(run) => check_run(run),
        Action::Forward(forward) => check_forward(forward),
        Action::Distribute(distribute) => check_distribute(distribute),
        Action::Issue(issue) => check_issue(issue),
        _ => Ok(()),
    }
}

fn check_run(run: &RunCommand) -> Result<(), RuleError> {
    if run.command.first().is_none_or(|program| program.trim().is_empty()) {
        return Err(RuleError::new("run.command", "enter the program to run"));
    }
    if run.command.len() > MAX_COMMAND_PARTS {
        return Err(RuleError::new("run.command", format!("use at most {MAX_COMMAND_PARTS} parts")));
    }
    if !(1..=MAX_RUN_SECONDS).contains(&run.timeout_seconds) {
        return Err(RuleError::new("run.timeoutSeconds", format!("choose 1 to {MAX_RUN_SECONDS} seconds")));
    }
    Ok(())
}

fn check_distribute(distribute: &Distribute) -> Result<(), RuleError> {
    if distribute.groups.iter().all(|group| group.trim().is_empty()) {
        return Err(RuleError::new("distribute.groups", "name at least one group"));
    }
    if distribute.groups.len() > MAX_GROUPS {
        return Err(RuleError::new("distribute.groups", format!("name at most {MAX_GROUPS} groups")));
    }
    Ok(())
}

fn check_issue(issue: &FileIssue) -> Result<(), RuleError> {
    if issue.tracker.trim().is_empty() {
        return Err(RuleError::new("issue.tracker", "choose a tracker"));
    }
    if issue.labels.len() > MAX_ISSUE_LABELS {
        return Err(RuleError::new("issue.labels", format!("use at most {MAX_ISSUE_LABELS} labels")));
    }
    let is_label = |label: &String| (1..=MAX_LABEL_CHARS).contains(&label.trim().chars().count());
    match issue.labels.iter().position(|label| !is_label(label)) {
        Some(at) => {
            Err(RuleError::new(format!("issue.labels[{at}]"), format!("a label has 1 to {MAX_LABEL_CHARS} characters")))
        }
        None => Ok(()),
    }
}

fn check_forward(forward: &Forward) -> Result<(), RuleError> {
    match (&forward.url, &forward.destination) {
        (None, None) => return Err(RuleError::new("forward.url", "enter an address, or choose a destination")),
        (Some(_), Some(_)) => {
            return Err(RuleError::new("forward.destination", "give either an address or a destination, not both"));
        }
        _ => {}
    }
    if forward.format == ForwardFormat::Template && forward.text.is_none() {
        return Err(RuleError::new("forward.text", "enter the template of the body"));
    }
    if forward.screenshots && !forward.format.takes_screenshots() {
        return Err(RuleError::new(
            "forward.screenshots",
            "only discord and ntfy take screenshots; leave this field out",
        ));
    }
    Ok(())
}
