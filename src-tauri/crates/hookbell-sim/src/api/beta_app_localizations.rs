//! `betaAppLocalizations`: what testers read about an app, and the address for their replies. Beta App Review requires
//! it.

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

const UPDATED: [&str; 5] = ["feedbackEmail", "marketingUrl", "privacyPolicyUrl", "tvOsPrivacyPolicy", "description"];
const MAX_TEXT_BYTES: usize = 4_000;

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get(
        "betaAppLocalizations_getCollection",
        "/v1/betaAppLocalizations",
        &kinds::BETA_APP_LOCALIZATIONS,
        Query {
            filters: &[
                Filter { name: "locale", path: "locale", values: &[] },
                Filter { name: "app", path: "app.id", values: &[] },
            ],
            includes: &["app"],
            ..Query::LIST
        },
        read::collection,
    ),
    Operation::get(
        "apps_betaAppLocalizations_getToManyRelated",
        "/v1/apps/{id}/betaAppLocalizations",
        &kinds::BETA_APP_LOCALIZATIONS,
        Query::LIST,
        read::of_app,
    ),
    Operation::patch(
        "betaAppLocalizations_updateInstance",
        "/v1/betaAppLocalizations/{id}",
        &kinds::BETA_APP_LOCALIZATIONS,
        update,
    )
    .for_managers(),
];

fn update(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let kind = kinds::BETA_APP_LOCALIZATIONS.name;
    let mut known = call.world.find(kind, call.id).ok_or_else(|| Refusal::not_found(kind, call.id))?.into_owned();
    let mut entity = Entity::update(&kinds::BETA_APP_LOCALIZATIONS, call.id, call.body)?;
    entity.refuse_unknown(&UPDATED);
    let texts = UPDATED.map(|name| (name, entity.words(name, MAX_TEXT_BYTES)));
    entity.verdict()?;
    for (name, text) in texts {
        if let Some(text) = text {
            known.attributes.insert(name.to_owned(), json!(text));
        }
    }
    call.world.put(known.clone());
    Ok(Answer::ok(document::one(call, &known)))
}
