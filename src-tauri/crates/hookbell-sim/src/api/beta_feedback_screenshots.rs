//! `betaFeedbackScreenshotSubmissions`: what testers photographed and wrote.
//!
//! The pictures' URLs are made when the feedback is read: each reading gives fresh ones.

use axum::http::Method;
use serde_json::{Value, json};

use super::{
    beta_feedback, beta_testers, builds,
    kind::{Kind, Relationship},
    operation::{Access, Answer, Call, Operation},
    query::Query,
    read,
    refusal::Refusal,
};
use crate::{
    links::Links,
    world::{Resource, date},
};

pub(crate) static KIND: Kind = Kind {
    name: "betaFeedbackScreenshotSubmissions",
    attributes: &beta_feedback::attributes_and("screenshots"),
    relationships: &[Relationship::plain("build", &builds::KIND), Relationship::plain("tester", &beta_testers::KIND)],
    shown: Some(with_urls),
};

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation {
        id: "appsBetaFeedbackScreenshotSubmissionsGetToManyRelated",
        method: Method::GET,
        path: "/v1/apps/{id}/betaFeedbackScreenshotSubmissions",
        kind: &KIND,
        access: Access::Everyone,
        query: beta_feedback::OF_APP,
        answer: beta_feedback::of_app,
    },
    Operation {
        id: "betaFeedbackScreenshotSubmissionsGetInstance",
        method: Method::GET,
        path: "/v1/betaFeedbackScreenshotSubmissions/{id}",
        kind: &KIND,
        access: Access::Everyone,
        query: beta_feedback::INSTANCE,
        answer: read::instance,
    },
    Operation {
        id: "betaFeedbackScreenshotSubmissionsDeleteInstance",
        method: Method::DELETE,
        path: "/v1/betaFeedbackScreenshotSubmissions/{id}",
        kind: &KIND,
        access: Access::Everyone,
        query: Query::NONE,
        answer: delete,
    },
];

fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let gone = call.world.remove(KIND.name, call.id);
    gone.map(|_| Answer::no_content()).ok_or_else(|| Refusal::not_found(KIND.name, call.id))
}

/// The state holds the name of each picture; what is shown is where to get it, and until when.
fn with_urls(feedback: &mut Resource, links: &Links) {
    let Some(Value::Array(pictures)) = feedback.attributes.get_mut("screenshots") else { return };
    for (number, picture) in pictures.iter_mut().enumerate() {
        let file = picture.get("image").and_then(Value::as_str).unwrap_or_default();
        let (url, ends) = links.picture(&feedback.id, number, file);
        *picture = json!({
            "url": url,
            "width": picture["width"],
            "height": picture["height"],
            "expirationDate": date(ends),
        });
    }
}
