//! `builds`: processed uploads. Two attributes can be changed: whether it is expired, and the export compliance answer.

use serde_json::json;

use super::{
    document,
    entity::Entity,
    kinds,
    operation::{Answer, Begun, Call, Operation},
    query::{Filter, Query},
    read,
    refusal::Refusal,
};
use crate::{testflight, world::Resource};

const INCLUDES: &[&str] = &[
    "preReleaseVersion",
    "betaGroups",
    "betaBuildLocalizations",
    "betaAppReviewSubmission",
    "app",
    "buildBetaDetail",
    "appStoreVersion",
    "buildUpload",
];
const UPDATED: &[&str] = &["expired", "usesNonExemptEncryption"];

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get("appsBuildsGetToManyRelated", "/v1/apps/{id}/builds", &kinds::BUILDS, Query::LIST, read::of_app),
    Operation::get(
        "buildsGetCollection",
        "/v1/builds",
        &kinds::BUILDS,
        Query {
            filters: &[
                Filter { name: "version", path: "version", values: &[] },
                Filter { name: "expired", path: "expired", values: &[] },
                Filter {
                    name: "processingState",
                    path: "processingState",
                    values: &["PROCESSING", "FAILED", "INVALID", "VALID"],
                },
                Filter {
                    name: "betaAppReviewSubmission.betaReviewState",
                    path: "betaAppReviewSubmission.betaReviewState",
                    values: &["WAITING_FOR_REVIEW", "IN_REVIEW", "REJECTED", "APPROVED"],
                },
                Filter { name: "usesNonExemptEncryption", path: "usesNonExemptEncryption", values: &[] },
                Filter {
                    name: "buildAudienceType",
                    path: "buildAudienceType",
                    values: &["INTERNAL_ONLY", "APP_STORE_ELIGIBLE"],
                },
                Filter { name: "betaGroups", path: "", values: &[] },
                Filter { name: "preReleaseVersion.version", path: "preReleaseVersion.version", values: &[] },
                Filter {
                    name: "preReleaseVersion.platform",
                    path: "preReleaseVersion.platform",
                    values: &["IOS", "MAC_OS", "TV_OS", "VISION_OS"],
                },
                Filter { name: "preReleaseVersion", path: "preReleaseVersion.id", values: &[] },
                Filter { name: "app", path: "app.id", values: &[] },
                Filter { name: "appStoreVersion", path: "appStoreVersion.id", values: &[] },
                Filter { name: "id", path: "id", values: &[] },
            ],
            includes: INCLUDES,
            sorts: &["version", "uploadedDate"],
            ..Query::LIST
        },
        list,
    ),
    Operation::get(
        "buildsGetInstance",
        "/v1/builds/{id}",
        &kinds::BUILDS,
        Query { includes: INCLUDES, ..Query::INSTANCE },
        read::instance,
    ),
    Operation::patch("buildsUpdateInstance", "/v1/builds/{id}", &kinds::BUILDS, update),
];

fn list(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    read::collection_of(call, |call, build| {
        let groups = call.asked.filters.get("betaGroups");
        groups.is_none_or(|groups| groups.iter().any(|group| call.world.is_member(group, &build.id)))
    })
}

fn update(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let kind = kinds::BUILDS.name;
    let mut build = call.world.find(kind, call.id).ok_or_else(|| Refusal::not_found(kind, call.id))?.into_owned();
    let mut entity = Entity::update(&kinds::BUILDS, call.id, call.body)?;
    entity.refuse_unknown(UPDATED);
    let (expired, uses) = (entity.flag("expired"), entity.flag("usesNonExemptEncryption"));
    if expired == Some(false) {
        entity.invalid("expired", "'false' is not a valid value for the attribute 'expired'".to_owned());
    }
    // Clients write it only while it is unanswered. Refusing a second answer is our choice.
    let known = build.attributes.get("usesNonExemptEncryption").and_then(serde_json::Value::as_bool);
    if known.is_some() && uses.is_some() && known != uses {
        let detail = "The attribute 'usesNonExemptEncryption' can not be changed once it has a value";
        entity.invalid("usesNonExemptEncryption", detail.to_owned());
    }
    entity.verdict()?;

    let mut begun = None;
    if let Some(uses) = uses.filter(|_| known.is_none()) {
        build.attributes.insert("usesNonExemptEncryption".to_owned(), json!(uses));
        call.world.put(build);
        begun = begin(call);
    }
    let is_over = call.world.find(kind, call.id).is_some_and(|build| is_expired(&build));
    let attempts = if expired == Some(true) && !is_over {
        testflight::expire(call.world, call.id, call.links.now)
    } else {
        Vec::new()
    };
    let build = call.world.find(kind, call.id).ok_or_else(|| Refusal::not_found(kind, call.id))?.into_owned();
    Ok(Answer::ok(document::one(call, &build)).sending(attempts).beginning(begun))
}

/// If TestFlight asks the question, starts processing the answer.
fn begin(call: &mut Call<'_>) -> Option<Begun> {
    let asks = testflight::external(call.world, call.id).as_deref() == Some("MISSING_EXPORT_COMPLIANCE");
    asks.then(|| {
        testflight::question(call.world, call.id);
        Begun::Compliance(call.id.to_owned())
    })
}

fn is_expired(build: &Resource) -> bool {
    build.attributes.get("expired") == Some(&json!(true))
}
