//! An event sent on: byte for byte, signed anew, or as a template has it.

use hookbell_core::{SIGNATURE_HEADER, Secret, Signature};

use crate::{ActionFailure, ActionTarget, Answer, Sender, http::Post};

/// Says that two requests are one, so that a server can leave the second out.
const IDEMPOTENCY_HEADER: &str = "idempotency-key";

/// A body on its way to somebody else.
#[derive(Debug, Clone)]
pub struct Forwarded {
    /// The body.
    pub body: Vec<u8>,
    /// Headers besides those that every request has. `content-type` is JSON unless it is among them.
    pub headers: Vec<(String, String)>,
    /// The same for each try of one run.
    pub idempotency_key: String,
    /// Whether the address may lie in a private network.
    pub allow_private_network: bool,
}

impl Forwarded {
    /// Signs the body as App Store Connect would, with another secret.
    #[must_use]
    pub fn signed(mut self, secret: &Secret) -> Self {
        let signature = Signature::of(secret, &self.body).to_string();
        self.headers.retain(|(name, _)| !name.eq_ignore_ascii_case(SIGNATURE_HEADER));
        self.headers.push((SIGNATURE_HEADER.to_owned(), signature));
        self
    }
}

impl Sender {
    /// Sends a body on. It may arrive twice if an answer is lost.
    ///
    /// # Errors
    /// [`ActionFailure`]: what the server's answer means, or why there was none.
    pub async fn forward(&self, target: &ActionTarget, forwarded: Forwarded) -> Result<Answer, ActionFailure> {
        let Forwarded { body, mut headers, idempotency_key, allow_private_network } = forwarded;
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            headers.push(("content-type".to_owned(), "application/json".to_owned()));
        }
        headers.push((IDEMPOTENCY_HEADER.to_owned(), idempotency_key));
        self.post(target, allow_private_network, Post { headers, body }).await?.settle("The server")
    }
}
