//! Events as the window shows them.

use hookbell_core::{EventKind, words::Importance};
use hookbell_store::Source;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which events of the inbox to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Filter {
    /// Everything that is not archived.
    #[default]
    All,
    /// Not read yet.
    Unread,
    /// What asks for the developer.
    NeedsYou,
    /// What was archived.
    Archived,
}

/// A page of the inbox.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventsRequest {
    /// Which events.
    pub filter: Filter,
    /// Words to look for in title, sentence and payload; empty for no search.
    pub search: String,
    /// The cursor: only events that arrived before this one.
    pub before: Option<i64>,
    /// At most this many, 1 to 500.
    pub limit: u32,
}

/// A page of the inbox, newest first.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventsReply {
    /// The events.
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
    /// What happened.
    pub title: String,
    /// Where: the app and the build once they are known, else the webhook's name.
    pub subtitle: String,
    /// When it first arrived, RFC 3339 in UTC.
    pub received_at: String,
    /// How it came first: one that Apple could not deliver was fetched.
    pub source: Source,
    /// Whether it was read.
    pub read: bool,
    /// Whether it was archived.
    pub archived: bool,
}

/// One event.
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
    /// Every time it arrived, first to last.
    pub arrivals: Vec<Arrival>,
    /// What Apple sent.
    pub payload: Payload,
    /// What App Store Connect says about it, once that is known.
    pub details: Option<EventDetails>,
    /// Whether its details are still to be read.
    pub enriching: bool,
}

/// What App Store Connect says about an event. What is not known is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields)]
pub struct EventDetails {
    /// The app.
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
    /// The feedback it is about, by its id: `#/feedback/ID`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback: Option<String>,
    /// Why nothing more is known: it was deleted, or the key may not see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
}

/// Something with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NamedThing {
    /// Its id in App Store Connect.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A resource of App Store Connect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InstanceRef {
    /// Its type, for instance `appStoreVersions`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its id.
    pub id: String,
}

/// One time an event arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Arrival {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// How.
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
    /// Whether it is JSON.
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
