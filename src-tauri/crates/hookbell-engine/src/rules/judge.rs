//! Decides about incoming events: the resulting runs are written with the decision, in one transaction.
//!
//! The decision is made once the event's details are known or the wait for them is over, so that conditions see them.
//! Its notification waits for the decision. Every running process decides, and the store keeps the first decision.

use std::{collections::BTreeMap, time::Duration};

use hookbell_core::rules::{Action, Decision, Facts, Mismatch, TemplateError, decide};
use hookbell_store::{Judgment, NewRun, RunEnd, RunState, StoredEvent};
use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use super::{
    Rules, facts,
    fill::{self, NotDone},
    kept::Compiled,
};
use crate::{
    api::ApiError,
    known_apps::KnownApps,
    notice::{Notice, Say},
};

/// How many events are decided in one transaction, so that an arriving event never waits long for it.
const EVENTS_PER_BATCH: u32 = 100;

/// Wait before retrying a decision that couldn't be stored.
const RETRY_AFTER: Duration = Duration::from_secs(15);

/// How long events are gathered before the next pass.
const GATHER_FOR: Duration = Duration::from_millis(20);

impl Rules {
    /// Decides about events until the engine stops.
    pub(crate) async fn run_judging(self: std::sync::Arc<Self>) {
        let mut stored = self.context.store.changes();
        let mut tries = self.hold.first_tries();
        loop {
            stored.mark_unchanged();
            tries.mark_unchanged();
            let until = match self.judge_waiting().await {
                Ok(until) => until,
                Err(error) => {
                    tracing::warn!(%error, "the rules could not be applied");
                    Some(Instant::now() + RETRY_AFTER)
                }
            };
            let woken = async {
                tokio::select! {
                    changed = stored.changed() => changed.is_ok(),
                    changed = tries.changed() => changed.is_ok(),
                    () = sleep_until(until) => true,
                }
            };
            if self.context.unless_stopped(woken).await != Some(true) {
                return;
            }
            if until.is_some() && self.context.unless_stopped(tokio::time::sleep(GATHER_FOR)).await.is_none() {
                return;
            }
        }
    }

    /// Decides about all events whose details are known. Returns when to check those still waiting for theirs.
    async fn judge_waiting(&self) -> Result<Option<Instant>, ApiError> {
        let (mut after, mut until) = (0, None::<Instant>);
        loop {
            let events = self.context.store.unjudged(after, EVENTS_PER_BATCH).await?;
            let Some(last) = events.last() else { return Ok(until) };
            after = last.seq;
            let sorted = self.hold.sort(events).await?;
            until = until.into_iter().chain(sorted.until).min();
            self.judge(sorted.ready).await?;
        }
    }

    async fn judge(&self, events: Vec<StoredEvent>) -> Result<(), ApiError> {
        if events.is_empty() {
            return Ok(());
        }
        let store = &self.context.store;
        let rules = self.kept.read(store).await?;
        let apps = KnownApps::read(store).await?;
        let now = self.context.clock.now();
        let mut judgments = Vec::with_capacity(events.len());
        let mut troubles = BTreeMap::new();
        for event in &events {
            let facts = facts::of(store, event, &apps, now).await?;
            let decisions = decide(&rules.rules, &facts);
            for (id, decision) in rules.ids.iter().zip(&decisions) {
                if let Err(Mismatch::Failed(error)) = decision {
                    troubles.entry(*id).or_insert_with(|| condition_failed(&facts.event.title, error));
                }
            }
            judgments.push(judgment(event.seq, &facts, &rules, decisions, now));
        }
        store.judge(judgments, now).await?;
        for (id, trouble) in troubles {
            store.note_rule_trouble(id, trouble).await?;
        }
        Ok(())
    }
}

/// Why a rule was skipped for an event on which its condition failed to evaluate.
fn condition_failed(event: &str, error: &TemplateError) -> String {
    format!("The condition failed for “{event}”: {error}.")
}

/// The rules' decisions about one event.
fn judgment(seq: i64, facts: &Facts, kept: &Compiled, decisions: Vec<Decision>, now: Timestamp) -> Judgment {
    let mut judgment = Judgment { seq, ..Judgment::default() };
    for ((id, rule), decision) in kept.ids.iter().zip(&kept.rules).zip(decisions) {
        let rule = rule.rule();
        if decision.is_err() {
            continue;
        }
        for (action, place) in rule.then.iter().zip(0..) {
            let is_done_late = rule.when.late.unwrap_or(action.acts_late());
            let (due_at, ended) = match action {
                Action::Run(_) | Action::Forward(_) | Action::Distribute(_) | Action::Issue(_) => {
                    (now, fill::not_done(action, is_done_late, facts).map(skipped))
                }
                Action::Remind(remind) => (later(now, remind.after_minutes), None),
                Action::Archive(_) => {
                    judgment.archive = true;
                    (now, Some(done("The event was archived.")))
                }
                Action::Notify(_) | Action::Silence(_) => (now, Some(note(action, &rule.name, facts, &mut judgment))),
            };
            judgment.runs.push(NewRun {
                rule: Some(*id),
                rule_name: rule.name.clone(),
                place,
                action: serde_json::to_string(action).unwrap_or_default(),
                lane: fill::lane(action),
                due_at,
                ended,
            });
        }
    }
    judgment
}

/// Records a rule's decision about the notification, unless an earlier rule made one. If its template fails it makes
/// none, so that the event is announced as usual.
fn note(action: &Action, rule: &str, facts: &Facts, judgment: &mut Judgment) -> RunEnd {
    let say = match fill::say(action, facts) {
        Some(Ok(say)) => say,
        Some(Err(error)) => return failed(error.to_string()),
        None => return done(""),
    };
    if judgment.notice.is_some() {
        return done("An earlier action already decided about the notification.");
    }
    let answer = match say {
        Say::Nothing => "No notification was shown.",
        Say::This(_) | Say::Reminder(_) => "The notification was sent.",
    };
    judgment.urgent = matches!(action, Action::Notify(notify) if notify.break_through_quiet_hours);
    judgment.notice = Some(Notice { rule: rule.to_owned(), say }.kept());
    done(answer)
}

fn later(now: Timestamp, minutes: u32) -> Timestamp {
    now.saturating_add(SignedDuration::from_mins(minutes.into())).unwrap_or(now)
}

fn done(answer: &str) -> RunEnd {
    RunEnd { state: RunState::Done, due_at: None, answer: answer.to_owned(), hint: None, output: None }
}

/// Store a row all the same: somebody who waits for a command must be able to find out why it didn't run, and run it.
fn skipped(why: NotDone) -> RunEnd {
    let (answer, hint) = (why.words().to_owned(), Some(why.hint().to_owned()));
    RunEnd { state: RunState::Skipped, due_at: None, answer, hint, output: None }
}

fn failed(answer: String) -> RunEnd {
    let hint = Some("Change the template in the rule.".to_owned());
    RunEnd { state: RunState::Failed, due_at: None, answer, hint, output: None }
}

async fn sleep_until(until: Option<Instant>) {
    match until {
        Some(until) => tokio::time::sleep_until(until).await,
        None => std::future::pending().await,
    }
}
