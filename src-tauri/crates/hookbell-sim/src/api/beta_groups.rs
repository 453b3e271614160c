//! `betaGroups`: the circles of testers of an app.

use super::{
    kinds,
    operation::Operation,
    query::{Filter, Query},
    read,
};

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get(
        "appsBetaGroupsGetToManyRelated",
        "/v1/apps/{id}/betaGroups",
        &kinds::BETA_GROUPS,
        Query::LIST,
        read::of_app,
    ),
    Operation::get(
        "betaGroupsGetCollection",
        "/v1/betaGroups",
        &kinds::BETA_GROUPS,
        Query {
            filters: &[
                Filter { name: "name", path: "name", values: &[] },
                Filter { name: "isInternalGroup", path: "isInternalGroup", values: &[] },
                Filter { name: "app", path: "app.id", values: &[] },
                Filter { name: "id", path: "id", values: &[] },
            ],
            includes: &["app"],
            sorts: &["name", "createdDate"],
            ..Query::LIST
        },
        read::collection,
    ),
    Operation::get(
        "betaGroupsGetInstance",
        "/v1/betaGroups/{id}",
        &kinds::BETA_GROUPS,
        Query { includes: &["app"], ..Query::INSTANCE },
        read::instance,
    ),
];
