//! An event as Apple sends it, read from the raw body.
//!
//! Reading never fails, so that a body with a valid signature is never lost: anything missing, null or of another type
//! counts as unknown, and even a body that isn't JSON is an [`Event`]. The raw bytes stay authoritative; this is a
//! projection of them.

mod event_kind;
mod event_type;
mod read;

pub use self::{
    event_kind::{EventKind, FeedbackKind},
    event_type::EventType,
};

use jiff::Timestamp;
use serde::Serialize;

use crate::{AppId, EventId, ReceivedDelivery};

/// What Hookbell understands of one body.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Apple's `data.id`, or if it is missing `sha256:` and the body's digest, so that the same bytes are still
    /// recognised as the same event.
    pub id: EventId,
    /// Apple's `data.type` as written, for instance `buildUploadStateUpdated`. Also `None` for the names of Hookbell's
    /// own types, which Apple doesn't send.
    pub type_name: Option<String>,
    /// The type, if it is known.
    pub event_type: Option<EventType>,
    /// The resource it is about.
    pub instance: Option<Instance>,
    /// The state before, in Apple's spelling.
    pub from: Option<String>,
    /// The state after, in Apple's spelling.
    pub to: Option<String>,
    /// When it happened, if Apple's timestamp can be parsed.
    pub timestamp: Option<Timestamp>,
    /// The timestamp as Apple wrote it.
    pub timestamp_text: Option<String>,
    /// The app, which only alternative distribution events name.
    pub app: Option<AppId>,
    /// The marketplace's app, in alternative distribution events.
    pub marketplace_app: Option<AppId>,
    /// Whether something became available (alternative distribution).
    pub available: Option<bool>,
    /// ISO 3166 alpha-3 codes (alternative distribution). Elements that aren't strings are left out.
    pub territories: Vec<String>,
    /// Attributes that no field above holds, as Apple sent them: unknown ones, and known ones with an unexpected type.
    pub other_attributes: serde_json::Map<String, serde_json::Value>,
    /// What kind of body it is.
    pub shape: Shape,
}

/// The resource an event is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Instance {
    /// The resource type, for instance `appStoreVersions`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The resource's id.
    pub id: String,
}

/// How closely a body follows Apple's documentation. A byte order mark before the JSON is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A JSON object with `data.type`.
    Event,
    /// JSON, but without a `data.type`.
    OtherJson,
    /// Not JSON, or JSON nested deeper than 128 levels, which no real body is.
    NotJson,
}

impl Event {
    /// Reads a body. Never fails: see the module's documentation.
    #[must_use]
    pub fn read(body: &[u8]) -> Self {
        read::event(body)
    }

    /// Reads a received delivery. As [`Event::read`], but a ping without an id gets one from the body and the time: the
    /// same bytes again are a second ping, because somebody pressed the button again.
    #[must_use]
    pub fn received(delivery: &ReceivedDelivery) -> Self {
        let event = Self::read(&delivery.body);
        if !event.is_unnamed_ping() {
            return event;
        }
        let bytes = [delivery.body.as_slice(), delivery.received_at.to_string().as_bytes()].concat();
        Self { id: read::digest_id(&bytes), ..event }
    }

    /// Whether it is a ping without an id.
    #[must_use]
    pub fn is_unnamed_ping(&self) -> bool {
        self.kind() == EventKind::Ping && self.id.as_str().starts_with(read::DIGEST)
    }

    /// What kind of thing it is about.
    #[must_use]
    pub fn kind(&self) -> EventKind {
        self.event_type.map_or(EventKind::Unknown, EventType::kind)
    }
}
