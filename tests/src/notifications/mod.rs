//! The private desktop's notification server: records what it was asked to show, and clicks.

mod server;
mod shown;

use std::{
    collections::HashMap,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use tokio::sync::mpsc::UnboundedReceiver;
use zbus::{Connection, Proxy, names::BusName, object_server::InterfaceRef};

use self::server::{Manner, PATH, Server};
pub use self::shown::{Shown, Urgency};
use crate::{
    Error,
    desktop::Desktop,
    wait::{self, SOON},
};

const NAME: &str = "org.freedesktop.Notifications";

/// How long an app may take to react to a signal before it is sent again.
const PATIENCE: Duration = Duration::from_millis(500);

/// Why a notification was closed, with the specification's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// It was shown long enough.
    Expired = 1,
    /// The person closed it, or acted on it.
    Dismissed = 2,
}

/// The notification server.
#[derive(Debug)]
pub struct Notifications {
    connection: Connection,
    arrivals: UnboundedReceiver<Arc<Shown>>,
    manner: Arc<Manner>,
}

impl Notifications {
    /// Starts a server on the desktop's bus.
    ///
    /// # Errors
    /// [`Error::Bus`] if there is one already.
    pub async fn start(desktop: &Desktop) -> Result<Self, Error> {
        let (server, arrivals, manner) = Server::new();
        let connection = desktop.bus_builder()?.serve_at(PATH, server)?.name(NAME)?.build().await?;
        Ok(Self { connection, arrivals, manner })
    }

    /// Makes it reject every notification with an error, or show them again.
    pub fn refuse(&self, refuse: bool) {
        self.manner.refuses.store(refuse, Ordering::SeqCst);
    }

    /// Makes it interpret notification bodies as markup and advertise that, or stop doing so.
    pub fn read_markup(&self, read: bool) {
        self.manner.reads_markup.store(read, Ordering::SeqCst);
    }

    /// The next notification in order of arrival; each is returned once.
    ///
    /// # Errors
    /// [`Error::Late`] if none comes.
    pub async fn next(&mut self) -> Result<Arc<Shown>, Error> {
        wait::eventually(SOON, "a notification", async || self.arrivals.recv().await).await
    }

    /// Notifications that have arrived but were not returned by [`Notifications::next`] yet.
    pub fn waiting(&mut self) -> Vec<Arc<Shown>> {
        std::iter::from_fn(|| self.arrivals.try_recv().ok()).collect()
    }

    /// Clicks an action and returns once the app has handled the click: `default` is the notification itself, anything
    /// else the key of a button.
    ///
    /// The app's library (notify-rust 4.19) shows first, then subscribes to clicks on the bus, and only then starts to
    /// listen. This waits for the subscription; of 300 clicks sent at that moment, 6 were still lost, so the click is
    /// repeated while the library stays on the bus. It leaves after the first click it receives, so none is handled
    /// twice.
    ///
    /// # Errors
    /// [`Error::Late`] if the app does not subscribe, or does not handle the click.
    pub async fn click(&self, shown: &Shown, action: &str) -> Result<(), Error> {
        self.wait_for_listener(shown, "ActionInvoked").await?;
        let server = self.server().await?;
        wait::eventually_or_say(SOON, format!("the click on {:?}", shown.summary), async || {
            let sent = Server::action_invoked(server.signal_emitter(), shown.id, action).await;
            sent.map_err(|error| error.to_string())?;
            self.listener_has_gone(shown).await
        })
        .await
    }

    /// Closes a notification, and returns once the app has noticed.
    ///
    /// # Errors
    /// As [`Notifications::click`].
    pub async fn close(&self, shown: &Shown, why: Closed) -> Result<(), Error> {
        self.wait_for_listener(shown, "NotificationClosed").await?;
        let server = self.server().await?;
        wait::eventually_or_say(SOON, format!("the end of {:?}", shown.summary), async || {
            let sent = Server::notification_closed(server.signal_emitter(), shown.id, why as u32).await;
            sent.map_err(|error| error.to_string())?;
            self.listener_has_gone(shown).await
        })
        .await
    }

    async fn wait_for_listener(&self, shown: &Shown, signal: &str) -> Result<(), Error> {
        let stats = Proxy::new(
            &self.connection,
            "org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus.Debug.Stats",
        )
        .await?;
        let what = format!("{} to subscribe to {signal}", shown.app);
        wait::eventually(SOON, what, async || {
            let rules: Result<HashMap<String, Vec<String>>, _> = stats.call("GetAllMatchRules", &()).await;
            match rules {
                Ok(rules) => rules.get(&shown.sender)?.iter().any(|rule| rule.contains(signal)).then_some(Ok(())),
                Err(error) => Some(Err(error.into())),
            }
        })
        .await?
    }

    async fn listener_has_gone(&self, shown: &Shown) -> Result<(), String> {
        let bus = zbus::fdo::DBusProxy::new(&self.connection).await.map_err(|error| error.to_string())?;
        let sender = BusName::try_from(shown.sender.as_str()).map_err(|error| error.to_string())?;
        let gone = async || matches!(bus.name_has_owner(sender.clone()).await, Ok(false)).then_some(());
        wait::eventually(PATIENCE, "it to leave the bus", gone)
            .await
            .map_err(|_| format!("{} still listens", shown.app))
    }

    async fn server(&self) -> Result<InterfaceRef<Server>, Error> {
        Ok(self.connection.object_server().interface(PATH).await?)
    }
}
