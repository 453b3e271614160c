//! JSON answers with Apple's content type.

use axum::{
    body::Body,
    http::{Response, StatusCode, header},
    response::IntoResponse,
};
use serde_json::Value;

use crate::api::Refusal;

/// A refusal in Apple's form.
pub(super) fn refuse(refusal: &Refusal) -> Response<Body> {
    json(refusal.status, &refusal.document())
}

/// A document.
pub(super) fn json(status: StatusCode, document: &Value) -> Response<Body> {
    (status, [(header::CONTENT_TYPE, "application/json")], document.to_string()).into_response()
}
