//! `backgroundAssets`, their versions and the three kinds of release.

use axum::http::Method;

use super::{
    apps,
    kind::{Kind, Relationship},
    operation::{Access, Answer, Call, Operation},
    query::{Filter, Query},
    read,
    refusal::Refusal,
};

pub(crate) static KIND: Kind = Kind {
    name: "backgroundAssets",
    attributes: &["archived", "assetPackIdentifier", "createdDate", "usedBytes"],
    relationships: &[
        Relationship::plain("app", &apps::KIND),
        Relationship::link("versions"),
        Relationship::plain("appStoreVersion", &VERSION),
        Relationship::plain("internalBetaVersion", &VERSION),
        Relationship::plain("externalBetaVersion", &VERSION),
    ],
    shown: None,
};

static VERSION: Kind = Kind {
    name: "backgroundAssetVersions",
    attributes: &["createdDate", "platforms", "state", "stateDetails", "version", "locale"],
    relationships: &[
        Relationship::plain("backgroundAsset", &KIND),
        Relationship::plain("internalBetaRelease", &INTERNAL),
        Relationship::plain("externalBetaRelease", &EXTERNAL),
        Relationship::plain("appStoreRelease", &APP_STORE),
    ],
    shown: None,
};

static OF_VERSION: [Relationship; 1] = [Relationship::plain("backgroundAssetVersion", &VERSION)];

static INTERNAL: Kind = release("backgroundAssetVersionInternalBetaReleases");
static EXTERNAL: Kind = release("backgroundAssetVersionExternalBetaReleases");
static APP_STORE: Kind = release("backgroundAssetVersionAppStoreReleases");

const ASSET_INCLUDES: &[&str] = &["app", "appStoreVersion", "internalBetaVersion", "externalBetaVersion"];
const VERSION_INCLUDES: &[&str] = &["backgroundAsset", "internalBetaRelease", "externalBetaRelease", "appStoreRelease"];
const RELEASE_INCLUDES: &[&str] = &["backgroundAssetVersion"];

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation {
        id: "appsBackgroundAssetsGetToManyRelated",
        method: Method::GET,
        path: "/v1/apps/{id}/backgroundAssets",
        kind: &KIND,
        access: Access::Everyone,
        query: Query {
            filters: &[
                Filter { name: "archived", path: "archived", values: &["true", "false"] },
                Filter { name: "assetPackIdentifier", path: "assetPackIdentifier", values: &[] },
            ],
            includes: ASSET_INCLUDES,
            sorts: &["assetPackIdentifier", "createdDate"],
            ..Query::LIST
        },
        answer: of_app,
    },
    read_one("backgroundAssetsGetInstance", "/v1/backgroundAssets/{id}", &KIND, ASSET_INCLUDES),
    read_one("backgroundAssetVersionsGetInstance", "/v1/backgroundAssetVersions/{id}", &VERSION, VERSION_INCLUDES),
    read_one(
        "backgroundAssetVersionInternalBetaReleasesGetInstance",
        "/v1/backgroundAssetVersionInternalBetaReleases/{id}",
        &INTERNAL,
        RELEASE_INCLUDES,
    ),
    read_one(
        "backgroundAssetVersionExternalBetaReleasesGetInstance",
        "/v1/backgroundAssetVersionExternalBetaReleases/{id}",
        &EXTERNAL,
        RELEASE_INCLUDES,
    ),
    read_one(
        "backgroundAssetVersionAppStoreReleasesGetInstance",
        "/v1/backgroundAssetVersionAppStoreReleases/{id}",
        &APP_STORE,
        RELEASE_INCLUDES,
    ),
];

const fn release(name: &'static str) -> Kind {
    Kind { name, attributes: &["state"], relationships: &OF_VERSION, shown: None }
}

const fn read_one(
    id: &'static str,
    path: &'static str,
    kind: &'static Kind,
    includes: &'static [&'static str],
) -> Operation {
    Operation {
        id,
        method: Method::GET,
        path,
        kind,
        access: Access::Everyone,
        query: Query { includes, ..Query::INSTANCE },
        answer: read::instance,
    }
}

fn of_app(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    read::of(call, apps::KIND.name, "app.id")
}
