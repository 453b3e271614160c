//! What a tool answers: one JSON document, perhaps with pictures, or a refusal that the agent can read.

use data_encoding::BASE64;
use hookbell_core::visible::plain_json;
use hookbell_engine::{
    Hookbell,
    api::{ApiError, FeedbackDetail, Picture},
};
use rmcp::model::{CallToolResult, ContentBlock};
use serde::Serialize;
use serde_json::Value;

/// How many pictures one answer has.
const MAX_ANSWER_PICTURES: usize = 8;

/// The largest picture that is sent whole; of a larger one its thumbnail is.
const MAX_PICTURE_BYTES: u64 = 3 * 1024 * 1024;

/// The answer of a tool, or why there is none. Either is for the agent, so neither is an error of the protocol.
pub(super) fn answered(content: Result<Vec<ContentBlock>, ApiError>) -> CallToolResult {
    match content {
        Ok(content) => CallToolResult::success(content),
        Err(error) => CallToolResult::error(vec![ContentBlock::text(error.to_string())]),
    }
}

/// One document. Nothing in it is invisible: what hides or turns text is escaped.
pub(super) fn document(value: &Value) -> Vec<ContentBlock> {
    vec![ContentBlock::text(text(value))]
}

/// JSON in which nothing is invisible.
pub(super) fn text(value: &Value) -> String {
    plain_json(&value.to_string()).into_owned()
}

/// A reply of the engine as JSON.
pub(super) fn json(value: impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// A feedback's screenshots, each as a picture or as a sentence on why it is missing.
pub(super) async fn pictures(hookbell: &Hookbell, detail: &FeedbackDetail) -> Vec<ContentBlock> {
    let mut content = Vec::new();
    for picture in detail.pictures.iter().take(MAX_ANSWER_PICTURES) {
        let shown = match variant(picture) {
            Some(variant) => hookbell.feedback().picture(picture.id, variant).await.ok(),
            None => None,
        };
        content.push(match shown {
            Some(shown) => ContentBlock::image(BASE64.encode(&shown.bytes), shown.media_type),
            None => {
                let reason = picture.reason.as_deref().unwrap_or("It has not been fetched yet.");
                ContentBlock::text(format!("Screenshot {} is not available. {reason}", picture.number))
            }
        });
    }
    if let Some(more) = detail.pictures.len().checked_sub(MAX_ANSWER_PICTURES).filter(|more| *more > 0) {
        content.push(ContentBlock::text(format!("{more} more screenshots are not shown.")));
    }
    content
}

/// How a picture is sent, if it can be.
fn variant(picture: &Picture) -> Option<&'static str> {
    let is_small = picture.bytes.is_some_and(|bytes| bytes <= MAX_PICTURE_BYTES);
    match (picture.showable && is_small, picture.thumbnail) {
        (true, _) => Some("full"),
        (false, true) => Some("thumb"),
        (false, false) => None,
    }
}
