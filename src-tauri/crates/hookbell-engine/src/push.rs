//! Telling the desktop of its own accord: an open window, and the tray.

use std::sync::Arc;

use crate::{api::Push, context::Context, engine::Inner};

impl Inner {
    /// Tells the desktop, unless the demo is in front of this engine: then nobody looks at it, and what they
    /// would look at is read anew when they come back.
    pub(crate) fn push_now(&self, push: &Push) {
        if !self.stage.in_front.is_demo() {
            self.host.push(push);
        }
    }

    /// The same off the async threads, where telling may block.
    pub(crate) async fn push(&self, push: Push) {
        if self.stage.in_front.is_demo() {
            return;
        }
        self.context.push(push).await;
    }
}

impl Context {
    /// The same off the async threads, where telling may block.
    pub(crate) async fn push(&self, push: Push) {
        let host = Arc::clone(&self.host);
        let _ = tokio::task::spawn_blocking(move || host.push(&push)).await;
    }
}
