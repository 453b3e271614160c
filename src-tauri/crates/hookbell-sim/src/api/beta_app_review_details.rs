//! `betaAppReviewDetails`: the contact for Beta App Review. Each app has one, with the app's id.

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

const TEXTS: [&str; 7] = [
    "contactFirstName",
    "contactLastName",
    "contactPhone",
    "contactEmail",
    "demoAccountName",
    "demoAccountPassword",
    "notes",
];
const FLAG: &str = "demoAccountRequired";
const MAX_TEXT_BYTES: usize = 4_000;

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get(
        "betaAppReviewDetails_getCollection",
        "/v1/betaAppReviewDetails",
        &kinds::BETA_APP_REVIEW_DETAILS,
        Query { filters: &[Filter { name: "app", path: "app.id", values: &[] }], includes: &["app"], ..Query::LIST },
        list,
    ),
    Operation::get(
        "apps_betaAppReviewDetail_getToOneRelated",
        "/v1/apps/{id}/betaAppReviewDetail",
        &kinds::BETA_APP_REVIEW_DETAILS,
        Query::INSTANCE,
        of_app,
    ),
    Operation::patch(
        "betaAppReviewDetails_updateInstance",
        "/v1/betaAppReviewDetails/{id}",
        &kinds::BETA_APP_REVIEW_DETAILS,
        update,
    )
    .for_managers(),
];

fn list(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    if call.asked.filter("app").is_none() {
        return Err(Refusal::required_parameter("filter[app]"));
    }
    read::collection(call)
}

fn of_app(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    read::one_of(call, kinds::APPS.name, "app.id")
}

fn update(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let kind = kinds::BETA_APP_REVIEW_DETAILS.name;
    let mut known = call.world.find(kind, call.id).ok_or_else(|| Refusal::not_found(kind, call.id))?.into_owned();
    let mut entity = Entity::update(&kinds::BETA_APP_REVIEW_DETAILS, call.id, call.body)?;
    let allowed: Vec<_> = TEXTS.into_iter().chain([FLAG]).collect();
    entity.refuse_unknown(&allowed);
    let texts = TEXTS.map(|name| (name, entity.words(name, MAX_TEXT_BYTES)));
    let needs_account = entity.flag(FLAG);
    entity.verdict()?;
    for (name, text) in texts {
        if let Some(text) = text {
            known.attributes.insert(name.to_owned(), json!(text));
        }
    }
    if let Some(needs_account) = needs_account {
        known.attributes.insert(FLAG.to_owned(), json!(needs_account));
    }
    call.world.put(known.clone());
    Ok(Answer::ok(document::one(call, &known)))
}
