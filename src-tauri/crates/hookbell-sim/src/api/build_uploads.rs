//! `buildUploads`: an upload, Apple's findings, and its build number, which must be new.

use hookbell_core::BuildNumber;
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
use crate::world::{Resource, World, date};

const PLATFORMS: &[&str] = &["IOS", "MAC_OS", "TV_OS", "VISION_OS"];
const ATTRIBUTES: &[&str] = &["cfBundleShortVersionString", "cfBundleVersion", "platform"];
const INCLUDES: &[&str] = &["build", "assetFile", "assetDescriptionFile", "assetSpiFile"];

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get(
        "appsBuildUploadsGetToManyRelated",
        "/v1/apps/{id}/buildUploads",
        &kinds::BUILD_UPLOADS,
        Query {
            filters: &[
                Filter { name: "cfBundleShortVersionString", path: "cfBundleShortVersionString", values: &[] },
                Filter { name: "cfBundleVersion", path: "cfBundleVersion", values: &[] },
                Filter { name: "platform", path: "platform", values: PLATFORMS },
                Filter { name: "state", path: "state.state", values: &[] },
            ],
            includes: INCLUDES,
            sorts: &["cfBundleVersion", "uploadedDate"],
            ..Query::LIST
        },
        read::of_app,
    ),
    Operation::post("buildUploadsCreateInstance", "/v1/buildUploads", &kinds::BUILD_UPLOADS, create),
    Operation::get(
        "buildUploadsGetInstance",
        "/v1/buildUploads/{id}",
        &kinds::BUILD_UPLOADS,
        Query { includes: INCLUDES, ..Query::INSTANCE },
        read::instance,
    ),
    Operation::delete("buildUploadsDeleteInstance", "/v1/buildUploads/{id}", &kinds::BUILD_UPLOADS, delete),
];

fn create(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let mut entity = Entity::create(&kinds::BUILD_UPLOADS, call.body)?;
    entity.refuse_unknown(ATTRIBUTES);
    entity.require(ATTRIBUTES);
    let app = entity.related("app", &kinds::APPS);
    let (version, number) = (entity.text("cfBundleShortVersionString"), entity.text("cfBundleVersion"));
    let platform = entity.choice("platform", PLATFORMS);
    if let Some(app) = app.as_ref().filter(|app| call.world.find(kinds::APPS.name, app).is_none()) {
        entity.refuse(Refusal::relationship("app", kinds::APPS.name, app));
    }
    entity.verdict()?;

    let fields = app.zip(version).zip(number).zip(platform);
    let Some((((app, version), number), platform)) = fields else {
        return Err(Refusal::not_json("a required value is missing"));
    };
    if let Some(previous) = previous(call.world, &app, &version, &platform)
        && BuildNumber::of(&number) <= BuildNumber::of(&previous)
    {
        return Err(Refusal::duplicate_number(&previous));
    }
    let upload = Resource::new(kinds::BUILD_UPLOADS.name, uuid::Uuid::new_v4().to_string())
        .with("cfBundleShortVersionString", version)
        .with("cfBundleVersion", number)
        .with("createdDate", date(call.links.now))
        .with("state", json!({ "errors": [], "warnings": [], "infos": [], "state": "AWAITING_UPLOAD" }))
        .with("platform", platform)
        .belonging("app", kinds::APPS.name, &app);
    call.world.put(upload.clone());
    Ok(Answer::created(document::one(call, &upload)))
}

/// The highest number used for an app's version: by a committed upload that did not fail.
fn previous(world: &World, app: &str, version: &str, platform: &str) -> Option<String> {
    let used = world.all(kinds::BUILD_UPLOADS.name).filter(|upload| {
        upload.related("app").is_some_and(|of| of.id == app)
            && upload.text("cfBundleShortVersionString") == Some(version)
            && upload.text("platform") == Some(platform)
            && matches!(world.value(upload, "state.state").as_deref(), Some("PROCESSING" | "COMPLETE"))
    });
    let numbers = used.filter_map(|upload| upload.text("cfBundleVersion"));
    numbers.max_by_key(|number| BuildNumber::of(number)).map(str::to_owned)
}

/// Deletes an upload. Refusing this during processing is our choice: Apple documents nothing.
fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let kind = kinds::BUILD_UPLOADS.name;
    let state = {
        let upload = call.world.find(kind, call.id).ok_or_else(|| Refusal::not_found(kind, call.id))?;
        call.world.value(&upload, "state.state")
    };
    if matches!(state.as_deref(), Some("PROCESSING" | "COMPLETE")) {
        return Err(Refusal::not_allowed(kind, "DELETE", "CREATE, GET_INSTANCE"));
    }
    let of_upload = |file: &&Resource| file.related("buildUpload").is_some_and(|upload| upload.id == call.id);
    let files = call.world.all(kinds::BUILD_UPLOAD_FILES.name).filter(of_upload);
    for file in files.map(|file| file.id.clone()).collect::<Vec<_>>() {
        call.world.remove(kinds::BUILD_UPLOAD_FILES.name, &file);
    }
    call.world.remove(kind, call.id);
    Ok(Answer::no_content())
}
