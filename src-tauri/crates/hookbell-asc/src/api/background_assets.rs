//! Background assets: packs that an app downloads by itself.

use hookbell_core::{BackgroundAssetId, BackgroundAssetVersionId};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{apps::AscApp, build_uploads::StateDetail, platform::Platform};
use crate::{Client, Error, Related, Resource, transport::open_enum::open_enum};

open_enum!(
    /// How far the upload of a version is.
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
    /// The developer's own name for it.
    pub asset_pack_identifier: Option<String>,
    /// Whether it is out of use.
    pub archived: Option<bool>,
    /// How much room it takes, in bytes.
    pub used_bytes: Option<u64>,
    /// When it was made.
    pub created_date: Option<Timestamp>,
    /// Its app.
    pub app: Option<Related<AscApp>>,
    /// Everything else.
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
    /// How far it is.
    pub state: Option<AssetVersionState>,
    /// What Apple found.
    pub state_details: Option<AssetStateDetails>,
    /// What it is for.
    pub platforms: Option<Vec<Platform>>,
    /// A locale such as `en-US`, if it is for one only.
    pub locale: Option<String>,
    /// When it was made.
    pub created_date: Option<Timestamp>,
    /// The pack.
    pub background_asset: Option<Related<BackgroundAsset>>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for BackgroundAssetVersion {
    const TYPE: &'static str = "backgroundAssetVersions";
    type Id = BackgroundAssetVersionId;
}

/// What Apple found in a version.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct AssetStateDetails {
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

/// What can be asked about asset packs. Their releases are in [`super::background_asset_releases`].
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
