//! The HTTP side: connections, the API behind its gate, the pictures, and faults made real.

mod api;
mod connection;
mod faulty;
mod pictures;

use std::sync::Arc;

use axum::{
    Router,
    routing::{any, get},
};

pub(crate) use self::connection::serve;
use crate::{control, shared::Shared};

/// Everything the simulator answers.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/screenshots/{feedback}/{number}/{file}", get(pictures::picture))
        .merge(control::routes())
        .fallback(any(api::answer))
        .with_state(shared)
}
