//! `buildUploads`: an upload and what Apple has against it.

use super::{
    kinds,
    operation::Operation,
    query::{Filter, Query},
    read,
};

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get(
        "appsBuildUploadsGetToManyRelated",
        "/v1/apps/{id}/buildUploads",
        &kinds::BUILD_UPLOADS,
        Query {
            filters: &[
                Filter { name: "cfBundleShortVersionString", path: "cfBundleShortVersionString", values: &[] },
                Filter { name: "cfBundleVersion", path: "cfBundleVersion", values: &[] },
                Filter { name: "platform", path: "platform", values: &["IOS", "MAC_OS", "TV_OS", "VISION_OS"] },
                Filter { name: "state", path: "state.state", values: &[] },
            ],
            includes: &["build"],
            sorts: &["cfBundleVersion", "uploadedDate"],
            ..Query::LIST
        },
        read::of_app,
    ),
    Operation::get(
        "buildUploadsGetInstance",
        "/v1/buildUploads/{id}",
        &kinds::BUILD_UPLOADS,
        Query { includes: &["build"], ..Query::INSTANCE },
        read::instance,
    ),
];
