//! The original to resend: a body, its signature, and the webhook whose secret can sign it again.

use hookbell_core::{Secret, Signature};
use hookbell_store::{Origin, SignedBody, StoredWebhook};

use super::Resending;
use crate::{
    api::{ApiError, Original},
    ours,
};

/// A body and the signature it came with.
pub(super) struct Sendable {
    pub(super) body: Vec<u8>,
    pub(super) signature: Option<Signature>,
}

impl Sendable {
    pub(super) fn signed_with(&self, secret: &Secret) -> Signature {
        Signature::of(secret, &self.body)
    }
}

impl Resending {
    pub(super) async fn sendable(&self, original: &Original) -> Result<Sendable, ApiError> {
        match original {
            Original::Event { seq } => {
                if self.context.store.event(*seq).await?.is_some_and(|event| event.kind.is_own()) {
                    return Err(ApiError::no_payload());
                }
                let stored = self.context.store.signed_body(*seq).await?;
                let SignedBody { body, signature } = stored.ok_or_else(|| ApiError::not_found("event"))?;
                Ok(Sendable { body, signature })
            }
            Original::Delivery { account, webhook, delivery } => {
                let body = self.asc.logged_body(account, webhook, delivery).await?;
                Ok(Sendable { body, signature: None })
            }
        }
    }

    pub(super) async fn is_signed(&self, original: &Original) -> Result<bool, ApiError> {
        match original {
            Original::Event { .. } => Ok(self.sendable(original).await?.signature.is_some()),
            Original::Delivery { .. } => Ok(false),
        }
    }

    /// Our webhook that it arrived through.
    async fn webhook(&self, original: &Original) -> Result<Option<StoredWebhook>, ApiError> {
        let store = &self.context.store;
        match original {
            Original::Event { seq } => {
                let event = store.event(*seq).await?.ok_or_else(|| ApiError::not_found("event"))?;
                Ok(store.webhook(&event.webhook).await?)
            }
            Original::Delivery { webhook, .. } => {
                let id = webhook.parse().map_err(|_| ApiError::not_found("webhook"))?;
                Ok(ours::find(store, &id).await?.map(|own| own.row))
            }
        }
    }

    /// The same, if its secret is in the keychain.
    pub(super) async fn signer(&self, original: &Original) -> Result<Option<StoredWebhook>, ApiError> {
        let webhook = self.webhook(original).await?;
        Ok(webhook.filter(|webhook| matches!(webhook.origin, Origin::Local | Origin::Account)))
    }

    /// The payload URL of its webhook.
    pub(super) async fn payload_url(&self, original: &Original) -> Result<String, ApiError> {
        let webhook = self.webhook(original).await?.ok_or_else(|| ApiError::not_found("webhook"))?;
        self.context.conditions.borrow().payload_url(&webhook.token).ok_or_else(ApiError::not_listening)
    }
}

pub(super) fn unsigned() -> ApiError {
    ApiError::field(
        "signature",
        "this event’s signature is unknown, because it wasn’t delivered to this computer or arrived before Hookbell \
         stored signatures",
        "sign it with a secret",
    )
}

pub(super) fn no_secret() -> ApiError {
    ApiError::field(
        "signature",
        "the secret of this event’s webhook isn’t in the keychain",
        "keep the original signature, or pass a secret to `hookbell events resend`",
    )
}
