//! The tunnel of this data directory: configured in the settings, run by the listening process, visible to all.
//!
//! The configuration is in the store, so that a script's command, the window and `hookbell serve` all change the same
//! thing; the process with the leader lock applies it. The tunnel's state is returned through the store. A token is
//! in the keychain and goes only to the supervisor.

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
    /// The output of the tunnel's program.
    output: Output,
    /// Requests a check of the address.
    check_due: Notify,
    /// The configuration that this process has applied.
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
