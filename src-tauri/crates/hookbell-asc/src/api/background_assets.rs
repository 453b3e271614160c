//! Background assets: packs that an app downloads by itself.

use hookbell_core::{BackgroundAssetId, BackgroundAssetVersionId};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{apps::AscApp, build_uploads::StateDetail, platform::Platform};
use crate::{Client, Error, Related, Resource, transport::open_enum::open_enum};

open_enum!(
    /// The upload state of a version.
    AssetVersionState {
        AwaitingUpload = "AWAITING_UPLOAD",
        Processing = "PROCESSING",
        Failed = "FAILED",
        Complete = "COMPLETE",
    }
);

/// An asset pack.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BackgroundAsset {
    /// Its id.
    pub id: BackgroundAssetId,
    /// The developer's identifier for it.
    pub asset_pack_identifier: Option<String>,
    /// Whether it is archived.
    pub archived: Option<bool>,
    /// Its size in bytes.
    pub used_bytes: Option<u64>,
    /// When it was created.
    pub created_date: Option<Timestamp>,
    /// Its app.
    pub app: Option<Related<AscApp>>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for BackgroundAsset {
    const TYPE: &'static str = "backgroundAssets";
    type Id = BackgroundAssetId;
}

/// A version of an asset pack.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BackgroundAssetVersion {
    /// Its id.
    pub id: BackgroundAssetVersionId,
    /// The version.
    pub version: Option<String>,
    /// Its state.
    pub state: Option<AssetVersionState>,
    /// Apple's findings.
    pub state_details: Option<AssetStateDetails>,
    /// Its platforms.
    pub platforms: Option<Vec<Platform>>,
    /// A locale such as `en-US`, if it is for one locale only.
    pub locale: Option<String>,
    /// When it was created.
    pub created_date: Option<Timestamp>,
    /// The pack.
    pub background_asset: Option<Related<BackgroundAsset>>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for BackgroundAssetVersion {
    const TYPE: &'static str = "backgroundAssetVersions";
    type Id = BackgroundAssetVersionId;
}

/// Apple's findings in a version.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct AssetStateDetails {
    /// Why it failed.
    pub errors: Option<Vec<StateDetail>>,
    /// What to fix before the next version.
    pub warnings: Option<Vec<StateDetail>>,
    /// Notes that need no action.
    pub infos: Option<Vec<StateDetail>>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Reads asset packs. Their releases are in [`super::background_asset_releases`].
///
/// ```no_run
/// # use hookbell_asc::{Client, Error};
/// # async fn example(client: Client, id: hookbell_core::BackgroundAssetVersionId) -> Result<(), Error> {
/// let version = client.background_assets().version(&id).await?;
/// println!("{:?} {:?}", version.version, version.state);
/// # Ok(())
/// # }
/// ```
pub struct BackgroundAssetEndpoints<'a>(&'a Client);

impl Client {
    /// Asset packs and their versions.
    #[must_use]
    pub fn background_assets(&self) -> BackgroundAssetEndpoints<'_> {
        BackgroundAssetEndpoints(self)
    }
}

impl BackgroundAssetEndpoints<'_> {
    /// One asset pack, with its app.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn get(&self, id: &BackgroundAssetId) -> Result<BackgroundAsset, Error> {
        self.0.get(&["v1", "backgroundAssets", id.as_str()], Some("app")).await
    }

    /// One version, with its pack.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn version(&self, id: &BackgroundAssetVersionId) -> Result<BackgroundAssetVersion, Error> {
        self.0.get(&["v1", "backgroundAssetVersions", id.as_str()], Some("backgroundAsset")).await
    }
}
