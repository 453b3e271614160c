//! `buildUploads`: an upload and what Apple has against it.

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
    name: "buildUploads",
    attributes: &["cfBundleShortVersionString", "cfBundleVersion", "createdDate", "state", "platform", "uploadedDate"],
    relationships: &[Relationship::plain("build", &builds::KIND), Relationship::link("buildUploadFiles")],
    shown: None,
};

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation {
        id: "appsBuildUploadsGetToManyRelated",
        method: Method::GET,
        path: "/v1/apps/{id}/buildUploads",
        kind: &KIND,
        access: Access::Everyone,
        query: Query {
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
        answer: of_app,
    },
    Operation {
        id: "buildUploadsGetInstance",
        method: Method::GET,
        path: "/v1/buildUploads/{id}",
        kind: &KIND,
        access: Access::Everyone,
        query: Query { includes: &["build"], ..Query::INSTANCE },
        answer: read::instance,
    },
];

fn of_app(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    read::of(call, apps::KIND.name, "app.id")
}
