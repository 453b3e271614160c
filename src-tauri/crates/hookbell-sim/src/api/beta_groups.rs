//! `betaGroups`: an app's groups of testers. Whether a group is internal, and whether it gets every build, is fixed at
//! its creation.

use serde_json::{Value, json};

use super::{
    document,
    entity::Entity,
    kinds,
    operation::{Answer, Call, Operation},
    query::{Filter, Query},
    read,
    refusal::Refusal,
};
use crate::world::{Resource, date};

const INCLUDES: &[&str] = &["app", "builds", "betaTesters"];
const CREATED: &[&str] = &[
    "name",
    "isInternalGroup",
    "hasAccessToAllBuilds",
    "publicLinkEnabled",
    "publicLinkLimitEnabled",
    "publicLinkLimit",
    "feedbackEnabled",
];
const UPDATED: &[&str] = &["name", "publicLinkEnabled", "publicLinkLimitEnabled", "publicLinkLimit", "feedbackEnabled"];
const FLAGS: [&str; 3] = ["publicLinkEnabled", "publicLinkLimitEnabled", "feedbackEnabled"];
/// The maximum number of testers for a public link (doc).
const MAX_LINK_LIMIT: u64 = 10_000;

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get(
        "appsBetaGroupsGetToManyRelated",
        "/v1/apps/{id}/betaGroups",
        &kinds::BETA_GROUPS,
        Query::LIST,
        read::of_app,
    ),
    Operation::get(
        "betaGroupsGetCollection",
        "/v1/betaGroups",
        &kinds::BETA_GROUPS,
        Query {
            filters: &[
                Filter { name: "name", path: "name", values: &[] },
                Filter { name: "isInternalGroup", path: "isInternalGroup", values: &[] },
                Filter { name: "publicLinkEnabled", path: "publicLinkEnabled", values: &[] },
                Filter { name: "app", path: "app.id", values: &[] },
                Filter { name: "builds", path: "", values: &[] },
                Filter { name: "id", path: "id", values: &[] },
            ],
            includes: INCLUDES,
            sorts: &["name", "createdDate"],
            ..Query::LIST
        },
        list,
    ),
    Operation::get(
        "betaGroupsGetInstance",
        "/v1/betaGroups/{id}",
        &kinds::BETA_GROUPS,
        Query { includes: INCLUDES, ..Query::INSTANCE },
        read::instance,
    ),
    Operation::post("betaGroups_createInstance", "/v1/betaGroups", &kinds::BETA_GROUPS, create).for_managers(),
    Operation::patch("betaGroups_updateInstance", "/v1/betaGroups/{id}", &kinds::BETA_GROUPS, update).for_managers(),
    Operation::delete("betaGroups_deleteInstance", "/v1/betaGroups/{id}", &kinds::BETA_GROUPS, delete).for_managers(),
];

fn list(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    read::collection_of(call, |call, group| {
        let builds = call.asked.filters.get("builds");
        builds.is_none_or(|builds| builds.iter().any(|build| call.world.is_member(&group.id, build)))
    })
}

fn create(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let mut entity = Entity::create(&kinds::BETA_GROUPS, call.body)?;
    entity.refuse_unknown(CREATED);
    entity.require(&["name"]);
    let app = entity.related("app", &kinds::APPS);
    if let Some(app) = app.as_ref().filter(|app| call.world.find(kinds::APPS.name, app).is_none()) {
        entity.refuse(Refusal::relationship("app", kinds::APPS.name, app));
    }
    let name = entity.text("name");
    let is_internal = entity.flag("isInternalGroup").unwrap_or_default();
    let has_all = entity.flag("hasAccessToAllBuilds");
    let changes = changes(&mut entity);
    // Apple documents that internal groups have no public link; the wording is ours.
    if is_internal && changes.contains(&("publicLinkEnabled", json!(true))) {
        entity.invalid("publicLinkEnabled", "An internal group can not have a public link".to_owned());
    }
    if !is_internal && has_all == Some(true) {
        entity.invalid("hasAccessToAllBuilds", "Only an internal group can have access to all builds".to_owned());
    }
    entity.verdict()?;

    let (app, name) = app.zip(name).ok_or_else(|| Refusal::not_json("a required value is missing"))?;
    let mut group = Resource::new(kinds::BETA_GROUPS.name, uuid::Uuid::new_v4().to_string())
        .with("name", name)
        .with("createdDate", date(call.links.now))
        .with("isInternalGroup", is_internal)
        .with("publicLinkEnabled", false)
        .with("feedbackEnabled", true)
        .belonging("app", kinds::APPS.name, &app);
    if is_internal {
        group = group.with("hasAccessToAllBuilds", has_all.unwrap_or_default());
    }
    apply(&mut group, changes);
    call.world.put(group.clone());
    Ok(Answer::created(document::one(call, &group)))
}

fn update(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let kind = kinds::BETA_GROUPS.name;
    let mut group = call.world.find(kind, call.id).ok_or_else(|| Refusal::not_found(kind, call.id))?.into_owned();
    let mut entity = Entity::update(&kinds::BETA_GROUPS, call.id, call.body)?;
    entity.refuse_unknown(UPDATED);
    let mut changes = changes(&mut entity);
    changes.extend(entity.text("name").map(|name| ("name", json!(name))));
    entity.verdict()?;
    apply(&mut group, changes);
    call.world.put(group.clone());
    Ok(Answer::ok(document::one(call, &group)))
}

fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let kind = kinds::BETA_GROUPS.name;
    call.world.remove(kind, call.id).ok_or_else(|| Refusal::not_found(kind, call.id))?;
    call.world.leave_all(call.id);
    Ok(Answer::no_content())
}

/// A body's changes to the public link and feedback.
fn changes(entity: &mut Entity) -> Vec<(&'static str, Value)> {
    let mut changes: Vec<_> = FLAGS.into_iter().filter_map(|name| Some((name, json!(entity.flag(name)?)))).collect();
    if let Some(limit) = entity.size("publicLinkLimit") {
        if limit > MAX_LINK_LIMIT {
            entity.invalid("publicLinkLimit", format!("The limit must be between 1 and {MAX_LINK_LIMIT}"));
        }
        changes.push(("publicLinkLimit", json!(limit)));
    }
    changes
}

fn apply(group: &mut Resource, changes: Vec<(&'static str, Value)>) {
    for (name, value) in changes {
        group.attributes.insert(name.to_owned(), value);
    }
    if group.attributes.get("publicLinkEnabled") == Some(&json!(true)) && group.text("publicLink").is_none() {
        let id: String = uuid::Uuid::new_v4().simple().to_string().chars().take(8).collect();
        group.attributes.insert("publicLink".to_owned(), json!(format!("https://testflight.apple.com/join/{id}")));
        group.attributes.insert("publicLinkId".to_owned(), json!(id));
    }
}
