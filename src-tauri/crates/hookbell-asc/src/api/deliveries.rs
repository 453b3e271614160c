//! Deliveries: Apple's log of what it sent to a webhook, and how that went.
//!
//! The log goes ten days back. Live, the API wants the date filter and has rejected its own
//! `filter[deliveryState]`, so the date is always sent and the state is sorted out here.

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

/// How far back the log can be read.
pub const LOG_REACHES_BACK: SignedDuration = SignedDuration::from_hours(10 * 24);

/// What a request needs to arrive while its date is still within the log, with a clock a minute off.
const LOG_WINDOW_MARGIN: SignedDuration = SignedDuration::from_mins(2);

open_enum!(
    /// How a delivery went.
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
    /// When it was to be sent.
    pub created_date: Option<Timestamp>,
    /// When it was sent.
    pub sent_date: Option<Timestamp>,
    /// How it went.
    pub delivery_state: Option<AscDeliveryState>,
    /// Why it failed, in Apple's words.
    pub error_message: Option<String>,
    /// Whether somebody asked for it to be sent again.
    pub redelivery: Option<bool>,
    /// What was sent where.
    pub request: Option<DeliveryRequest>,
    /// What came back.
    pub response: Option<DeliveryResponse>,
    /// The event that was delivered.
    pub event: Option<Related<WebhookEvent>>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What was sent where.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct DeliveryRequest {
    /// The payload URL at that time.
    pub url: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What the payload URL answered.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryResponse {
    /// The HTTP status.
    pub http_status_code: Option<i64>,
    /// The body.
    pub body: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// An event as App Store Connect keeps it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WebhookEvent {
    /// Its id.
    pub id: EventId,
    /// Its type, in the subscription's spelling.
    pub event_type: Option<Subscription>,
    /// The body that is delivered, byte for byte, as text.
    pub payload: Option<String>,
    /// Whether it is only a ping.
    pub ping: Option<bool>,
    /// When it happened.
    pub created_date: Option<Timestamp>,
    /// Everything else.
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
    /// From here on. Never further back than [`LOG_REACHES_BACK`], and as far as that where `None`.
    pub since: Option<Timestamp>,
    /// Up to here, not included.
    pub until: Option<Timestamp>,
    /// Only those that went like this.
    pub state: Option<AscDeliveryState>,
}

/// What can be done with deliveries.
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

    /// Asks Apple to deliver the same event again. Sent once; the answer is the new delivery.
    ///
    /// # Errors
    /// [`Error::Refused`]: now and then Apple refuses with a server error and no reason, and takes the
    /// same request later. The earlier delivery stays as it is.
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
