//! The document that a rule is: what `hookbell rules export` writes and the window's form shows.
//!
//! A field that nobody knows is refused, so that a slip in a file doesn't make a rule that does something else.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{AppId, vocabulary, words::Importance};

/// The longest name of a rule, in characters.
pub const MAX_RULE_NAME_CHARS: usize = 100;

/// The most actions of one rule.
pub const MAX_ACTIONS: usize = 10;

/// When something happens, then do something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Rule {
    /// For people, one line.
    pub name: String,
    /// Whether it is applied at all.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Which events it is for.
    #[serde(default)]
    pub when: When,
    /// What it does with them, in this order.
    pub then: Vec<Action>,
    /// Whether the rules after this one are left out for its events.
    #[serde(default)]
    pub stop: bool,
}

/// Which events a rule is for: those for which each part that says something holds.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
pub struct When {
    /// Event types in the spelling of subscriptions, such as `BUILD_UPLOAD_STATE_UPDATED`; empty for any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<Vec<String>>"))]
    pub types: Vec<String>,
    /// Apps by their id in App Store Connect; empty for any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<Vec<String>>"))]
    pub apps: Vec<AppId>,
    /// States after the event in App Store Connect's spelling, such as `REJECTED`; empty for any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<Vec<String>>"))]
    pub states: Vec<String>,
    /// What the event means; empty for any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<Vec<Importance>>"))]
    pub importance: Vec<Importance>,
    /// An expression that must be true; empty for always.
    #[serde(rename = "if", skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<String>"))]
    pub condition: String,
    /// Whether it acts on events that were fetched more than an hour after they happened. Without a word, each action
    /// decides: a command is not run, everything else is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late: Option<bool>,
}

/// Something that a rule does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Action {
    /// Shows a notification, in place of the one that the settings ask for.
    Notify(Notify),
    /// Shows no notification.
    Silence(Silence),
    /// Takes the event out of the inbox.
    Archive(Archive),
    /// Notifies later, unless the event was read by then.
    Remind(Remind),
    /// Runs a command.
    Run(RunCommand),
    /// Sends the event over HTTP.
    Forward(Forward),
    /// Gives the build that the event is about to testers.
    Distribute(Distribute),
}

/// A notification in other words. What is left out is as usual.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
pub struct Notify {
    /// A template of one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A template.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// A template of the address that a click opens: `hookbell://` or `https://`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Whether its notification plays a sound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sound: Option<bool>,
    /// Whether it is shown in quiet hours and pauses too.
    pub break_through_quiet_hours: bool,
}

/// No notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Silence {}

/// Out of the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Archive {}

/// A notification later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
pub struct Remind {
    /// How many minutes after the event arrived, 1 to 43,200 (30 days).
    pub after_minutes: u32,
    /// A template of one line; as usual without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A template; as usual without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

/// A command, run without a shell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
pub struct RunCommand {
    /// The program and its arguments. Each argument is a template; none is split.
    pub command: Vec<String>,
    /// The folder to run in, an absolute path; the person's home without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cwd: Option<String>,
    /// After so many seconds it is ended with all that it started, 1 to 3,600.
    #[serde(default = "default_timeout_seconds")]
    pub timeout_seconds: u32,
}

/// The event, sent over HTTP.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
pub struct Forward {
    /// In which form.
    #[serde(rename = "as")]
    pub format: ForwardFormat,
    /// Where to: https, or http towards loopback. Without it, [`Self::destination`] says where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The name under which an address that is a secret, as those of chats are, is kept in the keychain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destination: Option<String>,
    /// A template of the message, or of the whole body where the form is `template`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Headers besides those of the form; the values are templates.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<BTreeMap<String, String>>"))]
    pub headers: BTreeMap<String, String>,
    /// Whether the address may lie in a private network.
    #[serde(default)]
    pub allow_private_network: bool,
}

/// A plan for the build that the event is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
pub struct Distribute {
    /// The names or ids of the groups that get it.
    pub groups: Vec<String>,
    /// A template of the text for testers; it stays as it is without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what_to_test: Option<String>,
    /// The text's locale, such as `en-US`; without it, the first one that the build has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// Whether it is submitted to Beta App Review.
    #[serde(default)]
    pub submit: bool,
    /// Whether testers are notified once they can have it.
    #[serde(default)]
    pub notify: bool,
}

vocabulary!(
    /// In which form an event is sent on.
    ForwardFormat, "a form of forwarding" {
        /// The body and App Store Connect's headers, byte for byte.
        Raw = "raw",
        /// The body, signed anew with a secret from the keychain.
        Signed = "signed",
        /// A message for a Slack incoming webhook.
        Slack = "slack",
        /// An adaptive card for a Microsoft Teams workflow.
        Teams = "teams",
        /// A message for a Discord webhook.
        Discord = "discord",
        /// A message for an ntfy topic.
        Ntfy = "ntfy",
        /// Whatever the template says.
        Template = "template",
    }
);

impl Action {
    /// The word for machines: the action's name in the document.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Notify(_) => "notify",
            Self::Silence(_) => "silence",
            Self::Archive(_) => "archive",
            Self::Remind(_) => "remind",
            Self::Run(_) => "run",
            Self::Forward(_) => "forward",
            Self::Distribute(_) => "distribute",
        }
    }

    /// Whether it is done for events that were fetched late, where the rule doesn't say.
    #[must_use]
    pub fn acts_late(&self) -> bool {
        !matches!(self, Self::Run(_))
    }

    /// Its templates, each with the field that it is in: `notify.title`.
    #[must_use]
    pub fn templates(&self) -> Vec<(String, &str)> {
        let fields: Vec<(String, &str)> = match self {
            Self::Notify(Notify { title, body, link, .. }) => some([("title", title), ("body", body), ("link", link)]),
            Self::Remind(Remind { title, body, .. }) => some([("title", title), ("body", body)]),
            Self::Run(run) => {
                run.command.iter().enumerate().map(|(at, text)| (format!("command[{at}]"), text.as_str())).collect()
            }
            Self::Forward(forward) => {
                let headers = forward.headers.iter().map(|(name, value)| (format!("headers.{name}"), value.as_str()));
                some([("text", &forward.text)]).into_iter().chain(headers).collect()
            }
            Self::Distribute(distribute) => some([("whatToTest", &distribute.what_to_test)]),
            Self::Silence(_) | Self::Archive(_) => Vec::new(),
        };
        fields.into_iter().map(|(field, text)| (format!("{}.{field}", self.name()), text)).collect()
    }
}

fn some<'a, const N: usize>(fields: [(&str, &'a Option<String>); N]) -> Vec<(String, &'a str)> {
    fields.into_iter().filter_map(|(field, text)| Some((field.to_owned(), text.as_deref()?))).collect()
}

fn yes() -> bool {
    true
}

fn default_timeout_seconds() -> u32 {
    60
}
