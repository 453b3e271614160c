//! Pings: a test event that Apple sends to a webhook when asked to.

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
    /// Its id. The event that arrives does not name it.
    pub id: PingId,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for Ping {
    const TYPE: &'static str = "webhookPings";
    type Id = PingId;
}

/// What can be done with pings.
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
    /// Asks Apple to send a ping. Sent once; arriving is another matter.
    ///
    /// # Errors
    /// [`Error`] if Apple did not agree.
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
