//! `betaBuildLocalizations`: What to Test, one text for each locale of a build.
//!
//! A build's list accepts only `limit`: there is no filter by locale (live).

use serde_json::json;

use super::{
    document,
    entity::Entity,
    kinds,
    operation::{Answer, Call, Operation},
    query::Query,
    read,
    refusal::Refusal,
};
use crate::world::Resource;

/// The maximum length of a text. Developers measured bytes.
const MAX_TEXT_BYTES: usize = 4_000;

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get(
        "buildsBetaBuildLocalizationsGetToManyRelated",
        "/v1/builds/{id}/betaBuildLocalizations",
        &kinds::BETA_BUILD_LOCALIZATIONS,
        Query::LIST,
        of_build,
    ),
    Operation::post(
        "betaBuildLocalizationsCreateInstance",
        "/v1/betaBuildLocalizations",
        &kinds::BETA_BUILD_LOCALIZATIONS,
        create,
    ),
    Operation::patch(
        "betaBuildLocalizationsUpdateInstance",
        "/v1/betaBuildLocalizations/{id}",
        &kinds::BETA_BUILD_LOCALIZATIONS,
        update,
    ),
];

fn of_build(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    read::of(call, kinds::BUILDS.name, "build.id")
}

fn create(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let mut entity = Entity::create(&kinds::BETA_BUILD_LOCALIZATIONS, call.body)?;
    entity.refuse_unknown(&["locale", "whatsNew"]);
    entity.require(&["locale"]);
    let (locale, text) = (entity.text("locale"), entity.words("whatsNew", MAX_TEXT_BYTES));
    let build = entity.related("build", &kinds::BUILDS);
    if let Some(build) = build.as_ref().filter(|build| call.world.find(kinds::BUILDS.name, build).is_none()) {
        entity.refuse(Refusal::relationship("build", kinds::BUILDS.name, build));
    }
    if let Some((build, locale)) = build.as_ref().zip(locale.as_ref()) {
        let same = |other: &Resource| {
            other.related("build").is_some_and(|of| of.id == *build) && other.text("locale") == Some(locale.as_str())
        };
        if call.world.all(kinds::BETA_BUILD_LOCALIZATIONS.name).any(same) {
            let title = "The provided entity includes an attribute with a value that has already been used";
            let detail = format!("A localization for the locale '{locale}' already exists");
            entity.refuse(Refusal::entity("ATTRIBUTE.INVALID.DUPLICATE", title, detail, "/data/attributes/locale"));
        }
    }
    entity.verdict()?;

    let (build, locale) = build.zip(locale).ok_or_else(|| Refusal::not_json("a required value is missing"))?;
    let mut made = Resource::new(kinds::BETA_BUILD_LOCALIZATIONS.name, uuid::Uuid::new_v4().to_string())
        .with("locale", locale)
        .belonging("build", kinds::BUILDS.name, &build);
    if let Some(text) = text {
        made = made.with("whatsNew", text);
    }
    call.world.put(made.clone());
    Ok(Answer::created(document::one(call, &made)))
}

fn update(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let kind = kinds::BETA_BUILD_LOCALIZATIONS.name;
    let mut known = call.world.find(kind, call.id).ok_or_else(|| Refusal::not_found(kind, call.id))?.into_owned();
    let mut entity = Entity::update(&kinds::BETA_BUILD_LOCALIZATIONS, call.id, call.body)?;
    entity.refuse_unknown(&["whatsNew"]);
    let text = entity.words("whatsNew", MAX_TEXT_BYTES);
    entity.verdict()?;
    if let Some(text) = text {
        known.attributes.insert("whatsNew".to_owned(), json!(text));
        call.world.put(known.clone());
    }
    Ok(Answer::ok(document::one(call, &known)))
}
