//! Accepts connections up to the limit, and shuts down cleanly.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    net::{TcpListener, TcpStream},
    select,
    sync::Semaphore,
    time::sleep,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::listener::{
    BindError, Limits, Nonce, Receive,
    bind::listen,
    connection::{Doors, serve, turn_away},
    places::Places,
    routes::{Shared, router},
};

/// Maximum connections that linger after their last answer; beyond this they close immediately.
const MAX_PARTING_CONNECTIONS: usize = 64;

/// The first and the longest wait after the system fails to accept a connection.
const ACCEPT_PAUSE: (Duration, Duration) = (Duration::from_millis(10), Duration::from_secs(1));

/// A bound port on 127.0.0.1, ready to serve.
#[derive(Debug)]
pub struct Listener {
    socket: TcpListener,
    address: SocketAddr,
}

impl Listener {
    /// Binds a port on 127.0.0.1; 0 means any free one. Connections queue until [`Listener::serve`].
    ///
    /// # Errors
    /// [`BindError`] says why the port isn't available and which one is.
    pub async fn bind(port: u16) -> Result<Self, BindError> {
        let (socket, address) = listen(port).await?;
        Ok(Self { socket, address })
    }

    /// Its address.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its port, never 0.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Serves until told to stop. Then it releases the port immediately, gives requests in flight [`Limits::drain`] to
    /// finish, and cuts off the rest without an answer.
    ///
    /// Nothing outlives the returned future: dropping it cuts everything off.
    pub async fn serve<R: Receive>(self, receiver: Arc<R>, nonce: Nonce, limits: Limits, stop: CancellationToken) {
        let tasks = TaskTracker::new();
        let cut = CancellationToken::new();
        let cut_at_the_latest = cut.clone().drop_guard();
        let drain = limits.drain;
        let places = Places::new(limits.connections);
        let doors =
            Doors { stop: stop.clone(), cut: cut.clone(), parting: Arc::new(Semaphore::new(MAX_PARTING_CONNECTIONS)) };
        let shared = Shared { receiver, nonce, limits: limits.clone(), tasks: tasks.clone(), cut: cut.clone() };
        let router = router(Arc::new(shared));

        while let Some(stream) = stop.run_until_cancelled(accept(&self.socket)).await {
            match places.take() {
                Some(place) => {
                    tasks.spawn(serve(stream, place, router.clone(), limits.clone(), doors.clone()));
                }
                None => {
                    tracing::debug!("too many connections");
                    tasks.spawn(turn_away(stream, doors.clone()));
                }
            }
        }

        drop(self.socket);
        tasks.close();
        select! {
            () = tasks.wait() => {}
            () = sleep(drain) => {
                tracing::warn!(left = tasks.len(), "requests were still in flight when the listener ended");
            }
        }
        drop(cut_at_the_latest);
        tasks.wait().await;
    }
}

/// The next connection. Skips connections that broke before they were accepted. When the system has no room (no file
/// descriptors left), pauses instead of ending.
async fn accept(socket: &TcpListener) -> TcpStream {
    let (mut pause, longest) = ACCEPT_PAUSE;
    loop {
        match socket.accept().await {
            Ok((stream, _)) => {
                if let Err(why) = stream.set_nodelay(true) {
                    tracing::trace!(%why, "a connection was gone at once");
                }
                return stream;
            }
            Err(why) if is_of_one_connection(&why) => {}
            Err(why) => {
                tracing::warn!(%why, "can't accept connections; trying again");
                sleep(pause).await;
                pause = longest.min(pause * 2);
            }
        }
    }
}

fn is_of_one_connection(why: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(why.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
