//! The queue in front of the keychain: one thread makes the calls, one enforces deadlines.
//!
//! The keychain's libraries block, some for as long as a dialog is open, and the Linux one panics inside an async
//! runtime; so they run on a plain thread. A second thread enforces deadlines instead of tokio's timer, because a
//! caller may use no runtime at all, or one without a timer.
//!
//! Both threads and the caller share the [`Ticket`]: under its lock a call is begun, withdrawn or settled exactly once,
//! so a caller always knows whether its call has begun.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use hookbell_core::Secret;
use tokio::sync::oneshot;

use crate::{error::VaultError, key::Key, keychain::Keychain};

/// A request to the keychain.
pub(crate) enum Call {
    Get(Key),
    GetQuietly(Key),
    Set(Key, Secret),
    Remove(Key),
    RemoveQuietly(Key),
    Check,
}

/// The result: a secret only ever for [`Call::Get`] and [`Call::GetQuietly`].
type Answer = Result<Option<Secret>, VaultError>;

/// The connection to the threads. Dropping the last clone ends them.
#[derive(Clone)]
pub(crate) struct Queue {
    calls: mpsc::Sender<Arc<Ticket>>,
    deadlines: mpsc::Sender<(Instant, Arc<Ticket>)>,
    patience: Duration,
}

impl Queue {
    /// Starts the threads. If the system can't start them, every call returns that error.
    pub(crate) fn start(keychain: impl Keychain, patience: Duration) -> Self {
        let (calls, called) = mpsc::channel();
        let (deadlines, due) = mpsc::channel();
        // A thread that didn't start has dropped its receiver, which `ask` notices.
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

    /// Submits a call and waits for its answer until the deadline.
    pub(crate) async fn ask(&self, call: Call) -> Answer {
        let (ticket, answer) = Ticket::new(call);
        let _caller = Caller(&ticket);
        // A deadline beyond the representable time counts as none.
        if let Some(due) = Instant::now().checked_add(self.patience) {
            self.deadlines.send((due, Arc::clone(&ticket))).map_err(|_| VaultError::NoThread)?;
        }
        self.calls.send(Arc::clone(&ticket)).map_err(|_| VaultError::NoThread)?;
        answer.await.unwrap_or(Err(VaultError::NoThread))
    }
}

/// The stage of a call.
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

    /// Begins the call unless it was withdrawn.
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

    /// Answers a call that has begun; the caller may be gone.
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

/// The caller's hold on its ticket: when the caller goes away, so do the call and any secret in it, unless the keychain
/// already has it.
struct Caller<'a>(&'a Ticket);

impl Drop for Caller<'_> {
    fn drop(&mut self) {
        *self.0.stage() = Stage::Settled;
    }
}

/// Makes the calls one after the other until all senders are gone.
fn serve(mut keychain: impl Keychain, called: &mpsc::Receiver<Arc<Ticket>>) {
    while let Ok(ticket) = called.recv() {
        let Some(call) = ticket.begin() else { continue };
        let answer = catch_unwind(AssertUnwindSafe(|| carry_out(&mut keychain, &call))).unwrap_or_else(|_| {
            // The panic's text went to the panic hook and isn't repeated: it might quote a secret.
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

/// Ends each call at its deadline. All timeouts are equal, so deadlines expire in order of arrival.
fn watch(due: &mpsc::Receiver<(Instant, Arc<Ticket>)>) {
    while let Ok((at, ticket)) = due.recv() {
        thread::sleep(at.saturating_duration_since(Instant::now()));
        ticket.expire();
    }
}
