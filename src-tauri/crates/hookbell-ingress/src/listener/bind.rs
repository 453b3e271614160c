//! Binds the port, and names the program that holds it if it is taken.
//!
//! Two processes never share the port. On Unix tokio sets `SO_REUSEADDR`, which only skips the wait for closing
//! connections there; a second listener on the same address is still refused. On Windows the same option would let
//! another process take over a port in use, so tokio (mio) leaves it unset.
//!
//! On macOS we can bind the port on 127.0.0.1 although another program listens on all addresses; we then get what is
//! sent to 127.0.0.1. So our URLs for the listener say `127.0.0.1`, never `localhost`.

use std::{
    fmt, io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use tokio::{net::TcpListener, task::spawn_blocking};

/// How many ports after the requested one to try before offering any free port.
const NEIGHBOURING_PORTS: u16 = 50;

/// A program that listens on a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The program's name as the system reports it; Linux truncates it to 15 bytes.
    pub name: String,
    /// The process id.
    pub pid: u32,
}

/// Such as "nginx (process 42)".
impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (PID {})", self.name, self.pid)
    }
}

/// Why the listener has no port. The text says what is wrong, [`BindError::hint`] how to fix it.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// Another program listens on it.
    #[error("port {port} is in use by {}", holder.as_ref().map_or("another program".to_owned(), Holder::to_string))]
    PortTaken {
        /// The requested port.
        port: u16,
        /// Its holder; `None` if the system won't say, for instance for another user's program.
        holder: Option<Holder>,
        /// A port that was free a moment ago, preferably the next one.
        free: Option<u16>,
    },
    /// The system keeps this port to itself: below 1024, or reserved (Windows).
    #[error("the system doesn't allow port {port}")]
    Denied {
        /// The requested port.
        port: u16,
    },
    /// Anything else.
    #[error("can't listen on port {port}: {source}")]
    Other {
        /// The requested port.
        port: u16,
        /// The system's error.
        source: io::Error,
    },
}

impl BindError {
    /// How to fix it, in a few words without a full stop.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::PortTaken { free: Some(free), .. } => format!("quit it, or use port {free}, which is free"),
            Self::PortTaken { free: None, .. } => "quit it, or choose another port".to_owned(),
            Self::Denied { .. } => "choose one from 1024 up".to_owned(),
            Self::Other { .. } => "choose another port".to_owned(),
        }
    }
}

/// Listens on 127.0.0.1.
pub(super) async fn listen(port: u16) -> Result<(TcpListener, SocketAddr), BindError> {
    let bound = async {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = socket.local_addr()?;
        Ok((socket, address))
    };
    match bound.await {
        Ok(bound) => Ok(bound),
        Err(source) => Err(refusal(port, source).await),
    }
}

async fn refusal(port: u16, source: io::Error) -> BindError {
    match source.kind() {
        io::ErrorKind::AddrInUse => {
            let found = spawn_blocking(move || (holder_of(port), next_free(port))).await;
            let (holder, free) = found.unwrap_or_default();
            BindError::PortTaken { port, holder, free }
        }
        io::ErrorKind::PermissionDenied => BindError::Denied { port },
        _ => BindError::Other { port, source },
    }
}

/// Who listens on this port, as far as an ordinary user can see. Considers listening sockets only: an open connection
/// can have the same number.
fn holder_of(port: u16) -> Option<Holder> {
    let rank = |ip: IpAddr| match ip.to_canonical() {
        ip if ip == Ipv4Addr::LOCALHOST => Some(0),
        ip if ip.is_unspecified() => Some(1),
        _ => None,
    };
    listeners::get_all()
        .ok()?
        .into_iter()
        .filter(|found| found.protocol == listeners::Protocol::TCP && found.state == listeners::SocketState::Listen)
        .filter(|found| found.socket.port() == port)
        .filter_map(|found| Some((rank(found.socket.ip())?, found.process)))
        .min_by_key(|(rank, process)| (*rank, process.pid))
        .map(|(_, process)| Holder { name: process.name.replace(char::is_control, ""), pid: process.pid })
}

fn next_free(port: u16) -> Option<u16> {
    let next = port.saturating_add(1);
    (next..=next.saturating_add(NEIGHBOURING_PORTS)).chain([0]).find_map(|candidate| {
        let socket = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, candidate)).ok()?;
        Some(socket.local_addr().ok()?.port())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_reads_as_a_sentence_whatever_is_known() {
        let holder = Some(Holder { name: "nginx".into(), pid: 42 });
        let check = |holder, free, text: &str, hint: &str| {
            let error = BindError::PortTaken { port: 8377, holder, free };
            assert_eq!((error.to_string().as_str(), error.hint().as_str()), (text, hint));
        };
        let text = "port 8377 is in use by nginx (PID 42)";
        check(holder.clone(), Some(8378), text, "quit it, or use port 8378, which is free");
        check(holder, None, text, "quit it, or choose another port");
        check(None, None, "port 8377 is in use by another program", "quit it, or choose another port");
    }

    #[tokio::test]
    async fn a_forbidden_port_and_other_troubles_are_told_apart() {
        let denied = refusal(80, io::ErrorKind::PermissionDenied.into()).await;
        assert!(matches!(denied, BindError::Denied { port: 80 }) && denied.hint().contains("1024"), "{denied}");
        let other = refusal(80, io::ErrorKind::OutOfMemory.into()).await;
        assert!(matches!(other, BindError::Other { port: 80, .. }), "{other}");
    }

    #[test]
    fn a_free_port_is_found_even_after_the_last_one() {
        assert!(next_free(u16::MAX).is_some());
    }
}
