//! Rules: when something happens, then do something.
//!
//! A rule is a document ([`Rule`]): lists and an expression say when, actions say then. [`CompiledRule`] is a rule
//! whose expression was read; [`decide`] says which of several rules apply to an event, and why the others don't.
//! Templates see the [`Facts`] of the event and nothing else: no secret, no file, no environment.
//!
//! Expressions and templates are minijinja's, which is Jinja2 without Python. A name that doesn't exist is an error, so
//! that a slip is found when the rule is made. Fuel bounds the time and the memory that one of them takes: whoever
//! imports a rule trusts it no further than that.

mod check;
mod decide;
mod document;
mod facts;
mod names;
mod ready_made;
mod template;

pub use self::{
    check::{MAX_COMMAND_PARTS, MAX_GROUPS, MAX_REMINDER_MINUTES, MAX_RUN_SECONDS, RuleError, check},
    decide::{CompiledRule, Decision, Mismatch, decide},
    document::{
        Action, Archive, Distribute, Forward, ForwardFormat, MAX_ACTIONS, MAX_RULE_NAME_CHARS, Notify, Remind, Rule,
        RunCommand, Silence, When,
    },
    facts::{AppFacts, BuildFacts, EventFacts, Facts, FeedbackFacts, LinkFacts, VersionFacts, WebhookFacts},
    names::{NAMES, Name},
    ready_made::{ReadyMade, ready_made},
    template::{MAX_FUEL, MAX_OUTPUT_BYTES, MAX_TEMPLATE_BYTES, TemplateError, render},
};
