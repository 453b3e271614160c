//! `betaTesters` and their invitations: people by email address, with their groups.

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
use crate::world::{Resource, World};

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get(
        "betaTesters_getCollection",
        "/v1/betaTesters",
        &kinds::BETA_TESTERS,
        Query {
            filters: &[
                Filter { name: "email", path: "email", values: &[] },
                Filter { name: "inviteType", path: "inviteType", values: &["EMAIL", "PUBLIC_LINK"] },
                Filter { name: "apps", path: "", values: &[] },
                Filter { name: "betaGroups", path: "", values: &[] },
                Filter { name: "id", path: "id", values: &[] },
            ],
            includes: &["betaGroups"],
            sorts: &["email", "lastName"],
            ..Query::LIST
        },
        list,
    ),
    Operation::get(
        "betaTesters_getInstance",
        "/v1/betaTesters/{id}",
        &kinds::BETA_TESTERS,
        Query { includes: &["betaGroups"], ..Query::INSTANCE },
        read::instance,
    ),
    Operation::post("betaTesters_createInstance", "/v1/betaTesters", &kinds::BETA_TESTERS, create).for_managers(),
    Operation::delete("betaTesters_deleteInstance", "/v1/betaTesters/{id}", &kinds::BETA_TESTERS, delete)
        .for_managers(),
    Operation::post(
        "betaTesterInvitations_createInstance",
        "/v1/betaTesterInvitations",
        &kinds::BETA_TESTER_INVITATIONS,
        invite,
    )
    .for_managers(),
];

fn list(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    read::collection_of(call, |call, tester| {
        let is_wanted = |group: &Resource| {
            let wants = |filter: &str, id: &str| {
                call.asked.filters.get(filter).is_none_or(|wanted| wanted.iter().any(|wanted| wanted == id))
            };
            wants("betaGroups", &group.id) && group.related("app").is_some_and(|app| wants("apps", &app.id))
        };
        let asks = ["betaGroups", "apps"].iter().any(|filter| call.asked.filters.contains_key(filter));
        !asks || call.world.groups_of(&tester.id).any(is_wanted)
    })
}

/// Creates a tester. Refusing a known address is our choice: clients look it up first.
fn create(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let mut entity = Entity::create(&kinds::BETA_TESTERS, call.body)?;
    entity.refuse_unknown(&["firstName", "lastName", "email"]);
    entity.require(&["email"]);
    let (first, last, email) = (entity.text("firstName"), entity.text("lastName"), entity.text("email"));
    let groups = entity.all_related("betaGroups", &kinds::BETA_GROUPS);
    if let Some(email) = &email {
        let has_host = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        let is_known =
            call.world.all(kinds::BETA_TESTERS.name).any(|tester| tester.text("email") == Some(email.as_str()));
        if !has_host {
            entity.invalid("email", format!("'{email}' is not a valid email address"));
        } else if is_known {
            let title = "The provided entity includes an attribute with a value that has already been used";
            let detail = format!("A tester with the email '{email}' already exists");
            entity.refuse(Refusal::entity("ATTRIBUTE.INVALID.DUPLICATE", title, detail, "/data/attributes/email"));
        }
    }
    for group in groups.iter().filter(|group| call.world.find(kinds::BETA_GROUPS.name, group).is_none()) {
        entity.refuse(Refusal::relationship("betaGroups", kinds::BETA_GROUPS.name, group));
    }
    entity.verdict()?;

    let email = email.ok_or_else(|| Refusal::not_json("a required value is missing"))?;
    let id = uuid::Uuid::new_v4().to_string();
    for group in &groups {
        call.world.join(group, kinds::BETA_TESTERS.name, &id);
    }
    let state = if has_build(call.world, &groups) { "INVITED" } else { "NOT_INVITED" };
    let mut tester = Resource::new(kinds::BETA_TESTERS.name, id)
        .with("email", email)
        .with("inviteType", "EMAIL")
        .with("state", state);
    for (name, value) in [("firstName", first), ("lastName", last)] {
        if let Some(value) = value {
            tester = tester.with(name, value);
        }
    }
    call.world.put(tester.clone());
    Ok(Answer::created(document::one(call, &tester)))
}

fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let kind = kinds::BETA_TESTERS.name;
    call.world.remove(kind, call.id).ok_or_else(|| Refusal::not_found(kind, call.id))?;
    call.world.leave_all(call.id);
    Ok(Answer::no_content())
}

/// Sends another invitation. Without a build it fails (live); the wording is ours.
fn invite(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let mut entity = Entity::create(&kinds::BETA_TESTER_INVITATIONS, call.body)?;
    entity.refuse_unknown(&[]);
    let app = entity.related("app", &kinds::APPS);
    let tester = entity.maybe_related("betaTester", &kinds::BETA_TESTERS);
    for (name, kind, id) in [("app", kinds::APPS.name, &app), ("betaTester", kinds::BETA_TESTERS.name, &tester)] {
        if let Some(id) = id.as_ref().filter(|id| call.world.find(kind, id).is_none()) {
            entity.refuse(Refusal::relationship(name, kind, id));
        }
    }
    entity.verdict()?;

    if let Some(tester) = tester {
        let of_app = |group: &&Resource| group.related("app").map(|of| &of.id) == app.as_ref();
        let groups: Vec<_> = call.world.groups_of(&tester).filter(of_app).map(|group| group.id.clone()).collect();
        if !has_build(call.world, &groups) {
            return Err(Refusal::state(format!("There is no build that the tester '{tester}' can be invited to")));
        }
        if let Some(tester) = call.world.find_mut(kinds::BETA_TESTERS.name, &tester) {
            tester.attributes.insert("state".to_owned(), json!("INVITED"));
        }
    }
    let invitation = Resource::new(kinds::BETA_TESTER_INVITATIONS.name, uuid::Uuid::new_v4().to_string());
    Ok(Answer::created(document::one(call, &invitation)))
}

/// Whether any of these groups has a build to install.
fn has_build(world: &World, groups: &[String]) -> bool {
    let is_testing = |build: &Resource| {
        ["internalBuildState", "externalBuildState"]
            .iter()
            .any(|state| world.value(build, &format!("buildBetaDetail.{state}")).as_deref() == Some("IN_BETA_TESTING"))
    };
    world
        .all(kinds::BUILDS.name)
        .any(|build| groups.iter().any(|group| world.is_member(group, &build.id)) && is_testing(build))
}
