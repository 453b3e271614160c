//! `alternativeDistributionPackages` and their versions, for marketplaces outside the App Store.

use axum::http::Method;

use super::{
    kind::{Kind, Relationship},
    operation::{Access, Answer, Call, Operation},
    query::Query,
    read,
    refusal::Refusal,
};

static KIND: Kind = Kind {
    name: "alternativeDistributionPackages",
    attributes: &["sourceFileChecksum"],
    relationships: &[Relationship::many("versions", &VERSION, "alternativeDistributionPackage.id")],
    shown: None,
};

static VERSION: Kind = Kind {
    name: "alternativeDistributionPackageVersions",
    attributes: &["url", "urlExpirationDate", "version", "fileChecksum", "state"],
    relationships: &[
        Relationship::link("variants"),
        Relationship::link("deltas"),
        Relationship::plain("alternativeDistributionPackage", &KIND),
    ],
    shown: None,
};

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation {
        id: "alternativeDistributionPackagesGetInstance",
        method: Method::GET,
        path: "/v1/alternativeDistributionPackages/{id}",
        kind: &KIND,
        access: Access::Everyone,
        query: Query { includes: &["versions"], ..Query::INSTANCE },
        answer: read::instance,
    },
    Operation {
        id: "alternativeDistributionPackagesVersionsGetToManyRelated",
        method: Method::GET,
        path: "/v1/alternativeDistributionPackages/{id}/versions",
        kind: &VERSION,
        access: Access::Everyone,
        query: Query { includes: &["alternativeDistributionPackage"], ..Query::LIST },
        answer: of_package,
    },
    Operation {
        id: "alternativeDistributionPackageVersionsGetInstance",
        method: Method::GET,
        path: "/v1/alternativeDistributionPackageVersions/{id}",
        kind: &VERSION,
        access: Access::Everyone,
        query: Query { includes: &["alternativeDistributionPackage"], ..Query::INSTANCE },
        answer: read::instance,
    },
];

fn of_package(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    read::of(call, KIND.name, "alternativeDistributionPackage.id")
}
