//! Ctrl-C and Ctrl-Break, a console that is closed, the end of a session, and a shutdown.

use std::io;

use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_logoff, ctrl_shutdown};

pub(super) async fn asked_to_end() {
    tokio::select! {
        () = comes(ctrl_c(), async |one| { one.recv().await; }) => {}
        () = comes(ctrl_break(), async |one| { one.recv().await; }) => {}
        () = comes(ctrl_close(), async |one| { one.recv().await; }) => {}
        () = comes(ctrl_logoff(), async |one| { one.recv().await; }) => {}
        () = comes(ctrl_shutdown(), async |one| { one.recv().await; }) => {}
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
