//! The sender: HTTP/1.1 over persistent connections without further layers, because it shares the machine with what it
//! measures.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    runtime,
    task::{JoinSet, spawn_blocking},
};

use crate::{Outcome, figures::ms};

/// A persistent connection.
pub struct Connection {
    stream: TcpStream,
    answer: Vec<u8>,
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, answer: Vec::with_capacity(512) })
    }

    /// Sends a complete request and waits for the complete reply; anything but 200 is an error.
    pub async fn post(&mut self, request: &[u8]) -> io::Result<()> {
        self.stream.write_all(request).await?;
        self.answer.clear();
        while !is_whole(&self.answer) {
            if self.stream.read_buf(&mut self.answer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        if self.answer.starts_with(b"HTTP/1.1 200 ") {
            return Ok(());
        }
        Err(io::Error::other(format!("the listener answered: {}", String::from_utf8_lossy(&self.answer))))
    }
}

/// Whether a reply with a content length is complete.
fn is_whole(answer: &[u8]) -> bool {
    let Some(end) = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { return false };
    let head = std::str::from_utf8(&answer[..end]).unwrap_or_default();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    answer.len() >= end + 4 + length.unwrap_or(0)
}

/// The results of one round of sending.
pub struct Round {
    /// Events answered with 200 per second.
    pub rate: f64,
    /// From the first byte of each request to the last of its reply, in milliseconds.
    pub latencies: Vec<f64>,
}

/// Sends requests over this many connections, each waiting for a reply before its next request, until none are left or
/// the time is up. Runs on a separate thread from the server's.
pub async fn load(address: SocketAddr, connections: usize, requests: Vec<Vec<u8>>, limit: Duration) -> Outcome<Round> {
    let sending = move || {
        let runtime = runtime::Builder::new_current_thread().enable_io().build()?;
        runtime.block_on(send(address, connections, requests, limit))
    };
    Ok(spawn_blocking(sending).await??)
}

async fn send(address: SocketAddr, connections: usize, requests: Vec<Vec<u8>>, limit: Duration) -> io::Result<Round> {
    let mut open = Vec::with_capacity(connections);
    for _ in 0..connections {
        open.push(Connection::open(address).await?);
    }
    let (requests, next) = (Arc::new(requests), Arc::new(AtomicUsize::new(0)));
    let start = Instant::now();
    let mut senders = JoinSet::new();
    for mut connection in open {
        let (requests, next) = (Arc::clone(&requests), Arc::clone(&next));
        senders.spawn(async move {
            let mut latencies = Vec::with_capacity(requests.len() / connections + 1);
            while start.elapsed() < limit
                && let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed))
            {
                let sent = Instant::now();
                connection.post(request).await?;
                latencies.push(ms(sent.elapsed()));
            }
            Ok::<_, io::Error>(latencies)
        });
    }
    let mut latencies = Vec::with_capacity(requests.len());
    while let Some(sender) = senders.join_next().await {
        latencies.extend(sender.map_err(io::Error::other)??);
    }
    Ok(Round { rate: latencies.len() as f64 / start.elapsed().as_secs_f64(), latencies })
}
