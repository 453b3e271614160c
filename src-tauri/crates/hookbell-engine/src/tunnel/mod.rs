//! The tunnel of this data directory: chosen in the settings, run by the process that listens, seen by all.
//!
//! What is wanted stands in the store, so that a command in a script, the window and `hookbell serve` all change
//! the same thing; the process that holds the listener's lock follows it. The tunnel's state goes back through the
//! store. A token is in the keychain and goes to the supervisor alone.

mod chosen;
mod commands;
mod news;
mod providers;
mod run;
mod view;

use hookbell_ingress::tunnel::Output;
use tokio::sync::{Notify, watch};

use crate::context::Context;

pub(crate) use self::{
    chosen::{Chosen, heals},
    news::report,
    run::{LocalListener, tunnel_down},
    view::{elsewhere, now, public_base},
};

/// The room of the tunnel.
#[derive(Debug)]
pub struct Tunnels {
    context: Context,
    /// What the tunnel's program wrote.
    output: Output,
    /// Asks for a check of the address.
    check_due: Notify,
    /// What this process has taken over of what is wanted.
    taken_over: watch::Sender<Option<Chosen>>,
}

impl Tunnels {
    pub(crate) fn new(context: Context) -> Self {
        Self { context, output: Output::default(), check_due: Notify::new(), taken_over: watch::Sender::new(None) }
    }

    /// Checks the address soon.
    pub(crate) fn check_soon(&self) {
        self.check_due.notify_one();
    }
}
