//! `appStoreVersions`: versions in App Review.

use super::{
    kinds,
    operation::Operation,
    query::{Filter, Query},
    read,
};

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get(
        "appsAppStoreVersionsGetToManyRelated",
        "/v1/apps/{id}/appStoreVersions",
        &kinds::APP_STORE_VERSIONS,
        Query {
            filters: &[
                Filter { name: "platform", path: "platform", values: &["IOS", "MAC_OS", "TV_OS", "VISION_OS"] },
                Filter { name: "versionString", path: "versionString", values: &[] },
                Filter { name: "appVersionState", path: "appVersionState", values: &[] },
                Filter { name: "id", path: "id", values: &[] },
            ],
            includes: &["app", "build"],
            ..Query::LIST
        },
        read::of_app,
    ),
    Operation::get(
        "appStoreVersionsGetInstance",
        "/v1/appStoreVersions/{id}",
        &kinds::APP_STORE_VERSIONS,
        Query { includes: &["app", "build"], ..Query::INSTANCE },
        read::instance,
    ),
];
