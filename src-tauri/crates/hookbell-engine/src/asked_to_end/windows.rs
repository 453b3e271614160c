//! Ctrl-C and Ctrl-Break, a closed console, the end of a session, and a shutdown.

use std::io;

use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_logoff, ctrl_shutdown};

pub(super) fn asked_to_end() -> impl Future<Output = ()> + Send {
    let (interrupt, halt) = (ctrl_c(), ctrl_break());
    let (close, logoff, shutdown) = (ctrl_close(), ctrl_logoff(), ctrl_shutdown());
    async {
        tokio::select! {
            () = comes(interrupt, async |one| { one.recv().await; }) => {}
            () = comes(halt, async |one| { one.recv().await; }) => {}
            () = comes(close, async |one| { one.recv().await; }) => {}
            () = comes(logoff, async |one| { one.recv().await; }) => {}
            () = comes(shutdown, async |one| { one.recv().await; }) => {}
        }
    }
}

async fn comes<T>(signals: io::Result<T>, next: impl AsyncFnOnce(&mut T)) {
    match signals {
        Ok(mut signals) => next(&mut signals).await,
        Err(error) => {
            tracing::warn!(%error, "a console event can't be listened for");
            std::future::pending().await
        }
    }
}
