//! `betaAppReviewSubmissions`: builds in Beta App Review. They can't be changed or withdrawn; an expired build leaves
//! review.

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
use crate::{
    testflight,
    world::{Resource, World},
};

const NOT_VALID: &str = "The build is not in a valid processing state for this operation.";
const TITLE: &str = "The request entity is not processable.";
/// The contact data that reviewers need.
const CONTACT: [&str; 4] = ["contactFirstName", "contactLastName", "contactPhone", "contactEmail"];

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get(
        "betaAppReviewSubmissionsGetCollection",
        "/v1/betaAppReviewSubmissions",
        &kinds::BETA_APP_REVIEW_SUBMISSIONS,
        Query {
            filters: &[
                Filter {
                    name: "betaReviewState",
                    path: "betaReviewState",
                    values: &["WAITING_FOR_REVIEW", "IN_REVIEW", "REJECTED", "APPROVED"],
                },
                Filter { name: "build", path: "build.id", values: &[] },
            ],
            includes: &["build"],
            ..Query::LIST
        },
        list,
    ),
    Operation::get(
        "betaAppReviewSubmissions_getInstance",
        "/v1/betaAppReviewSubmissions/{id}",
        &kinds::BETA_APP_REVIEW_SUBMISSIONS,
        Query { includes: &["build"], ..Query::INSTANCE },
        read::instance,
    ),
    Operation::get(
        "builds_betaAppReviewSubmission_getToOneRelated",
        "/v1/builds/{id}/betaAppReviewSubmission",
        &kinds::BETA_APP_REVIEW_SUBMISSIONS,
        Query::INSTANCE,
        of_build,
    ),
    Operation::post(
        "betaAppReviewSubmissionsCreateInstance",
        "/v1/betaAppReviewSubmissions",
        &kinds::BETA_APP_REVIEW_SUBMISSIONS,
        create,
    )
    .for_managers(),
];

fn list(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    if call.asked.filter("build").is_none() {
        return Err(Refusal::required_parameter("filter[build]"));
    }
    read::collection(call)
}

/// A build that was never submitted has `null` here instead of a 404 (live).
fn of_build(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let has_one = call.world.find(kinds::BETA_APP_REVIEW_SUBMISSIONS.name, call.id).is_some();
    if has_one || call.world.find(kinds::BUILDS.name, call.id).is_none() {
        return read::one_of(call, kinds::BUILDS.name, "build.id");
    }
    let this = format!("{}{}", call.links.base, read::here(call));
    Ok(Answer::ok(json!({ "data": null, "links": { "self": this } })))
}

fn create(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let mut entity = Entity::create(&kinds::BETA_APP_REVIEW_SUBMISSIONS, call.body)?;
    entity.refuse_unknown(&[]);
    let id = entity.related("build", &kinds::BUILDS);
    let build = id.as_ref().and_then(|id| Some(call.world.find(kinds::BUILDS.name, id)?.into_owned()));
    if let Some(id) = id.filter(|_| build.is_none()) {
        entity.refuse(Refusal::relationship("build", kinds::BUILDS.name, &id));
    }
    entity.verdict()?;

    let build = build.ok_or_else(|| Refusal::not_json("a required value is missing"))?;
    refuse(call.world, &build).map_or(Ok(()), Err)?;
    let attempts = testflight::move_external(call.world, &build.id, "WAITING_FOR_BETA_REVIEW", call.links.now);
    let kind = kinds::BETA_APP_REVIEW_SUBMISSIONS.name;
    let made = call.world.find(kind, &build.id).ok_or_else(|| Refusal::not_found(kind, &build.id))?.into_owned();
    Ok(Answer::created(document::one(call, &made)).sending(attempts))
}

/// What prevents a submission. Only the texts about processing and about another build in review are the live
/// service's; the rest are ours.
fn refuse(world: &World, build: &Resource) -> Option<Refusal> {
    let state = testflight::external(world, &build.id);
    match state.as_deref() {
        Some("MISSING_EXPORT_COMPLIANCE" | "IN_EXPORT_COMPLIANCE_REVIEW") => {
            let detail = "The build is missing export compliance information.";
            return Some(Refusal::unprocessable(TITLE, detail));
        }
        Some("WAITING_FOR_BETA_REVIEW" | "IN_BETA_REVIEW") => {
            return Some(Refusal::state(format!("The build '{}' was already submitted for beta review", build.id)));
        }
        Some(approved) if testflight::is_approved(approved) => {
            return Some(Refusal::state(format!("The build '{}' is already approved for beta testing", build.id)));
        }
        _ if !testflight::is_assignable(world, build) => return Some(Refusal::unprocessable(TITLE, NOT_VALID)),
        _ => {}
    }
    if world.in_review_beside(&build.id).is_some() {
        let detail = "Another build in the same train is already in beta review.";
        return Some(Refusal::unprocessable("Another build is in review.", detail));
    }
    missing(world, build).map(|what| Refusal::state(format!("The app is missing test information: {what}")))
}

/// The first missing text that a submission needs.
fn missing(world: &World, build: &Resource) -> Option<&'static str> {
    let app = world.app_of(build)?;
    let locale = world.find("apps", &app)?.text("primaryLocale").map(str::to_owned);
    let is_primary = |text: &&Resource| text.text("locale") == locale.as_deref();
    let filled = |resource: Option<&Resource>, name: &str| {
        resource.and_then(|resource| resource.text(name)).is_some_and(|text| !text.trim().is_empty())
    };
    let of_app = |other: &&Resource| other.related("app").is_some_and(|of| of.id == app);
    let about = world.all(kinds::BETA_APP_LOCALIZATIONS.name).filter(of_app).find(is_primary);
    let contact = world.all(kinds::BETA_APP_REVIEW_DETAILS.name).find(of_app);
    let of_build = |text: &&Resource| text.related("build").is_some_and(|of| of.id == build.id);
    let what_to_test = world.all(kinds::BETA_BUILD_LOCALIZATIONS.name).filter(of_build).find(is_primary);
    let about = ["feedbackEmail", "description"].into_iter().find(|&name| !filled(about, name));
    about
        .or_else(|| CONTACT.into_iter().find(|&name| !filled(contact, name)))
        .or_else(|| (!filled(what_to_test, "whatsNew")).then_some("whatsNew"))
}
