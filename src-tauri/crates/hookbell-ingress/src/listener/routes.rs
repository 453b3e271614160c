//! From one request to its answer: finds the webhook, reads the body, verifies the signature, stores the delivery.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, HttpBody},
    extract::{Path, Request, State, rejection::PathRejection},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header::CACHE_CONTROL},
    routing::any,
};
use hookbell_core::{ReceivedDelivery, SIGNATURE_HEADER, Signature, SignatureError, Verified, WebhookId, verify};
use http_body_util::BodyExt;
use tokio::time::timeout;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::listener::{
    Credentials, Limits, Nonce, Receive, Unavailable,
    answer::{CLOSE, PLAIN_TEXT, Refusal},
    finish::{Finish, Panicked},
};

/// The maximum to allocate for a body based on its announced length.
const SET_ASIDE: usize = 64 * 1024;

/// From this length on, the log shows how a token begins.
const LONG_TOKEN: usize = 16;

/// What all requests share.
pub(super) struct Shared<R> {
    pub(super) receiver: Arc<R>,
    pub(super) nonce: Nonce,
    pub(super) limits: Limits,
    /// Owns work that must continue when a sender hangs up.
    pub(super) tasks: TaskTracker,
    /// Ends everything immediately.
    pub(super) cut: CancellationToken,
}

pub(super) fn router<R: Receive>(shared: Arc<Shared<R>>) -> Router {
    Router::new()
        .route("/hooks/{token}", any(deliver::<R>))
        .route("/healthz", any(health::<R>))
        .fallback(async || Refusal::UnknownPath)
        .with_state(shared)
}

type PlainText<const N: usize> = ([(HeaderName, HeaderValue); N], String);

async fn health<R: Receive>(State(shared): State<Arc<Shared<R>>>, method: Method) -> Result<PlainText<3>, Refusal> {
    if method != Method::GET {
        return Err(Refusal::Method("GET"));
    }
    let fresh = (CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(([PLAIN_TEXT, CLOSE, fresh], shared.nonce.as_str().to_owned()))
}

async fn deliver<R: Receive>(
    State(shared): State<Arc<Shared<R>>>,
    token: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<PlainText<1>, Refusal> {
    if request.method() != Method::POST {
        return Err(Refusal::Method("POST"));
    }
    let Path(token) = token.map_err(|_| Refusal::UnknownPath)?;
    let Some(Credentials { webhook, secrets, complete }) = shared.receiver.webhook(&token).await else {
        tracing::debug!(token = beginning(&token), "a POST to a path that no webhook has");
        return Err(Refusal::UnknownPath);
    };
    let (head, body) = request.into_parts();
    let received = async {
        if body.size_hint().lower() > shared.limits.body as u64 {
            return Err(Refusal::TooLarge(shared.limits.body));
        }
        Signature::from_headers(signatures(&head.headers))?;
        if secrets.is_empty() {
            return Err(Refusal::NoSecret);
        }
        let body = timeout(shared.limits.body_timeout, read(body, shared.limits.body));
        let body = body.await.unwrap_or(Err(Refusal::TooSlow))?;
        let received_at = shared.receiver.now();
        let delivery = ReceivedDelivery { webhook: webhook.clone(), body, received_at, signature: None };
        let verified = match verify(delivery, signatures(&head.headers), &secrets) {
            Err(SignatureError::Mismatch) if !complete => return Err(Refusal::NoSecret),
            verified => verified?,
        };
        store(&shared, verified).await.map_err(Refusal::Unavailable)
    };
    match received.await {
        Ok(()) => Ok(([PLAIN_TEXT], "stored\n".to_owned())),
        Err(why) => {
            note(shared.receiver.as_ref(), &webhook, why);
            Err(why)
        }
    }
}

fn signatures(headers: &HeaderMap) -> impl Iterator<Item = &[u8]> {
    headers.get_all(SIGNATURE_HEADER).iter().map(HeaderValue::as_bytes)
}

/// Reads the body as sent. Trusts its announced length only as far as memory is cheap.
async fn read(mut body: Body, limit: usize) -> Result<Vec<u8>, Refusal> {
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    let mut bytes = Vec::with_capacity(announced.min(SET_ASIDE));
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Refusal::BrokenBody)?;
        if let Some(data) = frame.data_ref() {
            if data.len() > limit - bytes.len() {
                return Err(Refusal::TooLarge(limit));
            }
            bytes.extend_from_slice(data);
        }
    }
    Ok(bytes)
}

/// Stores a delivery, whether or not its sender waits.
async fn store<R: Receive>(shared: &Shared<R>, delivery: Verified<ReceivedDelivery>) -> Result<(), Unavailable> {
    let receiver = Arc::clone(&shared.receiver);
    let storing = async move { receiver.receive(delivery).await };
    Finish::new(storing, &shared.tasks, &shared.cut).await.unwrap_or_else(|Panicked| {
        tracing::error!("the receiver of deliveries panicked");
        Err(Unavailable::CannotStore)
    })
}

fn note<R: Receive>(receiver: &R, webhook: &WebhookId, why: Refusal) {
    match why {
        Refusal::Signature(why) => {
            tracing::info!(%webhook, %why, "refused a delivery");
            receiver.refused(webhook, why);
        }
        why => tracing::warn!(%webhook, %why, "could not take a delivery"),
    }
}

/// Enough of a token to recognize it, but not to use it.
fn beginning(token: &str) -> String {
    let shown = if token.len() < LONG_TOKEN { 0 } else { 4 };
    token.chars().take(shown).flat_map(char::escape_default).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_sees_the_beginning_of_long_tokens_only() {
        assert_eq!(beginning("mytoken"), "…");
        assert_eq!(beginning("a\nbc0123456789abcdef"), "a\\nbc…");
    }
}
