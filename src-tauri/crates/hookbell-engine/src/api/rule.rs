//! Rules as the window and the command line show them. The document itself is core's.

use hookbell_core::rules::Rule;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{GivenSecret, Run};

/// A rule in the list.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListedRule {
    /// Its number. It is never given twice.
    pub id: i64,
    /// The document.
    pub rule: Rule,
    /// It came from a file with a command in it, and nobody has enabled it here.
    pub needs_review: bool,
    /// Why Hookbell switched it off, why its condition failed, or why it can't be read, in a sentence.
    pub trouble: Option<String>,
    /// When it was last changed, RFC 3339 in UTC.
    pub changed_at: String,
    /// The newest run of any of its actions, without its output.
    pub last_run: Option<Run>,
    /// How many of its runs failed or were given up, and were not retried since.
    pub failed_runs: u32,
}

/// A rule to save.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveRuleRequest {
    /// The rule to change; none for a new one, which comes last.
    pub id: Option<i64>,
    /// The document.
    pub rule: Rule,
}

/// A rule to switch on or off. Enabling one that needs a review is the review.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EnableRuleRequest {
    /// As [`ListedRule::id`].
    pub id: i64,
    /// On or off.
    pub enabled: bool,
}

/// A rule to move.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MoveRuleRequest {
    /// As [`ListedRule::id`].
    pub id: i64,
    /// The rule that follows it from now on; none for the end.
    pub before: Option<i64>,
}

/// Which rule a command is for.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RuleRequest {
    /// As [`ListedRule::id`].
    pub id: i64,
}

/// Rules from a file.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportRulesRequest {
    /// JSON: a rule, or an array of rules; at most 1 MiB.
    pub text: String,
}

/// Rules for a file.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportRulesRequest {
    /// As [`ListedRule::id`].
    pub ids: Vec<i64>,
}

/// Rules as a file holds them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportRulesReply {
    /// Pretty-printed JSON: an object for one rule, otherwise an array.
    pub text: String,
}

/// What the form of a rule offers.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RuleChoices {
    /// The apps that are known here, by name.
    pub apps: Vec<RuleApp>,
    /// Every type of event.
    pub types: Vec<NamedWord>,
    /// Every state that an event can lead to.
    pub states: Vec<NamedWord>,
    /// The names that conditions and templates may use.
    pub names: Vec<RuleName>,
    /// Rules to begin from.
    pub ready_made: Vec<ReadyMadeRule>,
    /// The addresses in the keychain.
    pub destinations: Vec<Destination>,
}

/// An app that a rule can be for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RuleApp {
    /// Its id in App Store Connect.
    pub id: String,
    /// As App Store Connect shows it.
    pub name: String,
}

/// One of App Store Connect's constants and its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NamedWord {
    /// In App Store Connect's spelling: `REJECTED`.
    pub name: String,
    /// In words: "Rejected".
    pub label: String,
}

/// A name that conditions and templates may use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RuleName {
    /// As it is written: `build.number`.
    pub path: String,
    /// What it stands for.
    pub meaning: String,
    /// A value it could have.
    pub example: String,
}

/// A rule to begin from.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReadyMadeRule {
    /// Lower-case words with hyphens.
    pub id: String,
    /// What it does, in a few words.
    pub title: String,
    /// What it does, and what to change before it is used.
    pub summary: String,
    /// The document.
    pub rule: Rule,
}

/// An address that is a secret, kept in the keychain under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Destination {
    /// Rules name it by this.
    pub name: String,
    /// The host of its address.
    pub host: String,
}

/// An address to keep in the keychain. It replaces one of the same name.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveDestinationRequest {
    /// 1 to 100 characters on one line.
    pub name: String,
    /// The address, a secret: https, or http on this computer.
    #[ts(type = "string")]
    pub url: GivenSecret,
    /// What is signed with where a rule sends events signed.
    #[ts(type = "string | null")]
    pub secret: Option<GivenSecret>,
}

/// Which destination a command is for.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DestinationRequest {
    /// As [`Destination::name`].
    pub name: String,
}

/// A rule to compare with stored events. Nothing is done.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PreviewRuleRequest {
    /// The document. It need not be saved, and counts as enabled.
    pub rule: Rule,
    /// The saved rule whose place it has; none for the end.
    pub id: Option<i64>,
    /// Events of so many days, 1 to 365. Of many, the newest 10,000 are compared.
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
    /// The events that were compared with it.
    pub compared: u32,
    /// The newest events that it applies to; with `seq` that event, whether it applies or not.
    pub events: Vec<PreviewedEvent>,
    /// Why it doesn't apply to the others, the most frequent reason first.
    pub others: Vec<OtherEvents>,
    /// What is wrong with the rule; then nothing was compared.
    pub error: Option<RuleFault>,
}

/// Events to which a rule doesn't apply for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OtherEvents {
    /// Why, as it follows their number in a sentence: "has another type", of several "have another type".
    pub reason: String,
    /// How many.
    pub count: u32,
}

/// What is wrong with a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RuleFault {
    /// The field, as the document has it: `then[0].notify.title`.
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
    /// Why not, in a sentence.
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
    /// The same for people: "Slack".
    pub label: String,
    /// A title, where there is one.
    pub title: Option<String>,
    /// The text, the command line, or what happens.
    pub text: String,
    /// Why it would fail.
    pub error: Option<String>,
    /// Why it would not be done though nothing is wrong with it, in a sentence: the event came late, or has no payload.
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

/// Which event is asked about.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventRulesRequest {
    /// Its number.
    pub seq: i64,
}

/// Why an event was told, or not.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventRules {
    /// Each rule of today, compared with the event.
    pub rules: Vec<ComparedRule>,
    /// Who decided about its notification, in a sentence.
    pub told: String,
    /// What rules did about it, the newest first.
    pub runs: Vec<Run>,
}

/// A rule that was compared with an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ComparedRule {
    /// As [`ListedRule::id`].
    pub id: i64,
    /// As [`Rule::name`].
    pub name: String,
    /// Whether it applies.
    pub applied: bool,
    /// Why not, in a sentence.
    pub reason: Option<String>,
}
