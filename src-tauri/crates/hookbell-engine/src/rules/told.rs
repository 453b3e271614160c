//! Explains why an event was announced or not: today's rules, and the decision made when it arrived.

use hookbell_core::rules::decide;
use hookbell_store::RunQuery;

use super::{Rules, reasons, run_view};
use crate::{
    api::{ApiError, ComparedRule, EventRules, EventRulesRequest},
    distribution,
    known_apps::KnownApps,
    notice::{Notice, Say},
};

/// The most runs of one event.
const MAX_RUNS: u32 = 200;

impl Rules {
    /// Explains why an event was announced or not.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if the event doesn't exist.
    pub async fn of_event(&self, request: EventRulesRequest) -> Result<EventRules, ApiError> {
        let store = &self.context.store;
        let event = store.event(request.seq).await?.ok_or_else(|| ApiError::not_found("event"))?;
        let apps = KnownApps::read(store).await?;
        let kept = self.kept.read(store).await?;
        let decisions = decide(&kept.rules, &self.facts(&event, &apps).await?);
        let rules = kept.ids.iter().zip(&kept.rules).zip(decisions).map(|((id, rule), decision)| ComparedRule {
            id: *id,
            name: rule.rule().name.clone(),
            applied: decision.is_ok(),
            reason: decision.err().map(|mismatch| reasons::of_one(&mismatch, &kept.rules)),
        });
        let query = RunQuery { seq: Some(request.seq), limit: MAX_RUNS, ..RunQuery::default() };
        Ok(EventRules {
            rules: rules.collect(),
            told: match event.notice.as_deref().and_then(Notice::read) {
                Some(notice) => told(&notice),
                None if distribution::reports(store, &event).await? => {
                    "It is a step of the build’s plan. You are notified when the plan is done.".to_owned()
                }
                None => "Your notification settings apply.".to_owned(),
            },
            runs: run_view::listed(store, store.runs(query).await?).await?,
        })
    }
}

fn told(Notice { rule, say }: &Notice) -> String {
    match say {
        Say::Nothing => format!("“{rule}” silenced it."),
        Say::This(_) => format!("“{rule}” notified you."),
        Say::Reminder(_) => format!("“{rule}” reminded you."),
    }
}
