//! Events as the window shows them.

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

/// What events can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventChoices {
    /// The apps that are known here, by name.
    pub apps: Vec<KnownApp>,
    /// The accounts, the oldest first.
    pub accounts: Vec<NamedThing>,
    /// Every type of event, and the states that it can change to.
    pub types: Vec<TypeChoice>,
}

/// A type of event to filter by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TypeChoice {
    /// As it is subscribed to, such as `BUILD_UPLOAD_STATE_UPDATED`.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// "App version status".
    pub label: String,
    /// Its states in the order in which a thing usually goes through them.
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

/// An app that is known here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KnownApp {
    /// Its id in App Store Connect.
    pub id: String,
    /// As App Store Connect shows it.
    pub name: String,
    /// What it is drawn as.
    pub icon: AppIcon,
}

/// A page of the inbox, newest first.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventsReply {
    /// Those that match the request, at most `limit` of them.
    pub events: Vec<EventRow>,
    /// The cursor of the next page; none at the end.
    pub next: Option<i64>,
    /// How many events of the whole inbox are unread.
    pub unread: u64,
}

/// One line of the inbox.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventRow {
    /// The event's number in the order of arrival.
    pub seq: i64,
    /// Apple's id, or the digest of a body without one.
    pub id: String,
    /// What sort of thing it is about.
    pub kind: EventKind,
    /// What it means.
    pub importance: Importance,
    /// What happened, without the app.
    pub title: String,
    /// Where: the version and the build once they are known, else the webhook's name. It begins with the app where
    /// Hookbell knows of several.
    pub subtitle: String,
    /// The app: the one that App Store Connect names, or else the webhook's.
    pub app: Option<KnownApp>,
    /// When it first arrived, RFC 3339 in UTC.
    pub received_at: String,
    /// How it came first: one that Apple could not deliver was fetched.
    pub source: Source,
    /// Whether the person has opened it, or marked it as read.
    pub read: bool,
    /// Whether it was taken out of the inbox.
    pub archived: bool,
}

/// Which event a command is for.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventRequest {
    /// Its number.
    pub seq: i64,
}

/// All there is to know about one event.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventDetail {
    /// Its line in the inbox.
    pub event: EventRow,
    /// "App version", "Crash feedback".
    pub kind_label: String,
    /// What happened as a sentence without the app and the full stop: "Version 3.2 was rejected".
    pub headline: String,
    /// What happened and what to do, in a sentence.
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
    /// The name of the webhook it came through.
    pub webhook: String,
    /// The id of that webhook.
    pub webhook_id: String,
    /// The name of the account that the webhook is managed with, if it is still here.
    pub account: Option<String>,
    /// The address of the page in App Store Connect; `openEventPage` opens it.
    pub page: Option<String>,
    /// The states that a version, build or upload has been in, the earliest first; empty for everything else.
    pub track: Vec<TrackStep>,
    /// The state that it is on its way to, in words; none once it was there, or if that can't be told.
    pub next_state: Option<String>,
    /// Every time it arrived, first to last.
    pub arrivals: Vec<Arrival>,
    /// What Apple sent; none for Hookbell's own news, which nobody sent.
    pub payload: Option<Payload>,
    /// What App Store Connect says about it, once that is known.
    pub details: Option<EventDetails>,
    /// Whether its details are still to be read.
    pub enriching: bool,
}

/// A state that a version, build or upload has been in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrackStep {
    /// The state in words. Earlier rounds are one step: "Round 1, Rejected".
    pub state: String,
    /// What the state means.
    pub importance: Importance,
    /// When it began, RFC 3339 in UTC; none if that was before anything is known.
    pub from: Option<String>,
    /// When it ended, RFC 3339 in UTC; none while it lasts.
    pub to: Option<String>,
    /// Whether it is the state that the event is about.
    pub here: bool,
}

/// What App Store Connect says about an event. What is not known is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields)]
pub struct EventDetails {
    /// The app it happened to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app: Option<NamedThing>,
    /// The version as people see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The build number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub build: Option<String>,
    /// The platform: "iOS".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// The state it is in by now, in words; it may have gone on since the event.
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
    /// The device as people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// The asset pack's identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asset_pack: Option<String>,
    /// Apple's words for why it failed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>")]
    pub errors: Vec<String>,
    /// Apple's words for what to fix before the next one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>")]
    pub warnings: Vec<String>,
    /// What else Apple says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>")]
    pub infos: Vec<String>,
    /// What Hookbell's own news are made of, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<NewsFact>>")]
    pub facts: Vec<NewsFact>,
    /// When and as which build testers can no longer use it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiry: Option<BuildExpiry>,
    /// The feedback it is about, by its id: `#/feedback/ID`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback: Option<String>,
    /// Why nothing more is known: it was deleted, or the key may not see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
}

/// One line of Hookbell's own news: "Usually", "22 h".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NewsFact {
    /// Such as "Last failure".
    pub label: String,
    /// At most 200 characters on one line.
    pub value: String,
}

/// When a build expires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BuildExpiry {
    /// The build's id in App Store Connect, which need not be that of its beta details.
    pub build: String,
    /// When, RFC 3339 in UTC.
    pub at: String,
}

/// Something with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NamedThing {
    /// Its id in App Store Connect.
    pub id: String,
    /// As App Store Connect shows it.
    pub name: String,
}

/// A resource of App Store Connect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InstanceRef {
    /// Its type, for instance `appStoreVersions`.
    #[serde(rename = "type")]
    pub kind: String,
    /// App Store Connect's id of the resource.
    pub id: String,
    /// What it is: "Version", "Build upload".
    pub label: String,
}

/// One time an event arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Arrival {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// Whether it was delivered, redelivered or fetched.
    pub source: Source,
    /// Milliseconds after Apple's timestamp, where the event has one.
    pub delay_ms: Option<i64>,
}

/// A body as the window shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Payload {
    /// Pretty-printed if it is JSON, as it came if not; what is no UTF-8 is shown as U+FFFD.
    pub text: String,
    /// As it came.
    pub raw: String,
    /// Whether the body could be parsed, and `text` is pretty-printed.
    pub is_json: bool,
    /// The length of the body in bytes.
    pub bytes: u64,
    /// Whether only the beginning is here. Copying copies all of it.
    pub cut: bool,
}

/// Events to mark.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MarkReadRequest {
    /// Their numbers.
    pub seqs: Vec<i64>,
    /// Read, or unread again.
    pub read: bool,
}

/// The events that were marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MarkedEvents {
    /// Their numbers: those that were unread, so that it can be undone.
    pub seqs: Vec<i64>,
}

/// Events to archive.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ArchiveRequest {
    /// Their numbers.
    pub seqs: Vec<i64>,
    /// Away, or back into the inbox.
    pub archived: bool,
}
