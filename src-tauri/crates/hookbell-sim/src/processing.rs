//! What happens to an upload after its commit: it is processed, announced, and becomes a build, or fails.
//!
//! The times are configurable. A build passes the stages that developers saw live: the upload is complete, the build
//! appears, it becomes valid, and a moment later TestFlight knows it.

use std::{sync::Arc, time::Duration};

use hookbell_core::{BuildNumber, EventType};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::{
    Emit, control, sender,
    shared::Shared,
    testflight,
    world::{Resource, World, date},
};

const UPLOADS: &str = "buildUploads";
/// How long a build can be tested (doc).
const BUILD_LIFETIME: SignedDuration = SignedDuration::from_hours(90 * 24);
/// States of a version that is on sale or past review: its version number is used up.
const CLOSED: [&str; 4] =
    ["READY_FOR_DISTRIBUTION", "PENDING_DEVELOPER_RELEASE", "PENDING_APPLE_RELEASE", "PROCESSING_FOR_DISTRIBUTION"];

/// Resumes processing that the last shutdown interrupted.
pub(crate) fn resume(shared: &Arc<Shared>) {
    let world = shared.world();
    let waiting = world.all(UPLOADS).filter(|upload| {
        // One upload of the initial world is in processing forever: it never had a file.
        upload.related("assetFile").is_some() && world.value(upload, "state.state").as_deref() == Some("PROCESSING")
    });
    for upload in waiting.map(|upload| upload.id.clone()).collect::<Vec<_>>() {
        shared.tasks.spawn(process(shared.clone(), upload));
    }
    let questioned = world.all("buildBetaDetails").filter(|detail| {
        let is_answered = world.value(detail, "build.usesNonExemptEncryption").is_some();
        is_answered && detail.text("internalBuildState") == Some("PROCESSING")
    });
    for build in questioned.map(|detail| detail.id.clone()).collect::<Vec<_>>() {
        shared.tasks.spawn(comply(shared.clone(), build));
    }
}

/// What follows an export compliance answer, a moment later.
pub(crate) async fn comply(shared: Arc<Shared>, build: String) {
    let moment = shared.gate().rules.processing / 4;
    if !pause(&shared, moment).await {
        return;
    }
    let now = shared.now();
    let attempts = testflight::answered(&mut shared.change(), &build, now);
    for attempt in attempts {
        shared.tasks.spawn(sender::deliver(shared.clone(), attempt));
    }
}

/// Processes a newly committed upload from start to end.
pub(crate) async fn begin(shared: Arc<Shared>, upload: String) {
    tell(&shared, &upload, "AWAITING_UPLOAD", "PROCESSING", &[]).await;
    process(shared, upload).await;
}

async fn process(shared: Arc<Shared>, upload: String) {
    let whole = shared.gate().rules.processing;
    let moment = whole / 4;
    if !pause(&shared, whole).await {
        return;
    }
    let now = shared.now();
    let wanted = shared.gate().rules.upload_failure.clone();
    let errors = errors(&shared.world(), &upload, wanted.as_deref());
    if !errors.is_empty() {
        return tell(&shared, &upload, "PROCESSING", "FAILED", &errors).await;
    }
    appear(&mut shared.change(), &upload, now);
    tell(&shared, &upload, "PROCESSING", "COMPLETE", &[]).await;
    if !pause(&shared, moment).await {
        return;
    }
    if let Some(build) = shared.change().find_mut("builds", &upload) {
        build.attributes.insert("processingState".to_owned(), json!("VALID"));
    }
    if pause(&shared, moment).await {
        testflight::admit(&mut shared.change(), &upload);
    }
}

/// Waits; false if the simulator has stopped meanwhile.
async fn pause(shared: &Shared, time: Duration) -> bool {
    tokio::select! {
        () = tokio::time::sleep(time) => true,
        () = shared.stop.cancelled() => false,
    }
}

/// Sets the upload's new state, and notifies every webhook that subscribes to it.
async fn tell(shared: &Arc<Shared>, upload: &str, from: &str, to: &str, errors: &[Value]) {
    let app = {
        let mut world = shared.change();
        let Some(upload) = world.find_mut(UPLOADS, upload) else { return };
        let state = json!({ "errors": errors, "warnings": [], "infos": [], "state": to });
        upload.attributes.insert("state".to_owned(), state);
        upload.related("app").map(|app| app.id.clone())
    };
    let emit = Emit {
        app_id: app,
        instance: Some(upload.to_owned()),
        from: Some(from.to_owned()),
        to: Some(to.to_owned()),
        wait: false,
        ..Emit::of(EventType::BuildUploadStateUpdated)
    };
    if let Err(error) = control::emit(shared, emit).await {
        tracing::debug!(%error, "nobody was told of the upload");
    }
}

/// Apple's errors for the upload: from the settings, or because the version is closed.
fn errors(world: &World, upload: &str, wanted: Option<&str>) -> Vec<Value> {
    if let Some(code) = wanted {
        return vec![error(code, "The build was refused, as the simulator's settings want it.")];
    }
    let Some(upload) = world.find(UPLOADS, upload) else { return Vec::new() };
    let text = |name| upload.text(name).unwrap_or_default().to_owned();
    let (version, platform) = (text("cfBundleShortVersionString"), text("platform"));
    let closed = world.all("appStoreVersions").filter(|other| {
        other.related("app") == upload.related("app")
            && other.text("platform") == Some(&*platform)
            && other.text("appVersionState").is_some_and(|state| CLOSED.contains(&state))
    });
    let newest = closed.filter_map(|other| other.text("versionString")).max_by_key(|text| BuildNumber::of(text));
    let Some(newest) = newest.filter(|newest| BuildNumber::of(&version) <= BuildNumber::of(newest)) else {
        return Vec::new();
    };
    let train = format!("Invalid Pre-Release Train. The train version '{version}' is closed for new build submissions");
    let higher = format!(
        "This bundle is invalid. The value for key CFBundleShortVersionString [{version}] in the Info.plist file must \
         contain a higher version than that of the previously approved version [{newest}]."
    );
    vec![error("90186", &train), error("90062", &higher)]
}

fn error(code: &str, description: &str) -> Value {
    json!({ "code": code, "description": description })
}

/// Adds the build under the upload's id (live), still in processing.
fn appear(world: &mut World, upload: &str, now: Timestamp) {
    let Some(upload) = world.find(UPLOADS, upload).map(std::borrow::Cow::into_owned) else { return };
    let Some(app) = upload.related("app").map(|app| app.id.clone()) else { return };
    let text = |name| upload.text(name).unwrap_or_default().to_owned();
    let (version, platform) = (text("cfBundleShortVersionString"), text("platform"));
    let known = world.all("preReleaseVersions").find(|known| {
        known.related("app").is_some_and(|of| of.id == app)
            && known.text("version") == Some(&*version)
            && known.text("platform") == Some(&*platform)
    });
    let train = known.map(|known| known.id.clone()).unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
    let train_resource = Resource::new("preReleaseVersions", &*train)
        .with("version", version)
        .with("platform", platform)
        .belonging("app", "apps", &app);
    world.put(train_resource);
    let build = Resource::new("builds", &*upload.id)
        .with("version", text("cfBundleVersion"))
        .with("uploadedDate", date(now))
        .with("expirationDate", date(now.saturating_add(BUILD_LIFETIME).unwrap_or(now)))
        .with("expired", false)
        .with("minOsVersion", "18.0")
        .with("processingState", "PROCESSING")
        .with("buildAudienceType", "APP_STORE_ELIGIBLE")
        .belonging("preReleaseVersion", "preReleaseVersions", &train)
        .belonging("app", "apps", &app)
        .belonging("buildUpload", UPLOADS, &upload.id);
    let id = upload.id.clone();
    world.put(build);
    world.put(upload.belonging("build", "builds", &id));
}
