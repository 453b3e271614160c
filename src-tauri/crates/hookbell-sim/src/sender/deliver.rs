//! Posting a signed body and writing down what came of it.

use std::{sync::Arc, time::Duration};

use hookbell_core::{SIGNATURE_HEADER, Signature};
use reqwest::header::CONTENT_TYPE;

use super::Attempt;
use crate::{shared::Shared, world::DeliveryState};

/// How much of an answer is kept.
const MOST_OF_AN_ANSWER: usize = 16 * 1024;

const UNREACHABLE: &str = "Could not connect to the server.";
const SILENT: &str = "The server did not respond in time.";
const CUT: &str = "The connection was closed before a response arrived.";

/// What the receiver said, or why it said nothing.
type Outcome = Result<(u16, String), &'static str>;

/// Sends one attempt and records it. A 2xx is success, anything else is not; redirects are not followed.
pub(crate) async fn deliver(shared: Arc<Shared>, attempt: Attempt) {
    let Ok(_permit) = shared.sending.acquire().await else { return };
    let (offline, timeout) = {
        let rules = &shared.gate().rules;
        (rules.offline, rules.delivery_timeout)
    };
    let sent = shared.now();
    let outcome = if offline { Err(UNREACHABLE) } else { post(&shared.client, &attempt, timeout).await };
    tracing::debug!(delivery = attempt.delivery, outcome = ?outcome.as_ref().map(|(status, _)| status), "delivered");

    let mut world = shared.change();
    let Some(delivery) = world.deliveries.get_mut(&attempt.delivery) else { return };
    delivery.sent = Some(sent);
    match outcome {
        Ok((status, body)) => {
            let good = (200..300).contains(&status);
            delivery.state = if good { DeliveryState::Succeeded } else { DeliveryState::Failed };
            delivery.error = (!good).then(|| format!("The server responded with the status code {status}."));
            delivery.status = Some(status);
            delivery.response = Some(body);
        }
        Err(reason) => {
            delivery.state = DeliveryState::Failed;
            delivery.error = Some(reason.to_owned());
        }
    }
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
            if body.len() >= MOST_OF_AN_ANSWER {
                body.truncate(MOST_OF_AN_ANSWER);
                break;
            }
        }
        Ok((status, String::from_utf8_lossy(&body).into_owned()))
    };
    tokio::time::timeout(timeout, answer).await.unwrap_or(Err(SILENT))
}
