//! A tool's answer: one JSON document, possibly with pictures, or an error that the agent can read.

use data_encoding::BASE64;
use hookbell_core::visible::plain_json;
use hookbell_engine::{
    Hookbell,
    api::{ApiError, FeedbackDetail, Picture},
};
use rmcp::model::{CallToolResult, ContentBlock};
use serde::Serialize;
use serde_json::Value;

/// The maximum number of pictures in one answer.
const MAX_ANSWER_PICTURES: usize = 8;

/// The maximum size of a full picture; for a larger one, the thumbnail is sent.
const MAX_PICTURE_BYTES: u64 = 3 * 1024 * 1024;

/// A tool's result or error. Both are for the agent, so neither is a protocol error.
pub(super) fn answered(content: Result<Vec<ContentBlock>, ApiError>) -> CallToolResult {
    match content {
        Ok(content) => CallToolResult::success(content),
        Err(error) => CallToolResult::error(vec![ContentBlock::text(error.to_string())]),
    }
}

/// One document without invisible characters: those that hide text or change its direction are escaped.
pub(super) fn document(value: &Value) -> Vec<ContentBlock> {
    vec![ContentBlock::text(text(value))]
}

/// JSON without invisible characters.
pub(super) fn text(value: &Value) -> String {
    plain_json(&value.to_string()).into_owned()
}

/// An engine reply as JSON.
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
                let reason = picture.reason.as_deref().unwrap_or("It hasn’t been fetched yet.");
                ContentBlock::text(format!("Screenshot {} is not available. {reason}", picture.number))
            }
        });
    }
    if let Some(more) = detail.pictures.len().checked_sub(MAX_ANSWER_PICTURES).filter(|more| *more > 0) {
        content.push(ContentBlock::text(format!("{more} more screenshots are not shown.")));
    }
    content
}

/// The variant of a picture to send, if any.
fn variant(picture: &Picture) -> Option<&'static str> {
    let is_small = picture.bytes.is_some_and(|bytes| bytes <= MAX_PICTURE_BYTES);
    match (picture.showable && is_small, picture.thumbnail) {
        (true, _) => Some("full"),
        (false, true) => Some("thumb"),
        (false, false) => None,
    }
}
