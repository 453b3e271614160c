//! Uploads of builds and their processing at Apple.

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
    /// The state of an upload.
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
    /// The version, such as `2.1`.
    pub cf_bundle_short_version_string: Option<String>,
    /// The build number, such as `42`.
    pub cf_bundle_version: Option<String>,
    /// Its platform.
    pub platform: Option<Platform>,
    /// Its state and Apple's findings.
    pub state: Option<UploadStatus>,
    /// When it began.
    pub created_date: Option<Timestamp>,
    /// When it was complete.
    pub uploaded_date: Option<Timestamp>,
    /// The build it became.
    pub build: Option<Related<Build>>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for BuildUpload {
    const TYPE: &'static str = "buildUploads";
    type Id = BuildUploadId;
}

/// The state of an upload and Apple's findings.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct UploadStatus {
    /// Its state.
    pub state: Option<UploadState>,
    /// Why it failed.
    pub errors: Option<Vec<StateDetail>>,
    /// What to fix before the next upload.
    pub warnings: Option<Vec<StateDetail>>,
    /// Notes that need no action.
    pub infos: Option<Vec<StateDetail>>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// One of Apple's findings.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct StateDetail {
    /// A code, such as `90062`.
    pub code: Option<String>,
    /// A description for people.
    pub description: Option<String>,
    /// Fields not modelled here.
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
    /// `CFBundleShortVersionString`, such as `2.1`.
    pub cf_bundle_short_version_string: String,
    /// `CFBundleVersion`, such as `42`.
    pub cf_bundle_version: String,
    /// Apple's constant, such as `IOS`.
    pub platform: String,
}

/// Which uploads of an app to list. `None` fields don't filter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BuildUploadQuery {
    /// The version.
    pub version: Option<String>,
    /// The build number.
    pub number: Option<String>,
    /// Apple's constant, such as `IOS`.
    pub platform: Option<String>,
    /// Their states; empty for any. An upload that waits for its file has no date; sorting by date puts those first.
    pub states: Vec<UploadState>,
}

/// Operations on uploads.
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

    /// Reserves an upload. Not retried: after [`Error::Interrupted`] or [`Error::TimedOut`] it may exist, so look
    /// before trying again.
    ///
    /// # Errors
    /// [`Error::Refused`]; [`BuildRefusal::of`](super::build_refusals::BuildRefusal::of) recognizes a number that is
    /// taken, the daily limit, and an app that the key can't see.
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

    /// Deletes an upload with its files. Not retried.
    ///
    /// # Errors
    /// [`Error`]; [`Error::is_not_found`] if it is gone already.
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
