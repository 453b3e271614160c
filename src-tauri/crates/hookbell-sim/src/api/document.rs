//! Renders resources as JSON:API documents in Apple's style.
//!
//! As on the live service, a relationship has `data` only with `include`, but always has `links`. `included` contains
//! each resource once.

use indexmap::IndexSet;
use serde_json::{Map, Value, json};

use super::{
    cursor::Cursor,
    kind::{Kind, Many, Relationship},
    operation::Call,
};
use crate::world::Resource;

/// A document with one resource.
pub(crate) fn one(call: &Call<'_>, resource: &Resource) -> Value {
    let kind = call.operation.kind;
    let mut document = json!({ "data": data(call, kind, resource, &call.asked.includes) });
    include(call, &mut document, std::slice::from_ref(resource));
    document["links"] = json!({ "self": self_link(kind, resource, call) });
    document
}

/// A page of a filtered and sorted list of ids of the operation's type.
pub(crate) fn page(call: &Call<'_>, path: &str, all: &[String]) -> Value {
    list(call, path, all, |resource| data(call, call.operation.kind, resource, &call.asked.includes))
}

/// A page of linkages.
pub(crate) fn linkages(call: &Call<'_>, path: &str, all: &[String]) -> Value {
    list(call, path, all, |resource| json!({ "type": resource.kind, "id": resource.id }))
}

fn list(call: &Call<'_>, path: &str, all: &[String], show: impl Fn(&Resource) -> Value) -> Value {
    let asked = &call.asked;
    let ids = all.iter().map(String::as_str);
    let start = asked.cursor.as_ref().map_or(0, |cursor| cursor.start(ids)).min(all.len());
    let end = all.len().min(start + asked.limit);
    let kind = call.operation.kind.name;
    let shown: Vec<_> = all[start..end].iter().filter_map(|id| Some(call.world.find(kind, id)?.into_owned())).collect();

    let mut document = json!({ "data": shown.iter().map(show).collect::<Vec<_>>() });
    include(call, &mut document, &shown);
    let base = format!("{}{path}", call.links.base);
    let link = |more: Option<&str>| {
        let cursor = more.map(|cursor| format!("cursor={cursor}"));
        let query = [cursor.as_deref(), Some(&*asked.rest)];
        let query = query.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&");
        if query.is_empty() { base.clone() } else { format!("{base}?{query}") }
    };
    let this = asked.cursor.as_ref().map(Cursor::text);
    document["links"] = json!({ "self": link(this.as_deref()) });
    document["meta"] = json!({ "paging": { "total": all.len(), "limit": asked.limit } });
    if let Some(last) = all[start..end].last().filter(|_| end < all.len()) {
        let next = Cursor::after(end - 1, last).text();
        document["links"]["next"] = json!(link(Some(&next)));
        document["meta"]["paging"]["nextCursor"] = json!(next);
    }
    document
}

fn include(call: &Call<'_>, document: &mut Value, shown: &[Resource]) {
    if call.asked.includes.is_empty() {
        return;
    }
    let mut seen = IndexSet::new();
    let mut included = Vec::new();
    for resource in shown {
        for relationship in &call.asked.includes {
            let Some(target) = relationship.target else { continue };
            for id in others(call, resource, relationship) {
                if let Some(other) =
                    call.world.find(target.name, &id).filter(|_| seen.insert((target.name, id.clone())))
                {
                    included.push(data(call, target, &other, &[]));
                }
            }
        }
    }
    document["included"] = Value::Array(included);
}

fn data(call: &Call<'_>, kind: &Kind, resource: &Resource, includes: &[&Relationship]) -> Value {
    let mut resource = resource.clone();
    if let Some(shown) = kind.shown {
        shown(&mut resource, call.links);
    }
    let this = self_link(kind, &resource, call);
    let mut json = json!({ "type": kind.name, "id": resource.id });

    let attributes: Map<String, Value> = resource
        .attributes
        .iter()
        .filter(|(name, _)| kind.attributes.contains(&name.as_str()))
        .filter(|(name, _)| call.asked.shows(kind, name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    if !attributes.is_empty() {
        json["attributes"] = Value::Object(attributes);
    }

    let mut relationships = Map::new();
    for relationship in kind.relationships.iter().filter(|relationship| call.asked.shows(kind, relationship.name)) {
        let mut shown = Map::new();
        if let Some(target) = relationship.target.filter(|_| named(includes, relationship)) {
            let mut names =
                others(call, &resource, relationship).into_iter().map(|id| json!({ "type": target.name, "id": id }));
            if relationship.many.is_some() {
                shown.insert("data".to_owned(), names.collect());
            } else if let Some(name) = names.next() {
                shown.insert("data".to_owned(), name);
            }
        }
        if relationship.links {
            let name = relationship.name;
            let links = json!({ "self": format!("{this}/relationships/{name}"), "related": format!("{this}/{name}") });
            shown.insert("links".to_owned(), links);
        }
        if !shown.is_empty() {
            relationships.insert(relationship.name.to_owned(), Value::Object(shown));
        }
    }
    if !relationships.is_empty() {
        json["relationships"] = Value::Object(relationships);
    }
    json["links"] = json!({ "self": this });
    json
}

/// The ids at the other end of a relationship.
fn others(call: &Call<'_>, resource: &Resource, relationship: &Relationship) -> Vec<String> {
    let Some((many, target)) = relationship.many.zip(relationship.target) else {
        return resource.related(relationship.name).map(|reference| reference.id.clone()).into_iter().collect();
    };
    let leads_here = |other: &&Resource| match many {
        Many::Back(path) => call.world.value(other, path).is_some_and(|id| id == resource.id),
        Many::Members => call.world.are_joined(resource, other),
    };
    call.world.all(target.name).filter(leads_here).map(|other| other.id.clone()).collect()
}

fn named(includes: &[&Relationship], relationship: &Relationship) -> bool {
    includes.iter().any(|include| include.name == relationship.name)
}

fn self_link(kind: &Kind, resource: &Resource, call: &Call<'_>) -> String {
    format!("{}/v1/{}/{}", call.links.base, kind.name, resource.id)
}
