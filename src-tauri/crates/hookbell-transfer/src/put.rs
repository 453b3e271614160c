//! Sends one part to one address: follows no redirect, sends no token, and verifies what was stored.
//!
//! Two timeouts apply. While bytes are being sent, progress must not stall for long; after the last byte, the response
//! may take longer. Waiting for the bandwidth limit or the disk isn't the network's fault and counts toward neither.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures_util::{Stream, stream};
use hookbell_core::root_cause;
use reqwest::{Body, Client, Response, header, redirect};
use tokio::{
    sync::watch,
    time::{Instant, sleep_until, timeout},
};

use crate::{
    error::PutError,
    limit::BandwidthLimit,
    meter::UnderWay,
    parts::{Part, StorageHosts},
    section::{Md5Tag, PartSource, Section},
};

/// The maximum part of an error body that is read.
const MAX_ERROR_BYTES: usize = 4 * 1024;

/// The longest error code that is repeated.
const MAX_CODE_CHARS: usize = 60;

/// How long a part may make no progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Until the connection is established.
    pub connect: Duration,
    /// Until the network accepts the next piece, or the next piece of a response arrives.
    pub stall: Duration,
    /// From the last byte sent to the response.
    pub answer: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { connect: Duration::from_secs(10), stall: Duration::from_secs(30), answer: Duration::from_secs(120) }
    }
}

/// Connections to a storage host. Clones share them.
#[derive(Debug, Clone)]
pub struct PartStorage {
    client: Client,
    patience: Patience,
}

/// Who acts next.
#[derive(Debug, Clone, Copy)]
enum Phase {
    /// We do: a piece is being read, or waits for the bandwidth limit.
    Ours,
    /// The network does, which has had a piece since then.
    Leaving(Instant),
    /// The storage does, which has had everything since then.
    Sent(Instant),
}

/// A request: a part, the source of its bytes, and who counts them.
pub(crate) struct Put<'a, S> {
    pub(crate) part: &'a Part,
    pub(crate) source: &'a Arc<S>,
    pub(crate) limit: &'a Arc<BandwidthLimit>,
}

/// How reading the part ended, once it has.
#[derive(Clone, Default)]
struct Reading(Arc<Mutex<Option<io::Result<Md5Tag>>>>);

impl Reading {
    fn end(&self, outcome: io::Result<Md5Tag>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
    }

    fn take(&self) -> Option<io::Result<Md5Tag>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl PartStorage {
    /// Connections to these hosts. A proxy from the environment is used, except for this computer.
    ///
    /// # Errors
    /// [`PutError::Client`] if the system's certificates can't be used.
    pub fn new(hosts: StorageHosts, patience: Patience) -> Result<Self, PutError> {
        let builder = Client::builder()
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(patience.connect);
        let builder = match hosts {
            StorageHosts::Apple => builder.https_only(true),
            StorageHosts::Loopback => builder.no_proxy(),
        };
        let client = builder.build().map_err(|error| PutError::Client(reason(&error)))?;
        Ok(Self { client, patience })
    }

    /// Sends a part once and returns the MD5 that the storage reported, which equals the MD5 of the sent bytes.
    pub(crate) async fn put<S: PartSource>(
        &self,
        put: Put<'_, S>,
        under_way: Arc<UnderWay>,
    ) -> Result<Md5Tag, PutError> {
        let part = put.part;
        let (phase, watched) = watch::channel(Phase::Leaving(Instant::now()));
        let reading = Reading::default();
        let file = put.source.file();
        let section = Section::new(Arc::clone(&file), part.offset, part.length);
        let pieces = Pieces { section, limit: put.limit.clone(), phase, under_way, reading: reading.clone() };
        let request = self
            .client
            .put(part.url.clone())
            .headers(part.headers.clone())
            .header(header::CONTENT_LENGTH, part.length)
            .body(Body::wrap_stream(pieces.stream()));
        let answer = async {
            let response = request.send().await.map_err(|error| broken(part, &reading, &error))?;
            self.answer(part, response).await
        };
        let stored = tokio::select! {
            answer = answer => answer?,
            error = stalled(watched, self.patience) => return Err(error),
        };
        let host = host(part);
        let Some(Ok(sent)) = reading.take() else {
            let reason = "it answered before it had the part".to_owned();
            return Err(PutError::Interrupted { host, reason });
        };
        if !put.source.is_unchanged(&file) {
            return Err(PutError::Changed);
        }
        match stored {
            Some(tag) if tag == sent => Ok(tag),
            stored => Err(PutError::WrongTag { host, sent, stored }),
        }
    }

    /// The ETag of an accepted part, or why it was rejected.
    async fn answer(&self, part: &Part, mut response: Response) -> Result<Option<Md5Tag>, PutError> {
        let status = response.status();
        let mut body = Vec::new();
        // An unread response body would cost the connection.
        while body.len() < MAX_ERROR_BYTES {
            match timeout(self.patience.stall, response.chunk()).await {
                Ok(Ok(Some(piece))) => body.extend_from_slice(&piece[..piece.len().min(MAX_ERROR_BYTES - body.len())]),
                Ok(Ok(None)) => break,
                // The status and headers are what matters.
                Ok(Err(_)) | Err(_) => break,
            }
        }
        let text = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        if status.is_success() {
            return Ok(text(header::ETAG).and_then(Md5Tag::read));
        }
        let seconds = text(header::RETRY_AFTER).and_then(|text| text.trim().parse().ok());
        Err(PutError::Answered {
            host: host(part),
            status: status.as_u16(),
            code: code(&String::from_utf8_lossy(&body)),
            retry_after: seconds.map(Duration::from_secs),
        })
    }
}

/// The pieces of a part on their way to the network.
struct Pieces {
    section: Section,
    limit: Arc<BandwidthLimit>,
    phase: watch::Sender<Phase>,
    under_way: Arc<UnderWay>,
    reading: Reading,
}

impl Pieces {
    fn stream(self) -> impl Stream<Item = io::Result<bytes::Bytes>> + Send + 'static {
        stream::try_unfold(Some(self), |pieces| async {
            let Some(mut pieces) = pieces else { return Ok(None) };
            pieces.phase.send_replace(Phase::Ours);
            let max_bytes = pieces.limit.piece_bytes();
            let piece = match pieces.section.next(max_bytes).await {
                Ok((piece, rest)) => {
                    pieces.section = rest;
                    piece
                }
                Err(error) => {
                    let kind = error.kind();
                    pieces.reading.end(Err(error));
                    return Err(kind.into());
                }
            };
            pieces.limit.take(piece.len() as u64).await;
            pieces.under_way.add(piece.len() as u64);
            if pieces.section.left() > 0 {
                pieces.phase.send_replace(Phase::Leaving(Instant::now()));
                return Ok(Some((piece, Some(pieces))));
            }
            // The last piece: its MD5 is available before the storage can respond.
            let Pieces { section, phase, reading, .. } = pieces;
            reading.end(Ok(section.tag()));
            phase.send_replace(Phase::Sent(Instant::now()));
            Ok(Some((piece, None)))
        })
    }
}

/// Returns once nothing has moved for too long.
async fn stalled(mut watched: watch::Receiver<Phase>, patience: Patience) -> PutError {
    let mut over = false;
    loop {
        let phase = *watched.borrow_and_update();
        let (since, wait) = match phase {
            Phase::Ours => (Instant::now(), None),
            Phase::Leaving(since) => (since, Some((patience.stall, PutError::Stalled { after: patience.stall }))),
            Phase::Sent(since) => (since, Some((patience.answer, PutError::NoAnswer { after: patience.answer }))),
        };
        let late = async {
            match wait {
                Some((wait, error)) => {
                    sleep_until(since + wait).await;
                    error
                }
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            error = late => return error,
            changed = watched.changed(), if !over => over = changed.is_err(),
        }
    }
}

/// Why a request has no response: the file's fault or the network's.
fn broken(part: &Part, reading: &Reading, error: &reqwest::Error) -> PutError {
    match reading.take() {
        Some(Err(short)) if short.kind() == io::ErrorKind::UnexpectedEof => return PutError::Changed,
        Some(Err(error)) => return PutError::File(error),
        Some(Ok(_)) | None => {}
    }
    let (host, reason) = (host(part), reason(error));
    if error.is_connect() { PutError::Unreachable { host, reason } } else { PutError::Interrupted { host, reason } }
}

/// The message of the innermost cause, which contains no address.
fn reason(error: &reqwest::Error) -> String {
    root_cause(error).unwrap_or_else(|| "no reason given".to_owned())
}

fn host(part: &Part) -> String {
    part.url.host_str().unwrap_or_default().to_owned()
}

/// The code of an S3 error, `<Code>AccessDenied</Code>`. Nothing else is repeated.
fn code(body: &str) -> Option<String> {
    let (_, rest) = body.split_once("<Code>")?;
    let (code, _) = rest.split_once("</Code>")?;
    let plain =
        !code.is_empty() && code.len() <= MAX_CODE_CHARS && code.chars().all(|letter| letter.is_ascii_alphanumeric());
    plain.then(|| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_code_of_an_error_is_repeated() {
        let body =
            |code: &str| format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>x</Message></Error>");
        assert_eq!(code(&body("AccessDenied")).as_deref(), Some("AccessDenied"));
        for bad in ["", "a b", "\u{1b}[2J", &"a".repeat(61)] {
            assert_eq!(code(&body(bad)), None);
        }
        assert_eq!((code("<Code>x"), code("no XML")), (None, None));
    }
}
