//! Uploads of builds: what Apple makes of what a developer sends.

use hookbell_core::BuildUploadId;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{builds::Build, platform::Platform};
use crate::{Client, Error, Related, Resource, transport::open_enum::open_enum};

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

/// What can be asked about uploads.
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
    /// One upload, with the build it became.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn get(&self, id: &BuildUploadId) -> Result<BuildUpload, Error> {
        self.0.get(&["v1", "buildUploads", id.as_str()], Some("build")).await
    }
}
