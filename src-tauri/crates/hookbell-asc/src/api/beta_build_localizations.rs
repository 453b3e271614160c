//! What to Test: one text for each locale of a build.

use std::collections::BTreeMap;

use hookbell_core::{BetaBuildLocalizationId, BuildId};
use http::Method;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::builds::Build;
use crate::{
    Client, Error, Listing, Resource,
    transport::json_api::{Linkage, Outgoing},
};

/// The longest text. Apple says characters; people counted bytes.
pub const MAX_WHAT_TO_TEST_BYTES: usize = 4_000;

/// What to Test in one locale.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BetaBuildLocalization {
    /// Its id.
    pub id: BetaBuildLocalizationId,
    /// For instance `en-US`.
    pub locale: Option<String>,
    /// The text. None until somebody writes one.
    pub whats_new: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for BetaBuildLocalization {
    const TYPE: &'static str = "betaBuildLocalizations";
    type Id = BetaBuildLocalizationId;
}

/// What can be done with texts for testers.
///
/// ```no_run
/// # use hookbell_asc::{Client, Error};
/// # async fn example(client: Client, build: hookbell_core::BuildId) -> Result<(), Error> {
/// for text in client.beta_build_localizations().of_build(&build).all().await? {
///     println!("{:?}: {}", text.locale, text.whats_new.unwrap_or_default());
/// }
/// # Ok(())
/// # }
/// ```
pub struct BetaBuildLocalizationEndpoints<'a>(&'a Client);

impl Client {
    /// Texts for testers.
    #[must_use]
    pub fn beta_build_localizations(&self) -> BetaBuildLocalizationEndpoints<'_> {
        BetaBuildLocalizationEndpoints(self)
    }
}

impl BetaBuildLocalizationEndpoints<'_> {
    /// All texts of a build. Apple can't look for one locale here. The one of the app's primary locale is usually there
    /// without a text.
    pub fn of_build(&self, build: &BuildId) -> Listing<BetaBuildLocalization> {
        Listing::new(self.0, self.0.url(&["v1", "builds", build.as_str(), "betaBuildLocalizations"]))
    }

    /// Adds a locale with its text. Sent once.
    ///
    /// # Errors
    /// [`Error::Refused`] with 409 if the build has the locale: then read the texts and change that one.
    pub async fn create(&self, build: &BuildId, locale: &str, text: &str) -> Result<BetaBuildLocalization, Error> {
        let body = Outgoing {
            kind: BetaBuildLocalization::TYPE,
            id: None,
            attributes: Some(json!({ "locale": locale, "whatsNew": text })),
            relationships: BTreeMap::from([("build", Linkage::one(Build::TYPE, build.as_str()))]),
        }
        .body()?;
        let url = self.0.url(&["v1", "betaBuildLocalizations"])?;
        self.0.write(Method::POST, &url, Some(body)).await?.one()
    }

    /// Changes a text. Sent once; the same may be sent again.
    ///
    /// # Errors
    /// [`Error::Refused`] if it is too long.
    pub async fn update(&self, id: &BetaBuildLocalizationId, text: &str) -> Result<BetaBuildLocalization, Error> {
        let body = Outgoing {
            kind: BetaBuildLocalization::TYPE,
            id: Some(id.as_str()),
            attributes: Some(json!({ "whatsNew": text })),
            relationships: BTreeMap::new(),
        }
        .body()?;
        let url = self.0.url(&["v1", "betaBuildLocalizations", id.as_str()])?;
        self.0.write(Method::PATCH, &url, Some(body)).await?.one()
    }
}
