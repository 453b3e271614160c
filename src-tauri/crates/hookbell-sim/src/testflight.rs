//! What moves a build through TestFlight: compliance, groups, review, release and expiry.
//!
//! Each step changes the world and returns the deliveries that it causes. The order is the one that developers saw live
//! (processed, answered, ready, reviewed, released). Where Apple documents nothing, the code says so.

use jiff::Timestamp;
use serde_json::json;

use crate::{
    sender::{self, Attempt},
    world::{Resource, World},
};

const BUILDS: &str = "builds";
const DETAILS: &str = "buildBetaDetails";

/// External states of an approved build: nothing is left to review.
const APPROVED: [&str; 3] = ["BETA_APPROVED", "READY_FOR_BETA_TESTING", "IN_BETA_TESTING"];

/// The external state of a build, if TestFlight knows it.
pub(crate) fn external(world: &World, build: &str) -> Option<String> {
    world.find(DETAILS, build)?.text("externalBuildState").map(str::to_owned)
}

/// Whether a build can be added to a group of external testers.
pub(crate) fn is_assignable(world: &World, build: &Resource) -> bool {
    let state = external(world, &build.id);
    let waits = ["PROCESSING", "PROCESSING_EXCEPTION", "MISSING_EXPORT_COMPLIANCE", "EXPIRED", "NOT_APPLICABLE"];
    build.text("processingState") == Some("VALID")
        && build.text("buildAudienceType") != Some("INTERNAL_ONLY")
        && state.is_some_and(|state| !waits.contains(&&*state))
}

/// Whether nothing is left to review.
pub(crate) fn is_approved(state: &str) -> bool {
    APPROVED.contains(&state)
}

/// TestFlight learns of the build, and so do the groups that get every build. The export compliance question is open.
/// What to Test has an empty entry for the app's primary locale.
pub(crate) fn admit(world: &mut World, build: &str) {
    let Some(app) = world.find(BUILDS, build).and_then(|build| world.app_of(&build)) else { return };
    let locale = world.find("apps", &app).and_then(|app| app.text("primaryLocale").map(str::to_owned));
    let Some(known) = world.find_mut(BUILDS, build) else { return };
    *known = known.clone().belonging("buildBetaDetail", DETAILS, build);
    let detail = Resource::new(DETAILS, build)
        .with("autoNotifyEnabled", false)
        .with("internalBuildState", "MISSING_EXPORT_COMPLIANCE")
        .with("externalBuildState", "MISSING_EXPORT_COMPLIANCE")
        .belonging("build", BUILDS, build);
    world.put(detail);
    let text = Resource::new("betaBuildLocalizations", uuid::Uuid::new_v4().to_string())
        .with("locale", locale.unwrap_or_else(|| "en-US".to_owned()))
        .belonging("build", BUILDS, build);
    world.put(text);
    let automatic = |group: &&Resource| {
        let gets_all = world.value(group, "hasAccessToAllBuilds").as_deref() == Some("true");
        gets_all && group.related("app").is_some_and(|of| of.id == app)
    };
    let groups: Vec<_> = world.all("betaGroups").filter(automatic).map(|group| group.id.clone()).collect();
    for group in groups {
        world.join(&group, BUILDS, build);
    }
}

/// The export compliance question was answered: the build is in processing for a moment (live).
pub(crate) fn question(world: &mut World, build: &str) {
    set(world, build, "internalBuildState", "PROCESSING");
    set(world, build, "externalBuildState", "PROCESSING");
}

/// The moment is over. A build that uses encryption waits for documents, which can't be submitted here; the choice of
/// its waiting state is ours.
pub(crate) fn answered(world: &mut World, build: &str, now: Timestamp) -> Vec<Attempt> {
    let uses = world.find(BUILDS, build).and_then(|build| world.value(&build, "usesNonExemptEncryption"));
    if uses.as_deref() == Some("true") {
        set(world, build, "internalBuildState", "MISSING_EXPORT_COMPLIANCE");
        return move_external(world, build, "MISSING_EXPORT_COMPLIANCE", now);
    }
    set(world, build, "internalBuildState", "READY_FOR_BETA_TESTING");
    show_to_internal(world, build);
    move_external(world, build, "READY_FOR_BETA_SUBMISSION", now)
}

/// A build joined a group of external testers, who see it once it is approved.
pub(crate) fn joined(world: &mut World, build: &str, now: Timestamp) -> Vec<Attempt> {
    let state = external(world, build);
    if state.is_some_and(|state| is_approved(&state)) && notifies_itself(world, build) {
        return move_external(world, build, "IN_BETA_TESTING", now);
    }
    Vec::new()
}

/// Beta App Review approved a build. Testers get it now if they are notified automatically; otherwise it waits for a
/// manual notification (live).
pub(crate) fn approve(world: &mut World, build: &str, now: Timestamp) -> Vec<Attempt> {
    let mut attempts = move_external(world, build, "BETA_APPROVED", now);
    if notifies_itself(world, build) {
        attempts.extend(move_external(world, build, "IN_BETA_TESTING", now));
    }
    attempts
}

/// The build can no longer be installed. Irreversible.
pub(crate) fn expire(world: &mut World, build: &str, now: Timestamp) -> Vec<Attempt> {
    if let Some(known) = world.find_mut(BUILDS, build) {
        known.attributes.insert("expired".to_owned(), json!(true));
    }
    set(world, build, "internalBuildState", "EXPIRED");
    move_external(world, build, "EXPIRED", now)
}

/// Sets a build's external state, and returns the deliveries. Does nothing if the state is unchanged.
pub(crate) fn move_external(world: &mut World, build: &str, to: &str, now: Timestamp) -> Vec<Attempt> {
    let Some(from) = external(world, build).filter(|from| from != to) else { return Vec::new() };
    set(world, build, "externalBuildState", to);
    world.review_follows(build, to, now);
    sender::external_state_moved(world, build, &from, to, now)
}

/// Internal testers see a build as soon as it is ready and in one of their groups.
pub(crate) fn show_to_internal(world: &mut World, build: &str) {
    let is_internal = |group: &Resource| world.value(group, "isInternalGroup").as_deref() == Some("true");
    let is_seen = world.groups_of(build).any(is_internal);
    let detail = world.find(DETAILS, build);
    let is_ready = detail.is_some_and(|detail| detail.text("internalBuildState") == Some("READY_FOR_BETA_TESTING"));
    if is_seen && is_ready {
        set(world, build, "internalBuildState", "IN_BETA_TESTING");
    }
}

fn notifies_itself(world: &World, build: &str) -> bool {
    world.find(DETAILS, build).and_then(|detail| world.value(&detail, "autoNotifyEnabled")).as_deref() == Some("true")
}

fn set(world: &mut World, build: &str, attribute: &str, state: &str) {
    if let Some(detail) = world.find_mut(DETAILS, build) {
        detail.attributes.insert(attribute.to_owned(), json!(state));
    }
}
