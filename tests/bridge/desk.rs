//! A desktop without a screen: it forwards pushes to an open window, and shows no notifications.

use hookbell_demo::{DemoHost, DemoPush};
use hookbell_engine::{ClipboardError, DesktopError, Host, Notification, NotifyError, api::Push};
use serde::Serialize;
use tokio::sync::broadcast::{self, Receiver, Sender};

/// More than a window can miss while it is loading.
const MAX_UNHEARD_PUSHES: usize = 4_096;

pub struct Desk {
    pushes: Sender<serde_json::Value>,
}

impl Default for Desk {
    fn default() -> Self {
        Self { pushes: broadcast::channel(MAX_UNHEARD_PUSHES).0 }
    }
}

impl Desk {
    /// Subscribes to pushes from now on.
    pub fn hear(&self) -> Receiver<serde_json::Value> {
        self.pushes.subscribe()
    }

    fn send(&self, push: &impl Serialize) {
        // Fails only while no window is open.
        let _ = self.pushes.send(serde_json::to_value(push).expect("a push is JSON"));
    }
}

impl Host for Desk {
    fn notify(&self, _: &Notification) -> Result<(), NotifyError> {
        Ok(())
    }

    fn copy(&self, _: &str, _: bool) -> Result<(), ClipboardError> {
        Ok(())
    }

    fn clear_clipboard(&self, _: &str) -> Result<(), ClipboardError> {
        Ok(())
    }

    fn starts_at_login(&self) -> Result<bool, DesktopError> {
        Ok(true)
    }

    fn push(&self, push: &Push) {
        self.send(push);
    }
}

impl DemoHost for Desk {
    fn notify_of_demo(&self, _: &Notification) -> Result<(), NotifyError> {
        Ok(())
    }

    fn push_front(&self, push: &DemoPush) {
        self.send(push);
    }
}
