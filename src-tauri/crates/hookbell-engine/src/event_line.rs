//! One event as one line of JSON: the output contract of `hookbell listen` and `hookbell events`.

use hookbell_core::{EventType, Instance, words::Importance};
use hookbell_store::StoredEvent;
use serde::Serialize;
use ts_rs::TS;

use crate::api::EventDetails;

/// An event on one line. Unknown values are `null`.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventLine {
    /// Apple's id, or `sha256:` and the digest of a body without one.
    pub id: String,
    /// Apple's `data.type`.
    #[serde(rename = "type")]
    pub type_name: Option<String>,
    /// The spelling when subscribing, or the name of Hookbell's own type; `null` for the ping and for types not known
    /// yet.
    pub event_type: Option<&'static str>,
    /// The resource it is about.
    pub instance: Option<Instance>,
    /// The state before, in Apple's spelling.
    pub from: Option<String>,
    /// The state after, in Apple's spelling.
    pub to: Option<String>,
    /// When it happened, as Apple wrote it.
    pub timestamp: Option<String>,
    /// When it first arrived, RFC 3339 in UTC.
    pub received_at: String,
    /// What it means for the developer.
    pub importance: Importance,
    /// What happened.
    pub title: String,
    /// The same in a sentence.
    pub body: String,
    /// What App Store Connect says about it; left out while that is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(as = "Option<EventDetails>", optional)]
    pub details: Option<serde_json::Value>,
}

impl From<&StoredEvent> for EventLine {
    fn from(event: &StoredEvent) -> Self {
        let known = event.type_name.as_deref().and_then(EventType::from_wire_name);
        Self {
            id: event.id.to_string(),
            type_name: event.type_name.clone(),
            event_type: known.filter(|known| *known != EventType::WebhookPingCreated).map(EventType::name),
            instance: event.instance.clone(),
            from: event.from.clone(),
            to: event.to.clone(),
            timestamp: event.timestamp_text.clone(),
            received_at: event.received_at.to_string(),
            importance: event.importance,
            title: event.title.clone(),
            body: event.sentence.clone(),
            details: event.details.clone(),
        }
    }
}
