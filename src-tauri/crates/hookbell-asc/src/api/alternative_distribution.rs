//! Alternative distribution: packages for other marketplaces.

use hookbell_core::{AlternativeDistributionPackageId, AlternativeDistributionPackageVersionId};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{Client, Error, Related, Resource, transport::open_enum::open_enum};

open_enum!(
    /// The state of a version of a package.
    PackageVersionState {
        Completed = "COMPLETED",
        Replaced = "REPLACED",
    }
);

/// A package.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Package {
    /// Its id.
    pub id: AlternativeDistributionPackageId,
    /// Its versions, if the answer includes them.
    pub versions: Option<Vec<Related<PackageVersion>>>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for Package {
    const TYPE: &'static str = "alternativeDistributionPackages";
    type Id = AlternativeDistributionPackageId;
}

/// A version of a package.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PackageVersion {
    /// Its id.
    pub id: AlternativeDistributionPackageVersionId,
    /// The version.
    pub version: Option<String>,
    /// Its state.
    pub state: Option<PackageVersionState>,
    /// The checksum of its file.
    pub file_checksum: Option<String>,
    /// The package.
    pub alternative_distribution_package: Option<Related<Package>>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for PackageVersion {
    const TYPE: &'static str = "alternativeDistributionPackageVersions";
    type Id = AlternativeDistributionPackageVersionId;
}

/// Reads packages. Hookbell doesn't use their download URLs.
///
/// ```no_run
/// # use hookbell_asc::{Client, Error};
/// # use hookbell_core::AlternativeDistributionPackageVersionId as VersionId;
/// # async fn example(client: Client, id: VersionId) -> Result<(), Error> {
/// let version = client.alternative_distribution().version(&id).await?;
/// println!("{:?} {:?}", version.version, version.state);
/// # Ok(())
/// # }
/// ```
pub struct AlternativeDistributionEndpoints<'a>(&'a Client);

impl Client {
    /// Packages for other marketplaces.
    #[must_use]
    pub fn alternative_distribution(&self) -> AlternativeDistributionEndpoints<'_> {
        AlternativeDistributionEndpoints(self)
    }
}

impl AlternativeDistributionEndpoints<'_> {
    /// One package, with its versions.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn package(&self, id: &AlternativeDistributionPackageId) -> Result<Package, Error> {
        self.0.get(&["v1", "alternativeDistributionPackages", id.as_str()], Some("versions")).await
    }

    /// One version, with its package.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn version(&self, id: &AlternativeDistributionPackageVersionId) -> Result<PackageVersion, Error> {
        self.0
            .get(&["v1", "alternativeDistributionPackageVersions", id.as_str()], Some("alternativeDistributionPackage"))
            .await
    }
}
