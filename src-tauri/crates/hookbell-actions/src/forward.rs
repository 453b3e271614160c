//! Forwards an event: byte for byte, signed with another secret, or rendered by a template.

use hookbell_core::{SIGNATURE_HEADER, Secret, Signature};

use crate::{ActionFailure, ActionTarget, Answer, Sender, http::Post};

/// Identifies repeated requests, so that a server can ignore the second one.
const IDEMPOTENCY_HEADER: &str = "idempotency-key";

/// A body to forward.
#[derive(Debug, Clone)]
pub struct Forwarded {
    /// The body.
    pub body: Vec<u8>,
    /// Headers in addition to those of every request. Unless `content-type` is among them, it is JSON.
    pub headers: Vec<(String, String)>,
    /// The same for each attempt of one run.
    pub idempotency_key: String,
    /// Whether the address may be in a private network.
    pub allow_private_network: bool,
}

impl Forwarded {
    /// Signs the body as App Store Connect would, but with another secret.
    #[must_use]
    pub fn signed(mut self, secret: &Secret) -> Self {
        let signature = Signature::of(secret, &self.body).to_string();
        self.headers.retain(|(name, _)| !name.eq_ignore_ascii_case(SIGNATURE_HEADER));
        self.headers.push((SIGNATURE_HEADER.to_owned(), signature));
        self
    }
}

impl Sender {
    /// Forwards a body. It may arrive twice if a response is lost.
    ///
    /// # Errors
    /// [`ActionFailure`]: the meaning of the server's response, or why there was none.
    pub async fn forward(&self, target: &ActionTarget, forwarded: Forwarded) -> Result<Answer, ActionFailure> {
        let Forwarded { body, mut headers, idempotency_key, allow_private_network } = forwarded;
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            headers.push(("content-type".to_owned(), "application/json".to_owned()));
        }
        headers.push((IDEMPOTENCY_HEADER.to_owned(), idempotency_key));
        self.post(target, allow_private_network, Post { headers, body }).await?.settle("The server")
    }
}
