//! `buildBetaDetails`: how a build stands in TestFlight. Its id is that of its build.

use super::{
    kinds,
    operation::{Answer, Call, Operation},
    query::{Filter, Query},
    read,
    refusal::Refusal,
};

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get(
        "buildBetaDetailsGetCollection",
        "/v1/buildBetaDetails",
        &kinds::BUILD_BETA_DETAILS,
        Query {
            filters: &[
                Filter { name: "build", path: "build.id", values: &[] },
                Filter { name: "id", path: "id", values: &[] },
            ],
            includes: &["build"],
            ..Query::LIST
        },
        read::collection,
    ),
    Operation::get(
        "buildBetaDetailsGetInstance",
        "/v1/buildBetaDetails/{id}",
        &kinds::BUILD_BETA_DETAILS,
        Query { includes: &["build"], ..Query::INSTANCE },
        read::instance,
    ),
    Operation::get(
        "buildsBuildBetaDetailGetToOneRelated",
        "/v1/builds/{id}/buildBetaDetail",
        &kinds::BUILD_BETA_DETAILS,
        Query { includes: &["build"], ..Query::INSTANCE },
        of_build,
    ),
];

fn of_build(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    read::one_of(call, kinds::BUILDS.name, "build.id")
}
