//! One connection from accept to close, with a timeout on every wait.
//!
//! hyper's header timeout also runs while a keep-alive connection is idle, so a long idle timeout would mean a long
//! header timeout. [`Pace`] separates the two.

use std::{
    future::{Future, poll_fn},
    io,
    pin::{Pin, pin},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::Router;
use hyper::{
    Request,
    body::Incoming,
    server::conn::http1::{self, Parts},
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    select,
    sync::Semaphore,
    time::{Instant, Sleep, sleep_until, timeout},
};
use tokio_util::sync::CancellationToken;

use crate::listener::{Limits, answer::Refusal, places::Place};

/// The maximum length of a request's head, in bytes.
const MAX_HEAD_BYTES: usize = 16 * 1024;

/// The maximum that hyper buffers per connection and direction, in bytes.
const MAX_BUFFER_BYTES: usize = 64 * 1024;

/// How long to keep reading after the last answer. Closing while bytes still arrive would reset the connection, and the
/// sender would lose the answer that explains why.
const LINGER_FOR: Duration = Duration::from_secs(1);

/// How long a connection over the limit gets to start its request: some clients treat an answer before it as a broken
/// server.
const CROWDED_WAIT: Duration = Duration::from_millis(200);

/// How a connection can end other than by its sender.
#[derive(Debug, Clone)]
pub(super) struct Doors {
    /// Lets the request in flight finish.
    pub(super) stop: CancellationToken,
    /// Ends the connection immediately.
    pub(super) cut: CancellationToken,
    /// Permits for lingering after the last answer; without one a connection closes immediately.
    pub(super) parting: Arc<Semaphore>,
}

/// Serves one connection until its sender closes it, falls silent, loses its place, or the listener stops.
pub(super) async fn serve(stream: TcpStream, place: Place, router: Router, limits: Limits, doors: Doors) {
    let pace = Pace::start(&limits, &place);
    let routes = TowerToHyperService::new(router);
    let service = service_fn(|request: Request<Incoming>| {
        pace.begin_answer();
        let answer = routes.call(request);
        async {
            let answer = answer.await;
            pace.end_answer();
            answer
        }
    });
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(None)
        .half_close(true)
        .max_header_size(MAX_HEAD_BYTES)
        .max_buf_size(MAX_BUFFER_BYTES)
        .serve_connection(TokioIo::new(stream), service);
    let mut alarm = pin!(sleep_until(Instant::now() + limits.header_timeout));
    let mut stopping = false;
    let ended = loop {
        let ended = poll_fn(|cx| match Pin::new(&mut connection).poll(cx) {
            Poll::Ready(result) => Poll::Ready(Some(result)),
            Poll::Pending => pace.poll_overdue(alarm.as_mut(), cx).map(|()| None),
        });
        select! {
            biased;
            () = doors.cut.cancelled() => return,
            () = doors.stop.cancelled(), if !stopping => {
                stopping = true;
                Pin::new(&mut connection).graceful_shutdown();
            }
            ended = ended => break ended.map_or(Ended::Overdue, Ended::Over),
            () = place.given_up() => break Ended::PushedOut,
        }
    };
    let Parts { io, read_buf, .. } = connection.into_parts();
    let began = pace.is_first() && !read_buf.is_empty();
    let last_word = match ended {
        Ended::Over(result) => {
            if let Err(why) = result {
                tracing::debug!(%why, "a connection ended early");
            }
            None
        }
        Ended::Overdue if began => Some(Refusal::TooSlow),
        Ended::PushedOut if began => Some(Refusal::Crowded),
        Ended::Overdue | Ended::PushedOut => return,
    };
    drop(place);
    let stream = io.into_inner();
    if let Ok(_seat) = doors.parting.try_acquire() {
        doors.cut.run_until_cancelled(part(stream, last_word)).await;
    }
}

/// How a connection ended.
enum Ended {
    /// As the sender or the listener intended.
    Over(hyper::Result<()>),
    /// Its sender took too long.
    Overdue,
    /// Another connection took its place.
    PushedOut,
}

/// Answers 503 to a connection over the limit.
pub(super) async fn turn_away(stream: TcpStream, doors: Doors) {
    let Ok(_seat) = doors.parting.try_acquire() else { return };
    let answer = async {
        if let Ok(Err(_)) = timeout(CROWDED_WAIT, stream.readable()).await {
            return;
        }
        part(stream, Some(Refusal::Crowded)).await;
    };
    doors.cut.run_until_cancelled(answer).await;
}

/// Sends the last answer, closes our side, and reads until the sender closes theirs or [`LINGER_FOR`] is over.
async fn part(mut stream: TcpStream, last_word: Option<Refusal>) {
    let parting = async {
        if let Some(refusal) = last_word {
            stream.write_all(&refusal.to_http()).await?;
        }
        stream.shutdown().await?;
        let mut ignored = [0; 4096];
        while stream.read(&mut ignored).await? > 0 {}
        io::Result::Ok(())
    };
    match timeout(LINGER_FOR, parting).await {
        Ok(Ok(())) => {}
        Ok(Err(why)) => tracing::trace!(%why, "a sender was gone before the end"),
        Err(_) => tracing::trace!("a sender kept its side open"),
    }
}

/// How long a connection can go on without a complete request.
struct Pace<'p> {
    phase: Mutex<Phase>,
    idle: Duration,
    place: &'p Place,
}

enum Phase {
    /// Waiting for the head of the first request.
    First(Instant),
    /// Reading a body or building an answer; both have their own timeouts.
    Answering,
    /// Waiting for the sender to read the answer and to send the next head.
    Next(Instant),
}

impl<'p> Pace<'p> {
    fn start(limits: &Limits, place: &'p Place) -> Self {
        let first = Phase::First(Instant::now() + limits.header_timeout);
        Self { phase: Mutex::new(first), idle: limits.idle_timeout, place }
    }

    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin_answer(&self) {
        self.place.answers();
        *self.phase() = Phase::Answering;
    }

    fn end_answer(&self) {
        self.place.idles();
        *self.phase() = Phase::Next(Instant::now() + self.idle);
    }

    fn is_first(&self) -> bool {
        matches!(*self.phase(), Phase::First(_))
    }

    /// Ready once the current phase's deadline has passed.
    fn poll_overdue(&self, mut alarm: Pin<&mut Sleep>, cx: &mut Context<'_>) -> Poll<()> {
        let (Phase::First(deadline) | Phase::Next(deadline)) = *self.phase() else {
            return Poll::Pending;
        };
        // Leave an early alarm alone: on a busy connection it fires at most once, whereas resetting it would cost every
        // request.
        if deadline < alarm.deadline() {
            alarm.as_mut().reset(deadline);
        }
        ready!(alarm.as_mut().poll(cx));
        if deadline > Instant::now() {
            alarm.as_mut().reset(deadline);
            return alarm.poll(cx);
        }
        Poll::Ready(())
    }
}
