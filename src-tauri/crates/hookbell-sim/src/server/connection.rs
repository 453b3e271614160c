//! Connections, served in one task each, so that a fault can close exactly the connection that it hits.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::Router;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::shared::Shared;

/// How long to wait after a failed accept.
const ACCEPT_AGAIN_AFTER: Duration = Duration::from_millis(50);

/// A request's connection; cancelling it closes the connection without another byte.
#[derive(Clone)]
pub(crate) struct Connection(pub(crate) CancellationToken);

/// Accepts connections until the simulator is stopped.
pub(crate) async fn serve(listener: TcpListener, router: Router, shared: Arc<Shared>) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = shared.stop.cancelled() => return,
        };
        match accepted {
            Ok((stream, _)) => {
                let serving = connection(stream, router.clone(), shared.stop.child_token());
                shared.tasks.spawn(serving);
            }
            Err(error) => {
                // Most likely out of file descriptors: others must close first.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(ACCEPT_AGAIN_AFTER).await;
            }
        }
    }
}

async fn connection(stream: TcpStream, router: Router, cut: CancellationToken) {
    let here = Connection(cut.clone());
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(here.clone());
        let router = router.clone();
        async move { Ok::<_, Infallible>(infallible(router.oneshot(request.map(axum::body::Body::new)).await)) }
    });
    // Otherwise small answers on a keep-alive connection wait for the other side's delayed ACK.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "no TCP_NODELAY");
    }
    let serving = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        served = serving => if let Err(error) = served {
            tracing::debug!(%error, "a connection ended badly");
        },
        () = cut.cancelled() => {}
    }
}

fn infallible<T>(result: Result<T, Infallible>) -> T {
    match result {
        Ok(value) => value,
        Err(never) => match never {},
    }
}
