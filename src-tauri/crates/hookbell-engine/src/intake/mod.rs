//! Where deliveries arrive: provides the listener with what it needs, stores verified deliveries, and counts rejected
//! ones.
//!
//! The listener answers 200 once a delivery is in the store.

mod receive;
mod refusals;
mod secrets;

use std::sync::Arc;

use tokio::sync::Notify;

use self::refusals::Refusals;
use crate::{context::Context, registry::Registry};

/// The room of incoming deliveries.
#[derive(Debug)]
pub(crate) struct Intake {
    context: Context,
    registry: Arc<Registry>,
    refusals: Refusals,
    /// Signals secrets that haven't been requested from the keychain yet.
    secrets_due: Notify,
}

impl Intake {
    pub(crate) fn new(context: Context, registry: Arc<Registry>) -> Self {
        Self { context, registry, refusals: Refusals::default(), secrets_due: Notify::new() }
    }
}
