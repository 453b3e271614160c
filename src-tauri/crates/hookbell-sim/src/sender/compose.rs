//! The body of an event: core's fixture with a new id and time, and an existing instance.
//!
//! Afterwards the world matches the body: the instance gets the new state.

use hookbell_core::{
    EventId, EventType,
    fixture::{self, Change, Pointer},
};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{
    Emit, feedback,
    progress::{self, About, Progress},
};
use crate::{
    error::ControlError,
    world::{Event, Resource, World, date},
};

const INSTANCE_IDS: [&str; 2] = ["/data/relationships/instance/data/id", "/data/relationships/instance/id"];
const INSTANCE_LINKS: &str = "/data/relationships/instance/links";
const INSTANCE_LINK: &str = "/data/relationships/instance/links/self";
const OLD_STATE: &str = "/data/attributes/oldState";
const TIMESTAMP: &str = "/data/attributes/timestamp";

/// An event that is ready to send.
pub(crate) struct Composed {
    pub(crate) event: Event,
    /// The body's `data.id`.
    pub(crate) id: String,
}

/// Writes an app's event as `emit` describes.
pub(crate) fn compose(
    world: &mut World,
    app: &str,
    event_type: EventType,
    emit: &Emit,
    now: Timestamp,
) -> Result<Composed, ControlError> {
    let set = &emit.set;
    let body = fixture::edit(fixture::body(event_type), &live(event_type)?)?;
    let sample: Value = serde_json::from_slice(&body).unwrap_or_default();
    let has = |pointer: &str| sample.pointer(pointer).is_some();
    let id = uuid::Uuid::new_v4().to_string();

    let mut changes = vec![("/data/id", json!(id))];
    if has(TIMESTAMP) {
        changes.push((TIMESTAMP, date(now)));
    }
    if has("/data/attributes/appId") {
        changes.push(("/data/attributes/appId", json!(app)));
    }
    let pointed_at = || INSTANCE_IDS.iter().find_map(|pointer| set.get(*pointer)?.as_str());
    let asked_for = emit.instance.as_deref().or_else(pointed_at);
    if let Some((kind, instance)) = instance(world, app, event_type, asked_for, now)? {
        let place = INSTANCE_IDS.into_iter().find(|pointer| has(pointer));
        changes.extend(place.map(|pointer| (pointer, json!(instance))));
        if let Some((before, _)) =
            sample.pointer(INSTANCE_LINK).and_then(Value::as_str).and_then(|l| l.split_once("/v1/"))
        {
            changes.push((INSTANCE_LINK, json!(format!("{before}/v1/{kind}/{instance}"))));
        }
        changes.extend(moves(world, event_type, &instance, emit, &sample));
    }

    let set = set.iter().map(|(pointer, value)| (pointer.as_str(), value.clone()));
    let changes: Result<Vec<_>, ControlError> = changes
        .into_iter()
        .chain(set)
        .map(|(pointer, value)| Ok(Change::set(pointer.parse::<Pointer>()?, value)))
        .collect();
    let body = fixture::edit(&body, &changes?)?;
    let told = hookbell_core::Event::read(&body);
    make_true(world, event_type, &told, now);

    let event = Event {
        id: uuid::Uuid::new_v4().to_string(),
        event_type: event_type.subscription_name().map(str::to_owned),
        payload: String::from_utf8_lossy(&body).into_owned(),
        created: now,
    };
    Ok(Composed { event, id: told.id.as_str().to_owned() })
}

/// What live events have and Apple's sample lacks.
fn live(event_type: EventType) -> Result<Vec<Change>, ControlError> {
    if event_type != EventType::BuildUploadStateUpdated {
        return Ok(Vec::new());
    }
    let links = json!({ "self": "https://api.appstoreconnect.apple.com/v1/buildUploads/ID" });
    let members = [(OLD_STATE, json!("PROCESSING")), (INSTANCE_LINKS, links)];
    members.into_iter().map(|(pointer, value)| Ok(Change::set(pointer.parse::<Pointer>()?, value))).collect()
}

/// Writes a ping.
#[allow(clippy::expect_used, reason = "a fresh UUID is an id, and the ping's fixture has these members")]
pub(crate) fn ping(now: Timestamp) -> Event {
    let id = EventId::new(uuid::Uuid::new_v4().to_string()).expect("a UUID is an id");
    let time = Change::set(TIMESTAMP.parse().expect("a pointer"), date(now));
    let body = fixture::edit(fixture::body(EventType::WebhookPingCreated), &[Change::id(&id), time]);
    let payload = String::from_utf8_lossy(&body.expect("the fixture can be edited")).into_owned();
    Event { id: uuid::Uuid::new_v4().to_string(), event_type: None, payload, created: now }
}

/// The instance of an event: the requested one, new feedback, or one of the app's, preferably not in its final state.
fn instance(
    world: &mut World,
    app: &str,
    event_type: EventType,
    asked_for: Option<&str>,
    now: Timestamp,
) -> Result<Option<(&'static str, String)>, ControlError> {
    let about = progress::about(event_type);
    let kind = match &about {
        About::Progress(progress) => progress.kind,
        About::Feedback(kind) | About::Instance(kind) => kind,
        About::App => return Ok(None),
    };
    if let Some(id) = asked_for {
        return Ok(Some((kind, id.to_owned())));
    }
    if let About::Feedback(_) = about {
        return feedback::add(world, app, kind, now).map(|id| Some((kind, id)));
    }
    let id = subject(world, app, kind, &about).map(|resource| resource.id.clone());
    let id = id.ok_or_else(|| ControlError::Nothing { app: app.to_owned(), kind })?;
    Ok(Some((kind, id)))
}

/// One of an app's resources of a type, preferably not in its final state.
pub(super) fn subject<'w>(world: &'w World, app: &str, kind: &str, about: &About) -> Option<&'w Resource> {
    let mut own = world.all(kind).filter(|resource| world.app_of(resource).as_deref() == Some(app)).peekable();
    let first = own.peek().copied();
    let going_on = match about {
        About::Progress(progress) => own.find(|resource| !progress.is_over(state(&resource.attributes, progress))),
        _ => None,
    };
    going_on.or(first)
}

/// The changes for an instance's next step.
fn moves(
    world: &World,
    event_type: EventType,
    instance: &str,
    emit: &Emit,
    sample: &Value,
) -> Vec<(&'static str, Value)> {
    let About::Progress(progress) = progress::about(event_type) else { return Vec::new() };
    let Some(resource) = world.find(progress.kind, instance) else { return Vec::new() };
    let (left, reached) = progress.step(emit.from.as_deref().or_else(|| state(&resource.attributes, &progress)));
    let now = emit.from.as_deref().or(left);
    let next = emit.to.as_deref().unwrap_or(reached);
    let told = [(progress.from, now.map(Value::from)), (progress.to, Some(Value::from(next)))];
    let told = told.into_iter().filter_map(|(name, value)| Some((pointer(name)?, value?)));
    told.filter(|(pointer, _)| sample.pointer(pointer).is_some()).collect()
}

fn pointer(attribute: &str) -> Option<&'static str> {
    const KNOWN: [&str; 6] = [
        "/data/attributes/oldValue",
        "/data/attributes/newValue",
        OLD_STATE,
        "/data/attributes/newState",
        "/data/attributes/oldExternalBuildState",
        "/data/attributes/newExternalBuildState",
    ];
    KNOWN.into_iter().find(|pointer| pointer.rsplit('/').next() == Some(attribute))
}

pub(super) fn state<'a>(attributes: &'a Map<String, Value>, progress: &Progress) -> Option<&'a str> {
    let (first, rest) = progress.state.split_first()?;
    rest.iter().try_fold(attributes.get(*first)?, |value, name| value.get(name))?.as_str()
}

/// Sets the instance's state to that in the body.
fn make_true(world: &mut World, event_type: EventType, told: &hookbell_core::Event, now: Timestamp) {
    let About::Progress(progress) = progress::about(event_type) else { return };
    let Some((instance, to)) = told.instance.as_ref().zip(told.to.as_deref()) else { return };
    let Some(resource) = world.find_mut(progress.kind, &instance.id) else { return };
    match progress.state {
        [outer, inner] => {
            let mut kept = resource.attributes.get(*outer).cloned().unwrap_or_else(|| json!({}));
            kept[*inner] = json!(to);
            if progress.kind == "buildUploads" {
                let told = kept["errors"].as_array().is_some_and(|errors| !errors.is_empty());
                kept["errors"] = match to {
                    "FAILED" if told => kept["errors"].clone(),
                    "FAILED" => upload_errors(),
                    _ => json!([]),
                };
            }
            resource.attributes.insert((*outer).to_owned(), kept);
        }
        [only, ..] => {
            resource.attributes.insert((*only).to_owned(), json!(to));
        }
        [] => {}
    }
    if progress.kind == "appStoreVersions" {
        resource.attributes.insert("appStoreState".to_owned(), json!(older_name(to)));
    }
    if progress.kind == "buildBetaDetails" {
        world.review_follows(&instance.id, to, now);
    }
}

/// Apple's errors for a failed upload.
fn upload_errors() -> Value {
    json!([{
        "code": "90683",
        "description": "Missing purpose string in Info.plist. Your app's code references one or more APIs that access \
                        sensitive user data. The Info.plist file should contain a NSCameraUsageDescription key with a \
                        user-facing purpose string explaining clearly and completely why your app needs the data.",
    }])
}

/// The deprecated `appStoreState` names two states differently.
fn older_name(state: &str) -> &str {
    match state {
        "READY_FOR_DISTRIBUTION" => "READY_FOR_SALE",
        "PROCESSING_FOR_DISTRIBUTION" => "PROCESSING_FOR_APP_STORE",
        other => other,
    }
}
