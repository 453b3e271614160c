//! Posts a signed body and records the outcome.

use std::{sync::Arc, time::Duration};

use hookbell_core::{SIGNATURE_HEADER, Signature};
use jiff::Timestamp;
use reqwest::header::CONTENT_TYPE;

use super::Attempt;
use crate::{shared::Shared, world::AttemptState};

/// How much of an answer to keep. How much Apple keeps is not documented.
const ANSWER_MAX_BYTES: usize = 16 * 1024;

const UNREACHABLE: &str = "Could not connect to the server.";
const SILENT: &str = "The server did not respond in time.";
const CUT: &str = "The connection was closed before a response arrived.";

/// The receiver's answer, or why there was none.
type Outcome = Result<(u16, String), &'static str>;

/// Sends one attempt and records it. A 2xx is success, anything else isn't; redirects are not followed. An attempt in
/// progress when the simulator stops stays PENDING.
pub(crate) async fn deliver(shared: Arc<Shared>, attempt: Attempt) {
    let (sent, outcome) = tokio::select! {
        tried = tried(&shared, &attempt) => tried,
        () = shared.stop.cancelled() => return,
    };
    tracing::debug!(delivery = attempt.delivery, outcome = ?outcome.as_ref().map(|(status, _)| status), "delivered");

    let mut world = shared.change();
    let Some(delivery) = world.deliveries.get_mut(&attempt.delivery) else { return };
    delivery.sent = Some(sent);
    match outcome {
        Ok((status, body)) => {
            let good = (200..300).contains(&status);
            delivery.state = if good { AttemptState::Succeeded } else { AttemptState::Failed };
            delivery.error = (!good).then(|| format!("The server responded with the status code {status}."));
            delivery.status = Some(status);
            delivery.response = Some(body);
        }
        Err(reason) => {
            delivery.state = AttemptState::Failed;
            delivery.error = Some(reason.to_owned());
        }
    }
}

/// When it was sent and the outcome, after waiting for its turn.
async fn tried(shared: &Shared, attempt: &Attempt) -> (Timestamp, Outcome) {
    // The semaphore is never closed.
    let _turn = shared.sending.acquire().await;
    let (offline, timeout) = {
        let rules = &shared.gate().rules;
        (rules.offline, rules.delivery_timeout)
    };
    let sent = shared.now();
    (sent, if offline { Err(UNREACHABLE) } else { post(&shared.client, attempt, timeout).await })
}

async fn post(client: &reqwest::Client, attempt: &Attempt, timeout: Duration) -> Outcome {
    let signature = Signature::of(&attempt.secret, attempt.body.as_bytes()).to_string();
    let request = client
        .post(&attempt.url)
        .header(CONTENT_TYPE, "application/json")
        .header(SIGNATURE_HEADER, signature)
        .body(attempt.body.clone());
    let answer = async {
        let mut response = request.send().await.map_err(|error| if error.is_connect() { UNREACHABLE } else { CUT })?;
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|_| CUT)? {
            body.extend_from_slice(&piece);
            if body.len() >= ANSWER_MAX_BYTES {
                body.truncate(ANSWER_MAX_BYTES);
                break;
            }
        }
        Ok((status, String::from_utf8_lossy(&body).into_owned()))
    };
    tokio::time::timeout(timeout, answer).await.unwrap_or(Err(SILENT))
}
