//! Accepting connections within a bound, and ending in order.

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

/// Connections that are listened to at the same time after the last word to them; more are closed at once.
const MAX_PARTING_CONNECTIONS: usize = 64;

/// The first and the longest wait after the system could not accept a connection.
const ACCEPT_PAUSE: (Duration, Duration) = (Duration::from_millis(10), Duration::from_secs(1));

/// A port on 127.0.0.1, taken and ready to serve.
#[derive(Debug)]
pub struct Listener {
    socket: TcpListener,
    address: SocketAddr,
}

impl Listener {
    /// Takes a port on 127.0.0.1; 0 stands for any free one. Connections wait until [`Listener::serve`].
    ///
    /// # Errors
    /// [`BindError`] says why the port can't be had and which one could.
    pub async fn bind(port: u16) -> Result<Self, BindError> {
        let (socket, address) = listen(port).await?;
        Ok(Self { socket, address })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The port it listens on, never 0.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Serves until told to stop. Then the port is given back at once, requests in flight have
    /// [`Limits::drain`] to finish, and what is left after that is cut off without an answer.
    ///
    /// Nothing outlives the returned future: if it is dropped, everything is cut off.
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

/// The next connection. A connection that broke before it was accepted is skipped; when the system has no
/// room (no file descriptors left), accepting pauses rather than ends.
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
