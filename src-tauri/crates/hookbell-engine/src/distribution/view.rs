//! Converts plans between their rows and what people see.

use hookbell_core::words::one_line;
use hookbell_store::{StoredDistribution, StoredDistributionStep};
use jiff::Timestamp;

use super::check::{STEPS, said};
use crate::api::{
    ApiError, Distribution, DistributionCheck, DistributionPlan, DistributionPlanner, DistributionStep,
    DistributionStepName, DistributionStepState,
};

/// The most groups and the most texts of a plan. App Store Connect has about 50 locales and allows 200 groups.
const MAX_GROUPS: usize = 200;
const MAX_TEXTS: usize = 60;

/// Anything longer isn't meant as a text for testers.
const MAX_TEXT_BYTES: usize = 64 << 10;

/// A plan as people see it.
pub(crate) fn view(stored: StoredDistribution) -> Distribution {
    let StoredDistribution { id, planned, state, written_at, ended_at, steps, .. } = stored;
    let step = |name| {
        let kept = steps.iter().find(|step| step.name == name);
        let (check, at) = kept.map_or_else(|| (untouched(name), None), |kept| (kept_check(kept), Some(kept.at)));
        DistributionStep { check, at: at.map(|at| at.to_string()) }
    };
    Distribution {
        id,
        upload: planned.upload,
        build: planned.build.map(|build| build.to_string()),
        app: planned.app.to_string(),
        state,
        // A plan from a newer Hookbell that this one can't parse becomes an empty plan.
        plan: serde_json::from_str(&planned.plan).unwrap_or_default(),
        steps: STEPS.into_iter().map(step).collect(),
        by: serde_json::from_str(&planned.planned_by).unwrap_or(DistributionPlanner::Person),
        written_at: written_at.to_string(),
        ended_at: ended_at.map(|at| at.to_string()),
    }
}

fn untouched(name: DistributionStepName) -> DistributionCheck {
    said(name, DistributionStepState::Later, "Not started.", None)
}

/// A step after the last attempt.
pub(super) fn kept_check(kept: &StoredDistributionStep) -> DistributionCheck {
    DistributionCheck {
        name: kept.name,
        state: kept.state,
        message: kept.message.clone(),
        hint: kept.hint.clone(),
        choices: serde_json::from_str(&kept.choices).unwrap_or_default(),
    }
}

/// Converts a step to its row.
pub(super) fn step_row(check: &DistributionCheck, at: Timestamp) -> StoredDistributionStep {
    StoredDistributionStep {
        name: check.name,
        state: check.state,
        message: check.message.clone(),
        hint: check.hint.clone(),
        choices: serde_json::to_string(&check.choices).unwrap_or_else(|_| "[]".to_owned()),
        at,
    }
}

/// Converts a plan to its row.
pub(super) fn planned(plan: &DistributionPlan) -> String {
    serde_json::to_string(plan).unwrap_or_default()
}

/// Converts the planner to its row.
pub(super) fn planner(by: &DistributionPlanner) -> String {
    serde_json::to_string(by).unwrap_or_default()
}

/// Rejects invalid plans.
pub(crate) fn check_plan(plan: &DistributionPlan) -> Result<(), ApiError> {
    if plan.groups.len() > MAX_GROUPS {
        return Err(ApiError::field("plan.groups", "that’s more than 200 groups", "choose fewer"));
    }
    if plan.texts.len() > MAX_TEXTS {
        return Err(ApiError::field("plan.texts", "that’s more than 60 texts", "leave some out"));
    }
    for (at, text) in plan.texts.iter().enumerate() {
        let field = format!("plan.texts[{at}]");
        if text.text.len() > MAX_TEXT_BYTES {
            return Err(ApiError::field(&field, "this text is too long", "shorten it to 4,000 bytes"));
        }
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if text.locale.is_empty() || text.locale.len() > 20 || !text.locale.chars().all(is_part) {
            let message = format!("“{}” isn’t a locale", one_line(&text.locale, 20));
            return Err(ApiError::field(&field, message, "use one such as en-US"));
        }
        if plan.texts.iter().take(at).any(|before| before.locale == text.locale) {
            let message = format!("there are two texts for {}", text.locale);
            return Err(ApiError::field(&field, message, "remove one of them"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::WhatToTest;

    #[test]
    fn a_plan_that_can_not_be_one_is_refused_at_its_field() {
        let with = |locales: &[&str]| DistributionPlan {
            texts: locales
                .iter()
                .map(|locale| WhatToTest { locale: (*locale).to_owned(), text: "Try it.".to_owned() })
                .collect(),
            ..DistributionPlan::default()
        };
        assert_eq!(check_plan(&with(&["en-US", "sv", "zh-Hans"])), Ok(()));
        for (plan, field) in [
            (with(&["en-US", "en-US"]), "plan.texts[1]"),
            (with(&["en US"]), "plan.texts[0]"),
            (with(&[""]), "plan.texts[0]"),
            (DistributionPlan { groups: vec![String::new(); 201], ..with(&[]) }, "plan.groups"),
        ] {
            assert_eq!(check_plan(&plan).unwrap_err().field.as_deref(), Some(field));
        }
    }
}
