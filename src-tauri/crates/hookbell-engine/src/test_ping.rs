//! A ping to ourselves, through the same door that Apple uses.

use std::{
    error::Error,
    time::{Duration, Instant},
};

use hookbell_core::{
    EventId, EventType, SIGNATURE_HEADER, Signature,
    fixture::{self, Change},
};
use hookbell_vault::Key;
use jiff::Timestamp;

use crate::{
    Hookbell,
    api::{ApiError, ErrorCode, TestReply, WebhookRequest},
    random,
};

const PATIENCE: Duration = Duration::from_secs(10);

impl Hookbell {
    /// Signs a ping with a webhook's secret, posts it to its payload URL, and says what became of it.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], [`ErrorCode::NotListening`], or what the keychain refuses.
    pub async fn send_test(&self, request: WebhookRequest) -> Result<TestReply, ApiError> {
        let webhook = self.known_local(&request.id).await?;
        let url = self.inner.conditions.borrow().local_url(&webhook.token).ok_or_else(ApiError::not_listening)?;
        let current = self.inner.store.current_generation(&webhook.id).await?.unwrap_or(0);
        let secret = self.inner.vault.get_asking(&Key::webhook_secret(&webhook.id, current)).await?;
        let secret = secret.ok_or_else(|| ApiError::not_found("secret"))?;
        let id = random::new_event_id()?;
        let body = ping(&id, self.inner.clock.now())?;

        let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().map_err(|error| unsent(&error))?;
        let signature = Signature::of(&secret, &body).to_string();
        let sent = Instant::now();
        let answer = client.post(url).header(SIGNATURE_HEADER, signature).body(body).send().await;
        let answer = answer.map_err(|error| unsent(&error.without_url()))?;
        let milliseconds = u32::try_from(sent.elapsed().as_millis()).unwrap_or(u32::MAX);
        let stored = self.inner.store.find(&id).await?;
        Ok(TestReply { status: answer.status().as_u16(), milliseconds, seq: stored.map(|event| event.seq) })
    }
}

/// Apple's sample of a ping, with an id and a time of its own.
fn ping(id: &EventId, now: Timestamp) -> Result<Vec<u8>, ApiError> {
    let unmade =
        |error: &dyn Error| ApiError::new(ErrorCode::Internal, "the ping could not be made", error.to_string());
    let happened = format!("/data/attributes/timestamp=\"{now}\"").parse().map_err(|error| unmade(&error))?;
    fixture::edit(fixture::body(EventType::WebhookPingCreated), &[Change::id(id), happened])
        .map_err(|error| unmade(&error))
}

fn unsent(error: &reqwest::Error) -> ApiError {
    ApiError::new(ErrorCode::NotListening, format!("the ping was not answered: {error}"), "try again")
}
