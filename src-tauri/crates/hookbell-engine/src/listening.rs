//! Keeps the listener running: one process per data directory, on the port of the settings.
//!
//! What stands in the way is a visible state, never the end: a taken port is tried again until it is
//! free or another is chosen, and a process that finds another one listening takes over when that one
//! ends. A file lock decides, because a lock goes with its process however that ends; the row in the
//! store only says where the other one listens.

use std::{
    fs::{File, TryLockError},
    io,
    sync::Arc,
    time::Duration,
};

use hookbell_ingress::listener::{BindError, Listener, Nonce};
use hookbell_store::Listening;
use tokio::sync::{mpsc, oneshot};

use crate::{api::ListenerState, duties, engine::Inner, random, tunnel::Leading};

/// How often what stands in the way is tried again.
const AGAIN: Duration = Duration::from_secs(2);

/// What somebody wants of the listener.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Listen on this port from now on.
    Port(u16),
    /// Try again now.
    Again,
}

/// A wish, and who waits for what comes of it.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) wish: Wish,
    /// Dropped once the listener's state tells what came of it.
    pub(crate) tried: oneshot::Sender<()>,
}

/// Listens until the engine is stopped.
pub(crate) async fn run(inner: Arc<Inner>, mut orders: mpsc::Receiver<Order>) {
    let mut chosen = None;
    let mut trying = None;
    while !inner.stop.is_cancelled() {
        let state = match hold(&inner) {
            Ok(Held::Here(lock)) => listen(&inner, &lock, chosen, &mut trying, &mut orders).await,
            Ok(Held::Elsewhere) => elsewhere(&inner).await,
            Err(error) => Ended::Failed(failed(&error)),
        };
        match state {
            Ended::Ordered(order) => (chosen, trying) = (chosen_port(order.wish).or(chosen), Some(order.tried)),
            Ended::Stopped => break,
            Ended::Failed(state) => {
                inner.change(|conditions| conditions.listener = state);
                trying = None;
                if let Some(Ok(Some(order))) = inner.unless_stopped(tokio::time::timeout(AGAIN, orders.recv())).await {
                    (chosen, trying) = (chosen_port(order.wish).or(chosen), Some(order.tried));
                }
            }
        }
    }
}

/// Why it does not listen any more, or not yet.
enum Ended {
    Stopped,
    Ordered(Order),
    Failed(ListenerState),
}

enum Held {
    Here(File),
    Elsewhere,
}

fn chosen_port(wish: Wish) -> Option<u16> {
    match wish {
        Wish::Port(port) => Some(port),
        Wish::Again => None,
    }
}

/// Takes the lock of the data directory, if nobody has it.
fn hold(inner: &Inner) -> io::Result<Held> {
    let path = inner.data_dir().join("listener.lock");
    let lock = File::options().create(true).truncate(false).write(true).open(path)?;
    match lock.try_lock() {
        Ok(()) => Ok(Held::Here(lock)),
        Err(TryLockError::WouldBlock) => Ok(Held::Elsewhere),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

async fn elsewhere(inner: &Inner) -> Ended {
    match inner.store.listener().await {
        Ok(Some(row)) => Ended::Failed(ListenerState::Elsewhere { url: row.url, pid: row.pid }),
        // The other process has the lock, but does not listen yet.
        Ok(None) => Ended::Failed(ListenerState::Starting),
        Err(error) => Ended::Failed(failed(&error)),
    }
}

/// Binds and serves until it is told otherwise. The lock is held all the while.
async fn listen(
    inner: &Arc<Inner>,
    _lock: &File,
    chosen: Option<u16>,
    trying: &mut Option<oneshot::Sender<()>>,
    orders: &mut mpsc::Receiver<Order>,
) -> Ended {
    let port = match port(inner, chosen).await {
        Ok(port) => port,
        Err(error) => return Ended::Failed(failed(&error)),
    };
    let (listener, nonce) = match (Listener::bind(port).await, random::token()) {
        (Ok(listener), Ok(nonce)) => (listener, nonce),
        (Err(error), _) => return Ended::Failed(not_bound(error)),
        (_, Err(error)) => return Ended::Failed(failed(&error)),
    };
    let (url, port) = (format!("http://{}", listener.address()), listener.port());
    let since = inner.clock.now();
    let row = Listening { url: url.clone(), pid: std::process::id(), nonce: nonce.clone(), since };
    if let Err(error) = inner.store.set_listener(row).await {
        return Ended::Failed(failed(&error));
    }
    inner.change(|conditions| {
        conditions.listener = ListenerState::Listening { url, port };
        conditions.tunnel = None;
    });
    *trying = None;
    tracing::info!(port, "listening");

    let stop = inner.stop.child_token();
    let receiver = Arc::clone(inner);
    let limits = inner.options.limits.clone();
    let leading = Leading { port, nonce: nonce.clone() };
    let duties = inner.tasks.spawn(duties::run(Arc::clone(inner), leading, stop.clone()));
    let mut serving = std::pin::pin!(listener.serve(receiver, Nonce::new(nonce.clone()), limits, stop.clone()));
    let ended = tokio::select! {
        () = &mut serving => Ended::Stopped,
        Some(order) = next_move(orders, port) => {
            stop.cancel();
            serving.await;
            Ended::Ordered(order)
        }
    };
    // The tunnel is gone before somebody else may listen.
    stop.cancel();
    if duties.await.is_err() {
        tracing::error!("what goes with listening broke down");
    }
    if let Err(error) = inner.store.clear_listener(&nonce).await {
        tracing::warn!(%error, "the listener's address could not be taken back");
    }
    match inner.stop.is_cancelled() {
        true => Ended::Stopped,
        false => ended,
    }
}

/// The next order that means to move: trying again, or to go where it is, is nothing to a listener that listens.
async fn next_move(orders: &mut mpsc::Receiver<Order>, port: u16) -> Option<Order> {
    loop {
        let order = orders.recv().await?;
        if chosen_port(order.wish).is_some_and(|chosen| chosen != port) {
            return Some(order);
        }
    }
}

async fn port(inner: &Inner, chosen: Option<u16>) -> Result<u16, hookbell_store::StoreError> {
    match chosen.or(inner.options.port) {
        Some(port) => Ok(port),
        None => Ok(inner.read_settings().await?.in_force().port),
    }
}

fn not_bound(error: BindError) -> ListenerState {
    match error {
        BindError::PortTaken { port, holder, free } => {
            ListenerState::PortTaken { port, holder: holder.map(|holder| holder.to_string()), free }
        }
        other => failed(&other),
    }
}

fn failed(error: &dyn std::error::Error) -> ListenerState {
    ListenerState::Failed { message: error.to_string(), hint: "it is tried again every few seconds".to_owned() }
}
