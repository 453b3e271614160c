//! What the listener needs from whoever receives its deliveries.

use std::{future::Future, sync::Arc};

use hookbell_core::{ReceivedDelivery, Secret, SignatureError, Verified, WebhookId};
use jiff::Timestamp;

/// The other side of the listener: it knows the webhooks and stores what they send.
pub trait Receive: Send + Sync + 'static {
    /// The webhook whose payload URL ends in this token (percent-decoded), or `None` for an answer of 404.
    ///
    /// Called for every POST, before its body is read, so it answers from memory wherever it can; a webhook
    /// that another process added a moment ago may be looked for.
    fn webhook(&self, token: &str) -> impl Future<Output = Option<Credentials>> + Send;

    /// Stores a delivery and returns once it is on disk: the answer of 200 is a promise.
    ///
    /// A delivery that is there already is `Ok`. The future runs on when the sender hangs up and is dropped
    /// only when the listener ends.
    fn receive(&self, delivery: Verified<ReceivedDelivery>) -> impl Future<Output = Result<(), Unavailable>> + Send;

    /// Told of every delivery to a known webhook that was answered 401. Must be quick: it runs in the request.
    fn refused(&self, webhook: &WebhookId, why: SignatureError);

    /// The time now, for [`ReceivedDelivery::received_at`].
    fn now(&self) -> Timestamp;
}

/// Which webhook a path belongs to, and what its deliveries are signed with.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The webhook.
    pub webhook: WebhookId,
    /// The secrets valid now: one, or two while one is being rotated. None at all means that they can't be
    /// read, as from a locked keychain: the sender gets 503, as nobody can say that its signature is wrong.
    /// Apple then counts the delivery as failed; it does not promise to try again.
    pub secrets: Arc<[Secret]>,
    /// Whether these are all of them. While one can't be read, a signature that fits none of the others is answered
    /// with 503 too.
    pub complete: bool,
}

/// Why a good delivery was not stored. The answer asks the sender to try again; Apple does not promise to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unavailable {
    /// More is waiting to be stored than the receiver takes on.
    #[error("too many deliveries are waiting to be stored; redeliver it in a moment")]
    Busy,
    /// The store can't be written to.
    #[error("deliveries can't be stored right now; redeliver it later")]
    CannotStore,
}
