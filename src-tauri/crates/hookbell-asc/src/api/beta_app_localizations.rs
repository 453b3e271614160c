//! What testers read about an app, and the address for their replies. A submission to Beta App Review needs both.

use hookbell_core::{AppId, BetaAppLocalizationId};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{Client, Listing, Resource};

/// What testers read about an app in one locale.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BetaAppLocalization {
    /// Its id.
    pub id: BetaAppLocalizationId,
    /// Such as `en-US`.
    pub locale: Option<String>,
    /// Where testers send email.
    pub feedback_email: Option<String>,
    /// What the app is.
    pub description: Option<String>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for BetaAppLocalization {
    const TYPE: &'static str = "betaAppLocalizations";
    type Id = BetaAppLocalizationId;
}

/// Reads an app's texts for testers.
///
/// ```no_run
/// # use hookbell_asc::{Client, Error};
/// # async fn example(client: Client, app: hookbell_core::AppId) -> Result<(), Error> {
/// let words = client.beta_app_localizations().of_app(&app).all().await?;
/// println!("{} locales", words.len());
/// # Ok(())
/// # }
/// ```
pub struct BetaAppLocalizationEndpoints<'a>(&'a Client);

impl Client {
    /// An app's texts for testers.
    #[must_use]
    pub fn beta_app_localizations(&self) -> BetaAppLocalizationEndpoints<'_> {
        BetaAppLocalizationEndpoints(self)
    }
}

impl BetaAppLocalizationEndpoints<'_> {
    /// The texts in every locale.
    pub fn of_app(&self, app: &AppId) -> Listing<BetaAppLocalization> {
        Listing::new(self.0, self.0.url(&["v1", "apps", app.as_str(), "betaAppLocalizations"]))
    }
}
