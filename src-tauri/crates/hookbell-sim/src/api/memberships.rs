//! A group's builds and testers, added and removed from both ends.
//!
//! A request succeeds completely or not at all: one refused id fails the others.

use super::{
    document, kinds, linkages,
    operation::{Answer, Call, Operation},
    query::Query,
    read,
    refusal::Refusal,
};
use crate::{testflight, world::Resource};

/// The live service's text for a build that isn't ready for a group.
const NOT_ASSIGNABLE: &str = "Build is not in an externally assignable state";
const TITLE: &str = "The request entity is not processable.";

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::post(
        "betaGroupsBuildsCreateToManyRelationship",
        "/v1/betaGroups/{id}/relationships/builds",
        &kinds::BUILDS,
        add_builds,
    )
    .for_managers(),
    Operation::delete(
        "betaGroups_builds_deleteToManyRelationship",
        "/v1/betaGroups/{id}/relationships/builds",
        &kinds::BUILDS,
        remove_members,
    )
    .for_managers(),
    Operation::get(
        "betaGroups_builds_getToManyRelated",
        "/v1/betaGroups/{id}/builds",
        &kinds::BUILDS,
        Query::LIST,
        members,
    ),
    Operation::post(
        "buildsBetaGroupsCreateToManyRelationship",
        "/v1/builds/{id}/relationships/betaGroups",
        &kinds::BETA_GROUPS,
        add_to_groups,
    )
    .for_managers(),
    Operation::delete(
        "buildsBetaGroupsDeleteToManyRelationship",
        "/v1/builds/{id}/relationships/betaGroups",
        &kinds::BETA_GROUPS,
        remove_from_groups,
    )
    .for_managers(),
    Operation::post(
        "betaGroups_betaTesters_createToManyRelationship",
        "/v1/betaGroups/{id}/relationships/betaTesters",
        &kinds::BETA_TESTERS,
        add_testers,
    )
    .for_managers(),
    Operation::delete(
        "betaGroups_betaTesters_deleteToManyRelationship",
        "/v1/betaGroups/{id}/relationships/betaTesters",
        &kinds::BETA_TESTERS,
        remove_members,
    )
    .for_managers(),
    Operation::get(
        "betaGroups_betaTesters_getToManyRelated",
        "/v1/betaGroups/{id}/betaTesters",
        &kinds::BETA_TESTERS,
        Query::LIST,
        members,
    ),
    Operation::get(
        "betaGroups_betaTesters_getToManyRelationship",
        "/v1/betaGroups/{id}/relationships/betaTesters",
        &kinds::BETA_TESTERS,
        Query::LINKAGES,
        names_of_members,
    ),
];

fn members(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    known(call, kinds::BETA_GROUPS.name, call.id)?;
    read::collection_of(call, |call, member| call.world.is_member(call.id, &member.id))
}

fn names_of_members(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    known(call, kinds::BETA_GROUPS.name, call.id)?;
    let all = call.world.all(call.operation.kind.name);
    let all: Vec<_> =
        all.filter(|member| call.world.is_member(call.id, &member.id)).map(|member| member.id.clone()).collect();
    Ok(Answer::ok(document::linkages(call, &read::here(call), &all)))
}

fn add_builds(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let group = known(call, kinds::BETA_GROUPS.name, call.id)?;
    let builds = all_known(call, &linkages::read(&kinds::BUILDS, call.body)?)?;
    let pairs: Vec<_> = builds.into_iter().map(|build| (group.clone(), build)).collect();
    give(call, &pairs, "Builds cannot be assigned to this internal group.")
}

fn add_to_groups(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let build = known(call, kinds::BUILDS.name, call.id)?;
    let groups = all_known(call, &linkages::read(&kinds::BETA_GROUPS, call.body)?)?;
    let pairs: Vec<_> = groups.into_iter().map(|group| (group, build.clone())).collect();
    give(call, &pairs, "Cannot add internal group to a build.")
}

/// Adds builds to groups, once all of them pass the checks.
fn give(call: &mut Call<'_>, pairs: &[(Resource, Resource)], automatic: &str) -> Result<Answer, Refusal> {
    for (group, build) in pairs {
        let is = |attribute| call.world.value(group, attribute).as_deref() == Some("true");
        if group.related("app") != build.related("app") {
            return Err(Refusal::relationship("betaGroups", kinds::BETA_GROUPS.name, &group.id));
        }
        if is("isInternalGroup") && is("hasAccessToAllBuilds") {
            return Err(Refusal::unprocessable(TITLE, automatic));
        }
        let expired = call.world.value(build, "expired").as_deref() == Some("true");
        if expired || (!is("isInternalGroup") && !testflight::is_assignable(call.world, build)) {
            return Err(Refusal::unprocessable(TITLE, NOT_ASSIGNABLE));
        }
    }
    let mut attempts = Vec::new();
    for (group, build) in pairs {
        call.world.join(&group.id, kinds::BUILDS.name, &build.id);
        let now = call.links.now;
        if call.world.value(group, "isInternalGroup").as_deref() == Some("true") {
            testflight::show_to_internal(call.world, &build.id);
        } else {
            attempts.extend(testflight::joined(call.world, &build.id, now));
        }
    }
    Ok(Answer::no_content().sending(attempts))
}

fn add_testers(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let group = known(call, kinds::BETA_GROUPS.name, call.id)?;
    let testers = all_known(call, &linkages::read(&kinds::BETA_TESTERS, call.body)?)?;
    if let Some(tester) = testers.iter().find(|tester| call.world.is_member(&group.id, &tester.id)) {
        // Developers met a conflict; its wording is ours.
        return Err(Refusal::state(format!("The tester '{}' is already in the group '{}'", tester.id, group.id)));
    }
    for tester in testers {
        call.world.join(&group.id, kinds::BETA_TESTERS.name, &tester.id);
    }
    Ok(Answer::no_content())
}

fn remove_members(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let group = known(call, kinds::BETA_GROUPS.name, call.id)?;
    for member in all_known(call, &linkages::read(call.operation.kind, call.body)?)? {
        call.world.leave(&group.id, &member.id);
    }
    Ok(Answer::no_content())
}

fn remove_from_groups(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let build = known(call, kinds::BUILDS.name, call.id)?;
    for group in all_known(call, &linkages::read(&kinds::BETA_GROUPS, call.body)?)? {
        call.world.leave(&group.id, &build.id);
    }
    Ok(Answer::no_content())
}

fn known(call: &Call<'_>, kind: &str, id: &str) -> Result<Resource, Refusal> {
    call.world.find(kind, id).map(std::borrow::Cow::into_owned).ok_or_else(|| Refusal::not_found(kind, id))
}

/// The resources of the operation's type with these ids.
fn all_known(call: &Call<'_>, ids: &[String]) -> Result<Vec<Resource>, Refusal> {
    ids.iter().map(|id| known(call, call.operation.kind.name, id)).collect()
}
