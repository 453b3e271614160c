//! Uploads of builds: what Apple makes of what a developer sends.

use std::collections::BTreeMap;

use hookbell_core::{AppId, BuildUploadId};
use http::Method;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{apps::AscApp, builds::Build, platform::Platform};
use crate::{
    Client, Error, Listing, Related, Resource,
    transport::{
        json_api::{Linkage, Outgoing},
        open_enum::open_enum,
    },
};

open_enum!(
    /// How far an upload is.
    UploadState {
        AwaitingUpload = "AWAITING_UPLOAD",
        Processing = "PROCESSING",
        Failed = "FAILED",
        Complete = "COMPLETE",
    }
);

/// An upload of a build.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuildUpload {
    /// Its id.
    pub id: BuildUploadId,
    /// The version, for instance `2.1`.
    pub cf_bundle_short_version_string: Option<String>,
    /// The build number, for instance `42`.
    pub cf_bundle_version: Option<String>,
    /// What it runs on.
    pub platform: Option<Platform>,
    /// How far it is, and what Apple found.
    pub state: Option<UploadStatus>,
    /// When it began.
    pub created_date: Option<Timestamp>,
    /// When it was complete.
    pub uploaded_date: Option<Timestamp>,
    /// The build it became.
    pub build: Option<Related<Build>>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for BuildUpload {
    const TYPE: &'static str = "buildUploads";
    type Id = BuildUploadId;
}

/// How far an upload is, and what Apple found.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct UploadStatus {
    /// How far it is.
    pub state: Option<UploadState>,
    /// Why it failed.
    pub errors: Option<Vec<StateDetail>>,
    /// What to fix before the next one.
    pub warnings: Option<Vec<StateDetail>>,
    /// What is good to know.
    pub infos: Option<Vec<StateDetail>>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// One thing that Apple found.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct StateDetail {
    /// For machines, for instance `90062`.
    pub code: Option<String>,
    /// For people.
    pub description: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// An upload to reserve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewBuildUpload {
    /// The app it is for.
    #[serde(skip)]
    pub app: AppId,
    /// `CFBundleShortVersionString`, for instance `2.1`.
    pub cf_bundle_short_version_string: String,
    /// `CFBundleVersion`, for instance `42`.
    pub cf_bundle_version: String,
    /// Apple's constant, for instance `IOS`.
    pub platform: String,
}

/// Which uploads of an app to list. What is `None` is not asked about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BuildUploadQuery {
    /// The version.
    pub version: Option<String>,
    /// The build number.
    pub number: Option<String>,
    /// Apple's constant, for instance `IOS`.
    pub platform: Option<String>,
    /// How far they are; empty for any. One that waits for its file has no date, and a list by date begins with those.
    pub states: Vec<UploadState>,
}

/// What can be asked about uploads, and done with them.
///
/// ```no_run
/// # use hookbell_asc::{Client, Error};
/// # async fn example(client: Client, id: hookbell_core::BuildUploadId) -> Result<(), Error> {
/// let upload = client.build_uploads().get(&id).await?;
/// for error in upload.state.and_then(|state| state.errors).unwrap_or_default() {
///     println!("{}", error.description.unwrap_or_default());
/// }
/// # Ok(())
/// # }
/// ```
pub struct BuildUploadEndpoints<'a>(&'a Client);

impl Client {
    /// Uploads of builds.
    #[must_use]
    pub fn build_uploads(&self) -> BuildUploadEndpoints<'_> {
        BuildUploadEndpoints(self)
    }
}

impl BuildUploadEndpoints<'_> {
    /// The uploads of an app, each with the build it became.
    pub fn of_app(&self, app: &AppId, query: &BuildUploadQuery) -> Listing<BuildUpload> {
        let states: Vec<_> = query.states.iter().map(UploadState::as_str).collect();
        let states = states.join(",");
        let filters = [
            ("filter[cfBundleShortVersionString]", query.version.as_deref()),
            ("filter[cfBundleVersion]", query.number.as_deref()),
            ("filter[platform]", query.platform.as_deref()),
            ("filter[state]", Some(states.as_str()).filter(|states| !states.is_empty())),
        ];
        let mut pairs = vec![("include", "build")];
        pairs.extend(filters.into_iter().filter_map(|(name, value)| Some((name, value?))));
        Listing::new(self.0, self.0.query(&["v1", "apps", app.as_str(), "buildUploads"], &pairs))
    }

    /// Reserves an upload. Sent once: after [`Error::Interrupted`] or [`Error::TimedOut`] it may exist, so look before
    /// trying again.
    ///
    /// # Errors
    /// [`Error::Refused`]; [`BuildRefusal::of`](super::build_refusals::BuildRefusal::of) tells a number that was used,
    /// the daily limit, and an app that the key does not see.
    pub async fn create(&self, upload: &NewBuildUpload) -> Result<BuildUpload, Error> {
        let body = Outgoing {
            kind: BuildUpload::TYPE,
            id: None,
            attributes: Some(upload),
            relationships: BTreeMap::from([("app", Linkage::one(AscApp::TYPE, upload.app.as_str()))]),
        }
        .body()?;
        let url = self.0.url(&["v1", "buildUploads"])?;
        self.0.write(Method::POST, &url, Some(body)).await?.one()
    }

    /// Gives an upload up, with its files. Sent once.
    ///
    /// # Errors
    /// [`Error`]; [`Error::is_not_found`] if it was gone already.
    pub async fn delete(&self, id: &BuildUploadId) -> Result<(), Error> {
        let url = self.0.url(&["v1", "buildUploads", id.as_str()])?;
        self.0.write(Method::DELETE, &url, None).await?.nothing()
    }

    /// One upload, with the build it became.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn get(&self, id: &BuildUploadId) -> Result<BuildUpload, Error> {
        self.0.get(&["v1", "buildUploads", id.as_str()], Some("build")).await
    }
}
