//! `backgroundAssets`, their versions and the three kinds of releases.

use super::{
    kind::Kind,
    kinds,
    operation::Operation,
    query::{Filter, Query},
    read,
};

const ASSET_INCLUDES: &[&str] = &["app", "appStoreVersion", "internalBetaVersion", "externalBetaVersion"];
const VERSION_INCLUDES: &[&str] = &["backgroundAsset", "internalBetaRelease", "externalBetaRelease", "appStoreRelease"];
const RELEASE_INCLUDES: &[&str] = &["backgroundAssetVersion"];

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get(
        "appsBackgroundAssetsGetToManyRelated",
        "/v1/apps/{id}/backgroundAssets",
        &kinds::BACKGROUND_ASSETS,
        Query {
            filters: &[
                Filter { name: "archived", path: "archived", values: &["true", "false"] },
                Filter { name: "assetPackIdentifier", path: "assetPackIdentifier", values: &[] },
            ],
            includes: ASSET_INCLUDES,
            sorts: &["assetPackIdentifier", "createdDate"],
            ..Query::LIST
        },
        read::of_app,
    ),
    read_one("backgroundAssetsGetInstance", "/v1/backgroundAssets/{id}", &kinds::BACKGROUND_ASSETS, ASSET_INCLUDES),
    read_one(
        "backgroundAssetVersionsGetInstance",
        "/v1/backgroundAssetVersions/{id}",
        &kinds::BACKGROUND_ASSET_VERSIONS,
        VERSION_INCLUDES,
    ),
    read_one(
        "backgroundAssetVersionInternalBetaReleasesGetInstance",
        "/v1/backgroundAssetVersionInternalBetaReleases/{id}",
        &kinds::BACKGROUND_ASSET_INTERNAL_RELEASES,
        RELEASE_INCLUDES,
    ),
    read_one(
        "backgroundAssetVersionExternalBetaReleasesGetInstance",
        "/v1/backgroundAssetVersionExternalBetaReleases/{id}",
        &kinds::BACKGROUND_ASSET_EXTERNAL_RELEASES,
        RELEASE_INCLUDES,
    ),
    read_one(
        "backgroundAssetVersionAppStoreReleasesGetInstance",
        "/v1/backgroundAssetVersionAppStoreReleases/{id}",
        &kinds::BACKGROUND_ASSET_APP_STORE_RELEASES,
        RELEASE_INCLUDES,
    ),
];

const fn read_one(
    id: &'static str,
    path: &'static str,
    kind: &'static Kind,
    includes: &'static [&'static str],
) -> Operation {
    Operation::get(id, path, kind, Query { includes, ..Query::INSTANCE }, read::instance)
}
