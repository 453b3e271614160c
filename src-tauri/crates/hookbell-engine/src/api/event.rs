//! Events for the window.

use hookbell_core::{AppIcon, EventFilter, EventKind, EventType, words::Importance};
use hookbell_store::Source;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A page of events.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct EventsRequest {
    /// Which events.
    pub filter: EventFilter,
    /// The cursor: only events that arrived before this one.
    pub before: Option<i64>,
    /// At most this many, 1 to 500.
    pub limit: u32,
}

/// The values that events can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventChoices {
    /// The known apps, by name.
    pub apps: Vec<KnownApp>,
    /// The accounts, oldest first.
    pub accounts: Vec<NamedThing>,
    /// All event types, and the states that each can lead to.
    pub types: Vec<TypeChoice>,
}

/// An event type to filter by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TypeChoice {
    /// As in subscriptions, such as `BUILD_UPLOAD_STATE_UPDATED`.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// "App version status".
    pub label: String,
    /// Its states in their usual order.
    pub states: Vec<StateChoice>,
}

/// A state to filter by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StateChoice {
    /// In Apple's spelling.
    pub state: String,
    /// In words.
    pub label: String,
}

/// An app that at least one stored event or account names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KnownApp {
    /// Its id in App Store Connect.
    pub id: String,
    /// Its name in App Store Connect.
    pub name: String,
    /// The App Store icon, or what stands in for it.
    pub icon: AppIcon,
}

/// A page of the inbox, newest first.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventsReply {
    /// Those that match the request, at most `limit`.
    pub events: Vec<EventRow>,
    /// The cursor of the next page; null at the end.
    pub next: Option<i64>,
    /// How many events of the whole inbox are unread.
    pub unread: u64,
}

/// One row of the inbox.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventRow {
    /// The event's number, in order of arrival.
    pub seq: i64,
    /// Apple's id, or the digest of a body without one.
    pub id: String,
    /// What kind of thing it is about.
    pub kind: EventKind,
    /// What it means.
    pub importance: Importance,
    /// What happened, without the app.
    pub title: String,
    /// Where: the version and the build once known, otherwise the webhook's name. Begins with the app if several are
    /// known.
    pub subtitle: String,
    /// The app: the one in the event's details, otherwise the webhook's.
    pub app: Option<KnownApp>,
    /// When it first arrived, RFC 3339 in UTC.
    pub received_at: String,
    /// How it first arrived: events that Apple couldn't deliver were fetched.
    pub source: Source,
    /// Whether the person has opened it or marked it as read.
    pub read: bool,
    /// Whether it has left the inbox.
    pub archived: bool,
}

/// Which event a command is for.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventRequest {
    /// Its number.
    pub seq: i64,
}

/// Everything about one event.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventDetail {
    /// Its row in the inbox.
    pub event: EventRow,
    /// "App version", "Crash feedback".
    pub kind_label: String,
    /// What happened as a sentence without the app and the full stop: "Version 3.2 was rejected".
    pub headline: String,
    /// What happened and what to do, as a sentence.
    pub sentence: String,
    /// Apple's `data.type` as written.
    pub type_name: Option<String>,
    /// The state before, in words.
    pub before: Option<String>,
    /// The state after, in words.
    pub after: Option<String>,
    /// The resource it is about.
    pub instance: Option<InstanceRef>,
    /// When it happened by Apple's clock, RFC 3339 in UTC.
    pub happened_at: Option<String>,
    /// The name of the webhook it arrived through.
    pub webhook: String,
    /// The id of that webhook.
    pub webhook_id: String,
    /// The name of the account that manages the webhook, if it still exists here.
    pub account: Option<String>,
    /// The URL of the page in App Store Connect; `openEventPage` opens it.
    pub page: Option<String>,
    /// The states of the version, build or upload so far, earliest first; empty for everything else.
    pub track: Vec<TrackStep>,
    /// The state it is heading for, in words; null once reached, or if unknown.
    pub next_state: Option<String>,
    /// Every time it arrived, first to last.
    pub arrivals: Vec<Arrival>,
    /// What Apple sent; null for Hookbell's own news, which nobody sent.
    pub payload: Option<Payload>,
    /// What App Store Connect says about it, once known.
    pub details: Option<EventDetails>,
    /// Whether its details are still being read.
    pub enriching: bool,
}

/// A past or current state of a version, build or upload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrackStep {
    /// The state in words. Earlier rounds are folded into one step: "Round 1, Rejected".
    pub state: String,
    /// What the state means.
    pub importance: Importance,
    /// When it began, RFC 3339 in UTC; null if that was before our first event.
    pub from: Option<String>,
    /// When it ended, RFC 3339 in UTC; null while it lasts.
    pub to: Option<String>,
    /// Whether it is the state that the event is about.
    pub here: bool,
}

/// What App Store Connect says about an event. Unknown values are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields)]
pub struct EventDetails {
    /// The app it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app: Option<NamedThing>,
    /// The version that people see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The build number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub build: Option<String>,
    /// The platform: "iOS".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// Its current state in words; it may have changed since the event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The state for internal testers, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub internal_state: Option<String>,
    /// The tester's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tester: Option<String>,
    /// The tester's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// The device's marketing name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// The asset pack's identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asset_pack: Option<String>,
    /// Apple's reasons why it failed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>")]
    pub errors: Vec<String>,
    /// What Apple wants fixed next time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>")]
    pub warnings: Vec<String>,
    /// Apple's further remarks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>")]
    pub infos: Vec<String>,
    /// The facts behind Hookbell's own news, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<NewsFact>>")]
    pub facts: Vec<NewsFact>,
    /// When which build expires.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiry: Option<BuildExpiry>,
    /// The id of the feedback it is about: `#/feedback/ID`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback: Option<String>,
    /// Why nothing more is known: it was deleted, or the key has no access.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
}

/// One line in Hookbell's own news: "Usually", "22 h".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NewsFact {
    /// For example "Last failure".
    pub label: String,
    /// At most 200 characters, on one line.
    pub value: String,
}

/// When a build expires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BuildExpiry {
    /// The build's id in App Store Connect, which can differ from its beta details' id.
    pub build: String,
    /// When, RFC 3339 in UTC.
    pub at: String,
}

/// Something with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NamedThing {
    /// Its id in App Store Connect.
    pub id: String,
    /// Its name in App Store Connect.
    pub name: String,
}

/// A resource of App Store Connect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InstanceRef {
    /// Its type, for example `appStoreVersions`.
    #[serde(rename = "type")]
    pub kind: String,
    /// App Store Connect's id of the resource.
    pub id: String,
    /// What it is: "Version", "Build upload".
    pub label: String,
}

/// One arrival of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Arrival {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// Whether it was delivered, redelivered or fetched.
    pub source: Source,
    /// Milliseconds after Apple's timestamp, if the event has one.
    pub delay_ms: Option<i64>,
}

/// A body for the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Payload {
    /// Pretty-printed if it is JSON, otherwise verbatim; invalid UTF-8 is shown as U+FFFD.
    pub text: String,
    /// Verbatim.
    pub raw: String,
    /// Whether the body is JSON, and `text` is pretty-printed.
    pub is_json: bool,
    /// The length of the body in bytes.
    pub bytes: u64,
    /// Whether only the beginning is included. Copying copies all of it.
    pub cut: bool,
}

/// Events to mark.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MarkReadRequest {
    /// Their numbers.
    pub seqs: Vec<i64>,
    /// Mark them as read, or as unread.
    pub read: bool,
}

/// The events that were marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MarkedEvents {
    /// The numbers of those that were unread, so that this can be undone.
    pub seqs: Vec<i64>,
}

/// Events to archive.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ArchiveRequest {
    /// Their numbers.
    pub seqs: Vec<i64>,
    /// Archive them, or put them back into the inbox.
    pub archived: bool,
}
