//! Sends a ping to ourselves, by the same route as Apple's deliveries.

use std::{
    error::Error,
    time::{Duration, Instant},
};

use hookbell_core::{
    EventId, EventType, SIGNATURE_HEADER, Secret, Signature,
    fixture::{self, Change},
};
use jiff::Timestamp;

use crate::{
    api::{ApiError, ErrorCode, TestReply},
    context::Context,
    random,
};

/// How long our own listener may take to answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

/// Signs a ping with this secret, posts it, and returns the result.
pub(crate) async fn send(context: &Context, url: String, secret: &Secret) -> Result<TestReply, ApiError> {
    let id = random::new_event_id()?;
    let body = ping(&id, context.clock.now())?;

    let client =
        reqwest::Client::builder().no_proxy().timeout(ANSWER_TIMEOUT).build().map_err(|error| unsent(&error))?;
    let signature = Signature::of(secret, &body).to_string();
    let sent = Instant::now();
    let answer = client.post(url).header(SIGNATURE_HEADER, signature).body(body).send().await;
    let answer = answer.map_err(|error| unsent(&error.without_url()))?;
    let milliseconds = u32::try_from(sent.elapsed().as_millis()).unwrap_or(u32::MAX);
    let stored = context.store.find(&id).await?;
    Ok(TestReply { status: answer.status().as_u16(), milliseconds, seq: stored.map(|event| event.seq) })
}

/// Apple's sample of a ping, with a new id and time.
fn ping(id: &EventId, now: Timestamp) -> Result<Vec<u8>, ApiError> {
    let unmade =
        |error: &dyn Error| ApiError::new(ErrorCode::Internal, "the ping couldn’t be created", error.to_string());
    let happened = format!("/data/attributes/timestamp=\"{now}\"").parse().map_err(|error| unmade(&error))?;
    fixture::edit(fixture::body(EventType::WebhookPingCreated), &[Change::id(id), happened])
        .map_err(|error| unmade(&error))
}

fn unsent(error: &reqwest::Error) -> ApiError {
    ApiError::new(ErrorCode::NotListening, format!("the ping got no response: {error}"), "try again")
}
