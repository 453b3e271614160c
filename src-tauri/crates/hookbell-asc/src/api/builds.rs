//! Builds: what testers install.

use std::collections::BTreeMap;

use hookbell_core::{BuildId, PreReleaseVersionId};
use http::Method;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{apps::AscApp, platform::Platform};
use crate::{
    Client, Error, Related, Resource,
    transport::{json_api::Outgoing, open_enum::open_enum},
};

open_enum!(
    /// The processing state of a build.
    ProcessingState {
        Processing = "PROCESSING",
        Failed = "FAILED",
        Invalid = "INVALID",
        Valid = "VALID",
    }
);

open_enum!(
    /// Who can ever get a build.
    BuildAudience {
        InternalOnly = "INTERNAL_ONLY",
        AppStoreEligible = "APP_STORE_ELIGIBLE",
    }
);

/// A build.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Build {
    /// Its id.
    pub id: BuildId,
    /// The build number, such as `42`.
    pub version: Option<String>,
    /// When it was uploaded.
    pub uploaded_date: Option<Timestamp>,
    /// When testers can no longer install it.
    pub expiration_date: Option<Timestamp>,
    /// Whether that time has passed.
    pub expired: Option<bool>,
    /// Its processing state.
    pub processing_state: Option<ProcessingState>,
    /// The oldest system it runs on.
    pub min_os_version: Option<String>,
    /// Who can ever get it.
    pub build_audience_type: Option<BuildAudience>,
    /// The answer about export compliance. `None` until somebody gives it.
    pub uses_non_exempt_encryption: Option<bool>,
    /// Its app.
    pub app: Option<Related<AscApp>>,
    /// The version it belongs to.
    pub pre_release_version: Option<Related<PreReleaseVersion>>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for Build {
    const TYPE: &'static str = "builds";
    type Id = BuildId;
}

/// The version that TestFlight builds belong to.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PreReleaseVersion {
    /// Its id.
    pub id: PreReleaseVersionId,
    /// The version, such as `2.1`.
    pub version: Option<String>,
    /// Its platform.
    pub platform: Option<Platform>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for PreReleaseVersion {
    const TYPE: &'static str = "preReleaseVersions";
    type Id = PreReleaseVersionId;
}

/// Changes to a build. `None` fields stay out of the request.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct BuildChange {
    #[serde(skip_serializing_if = "Option::is_none")]
    expired: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uses_non_exempt_encryption: Option<bool>,
}

/// Operations on builds.
///
/// ```no_run
/// # use hookbell_asc::{Client, Error};
/// # async fn example(client: Client, id: hookbell_core::BuildId) -> Result<(), Error> {
/// let build = client.builds().get(&id).await?;
/// let version = build.pre_release_version.and_then(|version| version.included);
/// println!("{:?} ({:?})", version.and_then(|version| version.version), build.version);
/// # Ok(())
/// # }
/// ```
pub struct BuildEndpoints<'a>(&'a Client);

impl Client {
    /// Builds.
    #[must_use]
    pub fn builds(&self) -> BuildEndpoints<'_> {
        BuildEndpoints(self)
    }
}

impl BuildEndpoints<'_> {
    /// Ends testing of a build. Irreversible; also withdraws the build from Beta App Review. Not retried; the same may
    /// be sent again.
    ///
    /// # Errors
    /// [`Error`] if Apple refuses.
    pub async fn expire(&self, id: &BuildId) -> Result<Build, Error> {
        self.change(id, &BuildChange { expired: Some(true), ..BuildChange::default() }).await
    }

    /// Sets the export compliance answer. A build accepts it only once. TestFlight takes some seconds to act on it.
    ///
    /// # Errors
    /// [`Error`] if Apple refuses.
    pub async fn answer_encryption(&self, id: &BuildId, uses_non_exempt: bool) -> Result<Build, Error> {
        let change = BuildChange { uses_non_exempt_encryption: Some(uses_non_exempt), ..BuildChange::default() };
        self.change(id, &change).await
    }

    async fn change(&self, id: &BuildId, change: &BuildChange) -> Result<Build, Error> {
        let body = Outgoing {
            kind: Build::TYPE,
            id: Some(id.as_str()),
            attributes: Some(change),
            relationships: BTreeMap::new(),
        }
        .body()?;
        let url = self.0.url(&["v1", "builds", id.as_str()])?;
        self.0.write(Method::PATCH, &url, Some(body)).await?.one()
    }

    /// One build, with its app and its version: everything that identifies a build to people.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn get(&self, id: &BuildId) -> Result<Build, Error> {
        self.0.get(&["v1", "builds", id.as_str()], Some("app,preReleaseVersion")).await
    }
}
