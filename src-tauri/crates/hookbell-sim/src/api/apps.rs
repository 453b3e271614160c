//! `apps`. Reading the collection is also the cheap way to check a key.

use super::{
    kinds,
    operation::Operation,
    query::{Filter, Query},
    read,
};

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get(
        "appsGetCollection",
        "/v1/apps",
        &kinds::APPS,
        Query {
            filters: &[
                Filter { name: "name", path: "name", values: &[] },
                Filter { name: "bundleId", path: "bundleId", values: &[] },
                Filter { name: "sku", path: "sku", values: &[] },
                Filter { name: "id", path: "id", values: &[] },
            ],
            sorts: &["name", "bundleId", "sku"],
            ..Query::LIST
        },
        read::collection,
    ),
    Operation::get("appsGetInstance", "/v1/apps/{id}", &kinds::APPS, Query::INSTANCE, read::instance),
];
