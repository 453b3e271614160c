//! The queue before the keychain: one thread that makes the calls, one that watches the clock.
//!
//! The keychain's libraries block, some for as long as a dialog is open, and the Linux one panics
//! inside an async runtime; so they get a plain thread. The deadline is kept by a second thread rather
//! than by tokio's timer, because a caller may be on no runtime at all, or on one without a timer.
//!
//! What both threads and the caller meet at is the [`Ticket`]: under its lock a call is taken up,
//! withdrawn or settled exactly once, so a caller always knows whether its call has begun.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use hookbell_core::Secret;
use tokio::sync::oneshot;

use crate::{error::VaultError, key::Key, keychain::Keychain};

/// What is asked of the keychain.
pub(crate) enum Call {
    Get(Key),
    GetQuietly(Key),
    Set(Key, Secret),
    Remove(Key),
    RemoveQuietly(Key),
    Check,
}

/// What comes back: a secret only ever for [`Call::Get`] and [`Call::GetQuietly`].
type Answer = Result<Option<Secret>, VaultError>;

/// The way to the threads. Dropping the last clone ends them.
#[derive(Clone)]
pub(crate) struct Queue {
    calls: mpsc::Sender<Arc<Ticket>>,
    deadlines: mpsc::Sender<(Instant, Arc<Ticket>)>,
    patience: Duration,
}

impl Queue {
    /// Starts the threads. If the system has no room for them, every call says so.
    pub(crate) fn start(keychain: impl Keychain, patience: Duration) -> Self {
        let (calls, called) = mpsc::channel();
        let (deadlines, due) = mpsc::channel();
        // A thread that did not start has dropped its receiver, which `ask` finds out.
        for started in [
            thread::Builder::new().name("keychain".into()).spawn(move || serve(keychain, &called)),
            thread::Builder::new().name("keychain-clock".into()).spawn(move || watch(&due)),
        ] {
            if let Err(error) = started {
                tracing::error!(%error, "a thread for the keychain could not be started");
            }
        }
        Self { calls, deadlines, patience }
    }

    /// Hands in a call and waits for its answer, at most for the deadline.
    pub(crate) async fn ask(&self, call: Call) -> Answer {
        let (ticket, answer) = Ticket::new(call);
        let _caller = Caller(&ticket);
        // A deadline past the end of time is none.
        if let Some(due) = Instant::now().checked_add(self.patience) {
            self.deadlines.send((due, Arc::clone(&ticket))).map_err(|_| VaultError::NoThread)?;
        }
        self.calls.send(Arc::clone(&ticket)).map_err(|_| VaultError::NoThread)?;
        answer.await.unwrap_or(Err(VaultError::NoThread))
    }
}

/// Where a call stands.
enum Stage {
    Waiting(Call, oneshot::Sender<Answer>),
    Begun(oneshot::Sender<Answer>),
    Settled,
}

struct Ticket(Mutex<Stage>);

impl Ticket {
    fn new(call: Call) -> (Arc<Self>, oneshot::Receiver<Answer>) {
        let (reply, answer) = oneshot::channel();
        (Arc::new(Self(Mutex::new(Stage::Waiting(call, reply)))), answer)
    }

    fn stage(&self) -> MutexGuard<'_, Stage> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the call up, unless it was withdrawn.
    fn begin(&self) -> Option<Call> {
        let mut stage = self.stage();
        match std::mem::replace(&mut *stage, Stage::Settled) {
            Stage::Waiting(call, reply) => {
                *stage = Stage::Begun(reply);
                Some(call)
            }
            Stage::Begun(_) | Stage::Settled => None,
        }
    }

    /// Answers a call that has begun; nobody may be listening any more.
    fn settle(&self, answer: Answer) {
        if let Stage::Begun(reply) = std::mem::replace(&mut *self.stage(), Stage::Settled) {
            let _ = reply.send(answer);
        }
    }

    /// The deadline has passed.
    fn expire(&self) {
        let (reply, begun) = match std::mem::replace(&mut *self.stage(), Stage::Settled) {
            Stage::Waiting(_, reply) => (reply, false),
            Stage::Begun(reply) => (reply, true),
            Stage::Settled => return,
        };
        let _ = reply.send(Err(VaultError::TimedOut { begun }));
    }
}

/// The caller's hold on its ticket: when the caller goes, so does the call and any secret in it, unless
/// the keychain has it already.
struct Caller<'a>(&'a Ticket);

impl Drop for Caller<'_> {
    fn drop(&mut self) {
        *self.0.stage() = Stage::Settled;
    }
}

/// Makes the calls, one after the other, until nobody can ask any more.
fn serve(mut keychain: impl Keychain, called: &mpsc::Receiver<Arc<Ticket>>) {
    while let Ok(ticket) = called.recv() {
        let Some(call) = ticket.begin() else { continue };
        let answer = catch_unwind(AssertUnwindSafe(|| carry_out(&mut keychain, &call))).unwrap_or_else(|_| {
            // The panic's own text went to the panic hook; it is not repeated, it might quote a secret.
            tracing::error!("a call to the keychain panicked; the next one starts afresh");
            keychain.start_afresh();
            Err(VaultError::Panicked)
        });
        ticket.settle(answer);
    }
}

fn carry_out(keychain: &mut impl Keychain, call: &Call) -> Answer {
    match call {
        Call::Get(key) => keychain.get(key),
        Call::GetQuietly(key) => keychain.get_quietly(key),
        Call::Set(key, secret) => keychain.set(key, secret).map(|()| None),
        Call::Remove(key) => keychain.remove(key).map(|()| None),
        Call::RemoveQuietly(key) => keychain.remove_quietly(key).map(|()| None),
        Call::Check => keychain.check().map(|()| None),
    }
}

/// Ends each call at its deadline. All wait equally long, so they fall due in the order they came.
fn watch(due: &mpsc::Receiver<(Instant, Arc<Ticket>)>) {
    while let Ok((at, ticket)) = due.recv() {
        thread::sleep(at.saturating_duration_since(Instant::now()));
        ticket.expire();
    }
}
