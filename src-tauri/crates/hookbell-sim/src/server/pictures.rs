//! Testers' pictures: no token, but an expiring signature in the URL.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, Request, State},
    http::{Response, StatusCode, header},
    response::IntoResponse,
};

use super::{connection::Connection, faulty};
use crate::{fixture::Picture, shared::Shared};

/// The name under which pictures are counted.
pub(super) const OPERATION: &str = "screenshots";

/// The answer of Apple's file servers for an expired URL.
const DENIED: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                      <Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";

/// Serves a picture until its URL expires.
pub(super) async fn picture(
    State(shared): State<Arc<Shared>>,
    Path((feedback, number, file)): Path<(String, usize, String)>,
    request: Request,
) -> Response<Body> {
    let path = format!("/screenshots/{feedback}/{number}/{file}");
    let (parts, _) = request.into_parts();
    let connection = parts.extensions.get::<Connection>().cloned();
    let (here, request, path_here) = (&shared, &parts, &path);
    let answering = |_| async move {
        let now = here.now();
        let signer = here.gate().rules.pictures.clone();
        let signed = request.uri.query().and_then(signed);
        if !signed.is_some_and(|(expires, signature)| signer.accepts(path_here, expires, &signature, now)) {
            return (StatusCode::FORBIDDEN, [(header::CONTENT_TYPE, "application/xml")], DENIED).into_response();
        }
        match Picture::named(&file) {
            Some(picture) => ([(header::CONTENT_TYPE, picture.media_type)], picture.bytes()).into_response(),
            None => StatusCode::NOT_FOUND.into_response(),
        }
    };
    faulty::answer(&shared, connection, &parts.method, &path, OPERATION, answering).await
}

/// A URL's expiry and signature, from its query.
fn signed(query: &str) -> Option<(i64, String)> {
    let parameter = |name: &str| {
        let (_, value) = form_urlencoded::parse(query.as_bytes()).find(|(found, _)| found == name)?;
        Some(value.into_owned())
    };
    Some((parameter("expires")?.parse().ok()?, parameter("signature")?))
}
