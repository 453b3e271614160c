//! Rules: stored in order, listed, tried on stored events, and applied to incoming ones.
//!
//! Core defines what rules are and which of them apply. The resulting runs are written in the same transaction as the
//! decision, and done by the room above ([`crate::runs`]).

mod choices;
mod edit;
mod facts;
mod fill;
mod judge;
mod kept;
mod preview;
mod reasons;
mod run_view;
mod told;

use std::{collections::HashMap, sync::Arc, time::Duration};

use hookbell_core::rules::{Action, Rule};
use hookbell_store::{RuleChanges, RuleTally, StoreError, StoredRule};
use tokio::sync::Mutex;

use self::kept::KeptRules;
pub(crate) use self::{
    facts::of as facts_of,
    fill::{FillError, NotDone, command, headers, issue_title, lane, message, notify, remind, text, what_to_test},
    run_view::{listed, with_output},
};
use crate::{
    api::{ApiError, ListedRule, Push, Run},
    conditions::TroubledRule,
    context::Context,
    destinations::Destinations,
    enrich::Hold,
};

/// The most rules.
const MAX_RULES: u32 = 200;

/// The shortest interval between two pushes about rules.
const PUSH_EVERY: Duration = Duration::from_millis(250);

/// The room of rules.
#[derive(Debug)]
pub struct Rules {
    context: Context,
    destinations: Arc<Destinations>,
    hold: Arc<Hold>,
    kept: KeptRules,
    /// What was last pushed to the window.
    told: Mutex<Vec<ListedRule>>,
}

impl Rules {
    pub(crate) fn new(context: Context, destinations: Arc<Destinations>, hold: Arc<Hold>) -> Self {
        Self { context, destinations, hold, kept: KeptRules::default(), told: Mutex::default() }
    }

    /// Pushes every change of rules and runs to the window, whichever process makes it, until the engine stops. A
    /// rule that Hookbell had to skip is reported with the other conditions.
    pub(crate) async fn run(self: Arc<Self>) {
        let mut stored = self.context.store.changes();
        let mut seen = RuleChanges::default();
        loop {
            stored.mark_unchanged();
            if let Err(error) = self.tell(&mut seen).await {
                tracing::warn!(%error, "the rules could not be read");
            }
            let changed = async { stored.changed().await.is_ok() };
            if self.context.unless_stopped(changed).await != Some(true) {
                return;
            }
            if self.context.unless_stopped(tokio::time::sleep(PUSH_EVERY)).await.is_none() {
                return;
            }
        }
    }

    async fn tell(&self, seen: &mut RuleChanges) -> Result<(), ApiError> {
        let now = self.context.store.rule_changes().await?;
        if now == *seen {
            return Ok(());
        }
        if now.runs != seen.runs {
            self.context.push(Push::Runs).await;
        }
        *seen = now;
        let rules = self.list().await?;
        // A rule that is applied but fails for some event is reported only in the list of rules.
        let is_left_out = |listed: &&ListedRule| !listed.rule.enabled || listed.rule.then.is_empty();
        let troubled = rules
            .iter()
            .filter(is_left_out)
            .filter_map(|listed| Some(TroubledRule { name: listed.rule.name.clone(), why: listed.trouble.clone()? }));
        self.context.change(|conditions| conditions.rules = troubled.collect());
        let mut told = self.told.lock().await;
        if *told != rules {
            told.clone_from(&rules);
            self.context.push(Push::Rules { rules }).await;
        }
        Ok(())
    }

    /// All rules, in order.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn list(&self) -> Result<Vec<ListedRule>, ApiError> {
        let store = &self.context.store;
        let stored = store.rules().await?;
        if stored.is_empty() {
            return Ok(Vec::new());
        }
        let tallies: HashMap<i64, RuleTally> =
            store.rule_tallies().await?.into_iter().map(|tally| (tally.rule, tally)).collect();
        let mut last = Vec::new();
        for id in tallies.values().filter_map(|tally| tally.last_run) {
            last.extend(store.run(id).await?);
        }
        let mut last: HashMap<_, _> =
            run_view::listed(store, last).await?.into_iter().map(|run| (run.id, run)).collect();
        let rules = stored.into_iter().map(|stored| {
            let tally = tallies.get(&stored.id);
            let last_run = tally.and_then(|tally| last.remove(&tally.last_run?));
            listed_rule(stored, last_run, tally.map_or(0, |tally| tally.failed_runs))
        });
        Ok(rules.collect())
    }

    /// Disables a rule, because its destination is gone.
    pub(crate) async fn switch_off(&self, id: i64, why: &str) -> Result<(), StoreError> {
        let trouble = format!("Hookbell disabled this rule: {why}.");
        self.context.store.switch_rule_off(id, trouble).await.map(drop)
    }

    async fn one(&self, id: i64) -> Result<ListedRule, ApiError> {
        self.list().await?.into_iter().find(|rule| rule.id == id).ok_or_else(no_such_rule)
    }
}

fn listed_rule(stored: StoredRule, last_run: Option<Run>, failed_runs: u32) -> ListedRule {
    let (rule, unreadable) = match kept::document(&stored) {
        Ok(rule) => (rule, None),
        Err(error) => (unreadable(&stored), Some(format!("This rule can’t be read: {error}."))),
    };
    ListedRule {
        id: stored.id,
        rule,
        needs_review: stored.unreviewed,
        trouble: unreadable.or(stored.trouble),
        changed_at: stored.changed_at.to_string(),
        last_run,
        failed_runs,
    }
}

/// A placeholder for a document that can't be parsed.
fn unreadable(stored: &StoredRule) -> Rule {
    Rule {
        name: format!("Rule {}", stored.id),
        enabled: stored.enabled,
        when: hookbell_core::rules::When::default(),
        then: Vec::<Action>::new(),
        stop: false,
    }
}

fn no_such_rule() -> ApiError {
    ApiError::not_found("rule")
}
