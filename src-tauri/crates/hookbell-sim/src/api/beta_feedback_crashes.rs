//! `betaFeedbackCrashSubmissions`: crashes that testers sent, each with its log.

use axum::http::Method;

use super::{
    beta_crash_logs, beta_feedback, beta_testers, builds, document,
    kind::{Kind, Relationship},
    operation::{Access, Answer, Call, Operation},
    query::Query,
    read,
    refusal::Refusal,
};

pub(crate) static KIND: Kind = Kind {
    name: "betaFeedbackCrashSubmissions",
    attributes: &beta_feedback::ATTRIBUTES,
    relationships: &[
        Relationship::link("crashLog"),
        Relationship::plain("build", &builds::KIND),
        Relationship::plain("tester", &beta_testers::KIND),
    ],
    shown: None,
};

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation {
        id: "appsBetaFeedbackCrashSubmissionsGetToManyRelated",
        method: Method::GET,
        path: "/v1/apps/{id}/betaFeedbackCrashSubmissions",
        kind: &KIND,
        access: Access::Everyone,
        query: beta_feedback::OF_APP,
        answer: beta_feedback::of_app,
    },
    Operation {
        id: "betaFeedbackCrashSubmissionsGetInstance",
        method: Method::GET,
        path: "/v1/betaFeedbackCrashSubmissions/{id}",
        kind: &KIND,
        access: Access::Everyone,
        query: beta_feedback::INSTANCE,
        answer: read::instance,
    },
    Operation {
        id: "betaFeedbackCrashSubmissionsDeleteInstance",
        method: Method::DELETE,
        path: "/v1/betaFeedbackCrashSubmissions/{id}",
        kind: &KIND,
        access: Access::Everyone,
        query: Query::NONE,
        answer: delete,
    },
    Operation {
        id: "betaFeedbackCrashSubmissionsCrashLogGetToOneRelated",
        method: Method::GET,
        path: "/v1/betaFeedbackCrashSubmissions/{id}/crashLog",
        kind: &beta_crash_logs::KIND,
        access: Access::Everyone,
        query: Query::INSTANCE,
        answer: crash_log,
    },
];

fn crash_log(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let crash = call.world.find(KIND.name, call.id).ok_or_else(|| Refusal::not_found(KIND.name, call.id))?;
    let log = crash.related("crashLog").and_then(|log| call.world.find(&log.kind, &log.id));
    let log = log.ok_or_else(|| Refusal::not_found(beta_crash_logs::KIND.name, call.id))?.into_owned();
    Ok(Answer::ok(document::one(call, &log)))
}

/// The log goes with its crash.
fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let gone = call.world.remove(KIND.name, call.id).ok_or_else(|| Refusal::not_found(KIND.name, call.id))?;
    if let Some(log) = gone.related("crashLog") {
        call.world.remove(&log.kind, &log.id);
    }
    Ok(Answer::no_content())
}
