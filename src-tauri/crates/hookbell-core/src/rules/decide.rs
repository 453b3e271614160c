//! Which rules apply to an event, and why the others don't.

use minijinja::value::{Serde, Value};

use super::{
    Facts, Rule,
    template::{Condition, TemplateError},
};

/// A rule with its condition compiled, for fast decisions.
#[derive(Debug)]
pub struct CompiledRule {
    rule: Rule,
    condition: Option<Condition>,
}

/// Why a rule doesn't apply to an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mismatch {
    /// The rule is turned off.
    Disabled,
    /// An earlier rule, given by its index, stopped processing of this event.
    Stopped(usize),
    /// The event is of another type.
    Type,
    /// It is about another app.
    App,
    /// It changed to another state.
    State,
    /// It has another importance.
    Importance,
    /// It was fetched too late.
    Late,
    /// The condition is false.
    Condition,
    /// The condition failed.
    Failed(TemplateError),
}

/// The decision on one rule: it applies, or why it doesn't.
pub type Decision = Result<(), Mismatch>;

impl CompiledRule {
    /// Compiles the rule's condition. [`super::check`] checks the rest of the rule.
    ///
    /// # Errors
    /// [`TemplateError`] for the condition.
    pub fn new(rule: Rule) -> Result<Self, TemplateError> {
        let expression = rule.when.condition.trim();
        if expression.is_empty() {
            return Ok(Self { rule, condition: None });
        }
        let condition = Condition::read(expression)?;
        condition.check(expression)?;
        Ok(Self { rule, condition: Some(condition) })
    }

    /// The document.
    #[must_use]
    pub fn rule(&self) -> &Rule {
        &self.rule
    }

    fn applies(&self, facts: &Facts, value: &Value) -> Decision {
        let when = &self.rule.when;
        let event = &facts.event;
        let any_or = |list: &[String], word: &Option<String>| {
            list.is_empty() || word.as_ref().is_some_and(|word| list.contains(word))
        };
        if !self.rule.enabled {
            return Err(Mismatch::Disabled);
        }
        if !any_or(&when.types, &event.event_type) {
            return Err(Mismatch::Type);
        }
        let app = facts.app.id.as_deref();
        if !when.apps.is_empty() && !when.apps.iter().any(|one| Some(one.as_str()) == app) {
            return Err(Mismatch::App);
        }
        if !any_or(&when.states, &event.to) {
            return Err(Mismatch::State);
        }
        if !when.importance.is_empty() && !when.importance.iter().any(|one| one.as_str() == event.importance) {
            return Err(Mismatch::Importance);
        }
        if event.late && when.late == Some(false) {
            return Err(Mismatch::Late);
        }
        match &self.condition {
            None => Ok(()),
            Some(condition) => match condition.holds(value, when.condition.trim()) {
                Ok(true) => Ok(()),
                Ok(false) => Err(Mismatch::Condition),
                Err(error) => Err(Mismatch::Failed(error)),
            },
        }
    }
}

/// Decides on each rule, in order.
#[must_use]
pub fn decide(rules: &[CompiledRule], facts: &Facts) -> Vec<Decision> {
    let value = Value::from(Serde(facts));
    let mut stopped_by = None;
    rules
        .iter()
        .enumerate()
        .map(|(at, rule)| {
            let decision = match stopped_by {
                Some(earlier) if rule.rule.enabled => Err(Mismatch::Stopped(earlier)),
                _ => rule.applies(facts, &value),
            };
            if decision.is_ok() && rule.rule.stop {
                stopped_by = Some(at);
            }
            decision
        })
        .collect()
}
