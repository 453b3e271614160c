//! Notifying a build's testers, for builds without automatic notification.

use hookbell_core::{BuildBetaNotificationId, BuildId};
use http::Method;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::builds::Build;
use crate::{
    Client, Error, Resource,
    transport::json_api::{Linkage, bare},
};

/// A notification that Apple agreed to send.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct BuildBetaNotification {
    /// Its id.
    pub id: BuildBetaNotificationId,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for BuildBetaNotification {
    const TYPE: &'static str = "buildBetaNotifications";
    type Id = BuildBetaNotificationId;
}

/// Operations on notifications.
///
/// ```no_run
/// # use hookbell_asc::{Client, Error, api::build_refusals::BuildRefusal};
/// # async fn example(client: Client, build: hookbell_core::BuildId) -> Result<(), Error> {
/// match client.build_beta_notifications().send(&build).await {
///     Err(error) if BuildRefusal::of(&error) == Some(BuildRefusal::NotifiesItself) => println!("they were told"),
///     other => drop(other?),
/// }
/// # Ok(())
/// # }
/// ```
pub struct BuildBetaNotificationEndpoints<'a>(&'a Client);

impl Client {
    /// Notifications of testers.
    #[must_use]
    pub fn build_beta_notifications(&self) -> BuildBetaNotificationEndpoints<'_> {
        BuildBetaNotificationEndpoints(self)
    }
}

impl BuildBetaNotificationEndpoints<'_> {
    /// Notifies the testers of an approved build. Not retried.
    ///
    /// # Errors
    /// [`Error::Refused`]: [`BuildRefusal::NotifiesItself`](super::build_refusals::BuildRefusal::NotifiesItself) means
    /// that nothing is left to do. Apple sometimes answers this although the build says otherwise.
    pub async fn send(&self, build: &BuildId) -> Result<BuildBetaNotification, Error> {
        let body = bare(BuildBetaNotification::TYPE, [("build", Linkage::one(Build::TYPE, build.as_str()))])?;
        let url = self.0.url(&["v1", "buildBetaNotifications"])?;
        self.0.write(Method::POST, &url, Some(body)).await?.one()
    }
}
