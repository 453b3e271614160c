//! The room in which deliveries arrive: it hands the listener what it needs, stores what is verified, and counts what is
//! refused.
//!
//! The listener answers 200 once a delivery is in the store.

mod receive;
mod refusals;
mod secrets;

use std::sync::Arc;

use tokio::sync::Notify;

use self::refusals::Refusals;
use crate::{context::Context, registry::Registry};

/// The room of what arrives.
#[derive(Debug)]
pub(crate) struct Intake {
    context: Context,
    registry: Arc<Registry>,
    refusals: Refusals,
    /// There are secrets that the keychain was not asked for yet.
    secrets_due: Notify,
}

impl Intake {
    pub(crate) fn new(context: Context, registry: Arc<Registry>) -> Self {
        Self { context, registry, refusals: Refusals::default(), secrets_due: Notify::new() }
    }
}
