//! What is to happen, as whoever wants it says it.

use hookbell_core::EventType;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

/// What is to happen. This is the body of `POST /sim/events`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Emit {
    /// The subscription's spelling, or `PING`.
    pub event_type: String,
    /// The webhook it goes through, which must be on and subscribe to the type. `None`: every one of
    /// that kind.
    #[serde(default)]
    pub webhook_id: Option<String>,
    /// The app it happens to, where no webhook is named. `None`: each webhook's own.
    #[serde(default)]
    pub app_id: Option<String>,
    /// What it is about, by its id. `None`: one of the app's own, or new feedback.
    #[serde(default)]
    pub instance: Option<String>,
    /// The state that it leaves, for types that tell it. `None`: the one it has.
    #[serde(default)]
    pub from: Option<String>,
    /// The state that it comes to. `None`: the one that usually follows.
    #[serde(default)]
    pub to: Option<String>,
    /// Values of the body to change before it is signed, by JSON pointer, for instance
    /// `/data/attributes/newValue` to `REJECTED`.
    #[serde(default)]
    pub set: Map<String, Value>,
    /// How many times; each is an event of its own.
    #[serde(default = "one")]
    pub count: usize,
    /// Whether it is sent at all. If not, its deliveries are FAILED, as if the receiver had been asleep.
    #[serde(default = "yes")]
    pub deliver: bool,
    /// Whether to answer only when every delivery has ended.
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
    /// One event of a type, through every webhook that subscribes to it.
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

    /// The same through one webhook.
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
