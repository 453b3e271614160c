//! Keeps the listener running: one process per data directory, on the configured port.
//!
//! A problem becomes a visible state and never ends the task: a taken port is retried until it is free or another is
//! chosen, and a process that finds another one listening takes over when that one ends. A file lock decides, because
//! a lock is released however its process ends; the row in the store only says where the other one listens.

use std::{
    fs::{File, TryLockError},
    io,
    sync::Arc,
    time::Duration,
};

use hookbell_ingress::listener::{Listener, Nonce};
use hookbell_store::Listening;
use tokio::sync::mpsc;

use crate::{
    api::ListenerState,
    background_tasks::BackgroundTasks,
    context::Context,
    intake::Intake,
    listener_handle::{Order, Wish, failed, not_bound},
    random,
    settings::StoredSettings,
    tunnel::LocalListener,
};

/// Wait before retrying after a failure.
const RETRY_AFTER: Duration = Duration::from_secs(2);

/// How to start listening.
struct Start<'a> {
    /// The port, if not the one in the settings.
    port: Option<u16>,
    /// A listener that is already bound.
    bound: Option<Listener>,
    /// The order that led here; it is fulfilled once the listener listens.
    trying: &'a mut Option<Order>,
    /// The ordered port, once it has been bound.
    chosen: &'a mut Option<u16>,
}

/// Why it no longer listens, or not yet.
enum Ended {
    Stopped,
    /// The port of this order is available and already bound.
    Ordered(Order, Listener),
    Failed(ListenerState),
}

enum Held {
    Here(File),
    Elsewhere,
}

/// The task that keeps the listener running.
#[derive(Debug)]
pub(crate) struct ListenerTask {
    context: Context,
    settings: Arc<StoredSettings>,
    intake: Arc<Intake>,
    background: Arc<BackgroundTasks>,
}

impl ListenerTask {
    pub(crate) fn new(
        context: Context,
        settings: Arc<StoredSettings>,
        intake: Arc<Intake>,
        background: Arc<BackgroundTasks>,
    ) -> Self {
        Self { context, settings, intake, background }
    }

    /// Listens until the engine stops.
    pub(crate) async fn run(self, mut orders: mpsc::Receiver<Order>) {
        let (mut chosen, mut trying, mut bound) = (None, None, None);
        while !self.context.stop.is_cancelled() {
            let ended = match self.hold() {
                Ok(Held::Here(lock)) => {
                    let port = trying.as_ref().and_then(|order: &Order| chosen_port(order.wish)).or(chosen);
                    let start = Start { port, bound: bound.take(), trying: &mut trying, chosen: &mut chosen };
                    self.listen(&lock, start, &mut orders).await
                }
                Ok(Held::Elsewhere) => self.elsewhere().await,
                Err(error) => Ended::Failed(failed(&error)),
            };
            match ended {
                Ended::Ordered(order, listener) => (trying, bound) = (Some(order), Some(listener)),
                Ended::Stopped => break,
                Ended::Failed(state) => {
                    match trying.take() {
                        Some(order) if chosen_port(order.wish).is_some() => order.refuse(&state),
                        // This wakes everyone waiting for the state.
                        _ => self.context.change(|conditions| conditions.listener = state),
                    }
                    if let Some(Ok(order)) =
                        self.context.unless_stopped(tokio::time::timeout(RETRY_AFTER, orders.recv())).await
                    {
                        trying = order;
                    }
                }
            }
        }
    }

    /// Takes the data directory's lock, if it is free.
    fn hold(&self) -> io::Result<Held> {
        let path = self.context.data_dir().join("listener.lock");
        let lock = File::options().create(true).truncate(false).write(true).open(path)?;
        match lock.try_lock() {
            Ok(()) => Ok(Held::Here(lock)),
            Err(TryLockError::WouldBlock) => Ok(Held::Elsewhere),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    async fn elsewhere(&self) -> Ended {
        match self.context.store.listener().await {
            Ok(Some(row)) => Ended::Failed(ListenerState::Elsewhere { url: row.url, pid: row.pid }),
            // The other process has the lock, but doesn't listen yet.
            Ok(None) => Ended::Failed(ListenerState::Starting),
            Err(error) => Ended::Failed(failed(&error)),
        }
    }

    /// Binds and serves until told otherwise, holding the lock all the time.
    async fn listen(&self, _lock: &File, start: Start<'_>, orders: &mut mpsc::Receiver<Order>) -> Ended {
        let listener = match start.bound {
            Some(listener) => listener,
            None => match self.port(start.port).await {
                Ok(port) => match Listener::bind(port).await {
                    Ok(listener) => listener,
                    Err(error) => return Ended::Failed(not_bound(error)),
                },
                Err(error) => return Ended::Failed(failed(&error)),
            },
        };
        let nonce = match random::token() {
            Ok(nonce) => nonce,
            Err(error) => return Ended::Failed(failed(&error)),
        };
        let (url, port) = (format!("http://{}", listener.address()), listener.port());
        let since = self.context.clock.now();
        let row = Listening { url: url.clone(), pid: std::process::id(), nonce: nonce.clone(), since };
        if let Err(error) = self.context.store.set_listener(row).await {
            return Ended::Failed(failed(&error));
        }
        self.context.change(|conditions| {
            conditions.listener = ListenerState::Listening { url, port };
            conditions.tunnel = None;
        });
        *start.chosen = start.port;
        *start.trying = None;
        tracing::info!(port, "listening");

        let stop = self.context.stop.child_token();
        let receiver = Arc::clone(&self.intake);
        let limits = self.context.options.limits.clone();
        let local = LocalListener { port, nonce: nonce.clone() };
        let background = self.context.tasks.spawn(Arc::clone(&self.background).run(local, stop.clone()));
        let mut serving = std::pin::pin!(listener.serve(receiver, Nonce::new(nonce.clone()), limits, stop.clone()));
        let ended = loop {
            tokio::select! {
                () = &mut serving => break Ended::Stopped,
                Some((order, wanted)) = next_move(orders, port) => match Listener::bind(wanted).await {
                    Ok(listener) => {
                        stop.cancel();
                        serving.as_mut().await;
                        break Ended::Ordered(order, listener);
                    }
                    Err(error) => order.refuse(&not_bound(error)),
                },
            }
        };
        // Shut down the tunnel before another process may listen.
        stop.cancel();
        if background.await.is_err() {
            tracing::error!("the background tasks broke down");
        }
        if let Err(error) = self.context.store.clear_listener(&nonce).await {
            tracing::warn!(%error, "the listener's address could not be taken back");
        }
        match self.context.stop.is_cancelled() {
            true => Ended::Stopped,
            false => ended,
        }
    }

    async fn port(&self, chosen: Option<u16>) -> Result<u16, hookbell_store::StoreError> {
        match chosen.or(self.context.options.port) {
            Some(port) => Ok(port),
            None => Ok(self.settings.read().await?.in_force().port),
        }
    }
}

fn chosen_port(wish: Wish) -> Option<u16> {
    match wish {
        Wish::Port(port) => Some(port),
        Wish::Again => None,
    }
}

/// The next order that means to move. A listener that listens ignores orders to try again or to move where it already
/// is.
async fn next_move(orders: &mut mpsc::Receiver<Order>, port: u16) -> Option<(Order, u16)> {
    loop {
        let order = orders.recv().await?;
        if let Some(chosen) = chosen_port(order.wish).filter(|chosen| *chosen != port) {
            return Some((order, chosen));
        }
    }
}
