//! Builds: what testers install.

use hookbell_core::{BuildId, PreReleaseVersionId};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{apps::AscApp, platform::Platform};
use crate::{Client, Error, Related, Resource, transport::open_enum::open_enum};

open_enum!(
    /// How far Apple is with a build.
    ProcessingState {
        Processing = "PROCESSING",
        Failed = "FAILED",
        Invalid = "INVALID",
        Valid = "VALID",
    }
);

/// A build.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Build {
    /// Its id.
    pub id: BuildId,
    /// The build number, for instance `42`.
    pub version: Option<String>,
    /// When it was uploaded.
    pub uploaded_date: Option<Timestamp>,
    /// When testers can no longer install it.
    pub expiration_date: Option<Timestamp>,
    /// Whether that time has passed.
    pub expired: Option<bool>,
    /// How far Apple is with it.
    pub processing_state: Option<ProcessingState>,
    /// The oldest system it runs on.
    pub min_os_version: Option<String>,
    /// Its app.
    pub app: Option<Related<AscApp>>,
    /// The version it belongs to.
    pub pre_release_version: Option<Related<PreReleaseVersion>>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for Build {
    const TYPE: &'static str = "builds";
    type Id = BuildId;
}

/// The version that builds in TestFlight belong to.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PreReleaseVersion {
    /// Its id.
    pub id: PreReleaseVersionId,
    /// The version, for instance `2.1`.
    pub version: Option<String>,
    /// What it runs on.
    pub platform: Option<Platform>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for PreReleaseVersion {
    const TYPE: &'static str = "preReleaseVersions";
    type Id = PreReleaseVersionId;
}

/// What can be asked about builds.
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
    /// One build, with its app and its version: everything a build is called by.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn get(&self, id: &BuildId) -> Result<Build, Error> {
        self.0.get(&["v1", "builds", id.as_str()], Some("app,preReleaseVersion")).await
    }
}
