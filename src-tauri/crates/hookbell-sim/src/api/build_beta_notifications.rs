//! `buildBetaNotifications`: notifies the testers of an approved build, unless that happens automatically.

use super::{
    document,
    entity::Entity,
    kinds,
    operation::{Answer, Call, Operation},
    refusal::Refusal,
};
use crate::{testflight, world::Resource};

pub(crate) static OPERATIONS: &[Operation] = &[Operation::post(
    "buildBetaNotificationsCreateInstance",
    "/v1/buildBetaNotifications",
    &kinds::BUILD_BETA_NOTIFICATIONS,
    create,
)
.for_managers()];

fn create(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let mut entity = Entity::create(&kinds::BUILD_BETA_NOTIFICATIONS, call.body)?;
    entity.refuse_unknown(&[]);
    let build = entity.related("build", &kinds::BUILDS);
    if let Some(build) = build.as_ref().filter(|build| call.world.find(kinds::BUILDS.name, build).is_none()) {
        entity.refuse(Refusal::relationship("build", kinds::BUILDS.name, build));
    }
    entity.verdict()?;

    let build = build.ok_or_else(|| Refusal::not_json("a required value is missing"))?;
    let detail = call.world.find(kinds::BUILD_BETA_DETAILS.name, &build).map(std::borrow::Cow::into_owned);
    let says = |attribute: &str| call.world.value(detail.as_ref()?, attribute);
    if says("autoNotifyEnabled").as_deref() == Some("true") {
        let detail = format!("Beta notifications can not be sent for the build '{build}': Auto-notify already enabled");
        return Err(Refusal::invalid_state(detail));
    }
    let is_out = says("externalBuildState").is_some_and(|state| testflight::is_approved(&state))
        || says("internalBuildState").as_deref() == Some("IN_BETA_TESTING");
    if !is_out {
        return Err(Refusal::invalid_state(format!("The build '{build}' is not available to any tester")));
    }
    let is_approved = says("externalBuildState").as_deref() == Some("BETA_APPROVED");
    let attempts = if is_approved {
        testflight::move_external(call.world, &build, "IN_BETA_TESTING", call.links.now)
    } else {
        Vec::new()
    };
    let notification = Resource::new(kinds::BUILD_BETA_NOTIFICATIONS.name, uuid::Uuid::new_v4().to_string());
    Ok(Answer::created(document::one(call, &notification)).sending(attempts))
}
