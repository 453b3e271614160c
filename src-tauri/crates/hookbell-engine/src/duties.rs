//! What goes with listening: the tunnel, the webhooks that follow its address, and the events that were missed.
//!
//! One process does all of it for a data directory, the one that holds the listener's lock, so that a window, a
//! `hookbell serve` and a script never start two tunnels or fetch the same twice.

use std::sync::Arc;

use hookbell_ingress::tunnel::{SystemChange, watch_system};
use tokio_util::sync::CancellationToken;

use crate::{engine::Inner, tunnel::LocalListener};

/// Does it until it is told to stop. `hookbell listen` serves one webhook whose secret it was given, and nothing else.
pub(crate) async fn run(inner: Arc<Inner>, listener: LocalListener, stop: CancellationToken) {
    if inner.options.only.is_some() {
        return;
    }
    let tunnel = inner.tunnels.run(listener, stop.clone());
    let rest =
        async { tokio::join!(inner.repointing.run(), inner.missed_events.run(), watch_network_and_wake(&inner)) };
    tokio::join!(tunnel, stop.run_until_cancelled(rest));
}

/// Checks everything at once after sleep and after a change of network.
async fn watch_network_and_wake(inner: &Inner) {
    let every = inner.options.pace.tunnel.watch_every;
    watch_system(
        || inner.clock.now(),
        every,
        |change| {
            tracing::info!(?change, "checking the tunnel");
            inner.tunnels.check_soon();
            if change == SystemChange::Woke {
                inner.missed_events.woke();
            }
        },
    )
    .await;
}
