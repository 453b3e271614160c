//! Rules for the window and the command line. The document itself is defined in core.

use hookbell_core::rules::Rule;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{GivenSecret, Run};

/// A rule in the list.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListedRule {
    /// Its number, never reused.
    pub id: i64,
    /// The document.
    pub rule: Rule,
    /// Whether it was imported with a command in it, and nobody has enabled it here.
    pub needs_review: bool,
    /// Why Hookbell disabled it, why its condition failed, or why it can't be read, in a sentence.
    pub trouble: Option<String>,
    /// When it was last changed, RFC 3339 in UTC.
    pub changed_at: String,
    /// The newest run of any of its actions, without its output.
    pub last_run: Option<Run>,
    /// How many of its runs failed or were given up and haven't been retried since.
    pub failed_runs: u32,
}

/// A rule to save.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveRuleRequest {
    /// The rule to change; omit for a new one, which is added at the end.
    pub id: Option<i64>,
    /// The document.
    pub rule: Rule,
}

/// A rule to enable or disable. Enabling one that needs a review counts as the review.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EnableRuleRequest {
    /// As in [`ListedRule::id`].
    pub id: i64,
    /// Enable or disable it.
    pub enabled: bool,
}

/// A rule to move.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MoveRuleRequest {
    /// As in [`ListedRule::id`].
    pub id: i64,
    /// The rule to move it before; omit for the end.
    pub before: Option<i64>,
}

/// Which rule a command is for.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RuleRequest {
    /// As in [`ListedRule::id`].
    pub id: i64,
}

/// Rules from a file.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportRulesRequest {
    /// JSON: a rule, or an array of rules; at most 1 MiB.
    pub text: String,
}

/// Rules to export.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportRulesRequest {
    /// As in [`ListedRule::id`].
    pub ids: Vec<i64>,
}

/// Rules in the form of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportRulesReply {
    /// Pretty-printed JSON: an object for one rule, otherwise an array.
    pub text: String,
}

/// The choices in a rule's form.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RuleChoices {
    /// The known apps, by name.
    pub apps: Vec<RuleApp>,
    /// All event types.
    pub types: Vec<NamedWord>,
    /// All states that an event can lead to.
    pub states: Vec<NamedWord>,
    /// The names available in conditions and templates.
    pub names: Vec<RuleName>,
    /// Rules to start from.
    pub ready_made: Vec<ReadyMadeRule>,
    /// The addresses in the keychain.
    pub destinations: Vec<Destination>,
}

/// An app that a rule can be for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RuleApp {
    /// Its id in App Store Connect.
    pub id: String,
    /// Its name in App Store Connect.
    pub name: String,
}

/// One of App Store Connect's constants and its label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NamedWord {
    /// In App Store Connect's spelling: `REJECTED`.
    pub name: String,
    /// In words: "Rejected".
    pub label: String,
}

/// A name that conditions and templates can use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RuleName {
    /// How to write it: `build.number`.
    pub path: String,
    /// What it means.
    pub meaning: String,
    /// An example value.
    pub example: String,
}

/// A rule to start from.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReadyMadeRule {
    /// Lower-case words with hyphens.
    pub id: String,
    /// What it does, in a few words.
    pub title: String,
    /// What it does, and what to change before using it.
    pub summary: String,
    /// The document.
    pub rule: Rule,
}

/// A secret address, stored in the keychain under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Destination {
    /// The name that rules refer to.
    pub name: String,
    /// The host of its address.
    pub host: String,
}

/// An address to store in the keychain, replacing one of the same name.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveDestinationRequest {
    /// 1 to 100 characters on one line.
    pub name: String,
    /// The URL, a secret: https, or http on this computer.
    #[ts(type = "string")]
    pub url: GivenSecret,
    /// The secret to sign with, if a rule forwards events signed.
    #[ts(type = "string | null")]
    pub secret: Option<GivenSecret>,
}

/// Which destination a command is for.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DestinationRequest {
    /// As in [`Destination::name`].
    pub name: String,
}

/// A rule to compare with stored events. Nothing is done.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PreviewRuleRequest {
    /// The document. It need not be saved, and is treated as enabled.
    pub rule: Rule,
    /// The saved rule whose position it takes; omit for the end.
    pub id: Option<i64>,
    /// How many days of events to compare, 1 to 365; at most the newest 10,000 events.
    pub days: u32,
    /// This event only, however old it is.
    pub seq: Option<i64>,
    /// The most events to return, 1 to 200.
    pub limit: u32,
}

/// What a rule would have done.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RulePreview {
    /// The events it applies to.
    pub matches: u32,
    /// The number of events it was tested against.
    pub compared: u32,
    /// The newest events it applies to; with `seq`, that event, whether it applies or not.
    pub events: Vec<PreviewedEvent>,
    /// Why it doesn't apply to the others, most frequent reason first.
    pub others: Vec<OtherEvents>,
    /// What is wrong with the rule; then nothing was tested.
    pub error: Option<RuleFault>,
}

/// Events that a rule doesn't match for the same reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OtherEvents {
    /// Why, as it follows their number in a sentence: "has a different type", of several "have a different type".
    pub reason: String,
    /// How many.
    pub count: u32,
}

/// What is wrong with a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RuleFault {
    /// The field's path in the document: `then[0].notify.title`.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

/// An event that was compared with a rule.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PreviewedEvent {
    /// Its number.
    pub seq: i64,
    /// What happened.
    pub title: String,
    /// The app's name.
    pub app: Option<String>,
    /// When it arrived, RFC 3339 in UTC.
    pub received_at: String,
    /// Whether the rule applies to it.
    pub matches: bool,
    /// Why it doesn't, in a sentence.
    pub reason: Option<String>,
    /// What each action would do.
    pub sends: Vec<Sends>,
}

/// What an action would do with an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Sends {
    /// The action's name in the document: `notify`.
    pub action: String,
    /// Its name for people: "Slack".
    pub label: String,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// The text, the command line, or what happens.
    pub text: String,
    /// Whether it includes the tester's screenshots.
    pub with_screenshots: bool,
    /// Why it would fail.
    pub error: Option<String>,
    /// Why it would be skipped, in a sentence: the event came late, or has no payload.
    pub not_done: Option<String>,
}

/// A rule to try now.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TryRuleRequest {
    /// The document. It need not be saved.
    pub rule: Rule,
    /// The event to try it on, whether it applies to it or not.
    pub seq: i64,
}

/// Which event to explain.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventRulesRequest {
    /// Its number.
    pub seq: i64,
}

/// Why an event was announced or not.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventRules {
    /// Each current rule, compared with the event.
    pub rules: Vec<ComparedRule>,
    /// What decided about its notification, as a sentence.
    pub told: String,
    /// What rules did about it, newest first.
    pub runs: Vec<Run>,
}

/// A rule that was compared with an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ComparedRule {
    /// As in [`ListedRule::id`].
    pub id: i64,
    /// As in [`Rule::name`].
    pub name: String,
    /// Whether it applies.
    pub applied: bool,
    /// Why it doesn't, in a sentence.
    pub reason: Option<String>,
}
