//! A receiver that records deliveries, a listener to talk to, and a sender that writes raw bytes.

use std::{
    future::Future,
    net::Ipv4Addr,
    sync::{Arc, Mutex},
    time::Duration,
};

use hookbell_core::{ReceivedDelivery, SIGNATURE_HEADER, Secret, Signature, SignatureError, Verified, WebhookId};
use hookbell_ingress::listener::{Credentials, Limits, Listener, Nonce, Receive, Unavailable};
use jiff::Timestamp;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::watch,
    task::JoinHandle,
    time::timeout,
};
use tokio_util::sync::CancellationToken;

/// The token of these tests' webhook.
pub const TOKEN: &str = "Ab3-long-token_42";
/// The token of a webhook whose secrets can't be read.
pub const LOCKED: &str = "locked";
pub const NONCE: &str = "c0ffee-of-this-run";
pub const RECEIVED_AT: Timestamp = Timestamp::UNIX_EPOCH;

/// Longer than anything takes on a busy machine; only a failing test reaches it.
const DEADLINE: Duration = Duration::from_secs(20);

/// Awaits something that must happen.
pub async fn soon<F: Future>(what: F) -> F::Output {
    timeout(DEADLINE, what).await.expect("this did not happen in time")
}

pub fn webhook() -> WebhookId {
    WebhookId::new("w1").unwrap()
}

/// The secrets before and after a rotation, both valid.
pub fn secrets() -> [Secret; 2] {
    ["the new secret", "the old secret"].map(|text| Secret::new(text).unwrap())
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mood {
    Stores,
    IsUnavailable(Unavailable),
    Hesitates,
    BreaksDown,
}

pub struct Ledger {
    stored: watch::Sender<Vec<ReceivedDelivery>>,
    refused: Mutex<Vec<SignatureError>>,
    pub mood: watch::Sender<Mood>,
    /// Deliveries passed to the receiver, stored or not.
    pub begun: watch::Sender<usize>,
}

impl Ledger {
    pub fn stored(&self) -> Vec<ReceivedDelivery> {
        self.stored.borrow().clone()
    }

    pub async fn stored_soon(&self, count: usize) -> Vec<ReceivedDelivery> {
        soon(self.stored.subscribe().wait_for(|stored| stored.len() == count)).await.unwrap().clone()
    }

    pub async fn begun_soon(&self, count: usize) {
        soon(self.begun.subscribe().wait_for(|begun| *begun == count)).await.unwrap();
    }

    pub fn refused(&self) -> Vec<SignatureError> {
        self.refused.lock().unwrap().clone()
    }
}

impl Receive for Ledger {
    async fn webhook(&self, token: &str) -> Option<Credentials> {
        match token {
            TOKEN => Some(Credentials { webhook: webhook(), secrets: Arc::new(secrets()), complete: true }),
            LOCKED => Some(Credentials { webhook: webhook(), secrets: Arc::new([]), complete: false }),
            _ => None,
        }
    }

    async fn receive(&self, delivery: Verified<ReceivedDelivery>) -> Result<(), Unavailable> {
        let mut moods = self.mood.subscribe();
        self.begun.send_modify(|begun| *begun += 1);
        let mood = *moods.wait_for(|mood| *mood != Mood::Hesitates).await.unwrap();
        match mood {
            Mood::IsUnavailable(why) => return Err(why),
            Mood::BreaksDown => panic!("the receiver broke down, as this test wants"),
            Mood::Stores | Mood::Hesitates => {}
        }
        self.stored.send_modify(|stored| stored.push(delivery.into_inner()));
        Ok(())
    }

    fn refused(&self, from: &WebhookId, why: SignatureError) {
        assert_eq!(from, &webhook());
        self.refused.lock().unwrap().push(why);
    }

    fn now(&self) -> Timestamp {
        RECEIVED_AT
    }
}

pub struct Server {
    pub port: u16,
    pub ledger: Arc<Ledger>,
    pub stop: CancellationToken,
    pub ended: JoinHandle<()>,
}

impl Server {
    pub async fn start(limits: Limits) -> Self {
        let ledger = Arc::new(Ledger {
            stored: watch::Sender::new(Vec::new()),
            refused: Mutex::new(Vec::new()),
            mood: watch::Sender::new(Mood::Stores),
            begun: watch::Sender::new(0),
        });
        let listener = Listener::bind(0).await.unwrap();
        let port = listener.port();
        let stop = CancellationToken::new();
        let ended = tokio::spawn(listener.serve(Arc::clone(&ledger), Nonce::new(NONCE), limits, stop.clone()));
        Self { port, ledger, stop, ended }
    }

    pub async fn connect(&self) -> Sender {
        Sender::connect(self.port).await
    }

    /// Sends one request over a new connection.
    pub async fn ask(&self, request: impl AsRef<[u8]>) -> Answer {
        let mut sender = self.connect().await;
        sender.say(request).await;
        sender.answer().await
    }
}

/// A request with these header lines, this body, and its length.
pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut bytes = head(method, path, headers);
    bytes.truncate(bytes.len() - 2);
    bytes.extend_from_slice(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
    bytes.extend_from_slice(body);
    bytes
}

/// A request's head with the empty line after it.
pub fn head(method: &str, path: &str, headers: &[(&str, &str)]) -> Vec<u8> {
    let lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!("{method} {path} HTTP/1.1\r\nhost: anything.example\r\n{lines}\r\n").into_bytes()
}

pub fn path() -> String {
    format!("/hooks/{TOKEN}")
}

pub fn signature(body: &[u8]) -> String {
    Signature::of(&secrets()[0], body).to_string()
}

/// A valid delivery.
pub fn signed(body: &[u8]) -> Vec<u8> {
    request("POST", &path(), &[(SIGNATURE_HEADER, &signature(body))], body)
}

/// A body in chunked framing.
pub fn chunked(body: &[u8], size: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    for chunk in body.chunks(size) {
        bytes.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        bytes.extend_from_slice(chunk);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"0\r\n\r\n");
    bytes
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn header(&self, wanted: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
    }
}

/// One connection to the listener.
pub struct Sender {
    pub stream: TcpStream,
    unread: Vec<u8>,
}

impl Sender {
    pub async fn connect(port: u16) -> Self {
        let stream = soon(TcpStream::connect((Ipv4Addr::LOCALHOST, port))).await.unwrap();
        Self { stream, unread: Vec::new() }
    }

    pub async fn say(&mut self, bytes: impl AsRef<[u8]>) {
        soon(self.stream.write_all(bytes.as_ref())).await.unwrap();
    }

    /// Reads more; 0 once the listener has closed or reset the connection.
    async fn read(&mut self) -> usize {
        soon(self.stream.read_buf(&mut self.unread)).await.unwrap_or(0)
    }

    /// The next answer, informational ones included. An answer to HEAD must be the last: its body never comes.
    pub async fn answer(&mut self) -> Answer {
        let end = loop {
            if let Some(at) = self.unread.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                break at + 4;
            }
            assert_ne!(self.read().await, 0, "closed before an answer: {}", self.unread.escape_ascii());
        };
        let head = String::from_utf8(self.unread.drain(..end).collect()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut answer = Answer { status, head, body: String::new() };
        let length = answer.header("content-length").map_or(0, |length| length.parse().unwrap());
        while self.unread.len() < length && self.read().await > 0 {}
        let length = length.min(self.unread.len());
        answer.body = String::from_utf8(self.unread.drain(..length).collect()).unwrap();
        answer
    }

    /// Waits until the listener closes the connection; returns the remaining output.
    pub async fn closed(mut self) -> String {
        while self.read().await > 0 {}
        String::from_utf8_lossy(&self.unread).into_owned()
    }
}
