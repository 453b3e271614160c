//! The storage host: accepts the parts of a file at signed addresses, on a separate port.
//!
//! It isn't part of the API: it refuses requests with a token, which exposes clients that send one.

use std::{convert::Infallible, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{Method, Response, StatusCode, header},
    middleware,
    response::IntoResponse,
    routing::any,
};
use futures_util::StreamExt;
use md5::{Digest, Md5};

use super::{connection::Connection, faulty, guard};
use crate::{gate::Spoil, shared::Shared, world::parts};

/// The name under which parts are counted.
pub(super) const OPERATION: &str = "uploadParts";

/// The type of the resource whose parts are stored.
const FILES: &str = "buildUploadFiles";

/// All routes of the storage host.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new().fallback(any(answer)).layer(middleware::from_fn(guard::guard)).with_state(shared)
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let connection = parts.extensions.get::<Connection>().cloned();
    let (method, path) = (parts.method.clone(), parts.uri.path().to_owned());
    let storing = |spoil| {
        let (shared, connection) = (shared.clone(), connection.clone());
        async move {
            let Some(place) = place(&shared, &parts) else {
                return refuse(StatusCode::FORBIDDEN, "AccessDenied", "Request has expired");
            };
            if parts.headers.contains_key(header::AUTHORIZATION) {
                let why = "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter is used here";
                return refuse(StatusCode::BAD_REQUEST, "InvalidArgument", why);
            }
            if parts.method != Method::PUT {
                return refuse(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed", "A part is put");
            }
            store(&shared, &place, body, spoil, connection).await
        }
    };
    faulty::answer(&shared, connection.clone(), &method, &path, OPERATION, storing).await
}

/// The part that an address refers to.
struct Place {
    file: String,
    number: usize,
    length: u64,
}

/// The part, if the address is signed and has not expired.
fn place(shared: &Shared, request: &axum::http::request::Parts) -> Option<Place> {
    let query = request.uri.query().unwrap_or_default();
    let parameter = |name: &str| {
        let (_, value) = form_urlencoded::parse(query.as_bytes()).find(|(found, _)| found == name)?;
        Some(value.into_owned())
    };
    let number = parameter("partNumber")?.parse().ok()?;
    let (expires, signature) = (parameter("expires")?.parse().ok()?, parameter("X-Amz-Signature")?);
    if !shared.links().accepts_part(request.uri.path(), number, expires, &signature) {
        return None;
    }
    let file = request.uri.path().rsplit('/').nth(1)?.to_owned();
    let length = parts::length(&*shared.world().find(FILES, &file)?, number)?;
    Some(Place { file, number, length })
}

/// Reads the part as it arrives, and keeps only its MD5.
async fn store(
    shared: &Shared,
    place: &Place,
    body: Body,
    spoil: Option<Spoil>,
    connection: Option<Connection>,
) -> Response<Body> {
    let (mut md5, mut received) = (Md5::new(), 0_u64);
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let Ok(piece) = piece else { return refuse(StatusCode::BAD_REQUEST, "RequestTimeout", "The body broke off") };
        received += piece.len() as u64;
        md5.update(&piece);
        if spoil.is_some_and(|spoil| matches!(spoil, Spoil::CutAfter(bytes) if received >= bytes)) {
            if let Some(Connection(cut)) = &connection {
                cut.cancel();
            }
            let never: Infallible = std::future::pending().await;
            match never {}
        }
        if received > place.length {
            break;
        }
    }
    if received != place.length {
        let why = format!("The part has {} bytes and {received} came", place.length);
        return refuse(StatusCode::BAD_REQUEST, "IncompleteBody", &why);
    }
    if spoil == Some(Spoil::Garble) {
        md5.update(b"garbled");
    }
    let entity_tag = parts::entity_tag(md5);
    let mut world = shared.change();
    let Some(file) = world.find_mut(FILES, &place.file) else {
        return refuse(StatusCode::NOT_FOUND, "NoSuchUpload", "The upload was given up");
    };
    parts::store(file, place.number, &entity_tag);
    (StatusCode::OK, [(header::ETAG, format!("\"{entity_tag}\""))]).into_response()
}

/// An error in the form of Apple's storage.
fn refuse(status: StatusCode, code: &str, message: &str) -> Response<Body> {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    );
    (status, [(header::CONTENT_TYPE, "application/xml")], body).into_response()
}
