//! What rooms may ask of the listener: move to another port, or try again.
//!
//! The listener itself runs above them ([`crate::listening`]) and processes these orders one by one.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use hookbell_ingress::listener::{BindError, Listener};
use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};

use crate::{
    api::{ApiError, ErrorCode, ListenerState},
    context::Context,
};

/// How long to wait for the result of an order: a listener that moves first finishes its running requests.
const ORDER_TIMEOUT: Duration = Duration::from_secs(5);

/// A request to the listener.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Listen on this port from now on.
    Port(u16),
    /// Try again now.
    Again,
}

/// A request, and who waits for the result.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) wish: Wish,
    /// Receives why the port is unavailable, if so; nothing has changed then. Dropped once the listener's state shows
    /// the result.
    pub(crate) tried: oneshot::Sender<ApiError>,
}

impl Order {
    /// Reports that the order failed.
    pub(crate) fn refuse(self, why: &ListenerState) {
        if let Err(error) = self.tried.send(refusal(why)) {
            tracing::warn!(%error, "the port that was set can't be had, and the listener stays where it is");
        }
    }
}

/// Orders on their way to the listener.
#[derive(Debug)]
pub(crate) struct ListenerHandle {
    context: Context,
    orders: mpsc::Sender<Order>,
    /// Until the listener takes them.
    untaken: Mutex<Option<mpsc::Receiver<Order>>>,
}

impl ListenerHandle {
    pub(crate) fn new(context: Context) -> Self {
        let (orders, untaken) = mpsc::channel(8);
        Self { context, orders, untaken: Mutex::new(Some(untaken)) }
    }

    /// The receiver of orders, for the listener; `None` on the second call.
    pub(crate) fn take_orders(&self) -> Option<mpsc::Receiver<Order>> {
        self.untaken.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Whether the listener takes orders.
    pub(crate) fn is_started(&self) -> bool {
        self.untaken.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }

    /// Asks the listener to move to a port, without waiting.
    pub(crate) fn suggest_port(&self, port: u16) {
        let (tried, _) = oneshot::channel();
        // If the queue is full, it already holds the newest order.
        let _ = self.orders.try_send(Order { wish: Wish::Port(port), tried });
    }

    /// Sends an order and waits for its result; an error means that nothing was changed.
    pub(crate) async fn order(&self, wish: Wish) -> Result<(), ApiError> {
        let not_running = |_| ApiError::new(ErrorCode::NotListening, "Hookbell is quitting", "start it again");
        let (tried, coming) = oneshot::channel();
        self.orders.send(Order { wish, tried }).await.map_err(not_running)?;
        match timeout(ORDER_TIMEOUT, coming).await {
            Ok(Ok(refused)) => Err(refused),
            // The sender is dropped once the listener's state shows the result; or it takes too long.
            Ok(Err(_)) | Err(_) => Ok(()),
        }
    }

    /// Moves to a port, or, if another process listens, checks that it could. Returns the previous port, to give
    /// back.
    pub(crate) async fn take_port(&self, port: u16) -> Result<Option<u16>, ApiError> {
        let state = self.context.conditions.borrow().listener.clone();
        if self.is_started() && !matches!(state, ListenerState::Elsewhere { .. }) {
            self.order(Wish::Port(port)).await?;
            return Ok(match state {
                ListenerState::Listening { port, .. } => Some(port),
                _ => None,
            });
        }
        let Some(other) = self.context.store.listener().await? else { return Ok(None) };
        if !other.url.ends_with(&format!(":{port}")) {
            Listener::bind(port).await.map_err(|error| refusal(&not_bound(error)))?;
        }
        Ok(None)
    }

    /// Moves back to the previous port.
    pub(crate) async fn give_port_back(&self, port: Option<u16>) {
        if let Some(port) = port
            && let Err(error) = self.order(Wish::Port(port)).await
        {
            tracing::warn!(%error, "the listener could not go back to its port");
        }
    }
}

pub(crate) fn not_bound(error: BindError) -> ListenerState {
    match error {
        BindError::PortTaken { port, holder, free } => {
            ListenerState::PortTaken { port, holder: holder.map(|holder| holder.to_string()), free }
        }
        other => ListenerState::Failed { message: other.to_string(), hint: other.hint() },
    }
}

/// Why a port is unavailable, at its field.
fn refusal(state: &ListenerState) -> ApiError {
    match state {
        ListenerState::PortTaken { port, holder, free } => {
            let by = holder.as_deref().unwrap_or("another program");
            let hint = match free {
                Some(free) => format!("use port {free}, or quit that program and try again"),
                None => "quit that program and try again".to_owned(),
            };
            ApiError::field("port", format!("port {port} is in use by {by}"), hint)
        }
        ListenerState::Failed { message, .. } => ApiError::field("port", message.clone(), "choose another port"),
        _ => ApiError::field("port", "this port isn’t available right now", "try again"),
    }
}

pub(crate) fn failed(error: &dyn std::error::Error) -> ListenerState {
    ListenerState::Failed { message: error.to_string(), hint: "Hookbell retries every few seconds".to_owned() }
}
