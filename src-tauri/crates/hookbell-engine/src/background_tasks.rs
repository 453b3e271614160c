//! What goes with listening: the tunnel, the webhooks that follow its address, the events that were missed, what rules do,
//! the states of issues, and Hookbell's own news.
//!
//! One process does all of it for a data directory, the one that holds the listener's lock, so that a window, a
//! `hookbell serve` and a script never start two tunnels or fetch the same twice.

use std::sync::Arc;

use hookbell_ingress::tunnel::{SystemChange, watch_system};
use tokio_util::sync::CancellationToken;

use crate::{
    catch_up::MissedEvents,
    context::Context,
    distribution::Distributions,
    own_news::OwnNewsRoom,
    repoint::Repointing,
    runs::Runs,
    trackers::Trackers,
    tunnel::{LocalListener, Tunnels},
};

/// The rooms whose tasks run as long as this process listens.
#[derive(Debug)]
pub(crate) struct BackgroundTasks {
    context: Context,
    tunnels: Arc<Tunnels>,
    repointing: Arc<Repointing>,
    missed_events: Arc<MissedEvents>,
    runs: Arc<Runs>,
    trackers: Arc<Trackers>,
    distributions: Arc<Distributions>,
    own_news: OwnNewsRoom,
}

impl BackgroundTasks {
    pub(crate) fn new(
        context: Context,
        tunnels: Arc<Tunnels>,
        repointing: Arc<Repointing>,
        missed_events: Arc<MissedEvents>,
        runs: Arc<Runs>,
        trackers: Arc<Trackers>,
        distributions: Arc<Distributions>,
        own_news: OwnNewsRoom,
    ) -> Self {
        Self { context, tunnels, repointing, missed_events, runs, trackers, distributions, own_news }
    }

    /// Runs them until `stop`. `hookbell listen` serves the one webhook whose secret it was given, and runs none of
    /// them.
    pub(crate) async fn run(self: Arc<Self>, listener: LocalListener, stop: CancellationToken) {
        if self.context.options.only.is_some() {
            return;
        }
        let tunnel = self.tunnels.run(listener, stop.clone());
        let rest = async {
            tokio::join!(
                self.repointing.run(),
                self.missed_events.run(),
                Arc::clone(&self.runs).run(),
                self.trackers.run(),
                Arc::clone(&self.distributions).run(),
                self.own_news.run(),
                self.watch_network_and_wake()
            );
        };
        tokio::join!(tunnel, stop.run_until_cancelled(rest));
    }

    /// Checks everything at once after sleep and after a change of network.
    async fn watch_network_and_wake(&self) {
        let every = self.context.options.pace.tunnel.watch_every;
        watch_system(
            || self.context.clock.now(),
            every,
            |change| {
                tracing::info!(?change, "checking the tunnel");
                self.tunnels.check_soon();
                if change == SystemChange::Woke {
                    self.missed_events.woke();
                    self.runs.woke();
                    self.distributions.woke();
                    self.own_news.woke();
                }
            },
        )
        .await;
    }
}
