//! The reads that most operations share: one resource, or a filtered and sorted list.

use std::cmp::Ordering;

use super::{
    document, kinds,
    operation::{Answer, Call},
    refusal::Refusal,
};
use crate::world::Resource;

/// The resource in the path.
pub(crate) fn instance(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let kind = call.operation.kind.name;
    let resource = call.world.find(kind, call.id).ok_or_else(|| Refusal::not_found(kind, call.id))?.into_owned();
    Ok(Answer::ok(document::one(call, &resource)))
}

/// All resources of the type that pass the filters.
pub(crate) fn collection(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let all = listed(call, |_, _| true);
    Ok(Answer::ok(document::page(call, call.operation.path, &all)))
}

/// The same for resources that `keep` accepts.
pub(crate) fn collection_of(
    call: &mut Call<'_>,
    keep: impl Fn(&Call<'_>, &Resource) -> bool,
) -> Result<Answer, Refusal> {
    let all = listed(call, keep);
    Ok(Answer::ok(document::page(call, &here(call), &all)))
}

/// The resources of the type that belong to the one in the path. `path` leads from them to it.
pub(crate) fn of(call: &mut Call<'_>, parent: &str, path: &str) -> Result<Answer, Refusal> {
    let all = children(call, parent, path)?;
    Ok(Answer::ok(document::page(call, &here(call), &all)))
}

/// The resources of the type that belong to the app in the path.
pub(crate) fn of_app(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    of(call, kinds::APPS.name, "app.id")
}

/// The one resource of the type that belongs to the one in the path.
pub(crate) fn one_of(call: &mut Call<'_>, parent: &str, path: &str) -> Result<Answer, Refusal> {
    let kind = call.operation.kind.name;
    let only = children(call, parent, path)?.into_iter().next();
    let only = only.and_then(|id| Some(call.world.find(kind, &id)?.into_owned()));
    Ok(Answer::ok(document::one(call, &only.ok_or_else(|| Refusal::not_found(kind, call.id))?)))
}

/// The path of this request, starting with `/v1`.
pub(crate) fn here(call: &Call<'_>) -> String {
    call.operation.path.replace("{id}", call.id)
}

fn children(call: &Call<'_>, parent: &str, path: &str) -> Result<Vec<String>, Refusal> {
    if call.world.find(parent, call.id).is_none() {
        return Err(Refusal::not_found(parent, call.id));
    }
    Ok(listed(call, |call, resource| call.world.value(resource, path).as_deref() == Some(call.id)))
}

/// The ids that pass every filter and `keep`, in the requested order.
fn listed(call: &Call<'_>, keep: impl Fn(&Call<'_>, &Resource) -> bool) -> Vec<String> {
    let passes = |resource: &Resource| {
        let filters = call.operation.query.filters.iter().filter(|filter| !filter.path.is_empty());
        filters
            .filter_map(|filter| Some((filter.path, call.asked.filters.get(filter.name)?)))
            .all(|(path, wanted)| call.world.value(resource, path).is_some_and(|value| wanted.contains(&value)))
    };
    let all = call.world.all(call.operation.kind.name);
    let mut all: Vec<_> = all.filter(|resource| keep(call, resource) && passes(resource)).collect();
    if let Some((attribute, descending)) = call.asked.sort {
        all.sort_by(|a, b| {
            let order = compare(call, a, b, attribute);
            if descending { order.reverse() } else { order }
        });
    }
    all.into_iter().map(|resource| resource.id.clone()).collect()
}

/// Compares numbers by value and anything else as text, so build number "9" comes before "10".
fn compare(call: &Call<'_>, a: &Resource, b: &Resource, attribute: &str) -> Ordering {
    let value = |resource| call.world.value(resource, attribute).unwrap_or_default();
    let (a, b) = (value(a), value(b));
    match (a.parse::<u64>(), b.parse::<u64>()) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        _ => a.cmp(&b),
    }
}
