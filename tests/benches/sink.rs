//! A server that rules forward to. It stores nothing.

use std::{net::Ipv4Addr, time::Instant};

use axum::Router;
use tokio::{
    net::TcpListener,
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
};

use crate::Outcome;

pub struct Sink {
    pub url: String,
    came: UnboundedReceiver<Instant>,
}

impl Sink {
    pub async fn start() -> Outcome<Self> {
        let (tell, came) = unbounded_channel();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://{}/in", listener.local_addr()?);
        // Called when the head has arrived. The body is not waited for.
        let take = move || {
            let gone = tell.send(Instant::now()).is_err();
            async move { if gone { "nobody counts any more" } else { "" } }
        };
        tokio::spawn(async move { axum::serve(listener, Router::new().fallback(take)).await });
        Ok(Self { url, came })
    }

    /// When the next request arrived.
    pub async fn next(&mut self) -> Outcome<Instant> {
        self.came.recv().await.ok_or_else(|| "the server has ended".into())
    }
}
