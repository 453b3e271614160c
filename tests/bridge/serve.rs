//! The window's server: its files, commands, pushes, and testers' pictures.

use std::{convert::Infallible, net::Ipv4Addr, path::PathBuf, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{StatusCode, Uri, header},
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
    routing::{get, post},
};
use futures_util::stream;
use hookbell_demo::{Engines, call};
use serde::Deserialize;
use serde_json::Value;
use tokio::{net::TcpListener, sync::broadcast::error::RecvError, time::sleep};

use crate::{Outcome, desk::Desk};

/// The desktop shell's content security policy, except for its own schemes.
const POLICY: &str =
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/// Everything needed to answer a window.
#[derive(Clone)]
pub struct Served {
    pub engines: Engines,
    pub desk: Arc<Desk>,
    /// The folder of the built window.
    pub window: PathBuf,
    /// The delay of every reply.
    pub delay: Duration,
    /// The system that the window believes it runs on.
    pub platform: Option<String>,
}

/// A command from the window.
#[derive(Deserialize)]
struct Called {
    command: String,
    request: Value,
}

impl Served {
    /// Listens on a free local port until the program ends; returns the address.
    pub async fn listen(self) -> Outcome<String> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://{}/", listener.local_addr()?);
        let unheard = || async { StatusCode::NO_CONTENT };
        let router = Router::new()
            .route("/api/call", post(answer))
            .route("/api/pushes", get(pushes))
            .route("/api/pictures/{id}/{variant}", get(picture))
            .route("/api/close", post(unheard))
            .route("/api/quit", post(unheard))
            .fallback(file)
            .with_state(self);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(url)
    }

    /// The engine's status, with the system that the window believes it runs on.
    fn on_platform(&self, mut status: Value) -> Value {
        if let (Some(wanted), Some(platform)) = (&self.platform, status.get_mut("platform")) {
            *platform = Value::from(wanted.as_str());
        }
        status
    }
}

async fn answer(State(served): State<Served>, Json(called): Json<Called>) -> Response {
    let answered = call(&served.engines, &called.command, called.request).await;
    sleep(served.delay).await;
    match answered {
        Ok(reply) => Json(served.on_platform(reply)).into_response(),
        Err(refused) => (StatusCode::UNPROCESSABLE_ENTITY, Json(refused)).into_response(),
    }
}

async fn pushes(State(served): State<Served>) -> impl IntoResponse {
    let heard = served.desk.hear();
    Sse::new(stream::unfold((served, heard), async |(served, mut heard)| {
        let push = loop {
            match heard.recv().await {
                Ok(push) => break push,
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        };
        let mut push = push;
        if let Some(status) = push.get_mut("status") {
            *status = served.on_platform(status.take());
        }
        Some((Ok::<_, Infallible>(Event::default().data(push.to_string())), (served, heard)))
    }))
}

async fn picture(State(served): State<Served>, Path((id, variant)): Path<(i64, String)>) -> Response {
    match served.engines.front().feedback().picture(id, &variant).await {
        Ok(picture) => ([(header::CONTENT_TYPE, picture.media_type)], picture.bytes).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn file(State(served): State<Served>, uri: Uri) -> Response {
    let name = if uri.path() == "/" { "index.html" } else { uri.path().trim_start_matches('/') };
    if name.split('/').any(|part| part == "..") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let Ok(bytes) = std::fs::read(served.window.join(name)) else { return StatusCode::NOT_FOUND.into_response() };
    let media_type = match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    ([(header::CONTENT_TYPE, media_type), (header::CONTENT_SECURITY_POLICY, POLICY)], bytes).into_response()
}
