//! The service that apps send notifications to: `org.freedesktop.Notifications`
//! (<https://specifications.freedesktop.org/notification-spec/latest/>).

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use zbus::{fdo, message::Header, object_server::SignalEmitter, zvariant::OwnedValue};

use super::Shown;

pub(super) const PATH: &str = "/org/freedesktop/Notifications";

/// The server's behaviour; a test may change it while the server runs.
#[derive(Debug, Default)]
pub(super) struct Manner {
    /// Whether it rejects notifications.
    pub(super) refuses: AtomicBool,
    /// Whether it interprets bodies as markup, and advertises that.
    pub(super) reads_markup: AtomicBool,
}

pub(super) struct Server {
    last_id: u32,
    manner: Arc<Manner>,
    arrived: UnboundedSender<Arc<Shown>>,
}

impl Server {
    pub(super) fn new() -> (Self, UnboundedReceiver<Arc<Shown>>, Arc<Manner>) {
        let (arrived, arrivals) = mpsc::unbounded_channel();
        let manner = Arc::new(Manner::default());
        (Self { last_id: 0, manner: Arc::clone(&manner), arrived }, arrivals, manner)
    }
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Server {
    #[allow(clippy::too_many_arguments, reason = "the specification has eight")]
    async fn notify(
        &mut self,
        app: String,
        replaces: u32,
        icon: String,
        summary: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        timeout: i32,
        #[zbus(header)] header: Header<'_>,
    ) -> fdo::Result<u32> {
        if self.manner.refuses.load(Ordering::SeqCst) {
            return Err(fdo::Error::LimitsExceeded("too many notifications".to_owned()));
        }
        let id = if replaces == 0 {
            self.last_id += 1;
            self.last_id
        } else {
            replaces
        };
        let actions = actions.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect();
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        let shown = Shown { id, replaces, app, icon, summary, body, actions, hints, timeout, sender };
        // If the test has stopped reading notifications, this one is discarded.
        let _ = self.arrived.send(Arc::new(shown));
        Ok(id)
    }

    async fn close_notification(&self, id: u32, #[zbus(signal_emitter)] emitter: SignalEmitter<'_>) -> fdo::Result<()> {
        const BY_A_CALL: u32 = 3;
        Ok(Self::notification_closed(&emitter, id, BY_A_CALL).await?)
    }

    fn get_capabilities(&self) -> Vec<&'static str> {
        let markup = self.manner.reads_markup.load(Ordering::SeqCst).then_some("body-markup");
        ["actions", "body", "icon-static", "persistence", "sound"].into_iter().chain(markup).collect()
    }

    fn get_server_information(&self) -> (&'static str, &'static str, &'static str, &'static str) {
        ("private desktop", "hookbell-tests", env!("CARGO_PKG_VERSION"), "1.2")
    }

    #[zbus(signal)]
    pub(super) async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    pub(super) async fn notification_closed(emitter: &SignalEmitter<'_>, id: u32, reason: u32) -> zbus::Result<()>;
}
