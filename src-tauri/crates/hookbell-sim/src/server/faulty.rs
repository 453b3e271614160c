//! Applies faults: delays, breaks, replaces or cuts off the right answer.

use std::{future::Future, pin::pin, time::Duration};

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderValue, Method, Response, StatusCode, header},
    response::IntoResponse,
};
use futures_util::{StreamExt, stream};
use jiff::fmt::rfc2822::DateTimePrinter;
use serde_json::{Value, json};

use super::{connection::Connection, json::refuse};
use crate::{
    api::Refusal,
    gate::{Fault, FaultKind, Spoil, Target},
    shared::Shared,
};

/// The number of pieces of a dripping body.
const DRIP_PIECES: usize = 10;
/// A page as a proxy or hotel network would send it.
const PAGE: &str = "<!doctype html>\n<html><head><title>Service unavailable</title></head>\
                    <body><h1>Service unavailable</h1><p>We'll be back shortly.</p></body></html>\n";

/// Counts a call, applies the latency, and answers it, correctly unless a fault is pending. The handler learns how a
/// fault wants the request itself spoiled. The `Date` comes from Apple's clock, which can differ from this computer's.
pub(super) async fn answer<F: Future<Output = Response<Body>>>(
    shared: &Shared,
    connection: Option<Connection>,
    method: &Method,
    path: &str,
    operation: &str,
    right: impl FnOnce(Option<Spoil>) -> F,
) -> Response<Body> {
    let _counted = Counted::begin(shared, operation);
    let (latency, fault) = {
        let mut gate = shared.gate();
        let in_flight = gate.counts.in_flight;
        (gate.rules.latency, gate.faults.take(Target { method, path, operation }, in_flight))
    };
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    let right = right(fault.as_ref().and_then(Fault::spoil));
    let mut response = match &fault {
        Some(fault) => broken(fault, connection, right).await,
        None => right.await,
    };
    let headers = response.headers_mut();
    let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&shared.now());
    if let Some(date) = date.ok().and_then(|date| HeaderValue::try_from(date).ok()) {
        headers.insert(header::DATE, date);
    }
    if let Some(seconds) = fault.as_ref().and_then(|fault| fault.retry_after) {
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
    headers.extend(fault.and_then(|fault| fault.headers()).unwrap_or_default());
    response
}

async fn broken(
    fault: &Fault,
    connection: Option<Connection>,
    right: impl Future<Output = Response<Body>>,
) -> Response<Body> {
    if fault.kind != FaultKind::Drip && fault.delay_ms > 0 {
        tokio::time::sleep(fault.delay()).await;
    }
    let status = fault.answers_with().unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut right = pin!(right);
    if fault.done {
        // Nobody will read it.
        let _answer = right.as_mut().await;
    }
    match fault.kind {
        FaultKind::Status => match fault.bytes() {
            Some(body) => (status, [(header::CONTENT_TYPE, "application/json")], body).into_response(),
            None => refuse(&Refusal::fault(status, fault.code.as_deref())),
        },
        FaultKind::Html => (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], PAGE).into_response(),
        FaultKind::Redirect => {
            (status, [(header::LOCATION, format!("{}/v1/apps", fault.other_host()))]).into_response()
        }
        FaultKind::Cut => {
            if let Some(Connection(cut)) = connection {
                cut.cancel();
            }
            std::future::pending().await
        }
        FaultKind::Slow | FaultKind::CutRequest | FaultKind::Garble => right.await,
        FaultKind::Truncate => rewritten(right.await, |body| body.slice(..body.len() / 2)).await,
        FaultKind::NextOtherHost => rewritten(right.await, |body| elsewhere(&body, fault.other_host())).await,
        FaultKind::CutBody => in_pieces(right.await, 2, Duration::ZERO, true).await,
        FaultKind::Drip => in_pieces(right.await, DRIP_PIECES, fault.delay() / 10, false).await,
    }
}

async fn rewritten(response: Response<Body>, rewrite: impl FnOnce(Bytes) -> Bytes) -> Response<Body> {
    let (parts, body) = whole(response).await;
    Response::from_parts(parts, Body::from(rewrite(body)))
}

fn elsewhere(body: &[u8], host: &str) -> Bytes {
    let Ok(mut document) = serde_json::from_slice::<Value>(body) else { return Bytes::copy_from_slice(body) };
    let links = &mut document["links"];
    let next = links["next"].as_str().or(links["self"].as_str()).unwrap_or_default();
    let path = next.find("/v1/").map_or("/v1/apps", |start| &next[start..]);
    let next = format!("{host}{path}");
    links["next"] = json!(next);
    document.to_string().into()
}

/// The body in equal pieces with a pause before each. If `cut`, the second half never comes.
async fn in_pieces(response: Response<Body>, pieces: usize, pause: Duration, cut: bool) -> Response<Body> {
    let (mut parts, body) = whole(response).await;
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    let size = body.len().div_ceil(pieces).max(1);
    let starts = (0..body.len()).step_by(size);
    let mut chunks: Vec<Result<Bytes, std::io::Error>> =
        starts.map(|start| Ok(body.slice(start..body.len().min(start + size)))).collect();
    if cut {
        chunks.truncate(1);
        chunks.push(Err(std::io::ErrorKind::ConnectionAborted.into()));
    }
    let body = stream::iter(chunks).then(move |chunk| async move {
        // The pause also lets written bytes leave before the connection closes.
        tokio::time::sleep(pause.max(Duration::from_millis(1))).await;
        chunk
    });
    Response::from_parts(parts, Body::from_stream(body))
}

async fn whole(response: Response<Body>) -> (axum::http::response::Parts, Bytes) {
    let (mut parts, body) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    (parts, to_bytes(body, usize::MAX).await.unwrap_or_default())
}

/// A call in flight, until dropped.
struct Counted<'a>(&'a Shared);

impl<'a> Counted<'a> {
    fn begin(shared: &'a Shared, operation: &str) -> Self {
        shared.gate().counts.begin(operation);
        Self(shared)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        let counts = &mut self.0.gate().counts;
        counts.in_flight = counts.in_flight.saturating_sub(1);
    }
}
