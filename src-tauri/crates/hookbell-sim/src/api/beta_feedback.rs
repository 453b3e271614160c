//! What both kinds of feedback share: the device's data and the queries.

use super::{
    kinds,
    operation::{Answer, Call},
    query::{Filter, Query},
    read,
    refusal::Refusal,
};

const PLATFORMS: &[&str] = &["IOS", "MAC_OS", "TV_OS", "VISION_OS"];

const INCLUDES: &[&str] = &["build", "tester"];

/// The query parameters for an app's feedback.
pub(super) const OF_APP: Query = Query {
    filters: &[
        Filter { name: "deviceModel", path: "deviceModel", values: &[] },
        Filter { name: "osVersion", path: "osVersion", values: &[] },
        Filter { name: "appPlatform", path: "appPlatform", values: PLATFORMS },
        Filter { name: "devicePlatform", path: "devicePlatform", values: PLATFORMS },
        Filter { name: "build", path: "build.id", values: &[] },
        Filter { name: "build.preReleaseVersion", path: "build.preReleaseVersion.id", values: &[] },
        Filter { name: "tester", path: "tester.id", values: &[] },
    ],
    includes: INCLUDES,
    sorts: &["createdDate"],
    ..Query::LIST
};

/// The query parameters for a single feedback.
pub(super) const INSTANCE: Query = Query { includes: INCLUDES, ..Query::INSTANCE };

pub(super) fn of_app(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    read::of(call, kinds::APPS.name, "build.app.id")
}
