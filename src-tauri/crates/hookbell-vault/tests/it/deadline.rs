//! A keychain that hangs in its dialog or panics: who gets which answer, and what never happens.

use std::{
    future::Future,
    pin::pin,
    sync::{
        Arc, Mutex,
        mpsc::{self, Receiver, Sender},
    },
    task::{Context, Waker},
    time::{Duration, Instant},
};

use hookbell_core::Secret;
use hookbell_vault::{Key, Keychain, Memory, Vault, VaultError};

use crate::support::{key, secret, text, wait};

const SHORT: Duration = Duration::from_millis(50);
const LONG: Duration = Duration::from_secs(30);

/// An in-memory keychain that records its calls. It opens a dialog for the key `dialog` and panics for the key `panic`.
struct Odd {
    memory: Memory,
    calls: Arc<Mutex<Vec<String>>>,
    opened: Sender<()>,
    answered: Receiver<()>,
}

/// The test's side of it.
struct Hand {
    calls: Arc<Mutex<Vec<String>>>,
    opened: Receiver<()>,
    answer: Sender<()>,
}

impl Hand {
    fn calls(&self) -> Vec<String> {
        self.calls.lock().unwrap().clone()
    }
}

fn odd() -> (Odd, Hand) {
    let calls = Arc::default();
    let (opened, seen) = mpsc::channel();
    let (answer, answered) = mpsc::channel();
    let keychain = Odd { memory: Memory::default(), calls: Arc::clone(&calls), opened, answered };
    (keychain, Hand { calls, opened: seen, answer })
}

impl Odd {
    fn meet(&self, what: &str, at: &Key) {
        self.calls.lock().unwrap().push(format!("{what} {}", at.account()));
        if *at == key("dialog") {
            self.opened.send(()).unwrap();
            self.answered.recv().unwrap();
        }
        assert!(*at != key("panic"), "the library gave up");
    }
}

impl Keychain for Odd {
    fn get(&mut self, key: &Key) -> Result<Option<Secret>, VaultError> {
        self.meet("get", key);
        self.memory.get(key)
    }

    fn set(&mut self, key: &Key, secret: &Secret) -> Result<(), VaultError> {
        self.meet("set", key);
        self.memory.set(key, secret)
    }

    fn remove(&mut self, key: &Key) -> Result<(), VaultError> {
        self.meet("remove", key);
        self.memory.remove(key)
    }

    fn check(&mut self) -> Result<(), VaultError> {
        self.memory.check()
    }

    fn start_afresh(&mut self) {
        self.calls.lock().unwrap().push("start afresh".to_owned());
    }
}

/// Retries until the outcome is something other than a timeout: the machine may be slow.
fn in_time<T>(ask: impl Fn() -> Result<T, VaultError>, in_vain: impl Fn(&VaultError) -> bool) -> Result<T, VaultError> {
    let end = Instant::now() + LONG;
    loop {
        match ask() {
            Err(error) if in_vain(&error) => assert!(Instant::now() < end, "the keychain never came to it"),
            outcome => return outcome,
        }
    }
}

/// Waits until the dialog is answered and the keychain responds again.
fn come_back(vault: &Vault) {
    in_time(|| wait(vault.check()), |error| matches!(error, VaultError::TimedOut { .. })).unwrap();
}

/// Makes a call that opens the dialog; its caller gives up.
fn open_dialog(vault: &Vault) -> VaultError {
    let ask = || wait(vault.set(&key("dialog"), secret("hunter2")));
    in_time(ask, |error| *error == VaultError::TimedOut { begun: false }).unwrap_err()
}

#[test]
fn a_dialog_nobody_answers_ends_the_wait_but_not_the_call() {
    let (keychain, hand) = odd();
    let vault = Vault::with_deadline(keychain, SHORT);
    let error = open_dialog(&vault);
    assert_eq!(error, VaultError::TimedOut { begun: true });
    assert_eq!(
        error.to_string(),
        "the keychain didn’t respond in time; it may be waiting for you to answer its dialog"
    );
    assert!(!format!("{error} {error:?}").contains("hunter2"));
    hand.answer.send(()).unwrap();
    come_back(&vault);
    assert_eq!(hand.calls(), ["set webhook/dialog/1"]);
}

#[test]
fn calls_behind_a_dialog_are_withdrawn_for_good_and_later_ones_work() {
    let (keychain, hand) = odd();
    let vault = Vault::with_deadline(keychain, SHORT);
    open_dialog(&vault);
    for error in [
        wait(vault.set(&key("a"), secret("hunter2"))).unwrap_err(),
        wait(vault.remove(&key("b"))).unwrap_err(),
        wait(vault.check()).unwrap_err(),
    ] {
        assert_eq!(error, VaultError::TimedOut { begun: false });
        assert_eq!(error.to_string(), "the keychain is waiting for you to answer its dialog");
        assert!(error.hint().starts_with("Answer the keychain's dialog"), "{}", error.hint());
    }
    hand.answer.send(()).unwrap();
    come_back(&vault);
    assert_eq!(hand.calls(), ["set webhook/dialog/1"], "a withdrawn call was carried out");
    let a = in_time(|| wait(vault.get(&key("a"))), |error| matches!(error, VaultError::TimedOut { .. }));
    assert_eq!(text(a.unwrap()), None);
}

#[test]
fn a_call_whose_caller_has_gone_is_withdrawn_before_its_deadline() {
    let (keychain, hand) = odd();
    let vault = Vault::with_deadline(keychain, LONG);
    let mut once = Context::from_waker(Waker::noop());
    let (dialog, gone) = (key("dialog"), key("gone"));
    let mut stuck = pin!(vault.get(&dialog));
    assert!(stuck.as_mut().poll(&mut once).is_pending());
    hand.opened.recv_timeout(LONG).unwrap();
    {
        let mut given_up = pin!(vault.set(&gone, secret("hunter2")));
        assert!(given_up.as_mut().poll(&mut once).is_pending());
    }
    hand.answer.send(()).unwrap();
    assert_eq!(text(wait(stuck).unwrap()), None);
    wait(vault.check()).unwrap();
    assert_eq!(hand.calls(), ["get webhook/dialog/1"]);
}

#[test]
fn an_answer_within_the_deadline_reaches_the_one_who_asked() {
    let (keychain, hand) = odd();
    let vault = Vault::with_deadline(keychain, LONG);
    wait(vault.set(&key("a"), secret("one"))).unwrap();
    hand.answer.send(()).unwrap();
    assert_eq!(text(wait(vault.get(&key("dialog"))).unwrap()), None);
    assert_eq!(text(wait(vault.get(&key("a"))).unwrap()).as_deref(), Some("one"));
}

#[test]
fn a_deadline_past_the_end_of_time_is_none() {
    let vault = Vault::with_deadline(Memory::default(), Duration::MAX);
    wait(vault.set(&key("a"), secret("one"))).unwrap();
}

#[test]
fn a_panic_inside_is_one_error_and_the_next_call_starts_afresh() {
    let (keychain, hand) = odd();
    let vault = Vault::with_deadline(keychain, LONG);
    wait(vault.set(&key("a"), secret("one"))).unwrap();
    let error = wait(vault.set(&key("panic"), secret("hunter2"))).unwrap_err();
    assert_eq!(error, VaultError::Panicked);
    assert_eq!(text(wait(vault.get(&key("a"))).unwrap()).as_deref(), Some("one"));
    assert_eq!(hand.calls(), ["set webhook/a/1", "set webhook/panic/1", "start afresh", "get webhook/a/1"]);
}

#[test]
fn the_thread_ends_with_the_last_clone() {
    let (keychain, hand) = odd();
    let vault = Vault::with_deadline(keychain, LONG);
    let clone = vault.clone();
    drop(vault);
    wait(clone.check()).unwrap();
    drop(clone);
    // The keychain held the other end of this channel.
    assert_eq!(hand.opened.recv_timeout(LONG), Err(mpsc::RecvTimeoutError::Disconnected));
}
