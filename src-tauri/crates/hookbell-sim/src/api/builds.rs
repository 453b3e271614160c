//! `builds`: what was uploaded and processed, with its number.

use super::{
    kinds,
    operation::Operation,
    query::{Filter, Query},
    read,
};

const INCLUDES: &[&str] = &["preReleaseVersion", "app", "buildBetaDetail", "appStoreVersion", "buildUpload"];

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get("appsBuildsGetToManyRelated", "/v1/apps/{id}/builds", &kinds::BUILDS, Query::LIST, read::of_app),
    Operation::get(
        "buildsGetCollection",
        "/v1/builds",
        &kinds::BUILDS,
        Query {
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
        read::collection,
    ),
    Operation::get(
        "buildsGetInstance",
        "/v1/builds/{id}",
        &kinds::BUILDS,
        Query { includes: INCLUDES, ..Query::INSTANCE },
        read::instance,
    ),
];
