//! `betaGroups`: the circles of testers of an app.

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
    name: "betaGroups",
    attributes: &[
        "name",
        "createdDate",
        "isInternalGroup",
        "hasAccessToAllBuilds",
        "publicLinkEnabled",
        "publicLinkId",
        "publicLinkLimitEnabled",
        "publicLinkLimit",
        "publicLink",
        "feedbackEnabled",
    ],
    relationships: &[
        Relationship::linked("app", &apps::KIND),
        Relationship::link("builds"),
        Relationship::link("betaTesters"),
    ],
    shown: None,
};

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation {
        id: "appsBetaGroupsGetToManyRelated",
        method: Method::GET,
        path: "/v1/apps/{id}/betaGroups",
        kind: &KIND,
        access: Access::Everyone,
        query: Query::LIST,
        answer: of_app,
    },
    Operation {
        id: "betaGroupsGetCollection",
        method: Method::GET,
        path: "/v1/betaGroups",
        kind: &KIND,
        access: Access::Everyone,
        query: Query {
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
        answer: read::collection,
    },
    Operation {
        id: "betaGroupsGetInstance",
        method: Method::GET,
        path: "/v1/betaGroups/{id}",
        kind: &KIND,
        access: Access::Everyone,
        query: Query { includes: &["app"], ..Query::INSTANCE },
        answer: read::instance,
    },
];

fn of_app(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    read::of(call, apps::KIND.name, "app.id")
}
