//! `builds`: what was uploaded and processed, with its number.

use axum::http::Method;

use super::{
    app_store_versions, apps, build_beta_details, build_uploads,
    kind::{Kind, Relationship},
    operation::{Access, Answer, Call, Operation},
    pre_release_versions,
    query::{Filter, Query},
    read,
    refusal::Refusal,
};

pub(crate) static KIND: Kind = Kind {
    name: "builds",
    attributes: &[
        "version",
        "uploadedDate",
        "expirationDate",
        "expired",
        "minOsVersion",
        "processingState",
        "buildAudienceType",
        "usesNonExemptEncryption",
    ],
    relationships: &[
        Relationship::linked("preReleaseVersion", &pre_release_versions::KIND),
        Relationship::linked("app", &apps::KIND),
        Relationship::linked("buildBetaDetail", &build_beta_details::KIND),
        Relationship::linked("appStoreVersion", &app_store_versions::KIND),
        Relationship::plain("buildUpload", &build_uploads::KIND),
    ],
    shown: None,
};

const INCLUDES: &[&str] = &["preReleaseVersion", "app", "buildBetaDetail", "appStoreVersion", "buildUpload"];

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation {
        id: "appsBuildsGetToManyRelated",
        method: Method::GET,
        path: "/v1/apps/{id}/builds",
        kind: &KIND,
        access: Access::Everyone,
        query: Query::LIST,
        answer: of_app,
    },
    Operation {
        id: "buildsGetCollection",
        method: Method::GET,
        path: "/v1/builds",
        kind: &KIND,
        access: Access::Everyone,
        query: Query {
            filters: &[
                Filter { name: "version", path: "version", values: &[] },
                Filter { name: "expired", path: "expired", values: &[] },
                Filter {
                    name: "processingState",
                    path: "processingState",
                    values: &["PROCESSING", "FAILED", "INVALID", "VALID"],
                },
                Filter { name: "preReleaseVersion.version", path: "preReleaseVersion.version", values: &[] },
                Filter {
                    name: "preReleaseVersion.platform",
                    path: "preReleaseVersion.platform",
                    values: &["IOS", "MAC_OS", "TV_OS", "VISION_OS"],
                },
                Filter { name: "preReleaseVersion", path: "preReleaseVersion.id", values: &[] },
                Filter { name: "app", path: "app.id", values: &[] },
                Filter { name: "appStoreVersion", path: "appStoreVersion.id", values: &[] },
                Filter { name: "id", path: "id", values: &[] },
            ],
            includes: INCLUDES,
            sorts: &["version", "uploadedDate"],
            ..Query::LIST
        },
        answer: read::collection,
    },
    Operation {
        id: "buildsGetInstance",
        method: Method::GET,
        path: "/v1/builds/{id}",
        kind: &KIND,
        access: Access::Everyone,
        query: Query { includes: INCLUDES, ..Query::INSTANCE },
        answer: read::instance,
    },
];

fn of_app(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    read::of(call, apps::KIND.name, "app.id")
}
