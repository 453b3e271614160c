//! `apps`: the collection is also the cheap way to check a key.

use axum::http::Method;

use super::{
    kind::{Kind, Relationship},
    operation::{Access, Operation},
    query::{Filter, Query},
    read,
};

pub(crate) static KIND: Kind = Kind {
    name: "apps",
    attributes: &["name", "bundleId", "sku", "primaryLocale", "isOrEverWasMadeForKids", "contentRightsDeclaration"],
    relationships: &[
        Relationship::link("appStoreVersions"),
        Relationship::link("preReleaseVersions"),
        Relationship::link("builds"),
        Relationship::link("betaGroups"),
        Relationship::link("betaTesters"),
    ],
    shown: None,
};

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation {
        id: "appsGetCollection",
        method: Method::GET,
        path: "/v1/apps",
        kind: &KIND,
        access: Access::Everyone,
        query: Query {
            filters: &[
                Filter { name: "name", path: "name", values: &[] },
                Filter { name: "bundleId", path: "bundleId", values: &[] },
                Filter { name: "sku", path: "sku", values: &[] },
                Filter { name: "id", path: "id", values: &[] },
            ],
            sorts: &["name", "bundleId", "sku"],
            ..Query::LIST
        },
        answer: read::collection,
    },
    Operation {
        id: "appsGetInstance",
        method: Method::GET,
        path: "/v1/apps/{id}",
        kind: &KIND,
        access: Access::Everyone,
        query: Query::INSTANCE,
        answer: read::instance,
    },
];
