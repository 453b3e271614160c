//! Apps: the owners of webhooks and the subject of feedback.

use hookbell_core::AppId;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{Client, Error, Listing, Resource};

/// An app.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AscApp {
    /// Its id: a number as text.
    pub id: AppId,
    /// Its name in the primary locale.
    pub name: Option<String>,
    /// Its bundle ID, such as `com.example.birds`.
    pub bundle_id: Option<String>,
    /// The developer's identifier for it.
    pub sku: Option<String>,
    /// A locale such as `en-US`.
    pub primary_locale: Option<String>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for AscApp {
    const TYPE: &'static str = "apps";
    type Id = AppId;
}

/// Reads apps.
///
/// ```no_run
/// # async fn example(client: hookbell_asc::Client) -> Result<(), hookbell_asc::Error> {
/// for app in client.apps().list().all().await? {
///     println!("{} {}", app.id, app.name.unwrap_or_default());
/// }
/// # Ok(())
/// # }
/// ```
pub struct AppEndpoints<'a>(&'a Client);

impl Client {
    /// Apps.
    #[must_use]
    pub fn apps(&self) -> AppEndpoints<'_> {
        AppEndpoints(self)
    }
}

impl AppEndpoints<'_> {
    /// All apps the key sees, by name. Requests only the attributes in [`AscApp`]: an app's relationships alone are
    /// several kilobytes, and there may be hundreds of apps.
    pub fn list(&self) -> Listing<AscApp> {
        let query = [("fields[apps]", "name,bundleId,sku,primaryLocale"), ("sort", "name")];
        Listing::new(self.0, self.0.query(&["v1", "apps"], &query))
    }

    /// One app.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn get(&self, id: &AppId) -> Result<AscApp, Error> {
        self.0.get(&["v1", "apps", id.as_str()], None).await
    }
}
