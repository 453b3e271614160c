//! The controls over HTTP, each with the JSON body that its type describes.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Request, State},
    http::{Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{ControlError, add_apps, add_feedback, backdate, change_key, decide_review, emit, expire_pictures, state};
use crate::{
    gate::{Fault, SimulatorSettings},
    sender,
    shared::Shared,
};

type App = State<Arc<Shared>>;
type Reply = Result<Json<Value>, ControlError>;

/// Everything under `/sim`.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/sim/state", get(async |State(shared): App| Json(state(&shared))))
        .route("/sim/events", post(events))
        .route("/sim/faults", post(add_fault).delete(clear_faults))
        .route("/sim/settings", post(settings))
        .route("/sim/apps", post(apps))
        .route("/sim/feedback", post(feedback))
        .route("/sim/reviews", post(reviews))
        .route("/sim/backdate", post(age))
        .route("/sim/keys", post(keys))
        .route("/sim/pictures/expire", post(expire))
        .route("/sim/calls/reset", post(reset))
        .layer(middleware::from_fn(json_only))
}

/// Refuses what a web page's form could send without a preflight.
async fn json_only(request: Request, next: Next) -> Response {
    let media_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media_type = media_type.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
    if request.method() == Method::POST && !media_type.eq_ignore_ascii_case("application/json") {
        return ControlError::MediaType(media_type.to_owned()).into_response();
    }
    next.run(request).await
}

async fn events(State(shared): App, body: Bytes) -> Reply {
    let sent = emit(&shared, read(&body)?).await?;
    Ok(Json(json!({ "deliveries": sent })))
}

async fn add_fault(State(shared): App, body: Bytes) -> Reply {
    let fault: Fault = read(&body)?;
    let mut gate = shared.gate();
    gate.faults.add(fault)?;
    Ok(Json(json!({ "faults": gate.faults.waiting() })))
}

async fn clear_faults(State(shared): App) -> StatusCode {
    shared.gate().faults.clear();
    StatusCode::NO_CONTENT
}

async fn settings(State(shared): App, body: Bytes) -> Result<StatusCode, ControlError> {
    let settings: SimulatorSettings = read(&body)?;
    shared.gate().change(&settings);
    Ok(StatusCode::NO_CONTENT)
}

async fn apps(State(shared): App, body: Bytes) -> Reply {
    let ids = add_apps(&mut shared.change(), &read(&body)?)?;
    Ok(Json(json!({ "ids": ids })))
}

async fn feedback(State(shared): App, body: Bytes) -> Reply {
    let now = shared.now();
    let ids = add_feedback(&mut shared.change(), &read(&body)?, now)?;
    Ok(Json(json!({ "ids": ids })))
}

async fn reviews(State(shared): App, body: Bytes) -> Result<StatusCode, ControlError> {
    let now = shared.now();
    let attempts = decide_review(&mut shared.change(), &read(&body)?, now)?;
    for attempt in attempts {
        shared.tasks.spawn(sender::deliver(shared.clone(), attempt));
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn age(State(shared): App, body: Bytes) -> Reply {
    let moved = backdate(&mut shared.change(), &read(&body)?)?;
    Ok(Json(json!({ "deliveries": moved })))
}

async fn keys(State(shared): App, body: Bytes) -> Result<StatusCode, ControlError> {
    change_key(&mut shared.change(), &read(&body)?)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn expire(State(shared): App) -> StatusCode {
    expire_pictures(&mut shared.gate());
    StatusCode::NO_CONTENT
}

async fn reset(State(shared): App) -> StatusCode {
    shared.gate().counts.reset();
    StatusCode::NO_CONTENT
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, ControlError> {
    Ok(serde_json::from_slice(body)?)
}
