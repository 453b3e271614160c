//! Everything that runs alongside the listener: the tunnel, repointing webhooks to its address, catching up, running
//! rules, issue states, distributions, and Hookbell's own news.
//!
//! Only the process with the leader lock does all this for a data directory, so that a window, a `hookbell serve` and a
//! script never start two tunnels or fetch the same events twice.

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
    uploads::Uploads,
};

/// The rooms whose tasks run while this process listens.
#[derive(Debug)]
pub(crate) struct RoomsOfTasks {
    pub(crate) tunnels: Arc<Tunnels>,
    pub(crate) repointing: Arc<Repointing>,
    pub(crate) missed_events: Arc<MissedEvents>,
    pub(crate) runs: Arc<Runs>,
    pub(crate) trackers: Arc<Trackers>,
    pub(crate) distributions: Arc<Distributions>,
    pub(crate) uploads: Arc<Uploads>,
    pub(crate) own_news: OwnNewsRoom,
}

/// Their tasks.
#[derive(Debug)]
pub(crate) struct BackgroundTasks {
    context: Context,
    rooms: RoomsOfTasks,
}

impl BackgroundTasks {
    pub(crate) fn new(context: Context, rooms: RoomsOfTasks) -> Self {
        Self { context, rooms }
    }

    /// Runs them until `stop`. `hookbell listen` runs none of them: it serves only the one webhook whose secret it
    /// was given.
    pub(crate) async fn run(self: Arc<Self>, listener: LocalListener, stop: CancellationToken) {
        if self.context.options.only.is_some() {
            return;
        }
        let tunnel = self.rooms.tunnels.run(listener, stop.clone());
        let rest = async {
            tokio::join!(
                self.rooms.repointing.run(),
                self.rooms.missed_events.run(),
                Arc::clone(&self.rooms.runs).run(),
                self.rooms.trackers.run(),
                Arc::clone(&self.rooms.distributions).run(),
                Arc::clone(&self.rooms.uploads).run(),
                self.rooms.own_news.run(),
                self.watch_network_and_wake()
            );
        };
        tokio::join!(tunnel, stop.run_until_cancelled(rest));
    }

    /// Checks everything at once after sleep and after a network change.
    async fn watch_network_and_wake(&self) {
        let every = self.context.options.pace.tunnel.watch_every;
        watch_system(
            || self.context.clock.now(),
            every,
            |change| {
                tracing::info!(?change, "checking the tunnel");
                self.rooms.tunnels.check_soon();
                self.rooms.uploads.woke();
                if change == SystemChange::Woke {
                    self.rooms.missed_events.woke();
                    self.rooms.runs.woke();
                    self.rooms.distributions.woke();
                    self.rooms.own_news.woke();
                }
            },
        )
        .await;
    }
}
