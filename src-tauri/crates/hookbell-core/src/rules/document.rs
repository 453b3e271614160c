//! A rule's document: what `hookbell rules export` writes and the window's form shows.
//!
//! Unknown fields are rejected, so that a typo in a file doesn't produce a rule that does something else.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{AppId, vocabulary, words::Importance};

/// The maximum length of a rule's name, in characters.
pub const MAX_RULE_NAME_CHARS: usize = 100;

/// The maximum number of actions per rule.
pub const MAX_ACTIONS: usize = 10;

/// When something happens, do something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Rule {
    /// Its name, one line.
    pub name: String,
    /// Whether it applies to events.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// The events it applies to.
    #[serde(default)]
    pub when: When,
    /// What it does with them, in order.
    pub then: Vec<Action>,
    /// Whether the rules after this one are skipped for its events.
    #[serde(default)]
    pub stop: bool,
}

/// The events a rule applies to: those that meet every condition that is set.
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
    /// New states in App Store Connect's spelling, such as `REJECTED`; empty for any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<Vec<String>>"))]
    pub states: Vec<String>,
    /// The event's importance; empty for any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<Vec<Importance>>"))]
    pub importance: Vec<Importance>,
    /// An expression that must be true; empty for none.
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
    /// Files the feedback that the event is about at a tracker.
    Issue(FileIssue),
}

/// A notification with different words. Fields that are left out use the defaults.
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
    /// A template for the URL that a click opens: `hookbell://` or `https://`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Whether its notification plays a sound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sound: Option<bool>,
    /// Whether it is shown even in quiet hours and pauses.
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

/// A later notification.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
pub struct Remind {
    /// How many minutes after the event arrived, 1 to 43,200 (30 days).
    pub after_minutes: u32,
    /// A template of one line; the default title if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A template; the default text if left out.
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
    /// The working directory, an absolute path; the home folder if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cwd: Option<String>,
    /// The time limit in seconds, 1 to 3,600; then it and everything it started is stopped.
    #[serde(default = "default_timeout_seconds")]
    pub timeout_seconds: u32,
}

/// The event, sent over HTTP.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
pub struct Forward {
    /// How the request is built.
    #[serde(rename = "as")]
    pub format: ForwardFormat,
    /// The URL: https, or http to loopback. If left out, [`Self::destination`] says where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The name of a secret address in the keychain, such as a chat's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destination: Option<String>,
    /// A template for the message, or for the whole body if the format is `template`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Additional headers; the values are templates.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<BTreeMap<String, String>>"))]
    pub headers: BTreeMap<String, String>,
    /// Whether the message includes the tester's screenshots, in chats that accept files.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "ts", ts(as = "Option<bool>"))]
    pub screenshots: bool,
    /// Whether the address may be in a private network.
    #[serde(default)]
    pub allow_private_network: bool,
}

/// A plan for the build that the event is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
pub struct Distribute {
    /// The names or ids of the groups that get the build.
    pub groups: Vec<String>,
    /// A template for the text for testers; without one, the text stays unchanged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what_to_test: Option<String>,
    /// The text's locale, such as `en-US`; the build's first one if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// Whether it is submitted to Beta App Review.
    #[serde(default)]
    pub submit: bool,
    /// Whether testers are notified once the build is available to them.
    #[serde(default)]
    pub notify: bool,
}

/// An issue in a tracker. Fields that are left out follow the tracker's settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
pub struct FileIssue {
    /// The tracker's name, key or number; `github`, `linear` or `jira` where it is the only one of that kind.
    pub tracker: String,
    /// A template of the title, on one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The names of the labels; empty for the tracker's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<Vec<String>>"))]
    pub labels: Vec<String>,
}

vocabulary!(
    /// The format in which an event is forwarded.
    ForwardFormat, "a form of forwarding" {
        /// The body and App Store Connect's headers, byte for byte.
        Raw = "raw",
        /// The body, signed again with a secret from the keychain.
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

impl ForwardFormat {
    /// Whether a message in this form can include screenshots. Slack's and Teams' webhooks accept no files, only the
    /// address of a publicly visible picture.
    #[must_use]
    pub fn takes_screenshots(self) -> bool {
        matches!(self, Self::Discord | Self::Ntfy)
    }
}

impl Action {
    /// The machine-readable name: the action's name in the document.
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
            Self::Issue(_) => "issue",
        }
    }

    /// Whether it runs for events that were fetched late, if the rule doesn't say.
    #[must_use]
    pub fn acts_late(&self) -> bool {
        !matches!(self, Self::Run(_))
    }

    /// Its templates, each with its field: `notify.title`.
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
            Self::Issue(issue) => some([("title", &issue.title)]),
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
