//! Shared by the tests.

use std::{
    future::Future,
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
};

use hookbell_core::{Secret, WebhookId};
use hookbell_vault::Key;

pub fn key(id: &str) -> Key {
    Key::webhook_secret(&WebhookId::new(id).unwrap(), 1)
}

pub fn secret(text: &str) -> Secret {
    Secret::new(text).unwrap()
}

/// The text of a secret that was read.
pub fn text(found: Option<Secret>) -> Option<String> {
    found.map(|secret| secret.expose().to_owned())
}

/// Waits for a future on this thread, without any runtime.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
        }
    }
}
