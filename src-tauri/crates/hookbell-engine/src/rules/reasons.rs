//! Explains why a rule doesn't apply, to one event or to several.

use hookbell_core::rules::{CompiledRule, Mismatch};

/// For one event, as a sentence.
pub(super) fn of_one(mismatch: &Mismatch, rules: &[CompiledRule]) -> String {
    match mismatch {
        Mismatch::Disabled => "The rule is disabled.".to_owned(),
        Mismatch::Stopped(at) => format!("“{}” comes first and stops the rules after it.", name(rules, *at)),
        Mismatch::Type => "The event has a different type.".to_owned(),
        Mismatch::App => "The event is about a different app.".to_owned(),
        Mismatch::State => "The event is about a different state.".to_owned(),
        Mismatch::Importance => "The event has a different importance.".to_owned(),
        Mismatch::Late => "The event was fetched more than an hour after it happened.".to_owned(),
        Mismatch::Condition => "The condition is false.".to_owned(),
        Mismatch::Failed(error) => format!("The condition failed: {error}."),
    }
}

/// Of so many events, as the part of a sentence that follows their number: "has a different type", "have a different type".
pub(super) fn of_several(mismatch: &Mismatch, count: u32, rules: &[CompiledRule]) -> String {
    let verb = |of_one: &'static str, of_more: &'static str| if count == 1 { of_one } else { of_more };
    match mismatch {
        Mismatch::Disabled => "can’t match, because the rule is disabled".to_owned(),
        Mismatch::Stopped(at) => format!("{} stopped by “{}”", verb("is", "are"), name(rules, *at)),
        Mismatch::Type => format!("{} a different type", verb("has", "have")),
        Mismatch::App => format!("{} about a different app", verb("is", "are")),
        Mismatch::State => format!("{} about a different state", verb("is", "are")),
        Mismatch::Importance => format!("{} a different importance", verb("has", "have")),
        Mismatch::Late => format!("{} fetched late", verb("was", "were")),
        Mismatch::Condition => format!("{} meet the condition", verb("doesn’t", "don’t")),
        Mismatch::Failed(error) => format!("made the condition fail: {error}"),
    }
}

fn name(rules: &[CompiledRule], at: usize) -> &str {
    rules.get(at).map(|rule| rule.rule().name.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_event_has_a_verb_of_its_own() {
        for (mismatch, one, several) in [
            (Mismatch::Type, "has a different type", "have a different type"),
            (Mismatch::App, "is about a different app", "are about a different app"),
            (Mismatch::State, "is about a different state", "are about a different state"),
            (Mismatch::Late, "was fetched late", "were fetched late"),
            (Mismatch::Condition, "doesn’t meet the condition", "don’t meet the condition"),
        ] {
            assert_eq!(of_several(&mismatch, 1, &[]), one);
            assert_eq!(of_several(&mismatch, 2, &[]), several);
        }
    }
}
