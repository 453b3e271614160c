//! A message in a service's format, ready to post.

use serde_json::Value;

use crate::ActionTarget;

/// The request's destination and content.
pub(crate) struct ChatRequest {
    pub(crate) target: ActionTarget,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl ChatRequest {
    pub(crate) fn json(target: &ActionTarget, body: &Value) -> Self {
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        Self { target: target.clone(), headers, body: body.to_string().into_bytes() }
    }
}
