//! Previews what a rule would have done with stored events, without doing it.

use std::collections::HashMap;

use hookbell_core::{
    EventFilter, EventPlace,
    rules::{CompiledRule, Decision, Facts, Mismatch, Rule, check, decide},
};
use hookbell_store::{EventQuery, MAX_PAGE, StoredEvent};

use super::{Rules, facts, fill, reasons};
use crate::{
    api::{ApiError, OtherEvents, PreviewRuleRequest, PreviewedEvent, RuleFault, RulePreview},
    known_apps::KnownApps,
};

/// The most events to compare.
const MAX_COMPARED_EVENTS: u32 = 10_000;

const MAX_DAYS: u32 = 365;

const MAX_RETURNED_EVENTS: u32 = 200;

/// The rule being previewed, with the rules before it, which may stop it.
struct Trial {
    rules: Vec<CompiledRule>,
}

impl Trial {
    fn rule(&self) -> Option<&Rule> {
        self.rules.last().map(CompiledRule::rule)
    }

    fn decide(&self, facts: &Facts) -> Decision {
        decide(&self.rules, facts).pop().unwrap_or(Ok(()))
    }
}

impl Rules {
    /// Compares a rule with stored events.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if the requested event doesn't exist. Errors in the rule are in the reply.
    pub async fn preview(&self, request: PreviewRuleRequest) -> Result<RulePreview, ApiError> {
        let compiled = match check(Rule { enabled: true, ..request.rule.clone() }) {
            Ok(compiled) => compiled,
            Err(error) => {
                let error = Some(RuleFault { field: error.field, message: error.message });
                return Ok(RulePreview { error, ..RulePreview::default() });
            }
        };
        let trial = Trial { rules: self.before(request.id).await?.into_iter().chain([compiled]).collect() };
        let apps = KnownApps::read(&self.context.store).await?;
        if let Some(seq) = request.seq {
            let event = self.context.store.event(seq).await?.ok_or_else(|| ApiError::not_found("event"))?;
            let facts = self.facts(&event, &apps).await?;
            let decision = trial.decide(&facts);
            let matches = u32::from(decision.is_ok());
            let events = vec![previewed(&event, &facts, &trial, &decision)];
            return Ok(RulePreview { matches, compared: 1, events, ..RulePreview::default() });
        }
        self.compare(&request, &trial, &apps).await
    }

    async fn compare(
        &self,
        request: &PreviewRuleRequest,
        trial: &Trial,
        apps: &KnownApps,
    ) -> Result<RulePreview, ApiError> {
        let days = Some(request.days.clamp(1, MAX_DAYS));
        let filter = EventFilter { place: EventPlace::Everywhere, days, ..EventFilter::default() };
        let limit = request.limit.clamp(1, MAX_RETURNED_EVENTS) as usize;
        let mut preview = RulePreview::default();
        let mut others = HashMap::<String, (Mismatch, u32)>::new();
        let mut before = None;
        while preview.compared < MAX_COMPARED_EVENTS {
            let query = EventQuery { filter: filter.clone(), now: self.context.clock.now(), before, limit: MAX_PAGE };
            let page = self.context.store.page(query).await?;
            for event in &page.events {
                let facts = self.facts(event, apps).await?;
                let decision = trial.decide(&facts);
                preview.compared += 1;
                match &decision {
                    Ok(()) => {
                        preview.matches += 1;
                        if preview.events.len() < limit {
                            preview.events.push(previewed(event, &facts, trial, &decision));
                        }
                    }
                    Err(mismatch) => {
                        let reason = reasons::of_one(mismatch, &trial.rules);
                        others.entry(reason).or_insert_with(|| (mismatch.clone(), 0)).1 += 1;
                    }
                }
            }
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        let others = others.into_values().map(|(mismatch, count)| {
            let reason = reasons::of_several(&mismatch, count, &trial.rules);
            OtherEvents { reason, count }
        });
        preview.others = others.collect();
        preview.others.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.reason.cmp(&b.reason)));
        Ok(preview)
    }

    /// The stored rules before a position.
    async fn before(&self, id: Option<i64>) -> Result<Vec<CompiledRule>, ApiError> {
        let kept = self.kept.read(&self.context.store).await?;
        let until = id.and_then(|id| kept.ids.iter().position(|one| *one == id)).unwrap_or(kept.ids.len());
        let earlier = kept.rules.iter().take(until);
        Ok(earlier.filter_map(|rule| check(rule.rule().clone()).ok()).collect())
    }

    pub(super) async fn facts(&self, event: &StoredEvent, apps: &KnownApps) -> Result<Facts, ApiError> {
        Ok(facts::of(&self.context.store, event, apps, self.context.clock.now()).await?)
    }
}

fn previewed(event: &StoredEvent, facts: &Facts, trial: &Trial, decision: &Decision) -> PreviewedEvent {
    let rule = trial.rule().filter(|_| decision.is_ok());
    let sends = rule.map(|rule| {
        let late = |action: &hookbell_core::rules::Action| rule.when.late.unwrap_or(action.acts_late());
        rule.then.iter().map(|action| fill::sends(action, late(action), facts)).collect()
    });
    PreviewedEvent {
        seq: event.seq,
        title: event.title.clone(),
        app: facts.app.name.clone(),
        received_at: event.received_at.to_string(),
        matches: decision.is_ok(),
        reason: decision.as_ref().err().map(|mismatch| reasons::of_one(mismatch, &trial.rules)),
        sends: sends.unwrap_or_default(),
    }
}
