//! `alternativeDistributionPackages` and their versions, for marketplaces outside the App Store.

use super::{
    kinds,
    operation::{Answer, Call, Operation},
    query::Query,
    read,
    refusal::Refusal,
};

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get(
        "alternativeDistributionPackagesGetInstance",
        "/v1/alternativeDistributionPackages/{id}",
        &kinds::ALTERNATIVE_DISTRIBUTION_PACKAGES,
        Query { includes: &["versions"], ..Query::INSTANCE },
        read::instance,
    ),
    Operation::get(
        "alternativeDistributionPackagesVersionsGetToManyRelated",
        "/v1/alternativeDistributionPackages/{id}/versions",
        &kinds::ALTERNATIVE_DISTRIBUTION_PACKAGE_VERSIONS,
        Query { includes: &["alternativeDistributionPackage"], ..Query::LIST },
        of_package,
    ),
    Operation::get(
        "alternativeDistributionPackageVersionsGetInstance",
        "/v1/alternativeDistributionPackageVersions/{id}",
        &kinds::ALTERNATIVE_DISTRIBUTION_PACKAGE_VERSIONS,
        Query { includes: &["alternativeDistributionPackage"], ..Query::INSTANCE },
        read::instance,
    ),
];

fn of_package(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    read::of(call, kinds::ALTERNATIVE_DISTRIBUTION_PACKAGES.name, "alternativeDistributionPackage.id")
}
