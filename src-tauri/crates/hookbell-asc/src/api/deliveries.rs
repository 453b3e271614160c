//! Deliveries: Apple's log of what it sent to a webhook, with the outcome.
//!
//! The log covers ten days. The live API requires the date filter and has rejected its own `filter[deliveryState]`, so
//! we always send the date and filter by state here.

use std::collections::BTreeMap;

use hookbell_core::{AscWebhookId, DeliveryId, EventId};
use http::Method;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::webhooks::Subscription;
use crate::{
    Client, Error, Listing, Related, Resource,
    transport::{
        json_api::{Linkage, Outgoing},
        open_enum::open_enum,
    },
};

/// How far back the log reaches.
pub const LOG_REACHES_BACK: SignedDuration = SignedDuration::from_hours(10 * 24);

/// Covers the request's travel time and a clock that is a minute off, so that the date is still in the log on arrival.
const LOG_WINDOW_MARGIN: SignedDuration = SignedDuration::from_mins(2);

open_enum!(
    /// The outcome of a delivery.
    AscDeliveryState {
        Succeeded = "SUCCEEDED",
        Failed = "FAILED",
        Pending = "PENDING",
    }
);

/// One attempt to deliver an event.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AscDelivery {
    /// Its id.
    pub id: DeliveryId,
    /// When it was scheduled.
    pub created_date: Option<Timestamp>,
    /// When it was sent.
    pub sent_date: Option<Timestamp>,
    /// Its outcome.
    pub delivery_state: Option<AscDeliveryState>,
    /// Why it failed, in Apple's words.
    pub error_message: Option<String>,
    /// Whether it is a redelivery.
    pub redelivery: Option<bool>,
    /// The request that was sent.
    pub request: Option<DeliveryRequest>,
    /// The answer.
    pub response: Option<DeliveryResponse>,
    /// The event that was delivered.
    pub event: Option<Related<WebhookEvent>>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The request of a delivery.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct DeliveryRequest {
    /// The payload URL at the time.
    pub url: Option<String>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The payload URL's answer.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryResponse {
    /// The HTTP status.
    pub http_status_code: Option<i64>,
    /// The body.
    pub body: Option<String>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// An event as App Store Connect keeps it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WebhookEvent {
    /// Its id.
    pub id: EventId,
    /// Its type, spelled as in subscriptions.
    pub event_type: Option<Subscription>,
    /// The delivered body, byte for byte, as text.
    pub payload: Option<String>,
    /// Whether it is a ping.
    pub ping: Option<bool>,
    /// When it happened.
    pub created_date: Option<Timestamp>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for AscDelivery {
    const TYPE: &'static str = "webhookDeliveries";
    type Id = DeliveryId;
}

impl Resource for WebhookEvent {
    const TYPE: &'static str = "webhookEvents";
    type Id = EventId;
}

/// Which deliveries to read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeliveryQuery {
    /// Start time. Clamped to [`LOG_REACHES_BACK`], which is also the default.
    pub since: Option<Timestamp>,
    /// End time, exclusive.
    pub until: Option<Timestamp>,
    /// Only deliveries with this outcome.
    pub state: Option<AscDeliveryState>,
}

/// Operations on deliveries.
///
/// ```no_run
/// use futures_util::TryStreamExt;
/// use hookbell_asc::{
///     Client, Error,
///     api::deliveries::{DeliveryQuery, AscDeliveryState},
/// };
/// use hookbell_core::AscWebhookId;
///
/// # async fn example(client: Client, webhook: AscWebhookId) -> Result<(), Error> {
/// let failed = DeliveryQuery { state: Some(AscDeliveryState::Failed), ..DeliveryQuery::default() };
/// let mut deliveries = std::pin::pin!(client.deliveries().of_webhook(&webhook, &failed).items());
/// while let Some(delivery) = deliveries.try_next().await? {
///     client.deliveries().redeliver(&delivery.id).await?;
/// }
/// # Ok(())
/// # }
/// ```
pub struct DeliveryEndpoints<'a>(&'a Client);

impl Client {
    /// Deliveries.
    #[must_use]
    pub fn deliveries(&self) -> DeliveryEndpoints<'_> {
        DeliveryEndpoints(self)
    }
}

impl DeliveryEndpoints<'_> {
    /// The deliveries of a webhook, each with its event.
    pub fn of_webhook(&self, webhook: &AscWebhookId, query: &DeliveryQuery) -> Listing<AscDelivery> {
        let oldest = self.0.now() - LOG_REACHES_BACK + LOG_WINDOW_MARGIN;
        let since = to_the_second(query.since.map_or(oldest, |since| since.max(oldest)));
        let until = query.until.map(to_the_second);
        let mut pairs = vec![("filter[createdDateGreaterThanOrEqualTo]", since.as_str()), ("include", "event")];
        pairs.extend(until.as_deref().map(|until| ("filter[createdDateLessThan]", until)));
        let listing: Listing<AscDelivery> =
            Listing::new(self.0, self.0.query(&["v1", "webhooks", webhook.as_str(), "deliveries"], &pairs));
        match query.state.clone() {
            Some(state) => listing.keeping(move |delivery| delivery.delivery_state.as_ref() == Some(&state)),
            None => listing,
        }
    }

    /// Requests a redelivery of the same event. Not retried; returns the new delivery.
    ///
    /// # Errors
    /// [`Error::Refused`]: Apple sometimes refuses with a server error and no reason, and accepts the same request later. The earlier delivery stays unchanged.
    pub async fn redeliver(&self, delivery: &DeliveryId) -> Result<AscDelivery, Error> {
        let body = Outgoing::<()> {
            kind: AscDelivery::TYPE,
            id: None,
            attributes: None,
            relationships: BTreeMap::from([("template", Linkage::one(AscDelivery::TYPE, delivery.as_str()))]),
        }
        .body()?;
        let url = self.0.url(&["v1", "webhookDeliveries"])?;
        self.0.write(Method::POST, &url, Some(body)).await?.one()
    }
}

fn to_the_second(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
