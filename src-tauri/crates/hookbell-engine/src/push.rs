//! Pushes to the desktop: an open window, and the tray.

use std::sync::Arc;

use crate::{api::Push, context::Context};

impl Context {
    /// Pushes to the desktop.
    pub(crate) fn push_now(&self, push: &Push) {
        self.host.push(push);
    }

    /// The same off the async threads, because pushing may block.
    pub(crate) async fn push(&self, push: Push) {
        let host = Arc::clone(&self.host);
        let _ = tokio::task::spawn_blocking(move || host.push(&push)).await;
    }
}
