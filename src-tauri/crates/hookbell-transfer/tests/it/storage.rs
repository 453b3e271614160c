//! A model of the storage: accepts parts as Apple's does, fails on demand, and remembers who sent what.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard},
};

use hookbell_transfer::{Md5Tag, OfferedPart, PartPlan, StorageHosts};
use md5::{Digest, Md5};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// What happens to a part instead of being stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Responds with this status and these headers before reading the body.
    Answer(u16, String),
    /// Responds with this status and code after reading the body.
    Refuse(u16, &'static str),
    /// Closes the connection after this many bytes of the body.
    CutAt(u64),
    /// Stores the part, but closes the connection before responding.
    CutAnswer,
    /// Stores other bytes.
    Garble,
    /// Stops reading.
    Hang,
    /// Reads everything and never responds.
    HangAnswer,
}

#[derive(Default)]
struct State {
    /// The MD5 of each stored part, with the run that sent it and the position of its request among all requests.
    stored: BTreeMap<u32, ((u32, usize), Md5Tag)>,
    /// The run in which each part was confirmed to the sender.
    confirmed: BTreeMap<u32, u32>,
    faults: VecDeque<Option<Fault>>,
    /// Parts that were sent although they were confirmed.
    again: BTreeSet<u32>,
    heads: Vec<Vec<String>>,
    connections: usize,
}

/// A storage on its own port. It ends with the test's runtime.
#[derive(Clone)]
pub struct Storage {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
    puts: watch::Sender<usize>,
}

impl Storage {
    pub async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let storage =
            Self { address: listener.local_addr().unwrap(), state: Arc::default(), puts: watch::Sender::new(0) };
        let serving = storage.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                serving.state().connections += 1;
                tokio::spawn(serving.clone().serve(stream));
            }
        });
        storage
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// Sets the faults of the next parts, in order of arrival.
    pub fn fail(&self, faults: impl IntoIterator<Item = Option<Fault>>) {
        self.state().faults.extend(faults);
    }

    /// What App Store Connect would offer, in mixed order, with the tags of stored parts.
    pub fn offer(&self, size: u64, part_bytes: u64, run: u32) -> Vec<OfferedPart> {
        let part = |at: u64| {
            let number = u32::try_from(at + 1).unwrap();
            OfferedPart {
                method: Some("PUT".to_owned()),
                url: Some(format!("http://{}/{run}/{number}?X-Amz-Signature=s3cr3t", self.address)),
                offset: Some(at * part_bytes),
                length: Some(part_bytes.min(size - at * part_bytes)),
                headers: vec![("Content-Type".to_owned(), "application/octet-stream".to_owned())],
                entity_tag: self.state().stored.get(&number).map(|(_, tag)| tag.to_string()),
                ..OfferedPart::default()
            }
        };
        (0..size.div_ceil(part_bytes)).rev().map(part).collect()
    }

    pub fn plan(&self, size: u64, part_bytes: u64, run: u32) -> PartPlan {
        PartPlan::check(size, self.offer(size, part_bytes, run), StorageHosts::Loopback).unwrap()
    }

    /// Records that the sender knows about a part.
    pub fn confirm(&self, part: u32, run: u32) {
        self.state().confirmed.entry(part).or_insert(run);
    }

    pub fn stored(&self) -> BTreeMap<u32, Md5Tag> {
        self.state().stored.iter().map(|(number, (_, tag))| (*number, *tag)).collect()
    }

    pub fn sent_again(&self) -> BTreeSet<u32> {
        self.state().again.clone()
    }

    pub fn heads(&self) -> Vec<Vec<String>> {
        self.state().heads.clone()
    }

    pub fn connections(&self) -> usize {
        self.state().connections
    }

    pub fn puts(&self) -> usize {
        *self.puts.borrow()
    }

    /// Waits until this many parts have started to arrive.
    pub async fn until_puts(&self, count: usize) {
        self.puts.subscribe().wait_for(|puts| *puts >= count).await.unwrap();
    }

    async fn serve(self, stream: TcpStream) {
        let mut stream = BufReader::new(stream);
        while let Some(head) = head(&mut stream).await {
            let fault = {
                let mut state = self.state();
                state.heads.push(head.clone());
                state.faults.pop_front().flatten()
            };
            let mut begun = 0;
            self.puts.send_modify(|puts| {
                *puts += 1;
                begun = *puts;
            });
            if self.part(&mut stream, &head, begun, fault).await.is_none() {
                return;
            }
        }
    }

    /// Receives one part. `None` closes the connection.
    async fn part(
        &self,
        stream: &mut BufReader<TcpStream>,
        head: &[String],
        begun: usize,
        fault: Option<Fault>,
    ) -> Option<()> {
        let (run, number) = place(&head[0]);
        {
            let mut state = self.state();
            if state.confirmed.get(&number).is_some_and(|in_run| *in_run <= run) {
                state.again.insert(number);
            }
        }
        let length: u64 = value(head, "content-length").unwrap().parse().unwrap();
        let cut = match &fault {
            Some(Fault::Answer(status, headers)) => {
                let answer = format!("HTTP/1.1 {status} No\r\n{headers}content-length: 0\r\n\r\n");
                stream.write_all(answer.as_bytes()).await.ok()?;
                return linger(stream).await;
            }
            Some(Fault::Hang) => std::future::pending().await,
            Some(Fault::CutAt(bytes)) => Some(*bytes),
            _ => None,
        };
        let (mut md5, mut left, mut piece) = (Md5::new(), length, vec![0; 64 * 1024]);
        while left > 0 {
            if cut.is_some_and(|bytes| length - left >= bytes) {
                return None;
            }
            let most = usize::try_from(left).unwrap_or(usize::MAX).min(piece.len());
            let read = stream.read(&mut piece[..most]).await.ok().filter(|read| *read > 0)?;
            md5.update(&piece[..read]);
            left -= read as u64;
        }
        if let Some(Fault::Refuse(status, code)) = fault {
            let body = format!("<Error><Code>{code}</Code><Message>s3cr3t</Message></Error>");
            let answer = format!("HTTP/1.1 {status} No\r\ncontent-length: {}\r\n\r\n{body}", body.len());
            return stream.write_all(answer.as_bytes()).await.ok();
        }
        if fault == Some(Fault::Garble) {
            md5.update(b"garbled");
        }
        let tag = Md5Tag(md5.finalize().into());
        // An attempt that was given up may end after the next one. As in S3, the request that began last wins.
        let newest = self.state().stored.get(&number).map_or((0, 0), |(request, _)| *request);
        if (run, begun) >= newest {
            self.state().stored.insert(number, ((run, begun), tag));
        }
        match fault {
            Some(Fault::CutAnswer | Fault::CutAt(_)) => return None,
            Some(Fault::HangAnswer) => std::future::pending().await,
            _ => {}
        }
        let answer = format!("HTTP/1.1 200 OK\r\netag: \"{tag}\"\r\ncontent-length: 0\r\n\r\n");
        stream.write_all(answer.as_bytes()).await.ok()
    }
}

/// Closes a connection as servers do to get their response delivered: reads and discards what still arrives.
async fn linger(stream: &mut BufReader<TcpStream>) -> Option<()> {
    stream.shutdown().await.ok()?;
    tokio::io::copy(stream, &mut tokio::io::sink()).await.ok()?;
    None
}

async fn head(stream: &mut BufReader<TcpStream>) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        match line.trim_end() {
            "" => return Some(lines),
            line => lines.push(line.to_owned()),
        }
    }
}

/// The run and the number in `PUT /RUN/NUMBER?… HTTP/1.1`.
fn place(request: &str) -> (u32, u32) {
    let path = request.split([' ', '?']).nth(1).unwrap();
    let mut segments = path.trim_start_matches('/').split('/').map(|segment| segment.parse().unwrap());
    (segments.next().unwrap(), segments.next().unwrap())
}

/// A header's value.
pub fn value<'a>(head: &'a [String], name: &str) -> Option<&'a str> {
    let mut headers = head[1..].iter().filter_map(|line| line.split_once(": "));
    headers.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}
