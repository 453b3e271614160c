//! Passes an API request through the gate to its operation.

use std::sync::Arc;

use super::{
    connection::Connection,
    faulty,
    json::{json, refuse},
};
use crate::{
    api::{self, Access, Answer, Begun, Call, Refusal},
    gate, processing, sender,
    shared::Shared,
};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, Response, StatusCode, header, request::Parts},
    response::IntoResponse,
};

/// The maximum size of a request's body.
const MAX_BODY_BYTES: usize = 1024 * 1024;
/// The name under which calls without an operation are counted.
pub(super) const UNKNOWN: &str = "unknown";
const RATE_LIMIT: HeaderName = HeaderName::from_static("x-rate-limit");

/// Answers every request except pictures and controls.
pub(super) async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let found = api::find(&parts.method, parts.uri.path());
    let operation = found.map_or(UNKNOWN, |(operation, _)| operation.id);
    let connection = parts.extensions.get::<Connection>().cloned();
    let (here, request) = (&shared, &parts);
    let answering = |_| async move {
        match to_bytes(body, MAX_BODY_BYTES).await {
            Ok(body) => through_the_gate(here, request, &body),
            Err(_) => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        }
    };
    faulty::answer(&shared, connection, &parts.method, parts.uri.path(), operation, answering).await
}

fn through_the_gate(shared: &Arc<Shared>, parts: &Parts, body: &[u8]) -> Response<Body> {
    let now = shared.now();
    let key = gate::bearer(&parts.headers).map_err(|why| why.to_string()).and_then(|token| {
        let world = shared.world();
        let key = gate::check(&world.keys, token, now).map_err(|why| why.to_string())?;
        Ok((key.id.clone(), key.role))
    });
    let (key, role) = match key {
        Ok(known) => known,
        Err(why) => {
            tracing::debug!(why, "token refused");
            shared.gate().counts.last_token_error = Some(why);
            return refuse(&Refusal::unauthorized());
        }
    };

    let counted = shared.gate().count(&key, parts.method != Method::GET, now);
    let mut response = match &counted {
        Ok(_) => match operate(shared, parts, role.may_use_webhooks(), body) {
            Ok(answer) => respond(shared, answer),
            Err(refusal) => refuse(&refusal),
        },
        Err(_) => {
            let mut response = refuse(&Refusal::rate_limit());
            if let Some(seconds) = shared.gate().rules.retry_after {
                response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            }
            response
        }
    };
    let (Ok(left) | Err(left)) = counted;
    if let Ok(left) = HeaderValue::from_str(&left) {
        response.headers_mut().insert(RATE_LIMIT, left);
    }
    response
}

fn operate(shared: &Arc<Shared>, parts: &Parts, manager: bool, body: &[u8]) -> Result<Answer, Refusal> {
    let path = parts.uri.path();
    let (operation, id) = api::find(&parts.method, path).ok_or_else(|| api::missing(&parts.method, path))?;
    if operation.access == Access::Managers && !manager {
        return Err(Refusal::role());
    }
    let asked = operation.query.read(operation.kind, parts.uri.query().unwrap_or_default())?;
    if matches!(parts.method, Method::POST | Method::PATCH) {
        let media_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media_type = media_type.unwrap_or_default();
        if media_type.split(';').next().map(str::trim) != Some("application/json") {
            return Err(Refusal::media_type(media_type));
        }
    }
    let links = shared.links();
    // Lock order: the world, then the gate. Nothing that holds the gate locks the world.
    let mut world = if parts.method == Method::GET { shared.world() } else { shared.change() };
    let gate = shared.gate();
    (operation.answer)(&mut Call { operation, world: &mut world, links: &links, rules: &gate.rules, id, asked, body })
}

fn respond(shared: &Arc<Shared>, answer: Answer) -> Response<Body> {
    for attempt in answer.attempts {
        shared.tasks.spawn(sender::deliver(shared.clone(), attempt));
    }
    match answer.begun {
        Some(Begun::Processing(upload)) => {
            shared.tasks.spawn(processing::begin(shared.clone(), upload));
        }
        Some(Begun::Compliance(build)) => {
            shared.tasks.spawn(processing::comply(shared.clone(), build));
        }
        None => {}
    }
    match answer.document {
        Some(document) => json(answer.status, &document),
        None => answer.status.into_response(),
    }
}
