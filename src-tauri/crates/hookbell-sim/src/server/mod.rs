//! The HTTP side: connections, the API behind its gate, pictures, and faults.

mod calls;
mod connection;
mod faulty;
mod guard;
mod json;
mod pictures;
mod storage;

use std::sync::Arc;

use axum::{
    Router, middleware,
    routing::{any, get},
};

pub(crate) use self::{connection::serve, storage::router as storage_router};
use crate::{api, control, shared::Shared};

/// The names for counting calls and selecting faults: each API operation, pictures, parts of builds, and unknown paths.
pub(crate) fn operations() -> Vec<&'static str> {
    let mut all: Vec<_> = api::operations().map(|operation| operation.id).collect();
    all.extend([pictures::OPERATION, storage::OPERATION, calls::UNKNOWN]);
    all
}

/// All routes; the controls only if enabled.
pub(crate) fn router(shared: Arc<Shared>, controls: bool) -> Router {
    let api = Router::new()
        .route("/screenshots/{feedback}/{number}/{file}", get(pictures::picture))
        .fallback(any(calls::answer));
    let all = if controls { api.merge(control::routes()) } else { api };
    all.layer(middleware::from_fn(guard::guard)).with_state(shared)
}
