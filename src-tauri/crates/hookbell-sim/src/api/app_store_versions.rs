//! `appStoreVersions`: a version on its way through App Review.

use axum::http::Method;

use super::{
    apps, builds,
    kind::{Kind, Relationship},
    operation::{Access, Answer, Call, Operation},
    query::{Filter, Query},
    read,
    refusal::Refusal,
};

pub(crate) static KIND: Kind = Kind {
    name: "appStoreVersions",
    attributes: &[
        "platform",
        "versionString",
        "appStoreState",
        "appVersionState",
        "copyright",
        "reviewType",
        "releaseType",
        "earliestReleaseDate",
        "downloadable",
        "createdDate",
    ],
    relationships: &[Relationship::plain("app", &apps::KIND), Relationship::linked("build", &builds::KIND)],
    shown: None,
};

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation {
        id: "appsAppStoreVersionsGetToManyRelated",
        method: Method::GET,
        path: "/v1/apps/{id}/appStoreVersions",
        kind: &KIND,
        access: Access::Everyone,
        query: Query {
            filters: &[
                Filter { name: "platform", path: "platform", values: &["IOS", "MAC_OS", "TV_OS", "VISION_OS"] },
                Filter { name: "versionString", path: "versionString", values: &[] },
                Filter { name: "appVersionState", path: "appVersionState", values: &[] },
                Filter { name: "id", path: "id", values: &[] },
            ],
            includes: &["app", "build"],
            ..Query::LIST
        },
        answer: of_app,
    },
    Operation {
        id: "appStoreVersionsGetInstance",
        method: Method::GET,
        path: "/v1/appStoreVersions/{id}",
        kind: &KIND,
        access: Access::Everyone,
        query: Query { includes: &["app", "build"], ..Query::INSTANCE },
        answer: read::instance,
    },
];

fn of_app(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    read::of(call, apps::KIND.name, "app.id")
}
