//! `betaFeedbackCrashSubmissions`: crashes from testers, each with its log.

use super::{
    beta_feedback, document, kinds,
    operation::{Answer, Call, Operation},
    query::Query,
    read,
    refusal::Refusal,
};

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get(
        "appsBetaFeedbackCrashSubmissionsGetToManyRelated",
        "/v1/apps/{id}/betaFeedbackCrashSubmissions",
        &kinds::BETA_FEEDBACK_CRASHES,
        beta_feedback::OF_APP,
        beta_feedback::of_app,
    ),
    Operation::get(
        "betaFeedbackCrashSubmissionsGetInstance",
        "/v1/betaFeedbackCrashSubmissions/{id}",
        &kinds::BETA_FEEDBACK_CRASHES,
        beta_feedback::INSTANCE,
        read::instance,
    ),
    Operation::delete(
        "betaFeedbackCrashSubmissionsDeleteInstance",
        "/v1/betaFeedbackCrashSubmissions/{id}",
        &kinds::BETA_FEEDBACK_CRASHES,
        delete,
    ),
    Operation::get(
        "betaFeedbackCrashSubmissionsCrashLogGetToOneRelated",
        "/v1/betaFeedbackCrashSubmissions/{id}/crashLog",
        &kinds::BETA_CRASH_LOGS,
        Query::INSTANCE,
        crash_log,
    ),
];

fn crash_log(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let crash = call
        .world
        .find(kinds::BETA_FEEDBACK_CRASHES.name, call.id)
        .ok_or_else(|| Refusal::not_found(kinds::BETA_FEEDBACK_CRASHES.name, call.id))?;
    let log = crash.related("crashLog").and_then(|log| call.world.find(&log.kind, &log.id));
    let log = log.ok_or_else(|| Refusal::not_found(kinds::BETA_CRASH_LOGS.name, call.id))?.into_owned();
    Ok(Answer::ok(document::one(call, &log)))
}

/// Deletes the log with its crash.
fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let gone = call
        .world
        .remove(kinds::BETA_FEEDBACK_CRASHES.name, call.id)
        .ok_or_else(|| Refusal::not_found(kinds::BETA_FEEDBACK_CRASHES.name, call.id))?;
    if let Some(log) = gone.related("crashLog") {
        call.world.remove(&log.kind, &log.id);
    }
    Ok(Answer::no_content())
}
