//! `buildUploadFiles`: a file of an upload, with an address for each of its parts until it is committed.

use serde_json::{Value, json};

use super::{
    document,
    entity::Entity,
    kinds,
    operation::{Answer, Begun, Call, Operation},
    query::Query,
    read,
    refusal::Refusal,
};
use crate::world::{Resource, date, parts};

const CREATED: &[&str] = &["assetType", "fileName", "fileSize", "uti"];
const UPDATED: &[&str] = &["sourceFileChecksums", "uploaded"];
/// The upload's relationship for each type of file.
const ASSET_TYPES: [(&str, &str); 3] =
    [("ASSET", "assetFile"), ("ASSET_DESCRIPTION", "assetDescriptionFile"), ("ASSET_SPI", "assetSpiFile")];
const UTIS: &[&str] = &[
    "com.apple.binary-property-list",
    "com.apple.ipa",
    "com.apple.pkg",
    "com.apple.xml-property-list",
    "com.pkware.zip-archive",
];

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get(
        "buildUploadsBuildUploadFilesGetToManyRelated",
        "/v1/buildUploads/{id}/buildUploadFiles",
        &kinds::BUILD_UPLOAD_FILES,
        Query::LIST,
        of_upload,
    ),
    Operation::post("buildUploadFilesCreateInstance", "/v1/buildUploadFiles", &kinds::BUILD_UPLOAD_FILES, create),
    Operation::get(
        "buildUploadFilesGetInstance",
        "/v1/buildUploadFiles/{id}",
        &kinds::BUILD_UPLOAD_FILES,
        Query::INSTANCE,
        read::instance,
    ),
    Operation::patch("buildUploadFilesUpdateInstance", "/v1/buildUploadFiles/{id}", &kinds::BUILD_UPLOAD_FILES, commit),
];

fn of_upload(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    read::of(call, kinds::BUILD_UPLOADS.name, "buildUpload.id")
}

fn create(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let mut entity = Entity::create(&kinds::BUILD_UPLOAD_FILES, call.body)?;
    entity.refuse_unknown(CREATED);
    entity.require(CREATED);
    let upload = entity.related("buildUpload", &kinds::BUILD_UPLOADS);
    let (asset_type, uti) =
        (entity.choice("assetType", &ASSET_TYPES.map(|(name, _)| name)), entity.choice("uti", UTIS));
    let (name, size) = (entity.text("fileName"), entity.size("fileSize"));
    if let Some(upload) = upload.as_ref().filter(|upload| call.world.find(kinds::BUILD_UPLOADS.name, upload).is_none())
    {
        entity.refuse(Refusal::relationship("buildUpload", kinds::BUILD_UPLOADS.name, upload));
    }
    // Refuses an .ipa name for a .pkg, and vice versa.
    if let Some((name, uti)) = name.as_ref().zip(uti.as_ref()) {
        let wrong =
            (name.ends_with(".pkg") && uti == "com.apple.ipa") || (name.ends_with(".ipa") && uti == "com.apple.pkg");
        if wrong {
            entity.invalid("uti", format!("'{uti}' is not a valid value for the attribute 'uti' of the file '{name}'"));
        }
    }
    entity.verdict()?;

    let fields = upload.zip(asset_type).zip(name).zip(size).zip(uti);
    let Some(((((upload, asset_type), name), size), uti)) = fields else {
        return Err(Refusal::not_json("a required value is missing"));
    };
    let id = uuid::Uuid::new_v4().to_string();
    let relationship =
        ASSET_TYPES.iter().find(|(known, _)| *known == asset_type).map_or("assetFile", |(_, name)| *name);
    let file = Resource::new(kinds::BUILD_UPLOAD_FILES.name, &*id)
        .with("assetDeliveryState", delivery_state("AWAITING_UPLOAD"))
        .with("assetToken", format!("PurpleSource211/v4/{id}/{name}"))
        .with("assetType", asset_type)
        .with("fileName", name)
        .with("fileSize", size)
        .with("uti", uti)
        .with(parts::ATTRIBUTE, parts::of(size, call.rules.part_bytes))
        .belonging("buildUpload", kinds::BUILD_UPLOADS.name, &upload);
    if let Some(upload) = call.world.find_mut(kinds::BUILD_UPLOADS.name, &upload) {
        *upload = upload.clone().belonging(relationship, kinds::BUILD_UPLOAD_FILES.name, &id);
    }
    call.world.put(file.clone());
    Ok(Answer::created(document::one(call, &file)))
}

/// Marks the file as complete. Processing starts once the upload's `ASSET` is.
fn commit(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let kind = kinds::BUILD_UPLOAD_FILES.name;
    let mut file = call.world.find(kind, call.id).ok_or_else(|| Refusal::not_found(kind, call.id))?.into_owned();
    let mut entity = Entity::update(&kinds::BUILD_UPLOAD_FILES, call.id, call.body)?;
    entity.refuse_unknown(UPDATED);
    let uploaded = entity.flag("uploaded");
    if let Some(checksums) = entity.value("sourceFileChecksums").cloned() {
        refuse_sha(&mut entity, &checksums);
    }
    entity.verdict()?;
    if uploaded != Some(true) {
        return Ok(Answer::ok(document::one(call, &file)));
    }
    if call.world.value(&file, "assetDeliveryState.state").as_deref() != Some("AWAITING_UPLOAD") {
        return Err(Refusal::state(format!("The file '{}' was already uploaded", call.id)));
    }
    let composite = parts::composite(&file, call.rules.part_bytes).ok_or_else(|| {
        Refusal::state(format!("The file '{}' is not complete: parts of it were not uploaded", call.id))
    })?;
    file.attributes.insert("assetDeliveryState".to_owned(), delivery_state("COMPLETE"));
    let checksums = json!({ "composite": { "hash": composite, "algorithm": "MD5" } });
    file.attributes.insert("sourceFileChecksums".to_owned(), checksums);
    let (now, upload) = (date(call.links.now), file.related("buildUpload").map(|upload| upload.id.clone()));
    call.world.put(file.clone());

    let is_build = file.text("assetType") == Some("ASSET");
    let upload = upload.and_then(|upload| call.world.find_mut(kinds::BUILD_UPLOADS.name, &upload)).filter(|_| is_build);
    let begun = upload.map(|upload| {
        upload.attributes.insert("uploadedDate".to_owned(), now);
        Begun::Processing(upload.id.clone())
    });
    Ok(Answer::ok(document::one(call, &file)).beginning(begun))
}

/// The description allows SHA-256 here, but the live service refuses it with this text.
fn refuse_sha(entity: &mut Entity, checksums: &Value) {
    let file = &checksums["file"];
    if file["algorithm"] != "SHA_256" {
        return;
    }
    let hash = file["hash"].as_str().unwrap_or_default();
    entity.invalid(
        "sourceFileChecksums",
        format!(
            "'Checksums{{file=File{{hash={hash}, algorithm=SHA_256}}}}' is not a valid value for the attribute \
             'sourceFileChecksums'"
        ),
    );
}

fn delivery_state(state: &str) -> Value {
    json!({ "errors": [], "warnings": [], "state": state })
}
