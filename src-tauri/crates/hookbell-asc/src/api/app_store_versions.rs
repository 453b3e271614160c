//! Versions on the App Store: the subject of review states.

use hookbell_core::AppStoreVersionId;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{apps::AscApp, platform::Platform};
use crate::{Client, Error, Related, Resource, transport::open_enum::open_enum};

open_enum!(
    /// The state of a version on its way to the App Store.
    AppVersionState {
        Accepted = "ACCEPTED",
        DeveloperRejected = "DEVELOPER_REJECTED",
        InReview = "IN_REVIEW",
        InvalidBinary = "INVALID_BINARY",
        MetadataRejected = "METADATA_REJECTED",
        PendingAppleRelease = "PENDING_APPLE_RELEASE",
        PendingDeveloperRelease = "PENDING_DEVELOPER_RELEASE",
        PrepareForSubmission = "PREPARE_FOR_SUBMISSION",
        ProcessingForDistribution = "PROCESSING_FOR_DISTRIBUTION",
        ReadyForDistribution = "READY_FOR_DISTRIBUTION",
        ReadyForReview = "READY_FOR_REVIEW",
        Rejected = "REJECTED",
        ReplacedWithNewVersion = "REPLACED_WITH_NEW_VERSION",
        WaitingForExportCompliance = "WAITING_FOR_EXPORT_COMPLIANCE",
        WaitingForReview = "WAITING_FOR_REVIEW",
    }
);

open_enum!(
    /// How a version is released once it is approved.
    ReleaseType {
        Manual = "MANUAL",
        AfterApproval = "AFTER_APPROVAL",
        Scheduled = "SCHEDULED",
    }
);

/// A version on the App Store.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppStoreVersion {
    /// Its id.
    pub id: AppStoreVersionId,
    /// The version, such as `2.1`.
    pub version_string: Option<String>,
    /// Its platform.
    pub platform: Option<Platform>,
    /// Its state.
    pub app_version_state: Option<AppVersionState>,
    /// How it is released.
    pub release_type: Option<ReleaseType>,
    /// The earliest release time, if the release is scheduled.
    pub earliest_release_date: Option<Timestamp>,
    /// When it was created.
    pub created_date: Option<Timestamp>,
    /// Its app.
    pub app: Option<Related<AscApp>>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for AppStoreVersion {
    const TYPE: &'static str = "appStoreVersions";
    type Id = AppStoreVersionId;
}

/// Reads versions.
///
/// ```no_run
/// # use hookbell_asc::{Client, Error};
/// # async fn example(client: Client, id: hookbell_core::AppStoreVersionId) -> Result<(), Error> {
/// let version = client.app_store_versions().get(&id).await?;
/// let app = version.app.and_then(|app| app.included);
/// println!("{:?} {:?}", app.and_then(|app| app.name), version.version_string);
/// # Ok(())
/// # }
/// ```
pub struct AppStoreVersionEndpoints<'a>(&'a Client);

impl Client {
    /// Versions on the App Store.
    #[must_use]
    pub fn app_store_versions(&self) -> AppStoreVersionEndpoints<'_> {
        AppStoreVersionEndpoints(self)
    }
}

impl AppStoreVersionEndpoints<'_> {
    /// One version, with its app.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn get(&self, id: &AppStoreVersionId) -> Result<AppStoreVersion, Error> {
        self.0.get(&["v1", "appStoreVersions", id.as_str()], Some("app")).await
    }
}
