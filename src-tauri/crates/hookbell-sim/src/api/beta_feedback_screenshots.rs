//! `betaFeedbackScreenshotSubmissions`: screenshots and comments from testers.

use super::{
    beta_feedback, kinds,
    operation::{Answer, Call, Operation},
    read,
    refusal::Refusal,
};

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get(
        "appsBetaFeedbackScreenshotSubmissionsGetToManyRelated",
        "/v1/apps/{id}/betaFeedbackScreenshotSubmissions",
        &kinds::BETA_FEEDBACK_SCREENSHOTS,
        beta_feedback::OF_APP,
        beta_feedback::of_app,
    ),
    Operation::get(
        "betaFeedbackScreenshotSubmissionsGetInstance",
        "/v1/betaFeedbackScreenshotSubmissions/{id}",
        &kinds::BETA_FEEDBACK_SCREENSHOTS,
        beta_feedback::INSTANCE,
        read::instance,
    ),
    Operation::delete(
        "betaFeedbackScreenshotSubmissionsDeleteInstance",
        "/v1/betaFeedbackScreenshotSubmissions/{id}",
        &kinds::BETA_FEEDBACK_SCREENSHOTS,
        delete,
    ),
];

fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let gone = call.world.remove(kinds::BETA_FEEDBACK_SCREENSHOTS.name, call.id);
    gone.map(|_| Answer::no_content()).ok_or_else(|| Refusal::not_found(kinds::BETA_FEEDBACK_SCREENSHOTS.name, call.id))
}
