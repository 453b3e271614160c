//! Describes an event to emit.

use hookbell_core::EventType;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

/// An event to emit. The body of `POST /sim/events`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Emit {
    /// The type, spelled as in subscriptions, or `PING`.
    pub event_type: String,
    /// The webhook, which must be enabled and subscribe to the type. `None`: all such webhooks.
    #[serde(default)]
    pub webhook_id: Option<String>,
    /// The app, if no webhook is named. `None`: each webhook's app.
    #[serde(default)]
    pub app_id: Option<String>,
    /// The id of the event's subject. `None`: one of the app's, or new feedback.
    #[serde(default)]
    pub instance: Option<String>,
    /// The state before, for types that contain it. `None`: the current state.
    #[serde(default)]
    pub from: Option<String>,
    /// The state after. `None`: the one that usually follows.
    #[serde(default)]
    pub to: Option<String>,
    /// Values to change in the body before signing, by JSON pointer, such as `/data/attributes/newValue` to `REJECTED`.
    #[serde(default)]
    pub set: Map<String, Value>,
    /// How many events; each has its own id.
    #[serde(default = "one")]
    pub count: usize,
    /// Whether to send it at all. If not, its deliveries are FAILED, as if the receiver had been asleep.
    #[serde(default = "yes")]
    pub deliver: bool,
    /// Whether to answer only after all deliveries have ended.
    #[serde(default = "yes")]
    pub wait: bool,
    /// When it happened; now if `None`.
    #[serde(default)]
    pub at: Option<Timestamp>,
}

fn one() -> usize {
    1
}

fn yes() -> bool {
    true
}

impl Emit {
    /// One event of a type, to every webhook that subscribes to it.
    #[must_use]
    pub fn of(event_type: EventType) -> Self {
        Self {
            event_type: event_type.name().to_owned(),
            webhook_id: None,
            app_id: None,
            instance: None,
            from: None,
            to: None,
            set: Map::new(),
            count: 1,
            deliver: true,
            wait: true,
            at: None,
        }
    }

    /// The same to one webhook.
    #[must_use]
    pub fn through(mut self, webhook: impl Into<String>) -> Self {
        self.webhook_id = Some(webhook.into());
        self
    }

    /// The same with one value of the body changed.
    #[must_use]
    pub fn with(mut self, pointer: impl Into<String>, value: impl Into<Value>) -> Self {
        self.set.insert(pointer.into(), value.into());
        self
    }
}
