//! One attempt of one run: the action as written, on its event as known now.

use hookbell_actions::{ActionFailure, Next};
use hookbell_core::rules::{Action, Facts};
use hookbell_store::{StoreError, StoredEvent, StoredRun};

use super::Runs;
use crate::{
    known_apps::KnownApps,
    notice::{Notice, Say, Wording},
    rules::{self, FillError},
};

/// The result of an action that was done.
#[derive(Debug, Default)]
pub(super) struct Performed {
    /// The answer, for people.
    pub(super) answer: String,
    /// A command's output.
    pub(super) output: Option<String>,
}

/// The result of an action that failed.
#[derive(Debug)]
pub(super) struct Failed {
    pub(super) failure: ActionFailure,
    pub(super) output: Option<String>,
}

impl Performed {
    pub(super) fn said(answer: &str) -> Self {
        Self { answer: answer.to_owned(), output: None }
    }
}

impl From<ActionFailure> for Failed {
    fn from(failure: ActionFailure) -> Self {
        Self { failure, output: None }
    }
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        failure(error.to_string(), error.hint(), Next::Retry).into()
    }
}

impl From<FillError> for Failed {
    fn from(error: FillError) -> Self {
        failure(error.to_string(), "Change the template in the rule.", Next::GiveUp).into()
    }
}

pub(super) fn failure(message: impl Into<String>, hint: impl Into<String>, next: Next) -> ActionFailure {
    ActionFailure { message: message.into(), hint: hint.into(), next }
}

impl Runs {
    pub(super) async fn perform(&self, run: &StoredRun) -> Result<Performed, Failed> {
        let action: Action = serde_json::from_str(&run.action).map_err(|_| {
            failure(
                "this version of Hookbell doesn’t know the action",
                "It’s from a newer version. Update Hookbell.",
                Next::GiveUp,
            )
        })?;
        let store = &self.context.store;
        let Some(event) = store.event(run.seq).await? else {
            return Ok(Performed::said("The event was deleted."));
        };
        let apps = KnownApps::read(store).await?;
        let facts = rules::facts_of(store, &event, &apps, self.context.clock.now()).await?;
        match &action {
            Action::Notify(notify) => self.notify(run, Say::This(rules::notify(notify, &facts)?), false).await,
            Action::Remind(remind) => self.remind(run, rules::remind(remind, &facts)?).await,
            Action::Silence(_) => Ok(Performed::said("No notification would be shown.")),
            Action::Archive(_) => {
                store.set_archived(vec![run.seq], true).await?;
                Ok(Performed::said("The event was archived."))
            }
            Action::Run(command) => self.command(run, command, &event, &facts).await,
            Action::Forward(forward) => self.forward(run, forward, &event, &facts).await,
            Action::Distribute(distribute) => self.distribute(run, distribute, &event, &facts).await,
            Action::Issue(issue) => self.issue(run, issue, &event, &facts).await,
        }
    }

    async fn remind(&self, run: &StoredRun, words: Wording) -> Result<Performed, Failed> {
        self.notify(run, Say::Reminder(words), run.rule.is_some()).await
    }

    /// Has the event announced again, by the process that has a desktop.
    async fn notify(&self, run: &StoredRun, say: Say, unless_read: bool) -> Result<Performed, Failed> {
        let notice = Notice { rule: run.rule_name.clone(), say }.kept();
        match self.context.store.notify_again(run.seq, notice, unless_read).await? {
            true => Ok(Performed::said("The notification was sent.")),
            false => Ok(Performed::said("It was already read or archived.")),
        }
    }
}

/// A key that all attempts of one run share, and no other run has.
pub(super) fn idempotency_key(run: &StoredRun) -> String {
    format!("hookbell-{}-{}", run.written_at.as_millisecond(), run.id)
}

/// The event in the form that programs receive.
pub(super) fn event_json(event: &StoredEvent) -> Vec<u8> {
    let mut json = serde_json::to_vec(&crate::event_line::EventLine::from(event)).unwrap_or_default();
    json.push(b'\n');
    json
}

/// The environment variables that a command gets from the event. Those that are `None` aren't set.
#[must_use]
pub fn run_variables(facts: &Facts) -> Vec<(&'static str, Option<String>)> {
    let Facts { event, app, version, build, feedback, links, .. } = facts;
    let some = |text: &String| Some(text.clone());
    vec![
        ("HOOKBELL_EVENT_ID", some(&event.id)),
        ("HOOKBELL_EVENT_TYPE", event.event_type.clone()),
        ("HOOKBELL_TITLE", some(&event.title)),
        ("HOOKBELL_BODY", some(&event.body)),
        ("HOOKBELL_FROM", event.from.clone()),
        ("HOOKBELL_TO", event.to.clone()),
        ("HOOKBELL_APP_ID", app.id.clone()),
        ("HOOKBELL_APP_NAME", app.name.clone()),
        ("HOOKBELL_VERSION", version.string.clone()),
        ("HOOKBELL_PLATFORM", version.platform.clone()),
        ("HOOKBELL_BUILD", build.number.clone()),
        ("HOOKBELL_FEEDBACK_ID", feedback.id.clone()),
        ("HOOKBELL_LINK", some(&links.hookbell)),
    ]
}
