//! Signatures as OpenSSL makes them, and a delivery's way past the check.

use data_encoding::HEXLOWER;
use hookbell_core::{ReceivedDelivery, Secret, Signature, SignatureError, WebhookId, verify};
use jiff::Timestamp;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Vector {
    name: String,
    secret: String,
    body_hex: String,
    signature: String,
}

impl Vector {
    fn all() -> Vec<Self> {
        let text = include_str!("../../../../../tests/vectors/signatures.json");
        let vectors: Vec<Self> = serde_json::from_str(text).unwrap();
        assert!(vectors.len() >= 8, "only {} vectors", vectors.len());
        vectors
    }

    fn secret(&self) -> Secret {
        Secret::new(self.secret.as_str()).unwrap()
    }

    fn delivery(&self) -> ReceivedDelivery {
        let body = HEXLOWER.decode(self.body_hex.as_bytes()).unwrap();
        let (webhook, received_at) = (WebhookId::new("webhook").unwrap(), Timestamp::UNIX_EPOCH);
        ReceivedDelivery { webhook, body, received_at, signature: None }
    }
}

#[test]
fn signs_as_openssl_does() {
    for vector in Vector::all() {
        let signature = Signature::of(&vector.secret(), &vector.delivery().body).to_string();
        assert_eq!(signature, vector.signature, "{}", vector.name);
    }
}

#[test]
fn verifies_what_openssl_signed() {
    for vector in Vector::all() {
        let verified = verify(vector.delivery(), [vector.signature.as_bytes()], &[vector.secret()]);
        let signature = Some(Signature::of(&vector.secret(), &vector.delivery().body));
        assert_eq!(
            verified.unwrap().into_inner(),
            ReceivedDelivery { signature, ..vector.delivery() },
            "{}",
            vector.name
        );
    }
}

#[test]
fn takes_no_vector_for_another() {
    let vectors = Vector::all();
    for (at, vector) in vectors.iter().enumerate() {
        for (other_at, other) in vectors.iter().enumerate() {
            let taken = verify(vector.delivery(), [other.signature.as_bytes()], &[vector.secret()]).map(|_| ());
            let expected = if at == other_at { Ok(()) } else { Err(SignatureError::Mismatch) };
            assert_eq!(taken, expected, "{} with the signature of {}", vector.name, other.name);
        }
    }
}
