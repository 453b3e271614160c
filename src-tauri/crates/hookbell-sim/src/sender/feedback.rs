//! New feedback, as if a tester had just sent it: comments and pictures of existing feedback in rotation, with a new id
//! and date.

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use serde_json::json;

use crate::{
    error::ControlError,
    world::{Resource, World, date},
};

/// Adds feedback of a type to an app and returns its id.
pub(crate) fn add(world: &mut World, app: &str, kind: &'static str, now: Timestamp) -> Result<String, ControlError> {
    let nothing = || ControlError::Nothing { app: app.to_owned(), kind };
    let build = world.all("builds").find(|build| world.app_of(build).as_deref() == Some(app)).ok_or_else(nothing)?;
    let build = build.id.clone();
    let bundle = world.find("apps", app).and_then(|app| app.text("bundleId").map(str::to_owned)).ok_or_else(nothing)?;
    let mut feedback = sample(world, app, kind).ok_or_else(nothing)?.clone();

    let id = format!("A{}", BASE64URL_NOPAD.encode(uuid::Uuid::new_v4().as_bytes()));
    feedback.id.clone_from(&id);
    feedback.attributes.insert("createdDate".to_owned(), date(now));
    feedback.attributes.insert("buildBundleId".to_owned(), json!(bundle));
    let log = feedback.related("crashLog").and_then(|log| world.find(&log.kind, &log.id));
    if let Some(mut log) = log.map(std::borrow::Cow::into_owned) {
        feedback = feedback.belonging("crashLog", &log.kind, &id);
        log.id.clone_from(&id);
        world.put(log);
    }
    world.put(feedback.belonging("build", "builds", &build));
    Ok(id)
}

/// The app's second-newest, so that two samples alternate; any app's if it has none.
fn sample<'w>(world: &'w World, app: &str, kind: &str) -> Option<&'w Resource> {
    let own = world.all(kind).rev().filter(|feedback| world.app_of(feedback).as_deref() == Some(app));
    own.take(2).last().or_else(|| world.all(kind).next())
}
