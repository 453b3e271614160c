//! Webhooks: where App Store Connect sends an app's events.
//!
//! Listed per app, because Apple forbids reading the whole collection. Secrets are write-only: we send one on creation
//! or change and never get it back, so the caller has the only copy.

use std::collections::BTreeMap;

use hookbell_core::{AppId, AscWebhookId, EventType, Secret};
use http::Method;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

use super::apps::AscApp;
use crate::{
    Client, Error, Listing, Related, Resource,
    transport::json_api::{Linkage, Outgoing},
};

/// How many webhooks an app can have.
pub const MAX_PER_APP: usize = 10;

/// A webhook, without its secret, which Apple never returns.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AscWebhook {
    /// Its id.
    pub id: AscWebhookId,
    /// Its display name.
    pub name: Option<String>,
    /// The payload URL.
    pub url: Option<String>,
    /// Whether Apple sends anything at all.
    pub enabled: Option<bool>,
    /// The event types it gets.
    pub event_types: Option<Vec<Subscription>>,
    /// The app, if the answer includes it.
    pub app: Option<Related<AscApp>>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for AscWebhook {
    const TYPE: &'static str = "webhooks";
    type Id = AscWebhookId;
}

/// An event type that a webhook subscribes to. Keeps unknown types too: an update sends the complete list, and must not
/// drop any.
///
/// ```
/// use hookbell_asc::api::webhooks::Subscription;
/// use hookbell_core::EventType;
///
/// let known = Subscription::to(EventType::BuildUploadStateUpdated).unwrap();
/// assert_eq!(known.as_str(), "BUILD_UPLOAD_STATE_UPDATED");
/// assert_eq!(Subscription::named("SOMETHING_NEW").event_type(), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Subscription(String);

impl Subscription {
    /// The subscription to a known type; `None` for the ping, which can't be subscribed to.
    #[must_use]
    pub fn to(event_type: EventType) -> Option<Self> {
        event_type.subscription_name().map(Self::named)
    }

    /// A subscription by Apple's spelling. Apple refuses unknown ones.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// Apple's spelling.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The type, if this version knows it.
    #[must_use]
    pub fn event_type(&self) -> Option<EventType> {
        EventType::from_name(&self.0).filter(|found| found.subscription_name().is_some())
    }
}

/// A webhook to create.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewAscWebhook {
    /// The app it is for.
    #[serde(skip)]
    pub app: AppId,
    /// Its name.
    pub name: String,
    /// The payload URL, `https`.
    pub url: String,
    /// The secret that Apple signs with.
    #[serde(serialize_with = "exposed")]
    pub secret: Secret,
    /// The event types, at least one.
    pub event_types: Vec<Subscription>,
    /// Whether it starts enabled.
    pub enabled: bool,
}

/// Changes to a webhook. `None` fields stay unchanged.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WebhookChange {
    /// The new name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The new payload URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The new secret.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "maybe_exposed")]
    pub secret: Option<Secret>,
    /// The new event types, as a complete list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_types: Option<Vec<Subscription>>,
    /// Enabled or disabled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
}

fn exposed<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose())
}

fn maybe_exposed<S: Serializer>(secret: &Option<Secret>, serializer: S) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(Secret::expose).serialize(serializer)
}

/// Operations on webhooks. Needs the role Admin or App Manager.
///
/// ```no_run
/// use hookbell_asc::{
///     Client, Error,
///     api::webhooks::{NewAscWebhook, Subscription, AscWebhook, WebhookChange},
/// };
/// use hookbell_core::{AppId, EventType, Secret};
///
/// # async fn example(client: Client, app: AppId, secret: Secret, rotated: Secret) -> Result<(), Error> {
/// let webhook = client
///     .webhooks()
///     .create(&NewAscWebhook {
///         app,
///         name: "Laptop".to_owned(),
///         url: "https://example.com/hooks/1".to_owned(),
///         secret,
///         event_types: EventType::all().filter_map(Subscription::to).collect(),
///         enabled: true,
///     })
///     .await?;
/// let change = WebhookChange { secret: Some(rotated), ..WebhookChange::default() };
/// client.webhooks().update(&webhook.id, &change).await?;
/// # Ok(())
/// # }
/// ```
pub struct WebhookEndpoints<'a>(&'a Client);

impl Client {
    /// Webhooks.
    #[must_use]
    pub fn webhooks(&self) -> WebhookEndpoints<'_> {
        WebhookEndpoints(self)
    }
}

impl WebhookEndpoints<'_> {
    /// The webhooks of an app, at most [`MAX_PER_APP`].
    pub fn of_app(&self, app: &AppId) -> Listing<AscWebhook> {
        Listing::new(self.0, self.0.url(&["v1", "apps", app.as_str(), "webhooks"]))
    }

    /// One webhook, with its app.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn get(&self, id: &AscWebhookId) -> Result<AscWebhook, Error> {
        self.0.get(&["v1", "webhooks", id.as_str()], Some("app")).await
    }

    /// Creates a webhook. Not retried: after [`Error::Interrupted`] or [`Error::TimedOut`] it may exist, so look before
    /// trying again.
    ///
    /// # Errors
    /// [`Error::Refused`] names the field that Apple rejects: see [`crate::ErrorObject::field`].
    pub async fn create(&self, webhook: &NewAscWebhook) -> Result<AscWebhook, Error> {
        let body = Outgoing {
            kind: AscWebhook::TYPE,
            id: None,
            attributes: Some(webhook),
            relationships: BTreeMap::from([("app", Linkage::one(AscApp::TYPE, webhook.app.as_str()))]),
        }
        .body()?;
        let url = self.0.url(&["v1", "webhooks"])?;
        self.0.write_secret(Method::POST, &url, body, Some(&webhook.secret)).await?.one()
    }

    /// Updates a webhook. Not retried, but safe to repeat.
    ///
    /// # Errors
    /// [`Error::Refused`] names the field that Apple rejects: see [`crate::ErrorObject::field`].
    pub async fn update(&self, id: &AscWebhookId, change: &WebhookChange) -> Result<AscWebhook, Error> {
        let body = Outgoing {
            kind: AscWebhook::TYPE,
            id: Some(id.as_str()),
            attributes: Some(change),
            relationships: BTreeMap::new(),
        }
        .body()?;
        let url = self.0.url(&["v1", "webhooks", id.as_str()])?;
        self.0.write_secret(Method::PATCH, &url, body, change.secret.as_ref()).await?.one()
    }

    /// Deletes a webhook. Not retried.
    ///
    /// # Errors
    /// [`Error`]; [`Error::is_not_found`] if it is gone already.
    pub async fn delete(&self, id: &AscWebhookId) -> Result<(), Error> {
        let url = self.0.url(&["v1", "webhooks", id.as_str()])?;
        self.0.write(Method::DELETE, &url, None).await?.nothing()
    }
}
