//! An open demo: its engine, its App Store Connect and its folder, which close together.

use std::sync::Arc;

use hookbell_engine::Hookbell;
use hookbell_sim::Simulator;
use tokio::sync::RwLock;

use crate::folder::Folder;

/// An open demo.
#[derive(Debug)]
pub(crate) struct OpenDemo {
    pub(crate) engine: Hookbell,
    /// `None` once the demo is closing.
    pub(crate) simulator: RwLock<Option<Simulator>>,
    /// Removed on drop.
    pub(crate) _folder: Folder,
}

impl OpenDemo {
    /// Closes everything and removes it.
    pub(crate) async fn end(self: Arc<Self>) {
        self.engine.stop().await;
        if let Some(simulator) = self.simulator.write().await.take()
            && let Err(error) = simulator.stop().await
        {
            tracing::warn!(%error, "the simulated App Store Connect could not keep its state");
        }
        let _ = tokio::task::spawn_blocking(move || drop(self)).await;
    }
}
