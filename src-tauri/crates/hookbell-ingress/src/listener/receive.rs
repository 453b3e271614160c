//! The interface that a receiver of deliveries implements.

use std::{future::Future, sync::Arc};

use hookbell_core::{ReceivedDelivery, Secret, SignatureError, Verified, WebhookId};
use jiff::Timestamp;

/// The receiver: it knows the webhooks and stores their deliveries.
pub trait Receive: Send + Sync + 'static {
    /// The webhook whose payload URL ends in this token (percent-decoded), or `None` to answer 404.
    ///
    /// Called for every POST before its body is read, so answer from memory if possible. Looking up a webhook that
    /// another process has just added is acceptable.
    fn webhook(&self, token: &str) -> impl Future<Output = Option<Credentials>> + Send;

    /// Stores a delivery and returns once it is on disk: the answer of 200 is a promise.
    ///
    /// A delivery that is stored already is `Ok`. The future continues if the sender hangs up, and is dropped only when
    /// the listener ends.
    fn receive(&self, delivery: Verified<ReceivedDelivery>) -> impl Future<Output = Result<(), Unavailable>> + Send;

    /// Called for every delivery to a known webhook that got 401. Must be quick: it runs within the request.
    fn refused(&self, webhook: &WebhookId, why: SignatureError);

    /// The current time, for [`ReceivedDelivery::received_at`].
    fn now(&self) -> Timestamp;
}

/// The webhook of a path, and the secrets of its deliveries.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The webhook.
    pub webhook: WebhookId,
    /// The secrets valid now: one, or two during a rotation. Empty if they can't be read, as from a locked keychain:
    /// the sender gets 503, because we can't say that its signature is wrong. Apple then counts the delivery as failed;
    /// it doesn't promise to retry.
    pub secrets: Arc<[Secret]>,
    /// Whether these are all of them. If one can't be read, a signature that matches none of the others gets 503 too.
    pub complete: bool,
}

/// Why a valid delivery was not stored. The answer asks the sender to retry; Apple doesn't promise to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unavailable {
    /// The receiver's queue is full.
    #[error("too many deliveries are waiting to be stored; redeliver it in a moment")]
    Busy,
    /// The store isn't writable.
    #[error("deliveries can't be stored right now; redeliver it later")]
    CannotStore,
}
