//! Rules: when something happens, then do something.
//!
//! A rule is a document ([`Rule`]): lists and an expression say when, actions say then. [`CompiledRule`] is a rule
//! whose expression is compiled; [`decide`] says which rules apply to an event, and why the others don't. Templates see
//! the [`Facts`] of the event and nothing else: no secret, no file, no environment.
//!
//! Expressions and templates use minijinja, which is Jinja2 without Python. An undefined name is an error, so that a
//! typo is found when the rule is created. Fuel limits the time and memory of each evaluation: importing a rule
//! requires no more trust than that.

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
        Action, Archive, Distribute, FileIssue, Forward, ForwardFormat, MAX_ACTIONS, MAX_RULE_NAME_CHARS, Notify,
        Remind, Rule, RunCommand, Silence, When,
    },
    facts::{AppFacts, BuildFacts, EventFacts, Facts, FeedbackFacts, LinkFacts, VersionFacts, WebhookFacts},
    names::{NAMES, Name},
    ready_made::{ReadyMade, ready_made},
    template::{MAX_FUEL, MAX_OUTPUT_BYTES, MAX_TEMPLATE_BYTES, TemplateError, render},
};
