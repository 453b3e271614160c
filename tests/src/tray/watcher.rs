//! The service that tray icons announce themselves to: `org.kde.StatusNotifierWatcher`
//! (<https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/>).

use std::time::Instant;

use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use zbus::{message::Header, object_server::SignalEmitter};

/// A tray icon's place on the bus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Registration {
    pub(super) bus: String,
    pub(super) path: String,
}

pub(super) struct Watcher {
    items: Vec<String>,
    registered: UnboundedSender<(Registration, Instant)>,
}

impl Watcher {
    pub(super) fn new() -> (Self, UnboundedReceiver<(Registration, Instant)>) {
        let (registered, registrations) = mpsc::unbounded_channel();
        (Self { items: Vec::new(), registered }, registrations)
    }
}

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    async fn register_status_notifier_item(
        &mut self,
        item: &str,
        #[zbus(header)] header: Header<'_>,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) -> zbus::fdo::Result<()> {
        let at = Instant::now();
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        // The Ayatana library registers an object path and is found by its connection; KDE's
        // libraries register a bus name and are found at the agreed path.
        let (bus, path) = if item.starts_with('/') { (sender, item) } else { (item.to_owned(), "/StatusNotifierItem") };
        let name = format!("{bus}{path}");
        Self::status_notifier_item_registered(&emitter, &name).await?;
        self.items.push(name);
        // If the panel is gone, nobody is interested in the icon.
        let _ = self.registered.send((Registration { bus, path: path.to_owned() }, at));
        Ok(())
    }

    async fn register_status_notifier_host(&self, _host: &str) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        self.items.clone()
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    #[zbus(signal)]
    async fn status_notifier_item_registered(emitter: &SignalEmitter<'_>, item: &str) -> zbus::Result<()>;
}
