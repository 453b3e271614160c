//! Releases of background assets: a version of a pack for internal testers, external testers or the App Store.

use hookbell_core::{
    BackgroundAssetAppStoreReleaseId, BackgroundAssetExternalReleaseId, BackgroundAssetInternalReleaseId,
};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::background_assets::BackgroundAssetVersion;
use crate::{Client, Error, Related, Resource, transport::open_enum::open_enum};

open_enum!(
    /// The state of a release to internal testers.
    InternalReleaseState {
        ReadyForTesting = "READY_FOR_TESTING",
        Superseded = "SUPERSEDED",
    }
);

/// A version of an asset pack as released to internal testers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InternalRelease {
    /// Its id.
    pub id: BackgroundAssetInternalReleaseId,
    /// Its state.
    pub state: Option<InternalReleaseState>,
    /// The version.
    pub background_asset_version: Option<Related<BackgroundAssetVersion>>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for InternalRelease {
    const TYPE: &'static str = "backgroundAssetVersionInternalBetaReleases";
    type Id = BackgroundAssetInternalReleaseId;
}

open_enum!(
    /// The state of a release to external testers.
    ExternalReleaseState {
        ReadyForBetaSubmission = "READY_FOR_BETA_SUBMISSION",
        WaitingForReview = "WAITING_FOR_REVIEW",
        InReview = "IN_REVIEW",
        Rejected = "REJECTED",
        ProcessingForTesting = "PROCESSING_FOR_TESTING",
        ReadyForTesting = "READY_FOR_TESTING",
        Superseded = "SUPERSEDED",
    }
);

/// A version of an asset pack as released to external testers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalRelease {
    /// Its id.
    pub id: BackgroundAssetExternalReleaseId,
    /// Its state.
    pub state: Option<ExternalReleaseState>,
    /// The version.
    pub background_asset_version: Option<Related<BackgroundAssetVersion>>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for ExternalRelease {
    const TYPE: &'static str = "backgroundAssetVersionExternalBetaReleases";
    type Id = BackgroundAssetExternalReleaseId;
}

open_enum!(
    /// The state of an App Store release.
    AppStoreReleaseState {
        PrepareForSubmission = "PREPARE_FOR_SUBMISSION",
        ReadyForReview = "READY_FOR_REVIEW",
        WaitingForReview = "WAITING_FOR_REVIEW",
        InReview = "IN_REVIEW",
        Accepted = "ACCEPTED",
        Rejected = "REJECTED",
        ProcessingForDistribution = "PROCESSING_FOR_DISTRIBUTION",
        ReadyForDistribution = "READY_FOR_DISTRIBUTION",
        Superseded = "SUPERSEDED",
    }
);

/// A version of an asset pack as released on the App Store.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppStoreRelease {
    /// Its id.
    pub id: BackgroundAssetAppStoreReleaseId,
    /// Its state.
    pub state: Option<AppStoreReleaseState>,
    /// The version.
    pub background_asset_version: Option<Related<BackgroundAssetVersion>>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for AppStoreRelease {
    const TYPE: &'static str = "backgroundAssetVersionAppStoreReleases";
    type Id = BackgroundAssetAppStoreReleaseId;
}

/// Reads releases of asset packs.
///
/// ```no_run
/// # use hookbell_asc::{Client, Error};
/// # async fn example(client: Client, id: hookbell_core::BackgroundAssetExternalReleaseId) -> Result<(), Error> {
/// let release = client.background_asset_releases().external(&id).await?;
/// println!("{:?}", release.state);
/// # Ok(())
/// # }
/// ```
pub struct BackgroundAssetReleaseEndpoints<'a>(&'a Client);

impl Client {
    /// Releases of asset packs.
    #[must_use]
    pub fn background_asset_releases(&self) -> BackgroundAssetReleaseEndpoints<'_> {
        BackgroundAssetReleaseEndpoints(self)
    }
}

impl BackgroundAssetReleaseEndpoints<'_> {
    /// One release to internal testers, with the version.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn internal(&self, id: &BackgroundAssetInternalReleaseId) -> Result<InternalRelease, Error> {
        self.0
            .get(&["v1", "backgroundAssetVersionInternalBetaReleases", id.as_str()], Some("backgroundAssetVersion"))
            .await
    }

    /// One release to external testers, with the version.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn external(&self, id: &BackgroundAssetExternalReleaseId) -> Result<ExternalRelease, Error> {
        self.0
            .get(&["v1", "backgroundAssetVersionExternalBetaReleases", id.as_str()], Some("backgroundAssetVersion"))
            .await
    }

    /// One App Store release, with the version.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn app_store(&self, id: &BackgroundAssetAppStoreReleaseId) -> Result<AppStoreRelease, Error> {
        self.0.get(&["v1", "backgroundAssetVersionAppStoreReleases", id.as_str()], Some("backgroundAssetVersion")).await
    }
}
