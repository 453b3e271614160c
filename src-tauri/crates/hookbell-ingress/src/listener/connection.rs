//! One connection from accept to close, with a bound on every wait.
//!
//! hyper's own header timeout also runs while a kept connection is idle, so that a long idle time would
//! mean a long header time. [`Pace`] keeps the two apart.

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

/// The longest head of a request in bytes.
const MAX_HEAD_BYTES: usize = 16 * 1024;

/// The most bytes that hyper holds for a connection in each direction.
const MAX_BUFFER_BYTES: usize = 64 * 1024;

/// How long a sender is listened to after the last answer. Closing on bytes that are still coming in would
/// reset the connection, and the sender would lose the answer that says why.
const LINGER_FOR: Duration = Duration::from_secs(1);

/// How long a connection too many is given to begin its request: some clients take an answer that comes
/// before it for a broken server.
const CROWDED_WAIT: Duration = Duration::from_millis(200);

/// How a connection ends otherwise than by its sender.
#[derive(Debug, Clone)]
pub(super) struct Doors {
    /// Lets the request in flight finish.
    pub(super) stop: CancellationToken,
    /// Ends the connection where it is.
    pub(super) cut: CancellationToken,
    /// Room for those that are listened to after the last word; without it a connection is closed at once.
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
    /// As its sender or the listener wanted.
    Over(hyper::Result<()>),
    /// Its sender took too long.
    Overdue,
    /// Somebody else has its place.
    PushedOut,
}

/// Tells a connection too many to come back later.
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

/// Says the last word, ends our side, and listens until the sender has ended theirs or [`LINGER_FOR`] is over.
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

/// How long a connection may go on without a whole request.
struct Pace<'p> {
    phase: Mutex<Phase>,
    idle: Duration,
    place: &'p Place,
}

enum Phase {
    /// Waiting for the head of the first request.
    First(Instant),
    /// Reading a body or making an answer; both have bounds of their own.
    Answering,
    /// Waiting for the sender to take the answer and to send the next head.
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

    /// Ready once the deadline of the present phase is past.
    fn poll_overdue(&self, mut alarm: Pin<&mut Sleep>, cx: &mut Context<'_>) -> Poll<()> {
        let (Phase::First(deadline) | Phase::Next(deadline)) = *self.phase() else {
            return Poll::Pending;
        };
        // An alarm that is early is left alone: it goes off at most once for a connection that stays busy, where
        // setting it for each request would cost each request.
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
