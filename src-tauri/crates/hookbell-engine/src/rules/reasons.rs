//! Why a rule doesn't apply to an event, in words: of one event, and of several.

use hookbell_core::rules::{CompiledRule, Mismatch};

/// Of one event, a sentence.
pub(super) fn of_one(mismatch: &Mismatch, rules: &[CompiledRule]) -> String {
    match mismatch {
        Mismatch::Disabled => "The rule is off.".to_owned(),
        Mismatch::Stopped(at) => format!("“{}” comes first and stops the rules after it.", name(rules, *at)),
        Mismatch::Type => "The event has another type.".to_owned(),
        Mismatch::App => "The event is about another app.".to_owned(),
        Mismatch::State => "The event leads to another state.".to_owned(),
        Mismatch::Importance => "The event has another importance.".to_owned(),
        Mismatch::Late => "The event was fetched more than an hour after it happened.".to_owned(),
        Mismatch::Condition => "The condition is false.".to_owned(),
        Mismatch::Failed(error) => format!("The condition failed: {error}."),
    }
}

/// Of several events, as a part of a sentence: "have another type".
pub(super) fn of_several(mismatch: &Mismatch, rules: &[CompiledRule]) -> String {
    match mismatch {
        Mismatch::Disabled => "came while the rule is off".to_owned(),
        Mismatch::Stopped(at) => format!("are stopped by “{}”", name(rules, *at)),
        Mismatch::Type => "have another type".to_owned(),
        Mismatch::App => "are about another app".to_owned(),
        Mismatch::State => "lead to another state".to_owned(),
        Mismatch::Importance => "have another importance".to_owned(),
        Mismatch::Late => "were fetched late".to_owned(),
        Mismatch::Condition => "don’t meet the condition".to_owned(),
        Mismatch::Failed(error) => format!("made the condition fail: {error}"),
    }
}

fn name(rules: &[CompiledRule], at: usize) -> &str {
    rules.get(at).map(|rule| rule.rule().name.as_str()).unwrap_or_default()
}
