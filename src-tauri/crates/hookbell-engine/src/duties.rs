//! What goes with listening: the tunnel, the webhooks that follow its address, and the events that were missed.
//!
//! One process does all of it for a data directory, the one that holds the listener's lock, so that a window, a
//! `hookbell serve` and a script never start two tunnels or fetch the same twice.

use std::sync::Arc;

use hookbell_ingress::tunnel::{SystemChange, watch_system};
use tokio_util::sync::CancellationToken;

use crate::{
    catch_up,
    engine::Inner,
    tunnel::{self, Leading},
};

/// Does it until it is told to stop. `hookbell listen` serves one webhook whose secret it was given, and nothing else.
pub(crate) async fn run(inner: Arc<Inner>, held: Leading, stop: CancellationToken) {
    if inner.options.only.is_some() {
        return;
    }
    let tunnel = tunnel::run(Arc::clone(&inner), held, stop.clone());
    let rest = async { tokio::join!(inner.repointing.run(), catch_up::run(&inner), look_around(&inner)) };
    tokio::join!(tunnel, stop.run_until_cancelled(rest));
}

/// After sleep and after a change of network everything is looked at at once.
async fn look_around(inner: &Inner) {
    let every = inner.options.pace.tunnel.watch_every;
    watch_system(
        || inner.clock.now(),
        every,
        |change| {
            tracing::info!(?change, "looking at the tunnel");
            inner.tunnel.check.notify_one();
            if change == SystemChange::Woke {
                inner.catch_up.woke();
            }
        },
    )
    .await;
}
