//! Telling the desktop of its own accord: an open window, and the tray.

use std::sync::Arc;

use crate::{api::Push, context::Context};

impl Context {
    /// Tells the desktop.
    pub(crate) fn push_now(&self, push: &Push) {
        self.host.push(push);
    }

    /// The same off the async threads, where telling may block.
    pub(crate) async fn push(&self, push: Push) {
        let host = Arc::clone(&self.host);
        let _ = tokio::task::spawn_blocking(move || host.push(&push)).await;
    }
}
