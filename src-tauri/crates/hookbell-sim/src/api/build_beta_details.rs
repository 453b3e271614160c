//! `buildBetaDetails`: how a build stands in TestFlight. Its id is that of its build.

use axum::http::Method;

use super::{
    builds,
    kind::{Kind, Relationship},
    operation::{Access, Answer, Call, Operation},
    query::{Filter, Query},
    read,
    refusal::Refusal,
};

pub(crate) static KIND: Kind = Kind {
    name: "buildBetaDetails",
    attributes: &["autoNotifyEnabled", "internalBuildState", "externalBuildState"],
    relationships: &[Relationship::linked("build", &builds::KIND)],
    shown: None,
};

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation {
        id: "buildBetaDetailsGetCollection",
        method: Method::GET,
        path: "/v1/buildBetaDetails",
        kind: &KIND,
        access: Access::Everyone,
        query: Query {
            filters: &[
                Filter { name: "build", path: "build.id", values: &[] },
                Filter { name: "id", path: "id", values: &[] },
            ],
            includes: &["build"],
            ..Query::LIST
        },
        answer: read::collection,
    },
    Operation {
        id: "buildBetaDetailsGetInstance",
        method: Method::GET,
        path: "/v1/buildBetaDetails/{id}",
        kind: &KIND,
        access: Access::Everyone,
        query: Query { includes: &["build"], ..Query::INSTANCE },
        answer: read::instance,
    },
    Operation {
        id: "buildsBuildBetaDetailGetToOneRelated",
        method: Method::GET,
        path: "/v1/builds/{id}/buildBetaDetail",
        kind: &KIND,
        access: Access::Everyone,
        query: Query { includes: &["build"], ..Query::INSTANCE },
        answer: of_build,
    },
];

fn of_build(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    read::one_of(call, builds::KIND.name, "build.id")
}
