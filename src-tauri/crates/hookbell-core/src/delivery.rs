//! A received delivery, and the proof that it came from Apple.
//!
//! Only [`verify`] constructs a [`Verified`]: anything inside one has been checked, and there is no way to turn the
//! check off.

use jiff::Timestamp;

use crate::{Secret, Signature, SignatureError, WebhookId};

/// One POST to a webhook's payload URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedDelivery {
    /// The webhook whose payload URL it was sent to.
    pub webhook: WebhookId,
    /// The raw body, byte for byte.
    pub body: Vec<u8>,
    /// When the body was complete.
    pub received_at: Timestamp,
    /// The verified signature. `None` if nothing was verified yet, or if the body was read from App Store Connect's
    /// log.
    pub signature: Option<Signature>,
}

/// Something whose signature was valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified<T>(T);

impl<T> Verified<T> {
    /// The verified value.
    #[must_use]
    pub fn get(&self) -> &T {
        &self.0
    }

    /// The verified value, by value.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.0
    }
}

/// Checks a delivery against every secret that is currently valid: one, or two during a rotation.
///
/// # Errors
/// [`SignatureError`] says why it was rejected; the delivery is dropped, as nothing unverified is kept.
pub fn verify<'a>(
    delivery: ReceivedDelivery,
    signature_headers: impl IntoIterator<Item = &'a [u8]>,
    secrets: &[Secret],
) -> Result<Verified<ReceivedDelivery>, SignatureError> {
    let signature = Signature::from_headers(signature_headers)?;
    if secrets.iter().any(|secret| signature.matches(secret, &delivery.body)) {
        Ok(Verified(ReceivedDelivery { signature: Some(signature), ..delivery }))
    } else {
        Err(SignatureError::Mismatch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivery() -> ReceivedDelivery {
        let (webhook, received_at) = (WebhookId::new("w").unwrap(), Timestamp::UNIX_EPOCH);
        ReceivedDelivery { webhook, body: b"{}".to_vec(), received_at, signature: None }
    }

    #[test]
    fn either_secret_of_a_rotation_is_good() {
        let (old, new) = (Secret::new("old").unwrap(), Secret::new("new").unwrap());
        let signature = Signature::of(&old, b"{}");
        let header = signature.to_string();
        let verified = verify(delivery(), [header.as_bytes()], &[new.clone(), old]).unwrap();
        assert_eq!(verified.get(), &ReceivedDelivery { signature: Some(signature), ..delivery() });
        assert_eq!(verify(delivery(), [header.as_bytes()], &[new]), Err(SignatureError::Mismatch));
    }

    #[test]
    fn a_webhook_without_secrets_takes_nothing() {
        let header = Signature::of(&Secret::new("any").unwrap(), b"{}").to_string();
        assert_eq!(verify(delivery(), [header.as_bytes()], &[]), Err(SignatureError::Mismatch));
        assert_eq!(verify(delivery(), [], &[]), Err(SignatureError::Missing));
    }
}
