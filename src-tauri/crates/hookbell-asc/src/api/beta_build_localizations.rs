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

/// The maximum length of a text. Apple says characters; developers measured bytes.
pub const MAX_WHAT_TO_TEST_BYTES: usize = 4_000;

/// What to Test in one locale.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BetaBuildLocalization {
    /// Its id.
    pub id: BetaBuildLocalizationId,
    /// Such as `en-US`.
    pub locale: Option<String>,
    /// The text. `None` until somebody writes one.
    pub whats_new: Option<String>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for BetaBuildLocalization {
    const TYPE: &'static str = "betaBuildLocalizations";
    type Id = BetaBuildLocalizationId;
}

/// Operations on texts for testers.
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
    /// All texts of a build. Apple can't filter by locale here. The primary locale usually exists without a text.
    pub fn of_build(&self, build: &BuildId) -> Listing<BetaBuildLocalization> {
        Listing::new(self.0, self.0.url(&["v1", "builds", build.as_str(), "betaBuildLocalizations"]))
    }

    /// Adds a locale with its text. Not retried.
    ///
    /// # Errors
    /// [`Error::Refused`] with 409 if the build has the locale already: read the texts and update that one.
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

    /// Changes a text. Not retried, but safe to repeat.
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
