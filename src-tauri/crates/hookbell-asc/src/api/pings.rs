//! Pings: test events that Apple sends to a webhook on request.

use std::collections::BTreeMap;

use hookbell_core::{AscWebhookId, PingId};
use http::Method;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::webhooks::AscWebhook;
use crate::{
    Client, Error, Resource,
    transport::json_api::{Linkage, Outgoing},
};

/// A ping that Apple agreed to send.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Ping {
    /// Its id. The event that arrives doesn't contain it.
    pub id: PingId,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for Ping {
    const TYPE: &'static str = "webhookPings";
    type Id = PingId;
}

/// Operations on pings.
///
/// ```no_run
/// # use hookbell_asc::{Client, Error};
/// # async fn example(client: Client, webhook: hookbell_core::AscWebhookId) -> Result<(), Error> {
/// let ping = client.pings().send(&webhook).await?;
/// println!("accepted as {}", ping.id);
/// # Ok(())
/// # }
/// ```
pub struct PingEndpoints<'a>(&'a Client);

impl Client {
    /// Pings.
    #[must_use]
    pub fn pings(&self) -> PingEndpoints<'_> {
        PingEndpoints(self)
    }
}

impl PingEndpoints<'_> {
    /// Requests a ping. Not retried. Success doesn't mean that the ping arrives.
    ///
    /// # Errors
    /// [`Error`] if Apple refuses.
    pub async fn send(&self, webhook: &AscWebhookId) -> Result<Ping, Error> {
        let body = Outgoing::<()> {
            kind: Ping::TYPE,
            id: None,
            attributes: None,
            relationships: BTreeMap::from([("webhook", Linkage::one(AscWebhook::TYPE, webhook.as_str()))]),
        }
        .body()?;
        let url = self.0.url(&["v1", "webhookPings"])?;
        self.0.write(Method::POST, &url, Some(body)).await?.one()
    }
}
