//! Events and delivery attempts, as the API's delivery log shows them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Resource;

/// An event, with the exact body that is sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Event {
    pub(crate) id: String,
    /// The type, spelled as in subscriptions; `None` for a ping.
    pub(crate) event_type: Option<String>,
    pub(crate) payload: String,
    pub(crate) created: Timestamp,
}

/// The state of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AttemptState {
    /// Answered with a 2xx.
    Succeeded,
    /// Answered with anything else, or not at all.
    Failed,
    /// Not answered yet.
    Pending,
}

impl AttemptState {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::Pending => "PENDING",
        }
    }
}

/// One attempt to deliver an event through a webhook.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Delivery {
    pub(crate) id: String,
    pub(crate) webhook: String,
    pub(crate) event: String,
    pub(crate) url: String,
    pub(crate) redelivery: bool,
    /// Whether it was redelivered. Possible only once: after that, its redelivery can be.
    #[serde(default)]
    pub(crate) sent_again: bool,
    pub(crate) created: Timestamp,
    pub(crate) sent: Option<Timestamp>,
    pub(crate) state: AttemptState,
    pub(crate) status: Option<u16>,
    pub(crate) response: Option<String>,
    pub(crate) error: Option<String>,
}

impl Event {
    pub(crate) fn resource(&self) -> Resource {
        let event = Resource::new("webhookEvents", &*self.id)
            .with("payload", &*self.payload)
            .with("ping", self.event_type.is_none())
            .with("createdDate", date(self.created));
        match &self.event_type {
            Some(event_type) => event.with("eventType", &**event_type),
            None => event,
        }
    }
}

impl Delivery {
    pub(crate) fn resource(&self) -> Resource {
        let mut delivery = Resource::new("webhookDeliveries", &*self.id)
            .with("createdDate", date(self.created))
            .with("deliveryState", self.state.name())
            .with("redelivery", self.redelivery)
            .with("request", json!({ "url": self.url }))
            .belonging("event", "webhookEvents", &self.event)
            .belonging("webhook", "webhooks", &self.webhook);
        if let Some(sent) = self.sent {
            delivery = delivery.with("sentDate", date(sent));
        }
        if let Some(error) = &self.error {
            delivery = delivery.with("errorMessage", &**error);
        }
        if let Some(status) = self.status {
            delivery = delivery.with("response", json!({ "httpStatusCode": status, "body": self.response }));
        }
        delivery
    }
}

/// A date in the API's format: UTC, to the millisecond.
pub(crate) fn date(time: Timestamp) -> Value {
    Value::String(format!("{time:.3}"))
}
