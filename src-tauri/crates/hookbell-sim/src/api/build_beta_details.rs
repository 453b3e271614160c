//! `buildBetaDetails`: the TestFlight state of builds. Each has the id of its build.

use serde_json::json;

use super::{
    document,
    entity::Entity,
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
    Operation::patch("buildBetaDetailsUpdateInstance", "/v1/buildBetaDetails/{id}", &kinds::BUILD_BETA_DETAILS, update)
        .for_managers(),
];

/// Sets whether testers are notified automatically. Takes effect at approval; has no effect on an approved build.
fn update(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let kind = kinds::BUILD_BETA_DETAILS.name;
    let mut detail = call.world.find(kind, call.id).ok_or_else(|| Refusal::not_found(kind, call.id))?.into_owned();
    let mut entity = Entity::update(&kinds::BUILD_BETA_DETAILS, call.id, call.body)?;
    entity.refuse_unknown(&["autoNotifyEnabled"]);
    let notifies = entity.flag("autoNotifyEnabled");
    entity.verdict()?;
    if let Some(notifies) = notifies {
        detail.attributes.insert("autoNotifyEnabled".to_owned(), json!(notifies));
        call.world.put(detail.clone());
    }
    Ok(Answer::ok(document::one(call, &detail)))
}

fn of_build(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    read::one_of(call, kinds::BUILDS.name, "build.id")
}
