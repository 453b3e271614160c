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

use hookbell_ingress::listener::{Listener, Nonce};
use hookbell_store::Listening;
use tokio::sync::mpsc;

use crate::{
    api::ListenerState,
    duties,
    engine::Inner,
    listener_handle::{Order, Wish, failed, not_bound},
    random,
    tunnel::LocalListener,
};

/// How long after a failure the listener tries again.
const RETRY_AFTER: Duration = Duration::from_secs(2);

/// Listens until the engine is stopped.
pub(crate) async fn run(inner: Arc<Inner>, mut orders: mpsc::Receiver<Order>) {
    let (mut chosen, mut trying, mut bound) = (None, None, None);
    while !inner.stop.is_cancelled() {
        let ended = match hold(&inner) {
            Ok(Held::Here(lock)) => {
                let port = trying.as_ref().and_then(|order: &Order| chosen_port(order.wish)).or(chosen);
                let start = Start { port, bound: bound.take(), trying: &mut trying, chosen: &mut chosen };
                listen(&inner, &lock, start, &mut orders).await
            }
            Ok(Held::Elsewhere) => elsewhere(&inner).await,
            Err(error) => Ended::Failed(failed(&error)),
        };
        match ended {
            Ended::Ordered(order, listener) => (trying, bound) = (Some(order), Some(listener)),
            Ended::Stopped => break,
            Ended::Failed(state) => {
                match trying.take() {
                    Some(order) if chosen_port(order.wish).is_some() => order.refuse(&state),
                    // Whoever waits for it learns of the state.
                    _ => inner.change(|conditions| conditions.listener = state),
                }
                if let Some(Ok(order)) = inner.unless_stopped(tokio::time::timeout(RETRY_AFTER, orders.recv())).await {
                    trying = order;
                }
            }
        }
    }
}

/// What listening begins with.
struct Start<'a> {
    /// The port, unless it is that of the settings.
    port: Option<u16>,
    /// A listener that is bound to it already.
    bound: Option<Listener>,
    /// The order that led here; it is done once the listener listens.
    trying: &'a mut Option<Order>,
    /// The port that was ordered and could be had.
    chosen: &'a mut Option<u16>,
}

/// Why it does not listen any more, or not yet.
enum Ended {
    Stopped,
    /// The port of this order can be had, and is.
    Ordered(Order, Listener),
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
async fn listen(inner: &Arc<Inner>, _lock: &File, start: Start<'_>, orders: &mut mpsc::Receiver<Order>) -> Ended {
    let listener = match start.bound {
        Some(listener) => listener,
        None => match port(inner, start.port).await {
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
    let since = inner.clock.now();
    let row = Listening { url: url.clone(), pid: std::process::id(), nonce: nonce.clone(), since };
    if let Err(error) = inner.store.set_listener(row).await {
        return Ended::Failed(failed(&error));
    }
    inner.change(|conditions| {
        conditions.listener = ListenerState::Listening { url, port };
        conditions.tunnel = None;
    });
    *start.chosen = start.port;
    *start.trying = None;
    tracing::info!(port, "listening");

    let stop = inner.stop.child_token();
    let receiver = Arc::clone(&inner.intake);
    let limits = inner.options.limits.clone();
    let local = LocalListener { port, nonce: nonce.clone() };
    let duties = inner.tasks.spawn(duties::run(Arc::clone(inner), local, stop.clone()));
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
async fn next_move(orders: &mut mpsc::Receiver<Order>, port: u16) -> Option<(Order, u16)> {
    loop {
        let order = orders.recv().await?;
        if let Some(chosen) = chosen_port(order.wish).filter(|chosen| *chosen != port) {
            return Some((order, chosen));
        }
    }
}

async fn port(inner: &Inner, chosen: Option<u16>) -> Result<u16, hookbell_store::StoreError> {
    match chosen.or(inner.options.port) {
        Some(port) => Ok(port),
        None => Ok(inner.stored_settings.read().await?.in_force().port),
    }
}
